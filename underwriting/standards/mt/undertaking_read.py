"""The terms that an MT760 states.

terms_read(read_mt(text)) == exported(terms, "mt")
"""

from copy import deepcopy
from datetime import date
from typing import Any

from kernel.errors import invalid
from underwriting.standards.clause import LABEL_EN
from underwriting.standards.kinds import text_of
from underwriting.standards.lines import Line, fields_of
from underwriting.standards.mt.days import read_day
from underwriting.standards.mt.labels import MOST_LINES, read_labelled
from underwriting.standards.mt.message import Message
from underwriting.standards.mt.parties import read_named
from underwriting.standards.mt.undertaking import undertaking
from underwriting.standards.mt.whole import built, right, whole

_INDICATED = {None: (True, True), "NMLT": (True, False), "NPRT": (False, True)}


def terms_read(message: Message) -> dict[str, Any]:
    """Return the fields that a message states, as `exported` gives them.

    Raises:
        Invalid: the message breaks a rule, is no MT760, states a field twice or not at all, or
            holds anything that our letters do not.
    """
    lines = [*_own(right(message, "760")), *_free(message)]
    fields = fields_of([one for one in lines if one.label != LABEL_EN], "mt")
    whole(message, undertaking(built(deepcopy(fields)), _content_hash(message)))
    return fields


def _content_hash(message: Message) -> str | None:
    named = message.text("23X", "A")
    return named.partition("/")[2] if named is not None else None


def free_text(message: Message) -> str:
    """Return 77U with all that continues it; a field may go on from one into the next."""
    return "\n".join(text for one in (message, *message.more) if (text := one.text("77U")))


def _free(message: Message) -> list[Line]:
    """Return what stands by label, the first district's name put where its item begins."""
    found = read_labelled(free_text(message), "77U")
    for tag in MOST_LINES:
        if tag != "77U":
            found += read_labelled(message.text(tag, "B"), tag)
    name, address = read_named(_text(message, "59"), "59")
    starts = [at for at, line in enumerate(found) if line.label == "BENEFNO"]
    if not starts or address is not None:
        raise invalid("BENEFNO", "does not go with 59", "give each district's code, and no address")
    found.insert(starts[0] + 1, Line("BENEFNAM", name))
    return found


def _text(message: Message, tag: str) -> str:
    text = message.text(tag, "B")
    if text is None:
        raise invalid(f"MT{message.kind}.B.{tag}", "is missing", "our letters have it")
    return text


def _day(message: Message, tag: str) -> str:
    day: date = read_day(_text(message, tag), tag)
    return day.isoformat()


def _own(message: Message) -> list[Line]:
    """Return what the fields of a form of their own state, as lines."""
    partial, multiple = _INDICATED.get(message.text("48B", "B"), (False, False))
    found = [
        Line("NUMBER", _text(message, "20")),
        Line("ISSUED", _day(message, "30")),
        Line("RULES", _text(message, "40C")),
        Line("CLAIMTO", _day(message, "31E")),
        Line("AMOUNT", _text(message, "32B")),
        Line("PARTIAL", text_of("flag", partial)),
        Line("MULTIPLE", text_of("flag", multiple)),
        Line("TRANSFER", text_of("flag", message.text("48D", "B") is not None)),
    ]
    name, address = read_named(_text(message, "50"), "50")
    found.append(Line("DEBTNAME", name))
    if address is not None:
        found.append(Line("DEBTADDR", address))
    law = message.text("44J", "B")
    if law is not None:
        found.append(Line("LAW", law.partition("\n/")[2]))
    return [*found, *_issuer(message)]


def _issuer(message: Message) -> list[Line]:
    code = message.text("52A", "B")
    if code is not None:
        return [Line("GUARBIC", code)]
    name, address = read_named(_text(message, "52D"), "52D")
    found = [Line("GUARNAME", name)]
    return [*found, Line("GUARADDR", address)] if address is not None else found

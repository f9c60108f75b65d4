"""An amendment as MT767, with MT775 where it is too long for one message, and back.

    mt767(before, after, on=date(2027, 3, 1)) -> text
    amendment_read(read_mt(text), before) == exported(after, "mt")

The amount and the last day of demand have fields of their own, and so has the name of the first
district; everything else that changes stands in 77U by label.
"""

from copy import deepcopy
from datetime import date
from typing import Any

from kernel.errors import invalid
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.standards.changes import changed, changes
from underwriting.standards.clause import LABEL_EN, PROMISE_EN
from underwriting.standards.kinds import amount_text, read_amount
from underwriting.standards.lines import Line, fields_of, stated
from underwriting.standards.mt.days import day_text, read_day
from underwriting.standards.mt.issuer import issuer, terminal
from underwriting.standards.mt.labels import labelled, read_labelled
from underwriting.standards.mt.message import Message
from underwriting.standards.mt.parties import named, read_named
from underwriting.standards.mt.series import checked, series
from underwriting.standards.mt.undertaking_read import free_text
from underwriting.standards.mt.whole import built, right, whole

NO_REFERENCE = "NONREF"
"""Field 21 where the receiver has given no reference."""

_NAMED_APART = ("AMOUNT", "CLAIMTO", "VERSION")


def mt767(before: LetterTerms, after: LetterTerms, *, on: date) -> str:
    """Return the amendment that makes one version another.

    Args:
        before: the version that it amends.
        after: the version that it makes.
        on: date of the amendment.

    Raises:
        Invalid: nothing changes, what cannot change does, or the message does not carry it.
    """
    return checked(_amendment(before, after, on))


def _amendment(before: LetterTerms, after: LetterTerms, on: date) -> Message:
    lines = [one for one in changes(before, after, "mt") if one.label not in _NAMED_APART]
    own = {"15B": "", "20": after.number, "26E": str(after.version - 1)}
    issued = issuer(before)
    own |= {"30": day_text(on, "on"), issued.tag: issued.text} | _amount(before, after)
    if after.claim_until != before.claim_until:
        own |= {"23B": "FIXD", "31E": day_text(after.claim_until, "claim_until")}
    first = next((one for one in lines if one.label == "BENEFNAM"), None)
    if first is not None:
        own["59"] = named(first.text, "beneficiaries[].en")
        lines.remove(first)
    if after.nature != before.nature:
        lines.insert(0, Line(LABEL_EN, PROMISE_EN[after.nature]))
    general = {"15A": "", "21": NO_REFERENCE, "22A": "ISUA"}
    ends = {"20": own["20"], "21": NO_REFERENCE, "26E": own["26E"], issued.tag: issued.text}
    parts = {"A": general, "B": own}
    return series("767", parts, labelled(lines, "77U"), ends, terminal(before))


def _amount(before: LetterTerms, after: LetterTerms) -> dict[str, str]:
    difference = (after.amount - before.amount).minor
    if difference == 0:
        return {}
    text = amount_text(Money(abs(difference), after.amount.currency))
    return {"32B" if difference > 0 else "33B": text}


def amendment_read(message: Message, before: LetterTerms) -> dict[str, Any]:
    """Return the fields that stand after an amendment of `before`.

    Raises:
        Invalid: the message breaks a rule, is of another letter, does not fit its version, or
            holds anything that our amendments do not.
    """
    if right(message, "767").text("20") != before.number:
        raise invalid("20", "is of another letter", f"read it against {before.number}")
    lines = read_labelled(free_text(message), "77U")
    apart = [one for one in lines if one.label != LABEL_EN]
    fields = fields_of(changed(stated(before, "mt"), _read_own(message, before, apart)), "mt")
    day = message.text("30")
    assert day is not None, "30 is mandatory and was checked"
    whole(message, _amendment(before, built(deepcopy(fields)), read_day(day, "30")))
    return fields


def _read_own(message: Message, before: LetterTerms, lines: list[Line]) -> list[Line]:
    """Return the changes as lines, those with a field of their own among them."""
    number, name = message.text("26E"), message.text("59", "B")
    assert number is not None, "26E is mandatory and was checked"
    found = [*lines, Line("VERSION", str(int(number) + 1))]
    starts = [at for at, one in enumerate(found) if one.label == "BENEFNO"]
    if (name is not None) != bool(starts):
        raise invalid("59", "does not go with 77U", "change all districts together")
    if name is not None:
        found.insert(starts[0] + 1, Line("BENEFNAM", read_named(name, "59")[0]))
    expiry = message.text("31E", "B")
    if expiry is not None:
        found.append(Line("CLAIMTO", read_day(expiry, "31E").isoformat()))
    for tag, sign in (("32B", 1), ("33B", -1)):
        stated_amount = message.text(tag, "B")
        if stated_amount is not None:
            found.append(Line("AMOUNT", _moved(before.amount, stated_amount, tag, sign)))
    return found


def _moved(amount: Money, text: str, tag: str, sign: int) -> str:
    moved = read_amount(text, tag)
    if moved.currency != amount.currency:
        raise invalid(tag, f"is not in {amount.currency}", "amend in the letter's currency")
    return amount_text(Money(amount.minor + sign * moved.minor, amount.currency))

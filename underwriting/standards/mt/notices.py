"""Demand, refusal, reduction and answer as MT765, 786, 769 and 787, and back.

    mt765(terms, demanded) -> text     demand_read(read_mt(text)) -> Demanded
    mt786(terms, refused) -> text      refusal_read(read_mt(text)) -> Refused
    mt769(terms, reduced) -> text      reduction_read(read_mt(text)) -> Reduced
    mt787(terms, answered) -> text     answer_read(read_mt(text)) -> Answered

What is read has no Chinese: these messages carry none. One that holds more than our own do is
refused, so that no instruction in it is passed over.
"""

from datetime import UTC, datetime, time
from typing import Final

from kernel.errors import invalid
from underwriting.letters.terms import LetterTerms
from underwriting.standards.events import Answered, Demanded, Ground, Reduced, Refused
from underwriting.standards.kinds import amount_text, read_amount
from underwriting.standards.lines import Line
from underwriting.standards.mt.amendment import NO_REFERENCE
from underwriting.standards.mt.days import day_text, read_day
from underwriting.standards.mt.issuer import issuer, terminal
from underwriting.standards.mt.labels import labelled, read_labelled
from underwriting.standards.mt.message import NOBODY, Message
from underwriting.standards.mt.series import checked, ordered
from underwriting.standards.mt.whole import right, whole

Texts = dict[str, str]
"""The fields of a message without sequences, by tag."""

_STATEMENT, _GROUND, _REASON = "STATEMNT", "GROUND", "REASON"
_DISPOSAL: Final = {"hold": "/HOLD/", "return": "/RETURN/"}


def _letter(terms: LetterTerms) -> Texts:
    """Return the number and the issuer."""
    issued = issuer(terms)
    return {"number": terms.number, issued.tag: issued.text}


def _issuer_of(texts: Texts) -> Texts:
    return {tag: text for tag, text in texts.items() if tag in ("52A", "52D")}


def _message(kind: str, texts: Texts, *, sender: str = NOBODY, receiver: str = NOBODY) -> Message:
    fields = ordered(kind, {"": texts})
    return Message(kind=kind, fields=fields, sender=sender, receiver=receiver)


def _read(message: Message, kind: str, *needed: str) -> Texts:
    """Return the fields of a right message; refuse one without those that ours have."""
    texts = {one.tag: one.text for one in right(message, kind).fields}
    for tag in needed:
        if tag not in texts:
            raise invalid(f"MT{kind}.{tag}", "is missing", "send it as we write it")
    return texts


def mt765(terms: LetterTerms, demanded: Demanded) -> str:
    """Return a demand, as the beneficiary's bank sends it."""
    return checked(_message("765", _demand(_letter(terms), demanded), receiver=terminal(terms)))


def _demand(letter: Texts, demanded: Demanded) -> Texts:
    stated = labelled([Line(_STATEMENT, demanded.statement_en)], "49A")
    later = demanded.extend_to
    return {
        "20": demanded.reference,
        "21": letter["number"],
        **_issuer_of(letter),
        "31L": day_text(demanded.on, "on"),
        "22G": "PAYM" if later is None else "PAEX",
        "32B": amount_text(demanded.amount),
        "49A": "\n".join(["COMP" if demanded.complete else "INCP", *stated]),
        **({} if later is None else {"31E": day_text(later, "extend_to")}),
    }


def demand_read(message: Message) -> Demanded:
    """Return the demand that an MT765 makes; one without date or statement is refused."""
    texts = _read(message, "765", "31L", "49A")
    code, _, stated = texts["49A"].partition("\n")
    words = read_labelled(stated, "49A")
    if [one.label for one in words] != [_STATEMENT]:
        raise invalid("MT765.49A", "holds no single statement", f"state it under /{_STATEMENT}/")
    demanded = Demanded(
        reference=texts["20"],
        on=read_day(texts["31L"], "31L"),
        amount=read_amount(texts["32B"], "32B"),
        extend_to=read_day(texts["31E"], "31E") if "31E" in texts else None,
        complete=code == "COMP",
        statement_en=words[0].text,
    )
    letter = {"number": texts["21"], **_issuer_of(texts)}
    whole(message, _message("765", _demand(letter, demanded)))
    return demanded


def mt786(terms: LetterTerms, refused: Refused) -> str:
    """Return the one notice of refusal, with every ground."""
    if not refused.grounds:
        raise invalid("grounds", "is empty", "state every ground", code="not-exportable")
    return checked(_message("786", _refusal(_letter(terms), refused), sender=terminal(terms)))


def _refusal(letter: Texts, refused: Refused) -> Texts:
    return {
        "20": refused.reference,
        "21": refused.demand,
        **_issuer_of(letter),
        "30": day_text(refused.demanded_at.date(), "demanded_at"),
        "32B": amount_text(refused.amount),
        "77J": "\n".join(labelled([Line(_GROUND, one.en) for one in refused.grounds], "77J")),
        "77B": _DISPOSAL[refused.papers],
    }


def refusal_read(message: Message) -> Refused:
    """Return the refusal that an MT786 states."""
    texts = _read(message, "786", "21", "77B")
    refused = Refused(
        reference=texts["20"],
        demand=texts["21"],
        demanded_at=datetime.combine(read_day(texts["30"], "30"), time(), UTC),
        amount=read_amount(texts["32B"], "32B"),
        grounds=tuple(Ground(en=one.text) for one in read_labelled(texts["77J"], "77J")),
        papers="hold" if texts["77B"] == _DISPOSAL["hold"] else "return",
    )
    whole(message, _message("786", _refusal(_issuer_of(texts), refused)))
    return refused


def mt769(terms: LetterTerms, reduced: Reduced) -> str:
    """Return the advice of a reduction, or of a release where nothing is left."""
    return checked(_message("769", _reduction(terms.number, reduced), receiver=terminal(terms)))


def _reduction(number: str, reduced: Reduced) -> Texts:
    return {
        "20": reduced.reference,
        "21": number,
        "30": day_text(reduced.on, "on"),
        "33B": amount_text(reduced.less),
        "34B": amount_text(reduced.left),
    }


def reduction_read(message: Message) -> Reduced:
    """Return the reduction that an MT769 advises; one of words alone is refused."""
    texts = _read(message, "769", "33B", "34B")
    reduced = Reduced(
        reference=texts["20"],
        on=read_day(texts["30"], "30"),
        less=read_amount(texts["33B"], "33B"),
        left=read_amount(texts["34B"], "34B"),
    )
    whole(message, _message("769", _reduction(texts["21"], reduced)))
    return reduced


def mt787(terms: LetterTerms, answered: Answered) -> str:
    """Return the beneficiary's answer to an amendment."""
    return checked(_message("787", _answer(_letter(terms), answered), receiver=terminal(terms)))


def _answer(letter: Texts, answered: Answered) -> Texts:
    status = ["ACCP" if answered.accepted else "REJT"]
    if answered.reason_en is not None:
        status += labelled([Line(_REASON, answered.reason_en)], "23R")
    return {
        "20": letter["number"],
        "21": NO_REFERENCE,
        **_issuer_of(letter),
        "26E": str(answered.amendment),
        "23R": "\n".join(status),
    }


def answer_read(message: Message) -> Answered:
    """Return the answer that an MT787 gives."""
    texts = _read(message, "787")
    code, _, stated = texts["23R"].partition("\n")
    reasons = [one.text for one in read_labelled(stated, "23R")]
    answered = Answered(
        amendment=int(texts["26E"]),
        accepted=code == "ACCP",
        reason_en=reasons[0] if reasons else None,
    )
    letter = {"number": texts["20"], **_issuer_of(texts)}
    whole(message, _message("787", _answer(letter, answered)))
    return answered

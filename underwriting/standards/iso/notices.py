"""End, demand and refusal as tsrv.012, 013 and 016, and back.

tsrv012(terms, ended), tsrv013(terms, demanded), tsrv016(terms, refused) -> XML
read_notice(xml) -> Noted(number of the letter, what happened)
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from kernel.errors import invalid
from underwriting.letters.terms import LetterTerms
from underwriting.standards.events import Demanded, Ended, Ground, Refused
from underwriting.standards.iso import parts
from underwriting.standards.iso.parse import Parsed, parsed, same
from underwriting.standards.iso.tree import Node, code, document, leaf, node
from underwriting.standards.iso.undertaking import issuer
from underwriting.standards.kinds import read_text
from underwriting.standards.lines import Line

_REASONS: Final = {
    "refused": "REFU",
    "not_accepted": "NOAC",
    "business_finished": "BUFI",
    "without_expiry": "WOEX",
}
_OWN_REASONS: Final = ("released", "expired", "paid_out", "revoked")
_WORDS_MOST: Final = 5
_PAPERS: Final = {"hold": "/PAPERS/HOLD", "return": "/PAPERS/RETURN"}


@dataclass(frozen=True, slots=True)
class Noted:
    """What a notice says of which letter."""

    number: str
    what: Ended | Demanded | Refused


def tsrv012(terms: LetterTerms, ended: Ended) -> bytes:
    """Return the notice that a letter has ended."""
    return document("012", _end(_letter(terms), ended))


def tsrv013(terms: LetterTerms, demanded: Demanded) -> bytes:
    """Return a demand, its statement in both languages."""
    return document("013", _demand(_letter(terms), demanded))


def tsrv016(terms: LetterTerms, refused: Refused) -> bytes:
    """Return the one notice of refusal, with every ground in both languages."""
    return document("016", _refusal(_letter(terms), refused))


def read_notice(xml: bytes) -> Noted:
    """Return what a notice says; one that holds anything else is refused."""
    return noted_of(parsed(xml))


def noted_of(message: Parsed) -> Noted:
    """Return what a notice says, from its elements."""
    if message.kind not in _READ:
        known = ", ".join(_READ)
        raise invalid("xml", f"tsrv.{message.kind} is no notice we know", f"send one of {known}")
    inside, read, write = _READ[message.kind]
    details = message.root.one(inside)
    letter = details.one("UdrtkgId") if details else None
    if details is None or letter is None:
        raise invalid("UdrtkgId", "is missing", "name the letter")
    what = read(details)
    same(message.root, write(letter, what))
    return Noted(letter.text("Id"), what)


def _letter(terms: LetterTerms) -> Node:
    return node("UdrtkgId", leaf("Id", terms.number, parts.ID_MOST, "number"), issuer(terms))


def _day(found: Node, path: str) -> date:
    return date.fromisoformat(read_text("day", found.text(path), path))


def _end(letter: Node, ended: Ended) -> Node:
    if len(ended.words) > _WORDS_MOST:
        raise invalid("words", f"are {len(ended.words)}", f"give at most {_WORDS_MOST}")
    coded = _REASONS.get(ended.reason)
    own = node("Prtry", code("Id", ended.reason.upper()))
    terminated = node(
        "TermntnDtls",
        code("FctvDt", ended.on.isoformat()),
        node("Rsn", code("Cd", coded) if coded else own),
        *(leaf("AddtlInf", one, parts.MORE_MOST, "words") for one in ended.words),
    )
    return node("UdrtkgTermntnNtfctn", node("UdrtkgTermntnNtfctnDtls", letter, terminated))


def _read_end(details: Node) -> Ended:
    found = details.one("TermntnDtls")
    if found is None:
        raise invalid("TermntnDtls", "is missing", "say when it ended")
    names: dict[str, Any] = {coded: name for name, coded in _REASONS.items()}
    own: dict[str, Any] = {name.upper(): name for name in _OWN_REASONS}
    stated = found.one("Rsn/Cd")
    reason = names if stated else own
    text = found.text("Rsn/Cd" if stated else "Rsn/Prtry/Id")
    if text not in reason:
        raise invalid("Rsn", f"{text!r} is not a reason", f"use one of {', '.join(reason)}")
    words = tuple(str(one.inside) for one in found.every("AddtlInf"))
    return Ended(on=_day(found, "FctvDt"), reason=reason[text], words=words)


def _both(zh: str | None, en: str, field: str) -> str:
    """Return Chinese and English on two lines; neither may be empty or hold a line end."""
    for text in (en, zh) if zh is not None else (en,):
        if not text or "\n" in text:
            raise invalid(field, "is empty or has a line end", "write it as one line")
    return en if zh is None else f"{zh}\n{en}"


def _apart(text: str) -> tuple[str | None, str]:
    zh, split, en = text.partition("\n")
    return (zh, en) if split else (None, zh)


def _demand(letter: Node, demanded: Demanded) -> Node:
    words = _both(demanded.statement_zh, demanded.statement_en, "statement")
    later = demanded.extend_to
    return node(
        "UdrtkgDmnd",
        node(
            "UdrtkgDmndDtls",
            leaf("Id", demanded.reference, parts.ID_MOST, "reference"),
            code("Tp", "PAYM" if later is None else "PAEX"),
            letter,
            node("DmndAmt", parts.amount("Amt", demanded.amount)),
            node("PresntnDtls", code("BnfcryPresntnDt", demanded.on.isoformat())),
            code("ReqdXpryDt", later.isoformat()) if later else None,
            node(
                "DmndDcmnttn",
                code("CmpltInd", "true" if demanded.complete else "false"),
                leaf("DmndNrrtv", words, parts.TERMS_MOST, "statement"),
            ),
        ),
    )


def _read_demand(details: Node) -> Demanded:
    later = details.one("ReqdXpryDt")
    zh, en = _apart(details.text("DmndDcmnttn/DmndNrrtv"))
    return Demanded(
        reference=details.text("Id"),
        on=_day(details, "PresntnDtls/BnfcryPresntnDt"),
        amount=parts.read_amount(details.one("DmndAmt/Amt"), "DmndAmt"),
        extend_to=_day(details, "ReqdXpryDt") if later else None,
        complete=details.text("DmndDcmnttn/CmpltInd") == "true",
        statement_en=en,
        statement_zh=zh,
    )


def _ground(number: int, ground: Ground) -> Node:
    words = _both(ground.zh, ground.en, "grounds")
    told = leaf("Nrrtv", words, parts.TERMS_MOST, "grounds")
    return node("Dscrpncy", code("Id", str(number)), told)


def _refusal(letter: Node, refused: Refused) -> Node:
    if not refused.grounds:
        raise invalid("grounds", "is empty", "state every ground", code="not-exportable")
    at = refused.demanded_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    demanded = node(
        "DmndDtls",
        leaf("Id", refused.demand, parts.ID_MOST, "demand"),
        code("SubmissnDtTm", at),
        parts.amount("Amt", refused.amount),
    )
    details = node(
        "DmndRfslNtfctnDtls",
        letter,
        demanded,
        code("Sts", "REFUSED"),
        *(_ground(number, one) for number, one in enumerate(refused.grounds, start=1)),
        code("DspstnOfDocs", _PAPERS[refused.papers]),
        *parts.labelled("AddtlInf", [Line("NOTICE", refused.reference)]),
    )
    return node("DmndRfslNtfctn", details)


def _read_refusal(details: Node) -> Refused:
    told = parts.read_labelled(details.every("AddtlInf"))
    if [one.label for one in told] != ["NOTICE"]:
        raise invalid("AddtlInf", "names no notice", "give its reference under /NOTICE/")
    found = details.one("DmndDtls")
    if found is None:
        raise invalid("DmndDtls", "is missing", "name the demand")
    words = [_apart(one.text("Nrrtv")) for one in details.every("Dscrpncy")]
    return Refused(
        reference=told[0].text,
        demand=found.text("Id"),
        demanded_at=_moment(found.text("SubmissnDtTm")),
        amount=parts.read_amount(found.one("Amt"), "Amt"),
        grounds=tuple(Ground(en=en, zh=zh) for zh, en in words),
        papers="hold" if details.text("DspstnOfDocs") == _PAPERS["hold"] else "return",
    )


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid("SubmissnDtTm", f"{text!r} is no time", "write it as ISO 8601") from None
    raise invalid("SubmissnDtTm", "has no time zone", "end it with Z")


_READ: Final[dict[str, tuple[str, Any, Any]]] = {
    "012": ("UdrtkgTermntnNtfctnDtls", _read_end, _end),
    "013": ("UdrtkgDmndDtls", _read_demand, _demand),
    "016": ("DmndRfslNtfctnDtls", _read_refusal, _refusal),
}
"""Of each notice: the element of its details, its reader and its writer."""

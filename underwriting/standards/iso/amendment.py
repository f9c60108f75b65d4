"""An amendment as tsrv.005, and back.

    tsrv005(before, after, on=date(2027, 3, 1)) -> XML
    read_tsrv005(xml, before) -> the letter after it, without counter-security

The amount and the last day of demand have elements of their own; what else changes stands by
label in the new terms and conditions.
"""

from datetime import date

from kernel.errors import invalid
from kernel.money import Money
from kernel.plain import read_plain
from underwriting.letters.terms import LetterTerms
from underwriting.standards.changes import changed, changes
from underwriting.standards.iso import parts
from underwriting.standards.iso.parse import parsed, same
from underwriting.standards.iso.tree import Node, code, document, leaf, node
from underwriting.standards.iso.undertaking import PROMISES, issuer, promise
from underwriting.standards.kinds import amount_text, read_text
from underwriting.standards.lines import Line, fields_of, stated

KIND = "005"
SEQUENCE_MOST = 4
_APART = ("AMOUNT", "CLAIMTO", "VERSION")


def tsrv005(
    before: LetterTerms, after: LetterTerms, *, on: date, signed: bytes | None = None
) -> bytes:
    """Return the amendment that makes one version another.

    Args:
        before: the version that it amends.
        after: the version that it makes.
        on: date of the amendment.
        signed: the signed amendment, or None.

    Raises:
        Invalid: nothing changes, or what cannot change does.
    """
    return document(KIND, _amendment(before, after, on, signed))


def read_tsrv005(xml: bytes, before: LetterTerms) -> LetterTerms:
    """Return the letter that stands after an amendment of `before`."""
    message = parsed(xml)
    details = message.root.one("UdrtkgAmdmntDtls")
    if message.kind != KIND or details is None:
        raise invalid("xml", "is no amendment", "send tsrv.005")
    if details.text("UdrtkgId/Id") != before.number:
        raise invalid("UdrtkgId/Id", "is of another letter", f"read it against {before.number}")
    marks = _read_lines(details, before)
    fields = fields_of(changed(stated(before, "tsrv"), marks), "tsrv")
    after = read_plain(LetterTerms, fields | {"security": []})
    on = date.fromisoformat(read_text("day", details.text("DtOfIssnc"), "DtOfIssnc"))
    signed = parts.read_enclosed(details.one("NclsdFile"))
    same(message.root, _amendment(before, after, on, signed))
    return after


def _amendment(before: LetterTerms, after: LetterTerms, on: date, signed: bytes | None) -> Node:
    lines = [one for one in changes(before, after, "tsrv") if one.label not in _APART]
    if after.nature != before.nature:
        lines = [*promise(after.nature), *lines]
    expiry = code("Dt", after.claim_until.isoformat())
    extended = node("NewXpryDtls", node("XpryTerms", node("DtTm", expiry)))
    details = node(
        "UdrtkgAmdmntDtls",
        leaf("SeqNb", str(after.version - 1), SEQUENCE_MOST, "version"),
        code("DtOfIssnc", on.isoformat()),
        node("UdrtkgId", code("Id", before.number), issuer(before)),
        _adjusted(before, after),
        extended if after.claim_until != before.claim_until else None,
        *parts.terms("NewUdrtkgTermsAndConds", lines),
        parts.enclosed(signed, before.number),
    )
    return node("UdrtkgAmdmnt", details)


def _adjusted(before: LetterTerms, after: LetterTerms) -> Node | None:
    difference = (after.amount - before.amount).minor
    if difference == 0:
        return None
    money = Money(abs(difference), after.amount.currency)
    choice = parts.amount("IncrAmt" if difference > 0 else "DcrAmt", money)
    return node("UdrtkgAmtAdjstmnt", node("AmtChc", choice))


def _read_lines(details: Node, before: LetterTerms) -> list[Line]:
    told = parts.read_terms(details.every("NewUdrtkgTermsAndConds"))
    sequence = read_text("number", details.text("SeqNb"), "SeqNb")
    lines = [one for one in told if one.label not in PROMISES]
    lines.append(Line("VERSION", str(sequence + 1)))
    expiry = details.one("NewXpryDtls")
    if expiry is not None:
        lines.append(Line("CLAIMTO", expiry.text("XpryTerms/DtTm/Dt")))
    for name, sign in (("IncrAmt", 1), ("DcrAmt", -1)):
        found = details.one(f"UdrtkgAmtAdjstmnt/AmtChc/{name}")
        if found is not None:
            lines.append(Line("AMOUNT", _moved(before.amount, found, sign)))
    return lines


def _moved(amount: Money, found: Node, sign: int) -> str:
    moved = parts.read_amount(found, found.name)
    if moved.currency != amount.currency:
        raise invalid(found.name, f"is not in {amount.currency}", "amend in its currency")
    return amount_text(Money(amount.minor + sign * moved.minor, amount.currency))

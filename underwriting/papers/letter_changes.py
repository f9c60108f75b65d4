"""The papers that change a letter: amendment and extension."""

from dataclasses import replace
from datetime import date

from documents.blocks import Facts, Label, Listing, Value, written
from documents.forms.customs_letter import DEBTOR, GUARANTOR, ISSUED, REPLACES, CustomsLetter
from documents.forms.letter_amendment import ChangedTerm, LetterAmendment
from documents.forms.letter_extension import LetterExtension
from underwriting.letters.amendments import changes
from underwriting.letters.terms import LetterTerms
from underwriting.papers.customs_letter import customs_letter
from underwriting.papers.letter_parts import concerned, proof

Said = dict[Label, Value]


def letter_amendment(
    before: LetterTerms,
    after: LetterTerms,
    *,
    number: str,
    on: date,
    reason: str,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
) -> LetterAmendment:
    """Return the amendment as it is printed: whatever the two letters print differently.

    Args:
        before: the version in force.
        after: a later version of the same letter, that differs in at least one printed term.
        number: of the amendment.
        on: its date.
        reason: why.
        code_url: public page of the new version.
        content_hash: of the new version.
        signatory: as of the letter.
    """
    assert before.number == after.number, "an amendment is of one letter"
    return LetterAmendment(
        number=number,
        insurer_name=after.guarantor.party.zh,
        letter=concerned(before),
        version=after.version,
        reason=reason,
        amount=after.amount,
        changed=changed_terms(before, after),
        proof=proof(
            after, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
    )


def letter_extension(
    before: LetterTerms,
    after: LetterTerms,
    *,
    number: str,
    on: date,
    reason: str,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
) -> LetterExtension:
    """Return the extension as it is printed; the two versions differ in their last days only."""
    moved = replace(
        before,
        version=after.version,
        issued_on=after.issued_on,
        usable_until=after.usable_until,
        claim_until=after.claim_until,
    )
    assert moved == after, "an extension moves the last days and nothing else"
    return LetterExtension(
        number=number,
        insurer_name=after.guarantor.party.zh,
        letter=concerned(before),
        version=after.version,
        reason=reason,
        usable_until=after.usable_until,
        claim_until=after.claim_until,
        proof=proof(
            after, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
    )


def changed_terms(before: LetterTerms, after: LetterTerms) -> tuple[ChangedTerm, ...]:
    """Every term that the two letters print differently, in the order of the page.

    Where they print the same, what changed in the terms behind them.
    """
    old, new = (
        _said(customs_letter(one, code_url="", content_hash="", with_security=True))
        for one in (before, after)
    )
    printed = tuple(
        ChangedTerm(term, old.get(term), new.get(term))
        for term in dict.fromkeys((*old, *new))
        if old.get(term) != new.get(term)
    )
    return printed or tuple(
        ChangedTerm(Label(one.zh, one.en), str(one.before), str(one.after))
        for one in changes(before, after)
    )


def _said(letter: CustomsLetter) -> Said:
    """What the letter says by term: a fact each, a table whole, a clause each."""
    said: Said = {}
    for block in letter.blocks():
        if isinstance(block, Facts):
            said |= _facts(block)
        elif isinstance(block, Listing):
            lines = (" ".join(map(written, row)) for row in block.rows)
            said[block.heading] = "\n".join(lines)
    for own in (REPLACES, ISSUED):  # each version has its own, which says nothing of the terms
        said.pop(own)
    return said | {Label(f"条款 {one.heading}", "Clause"): one.text for one in letter.clauses}


def _facts(block: Facts) -> Said:
    """Facts by label; what is said of a party has its role before it."""
    said: Said = {}
    role: Label | None = None
    for fact in block.facts:
        if fact.label in {DEBTOR, GUARANTOR}:
            role = fact.label
        term = fact.label
        if role and role is not term:
            term = Label(f"{role.zh}{term.zh}", f"{role.en}: {term.en}")
        assert term not in said, f"{term.en} stands twice"
        said[term] = fact.value
    return said

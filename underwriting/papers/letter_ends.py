"""The papers with which a letter ends: release and revocation."""

from datetime import date

from documents.blocks import Label
from documents.forms.letter_release import LetterRelease
from documents.forms.letter_revocation import LetterRevocation
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.papers.letter_parts import concerned, proof


def letter_release(
    terms: LetterTerms,
    *,
    number: str,
    on: date,
    grounds: Label,
    reference: str,
    paid: Money,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
) -> LetterRelease:
    """Return the release as it is printed.

    Args:
        terms: the version in force.
        number: of the notice.
        on: from the end of this day nothing is guaranteed.
        grounds: why.
        reference: the beneficiary's release or another paper; empty where none.
        paid: under the letter in all, at most its amount.
        code_url: public page of the letter.
        content_hash: of the version in force.
        signatory: as of the letter.
    """
    outstanding = terms.amount - paid
    assert outstanding.minor >= 0, "no more was paid than was guaranteed"
    return LetterRelease(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        letter=concerned(terms),
        grounds=grounds,
        reference=reference,
        released_on=on,
        paid=paid,
        outstanding=outstanding,
        proof=proof(
            terms, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
    )


def letter_revocation(
    terms: LetterTerms,
    *,
    number: str,
    on: date,
    grounds: Label,
    consent: str | None,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
) -> LetterRevocation:
    """Return the revocation as it is printed.

    Args:
        terms: the version that is void.
        number: of the notice.
        on: from this day it is void.
        grounds: why.
        consent: the beneficiary's written release; None where customs had not accepted the letter.
        code_url: public page of the letter.
        content_hash: of the version that is void.
        signatory: as of the letter.
    """
    return LetterRevocation(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        letter=concerned(terms),
        grounds=grounds,
        consent=consent,
        revoked_on=on,
        proof=proof(
            terms, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
    )

"""The papers of the pledge behind a letter: its certificate and its release."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from documents.blocks import Label
from documents.forms.letter_rows import Bound
from documents.forms.pledge_certificate import PledgeCertificate
from documents.forms.pledge_release import PledgeRelease
from kernel.errors import invalid
from underwriting.letters.terms import LetterTerms, Party
from underwriting.papers.letter_parts import bound, pledge_line, proof

REGISTRAR = Label("国家知识产权局", "China National Intellectual Property Administration")


def pledge_certificate(
    terms: LetterTerms,
    *,
    number: str,
    on: date,
    arrears_checked_on: date | None,
    registrar: Label = REGISTRAR,
    signatory: str | None = None,
) -> PledgeCertificate:
    """Return the certificate as it is printed: the debtor's pledge to the guarantor.

    Args:
        terms: the letter whose recourse is secured.
        number: of the certificate.
        on: its date.
        arrears_checked_on: when tax arrears of the pledgor were looked up; None where not.
        registrar: office at which the pledges are registered.
        signatory: as of the letter.
    """
    return PledgeCertificate(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        pledgor=_pledging(terms.debtor),
        pledgee=_pledging(terms.guarantor.party),
        secured=Label(
            f"质权人因保函 {terms.number} 付款后对出质人的追偿权",
            f"The pledgee's recourse for what it pays under letter {terms.number}",
        ),
        contract=terms.policy_number,
        maximum=terms.amount,
        registrar=registrar,
        arrears_checked_on=arrears_checked_on,
        pledged=tuple(map(pledge_line, terms.security)),
        proof=proof(terms, on=on, signatory=signatory),
    )


def pledge_release(
    terms: LetterTerms,
    *,
    number: str,
    on: date,
    grounds: Label,
    released: Collection[str],
    registrar: Label = REGISTRAR,
    signatory: str | None = None,
) -> PledgeRelease:
    """Return the release as it is printed; rights whose numbers are not `released` stay pledged.

    Raises:
        Invalid: a number is none of a right behind the letter, or none is given.
    """
    known = {one.number for one in terms.security}
    if not released or not known.issuperset(released):
        problem, cure = "names no right behind the letter", f"use numbers of {', '.join(known)}"
        raise invalid("released", problem, cure)
    lines = tuple(map(pledge_line, terms.security))
    return PledgeRelease(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        pledgor=_pledging(terms.debtor),
        pledgee=_pledging(terms.guarantor.party),
        contract=terms.policy_number,
        grounds=grounds,
        released_on=on,
        registrar=registrar,
        released=tuple(one for one in lines if one.number in released),
        kept=tuple(one for one in lines if one.number not in released),
        proof=proof(terms, on=on, signatory=signatory),
    )


def _pledging(party: Party) -> Bound:
    """A party without its codes of the trade and of the network, which a pledge does not need."""
    return replace(bound(party), customs_code=None, bic=None)

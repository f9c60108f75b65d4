"""Parts that every paper about a letter shares: parties, the letter concerned, the proof."""

from datetime import date

from documents.blocks import Label
from documents.forms.letter_rows import Bound, Concerned, Proof
from documents.forms.letter_schedule import PledgeLine
from underwriting.letters.terms import LetterTerms, Party, Pledged
from underwriting.papers.letter_words import LANGUAGES


def bound(party: Party) -> Bound:
    """A party as it is printed."""
    return Bound(
        name=Label(party.zh, party.en),
        register_id=party.register_id,
        address=Label(party.address_zh, party.address_en),
        customs_code=party.customs_code,
        lei=party.lei,
        bic=party.bic,
    )


def proof(
    terms: LetterTerms,
    *,
    on: date,
    code_url: str = "",
    content_hash: str = "",
    signatory: str | None = None,
) -> Proof:
    """Seal, date and code of a paper about the letter; empty where it has none."""
    return Proof(
        content_hash=content_hash,
        code_url=code_url,
        signatory=signatory,
        place=Label(terms.place_zh, terms.place_en),
        on=on,
        demonstration=terms.demonstration,
        prevailing=LANGUAGES[terms.prevailing],
    )


def concerned(terms: LetterTerms) -> Concerned:
    """The letter that a notice speaks of."""
    party = terms.guarantor.party
    return Concerned(
        letter_number=terms.number,
        version=terms.version,
        policy_number=terms.policy_number,
        issued_on=terms.issued_on,
        beneficiaries=tuple(Label(one.zh, one.en) for one in terms.beneficiaries),
        debtor=Label(terms.debtor.zh, terms.debtor.en),
        guarantor=Label(party.zh, party.en),
        amount=terms.amount,
        usable_until=terms.usable_until,
        claim_until=terms.claim_until,
    )


def pledge_line(one: Pledged) -> PledgeLine:
    """A right behind the letter as it is printed."""
    return PledgeLine(one.number, one.title, one.registration, one.expires, one.rank, one.value)

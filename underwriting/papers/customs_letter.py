"""The letter of guarantee to customs, filled from its terms."""

from documents.blocks import Label
from documents.forms.customs_letter import CustomsLetter
from documents.forms.letter_schedule import Beneficiary, DeclarationLine, DemandTerms
from underwriting.letters.terms import Demands, District, LetterTerms, Surcharge
from underwriting.papers import letter_words as words
from underwriting.papers.letter_parts import bound, pledge_line, proof
from underwriting.papers.letter_wording import WORDING, letter_clauses
from underwriting.papers.parts import percent


def customs_letter(
    terms: LetterTerms,
    *,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
    with_security: bool = False,
) -> CustomsLetter:
    """Return the letter as it is printed.

    Args:
        terms: one version of it, whole.
        code_url: public page on which anyone can check it.
        content_hash: SHA-256 of the terms, 64 hexadecimal digits.
        signatory: who signs for the guarantor, with post; None where the certificate says who.
        with_security: print the rights pledged to the guarantor, where customs asks for them.
    """
    guarantor = terms.guarantor
    return CustomsLetter(
        number=terms.number,
        insurer_name=guarantor.party.zh,
        version=terms.version,
        replaces=None if terms.version == 1 else f"版本 Version {terms.version - 1}",
        policy_number=terms.policy_number,
        kind=words.KINDS[terms.kind],
        nature=words.NATURES[terms.nature],
        rules=words.RULES[terms.rules],
        mode=words.MODES[terms.mode],
        purposes=tuple(words.PURPOSES[one] for one in terms.purposes),
        beneficiaries=tuple(map(_district, terms.beneficiaries)),
        debtor=bound(terms.debtor),
        guarantor=bound(guarantor.party),
        branch=Label(guarantor.branch_zh, guarantor.branch_en),
        licence=guarantor.licence,
        contact=guarantor.contact,
        obligation=Label(terms.obligation_zh, terms.obligation_en),
        taxes=tuple(words.TAXES[one] for one in terms.taxes),
        amount=terms.amount,
        surcharge=_surcharge(terms.surcharge),
        restored=words.RESTORED[terms.restored],
        issued_on=terms.issued_on,
        usable_from=terms.usable_from,
        usable_until=terms.usable_until,
        claim_until=terms.claim_until,
        effective=words.EFFECTIVE[terms.effective_on],
        demands=_demands(terms.demands),
        transferable=words.TRANSFERABLE[terms.transferable],
        law=Label(terms.law_zh, terms.law_en),
        court=Label(terms.court_zh, terms.court_en),
        charges=words.CHARGES[terms.charges],
        declarations=tuple(
            DeclarationLine(one.number, one.on, one.tax) for one in terms.declarations
        ),
        security=tuple(map(pledge_line, terms.security)) if with_security else (),
        wording=WORDING,
        clauses=letter_clauses(terms),
        proof=proof(
            terms,
            on=terms.issued_on,
            code_url=code_url,
            content_hash=content_hash,
            signatory=signatory,
        ),
    )


def _district(one: District) -> Beneficiary:
    return Beneficiary(one.code, Label(one.zh, one.en), words.ROLES[one.role])


def _surcharge(one: Surcharge) -> Label:
    rate = percent(one.rate_per_day)
    if one.limit is None:
        return Label(f"按日 {rate}，计入担保金额", f"{rate} a day, within the amount")
    return Label(
        f"按日 {rate}，在担保金额之外以 {one.limit} 为限",
        f"{rate} a day, beyond the amount up to {one.limit}",
    )


def _demands(one: Demands) -> DemandTerms:
    kind, working = words.DAY_KINDS[one.day_kind], words.DAY_KINDS["working"]
    return DemandTerms(
        papers=tuple(Label(paper.zh, paper.en) for paper in one.papers),
        paid_within=Label(f"{one.days} {kind.zh}", kind.en),
        examined_within=Label(f"{one.examination_days} {working.zh}", working.en),
        place=Label(one.place_zh, one.place_en),
        medium=words.MEDIA[one.medium],
        parts=words.demands_in_words(partial=one.partial, multiple=one.multiple),
    )

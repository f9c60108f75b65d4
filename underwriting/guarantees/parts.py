"""Parts of a letter's terms, from the policy and what is stated beside it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from kernel.errors import Fault
from underwriting.guarantees.stated import (
    DebtorStated,
    DistrictStated,
    GuarantorStated,
    LetterStated,
    PledgeStated,
)
from underwriting.letters.terms import District, Guarantor, Party, Pledged
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk, SecuredRight
from underwriting.products.customs_guarantee.use import Use
from underwriting.rules.contract import Contract


def debtor(contract: Contract, stated: DebtorStated) -> Party:
    """Return the importer: its Chinese name and numbers are those of the policy."""
    return Party(
        zh=contract.policyholder,
        en=stated.en,
        register_id=contract.policyholder_id,
        address_zh=stated.address_zh,
        address_en=stated.address_en,
        customs_code=contract.agreed["customs_code"],
        lei=stated.lei,
    )


def guarantor(insurer: str, stated: GuarantorStated) -> Guarantor:
    """Return the house, under the name of the installation where none is stated."""
    return Guarantor(
        party=Party(
            zh=stated.zh or insurer,
            en=stated.en,
            register_id=stated.register_id,
            address_zh=stated.address_zh,
            address_en=stated.address_en,
            lei=stated.lei,
            bic=stated.bic,
        ),
        branch_zh=stated.branch_zh,
        branch_en=stated.branch_en,
        licence=stated.licence,
        contact=stated.contact,
    )


def foreign_faults(risk: CustomsGuaranteeRisk, stated: LetterStated) -> tuple[Fault, ...]:
    """Return what is stated of districts and rights that does not fit the policy, all of it."""
    latin = [one.code for one in stated.districts]
    covered = [one.code for one in risk.use.beneficiaries]
    known = {right.number for right in risk.rights}
    return (
        *(
            Fault("districts", f"has no name in Latin letters for {code}", "state it")
            for code in covered
            if code not in latin
        ),
        *(
            Fault("districts", f"{code} is none that the policy covers", "leave it out")
            for code in latin
            if code not in covered
        ),
        *(
            Fault("pledges", f"{one.number} is no right of the policy", "leave it out")
            for one in stated.pledges
            if one.number not in known
        ),
    )


def beneficiaries(use: Use, stated: Sequence[DistrictStated]) -> tuple[District, ...]:
    """Return every district of the policy with its role and its name in Latin letters.

    One without such a name stands under its code: `foreign_faults` refuses that letter.
    """
    latin = {one.code: one.en for one in stated}
    covered = {one.code: one for one in use.beneficiaries}
    declaring = {one.code for one in use.declared}
    return tuple(
        District(code=code, zh=one.name, en=latin.get(code, code), role=_role(code, use, declaring))
        for code, one in covered.items()
    )


def _role(code: str, use: Use, declaring: set[str]) -> Literal["registering", "declaring", "both"]:
    if code != use.registered.code:
        return "declaring"
    return "both" if code in declaring else "registering"


def pledged(risk: CustomsGuaranteeRisk, stated: Sequence[PledgeStated]) -> tuple[Pledged, ...]:
    """Return the rights of the policy behind the letter, registered or not."""
    registered = {one.number: one for one in stated}
    return tuple(_right(right, registered.get(right.number)) for right in risk.rights)


def _right(right: SecuredRight, pledge: PledgeStated | None) -> Pledged:
    return Pledged(
        number=right.number,
        title=right.title,
        registration=pledge.registration if pledge else None,
        registered_on=pledge.registered_on if pledge else None,
        value=right.appraised.money("risk.rights.appraised"),
        haircut=Fraction(right.haircut or 0),
        rank=2 if right.ahead else 1,
        expires=right.expires,
    )

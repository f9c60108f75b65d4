"""What is stated of a letter beside the policy: names in Latin letters, licence, places, texts."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kernel.wire import Code, Day, LongWords, MoneyWire, Wire, Words
from underwriting.letters.evidence import IssuerKind
from underwriting.letters.terms import TaxKind
from underwriting.pledge.forms import RegisterId

Bic = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{8}([A-Z0-9]{3})?$")]
Lei = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{20}$")]
DistrictCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,10}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
"""A number that somebody else gave: of a declaration, a payment."""


def _no_slash(number: object) -> object:
    """Refuse what would end the part of an address that names the demand."""
    if isinstance(number, str) and "/" in number:
        raise PydanticCustomError("slash", "has a /: an address names the demand by it")
    return number


DEMAND_NUMBER: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
"""Form of customs' number of a demand: it stands in the address of the answer, so it has no /."""

DemandReference = Annotated[
    str, BeforeValidator(_no_slash), StringConstraints(pattern=DEMAND_NUMBER)
]

TAXES: Final[tuple[TaxKind, ...]] = (
    "duty", "import_vat", "consumption_tax", "anti_dumping", "countervailing", "surcharge",
)  # fmt: skip


class DebtorStated(Wire):
    """The importer, beside what its policy says."""

    en: Words = Field(description="Its name in Latin letters")
    address_zh: Words
    address_en: Words
    lei: Lei | None = None


class GuarantorStated(Wire):
    """The house, as it undertakes to pay."""

    zh: Words | None = Field(None, description="Its name; the installation's where left out")
    en: Words
    register_id: RegisterId
    address_zh: Words
    address_en: Words
    branch_zh: Words
    branch_en: Words
    licence: Words
    contact: Words
    kind: IssuerKind = "insurer"
    bic: Bic | None = None
    lei: Lei | None = None


class DistrictStated(Wire):
    """A customs district of the policy in Latin letters."""

    code: DistrictCode
    en: Words


class PledgeStated(Wire):
    """The registration of the pledge on one right of the policy."""

    number: Words = Field(description="Of the right")
    registration: Words
    registered_on: Day


class PaperStated(Wire):
    """A document that a demand must hold."""

    zh: Words
    en: Words


DEMAND: Final = PaperStated(zh="海关书面索赔通知", en="written demand of customs")


class DeclaredStated(Wire):
    """A declaration that a single letter is for."""

    number: Reference
    on: Day
    tax: MoneyWire


class LetterStated(Wire):
    """What is stated of a letter beside the policy that it is issued under."""

    debtor: DebtorStated
    guarantor: GuarantorStated
    districts: tuple[DistrictStated, ...] = Field(min_length=1, max_length=51)
    place_zh: Words = Field(description="Where it is issued")
    place_en: Words
    court_zh: Words = Field(description="Where disputes go")
    court_en: Words
    law_zh: Words = "中华人民共和国法律"
    law_en: Words = "Laws of the People's Republic of China"
    obligation_zh: LongWords = "被担保人在担保期内申报进口货物应缴纳的税款及滞纳金"
    obligation_en: LongWords = (
        "import taxes and late surcharge on goods that the debtor declares within the period"
    )
    taxes: tuple[TaxKind, ...] = Field(TAXES, min_length=1, max_length=6)
    nature: Literal["joint_and_several", "independent"] = "joint_and_several"
    rules: Literal["NONE", "URDG", "ISPR", "OTHR"] = "NONE"
    effective_on: Literal["customs_acceptance", "issue"] = "customs_acceptance"
    charges: Literal["debtor", "guarantor"] = "debtor"
    prevailing: Literal["zh", "en"] = "zh"
    demand_papers: tuple[PaperStated, ...] = Field((DEMAND,), min_length=1, max_length=10)
    demand_medium: Literal["paper", "electronic", "both"] = "both"
    examination_days: int = Field(5, ge=1, le=30, description="Working days to refuse a demand")
    declarations: tuple[DeclaredStated, ...] = Field((), max_length=200)
    pledges: tuple[PledgeStated, ...] = Field((), max_length=200)
    arrears_checked_on: Day | None = Field(
        None, description="A later certificate than the one in the proposal"
    )
    arrears_amount: MoneyWire | None = None


class DistrictAdded(Wire):
    """A declaring district that an amendment adds."""

    code: DistrictCode
    zh: Words
    en: Words


class ChangeStated(Wire):
    """What an amendment changes; what is left out stays. The later days make an extension."""

    reason: LongWords
    consent: Reference | None = Field(
        None, description="Customs' written consent to what makes its position worse"
    )
    amount: MoneyWire | None = None
    usable_until: Day | None = None
    claim_until: Day | None = None
    districts: tuple[DistrictAdded, ...] = Field((), max_length=50, description="Added ones")


class UseStated(Wire):
    """One event of use of a declaration."""

    declaration: Reference
    reference: Annotated[
        str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,63})?$")
    ] = Field("", description="Tells several events of one kind apart; empty for the only one")
    district: DistrictCode
    amount: MoneyWire = Field(description="Tax")
    on: Day = Field(description="Day of the declaration, or of the payment of tax")
    taxes: tuple[TaxKind, ...] = Field((), max_length=6)


class DemandStated(Wire):
    """A demand of customs for payment."""

    reference: DemandReference = Field(
        description="Customs' own number of it; where it has a / write - instead"
    )
    declaration: Reference
    district: DistrictCode
    tax: MoneyWire
    surcharge: MoneyWire | None = None
    taxes: tuple[TaxKind, ...] = Field((), max_length=6)
    papers: tuple[Words, ...] = Field((), max_length=20, description="What came with it")
    received_on: Day
    written: bool = True
    extend_to: Day | None = Field(None, description="Extend to this day, or pay")


class EndStated(Wire):
    """Why a letter ends, and the paper of customs that says so."""

    grounds_zh: Words
    grounds_en: Words
    released_by: Reference | None = Field(
        None, description="The beneficiary's written release; none where all was paid out"
    )


class PledgePaperStated(Wire):
    """A paper of the pledge: its certificate, or the release of rights from it."""

    kind: Literal["certificate", "release"]
    released: tuple[Words, ...] = Field((), max_length=200, description="Numbers of rights")
    grounds_zh: Words | None = None
    grounds_en: Words | None = None
    settled_by: Reference | None = Field(
        None, description="The importer's repayment of what was paid, or its waiver"
    )


class GroundStated(Wire):
    """One discrepancy of a demand."""

    code: Code
    zh: Words
    en: Words

"""What a proposer states for a pledge-financing guarantee, with units and ranges."""

from enum import StrEnum
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import Code, MoneyWire, Share, Wire, exact
from underwriting.innovation.stated import Innovation
from underwriting.known.forms import BankProductAsked
from underwriting.pledge.deed import PledgeDeed
from underwriting.pledge.forms import Borrower, PledgedRight, Subsidy, ValuedBy
from underwriting.pledge.keys import keys_of
from underwriting.pricing.experience_form import History
from underwriting.pricing.instalments import PremiumBasis
from underwriting.product import Asked, Risk
from underwriting.products.pledge_guarantee.loan import Loan


class Settles(StrEnum):
    """Who pays the bank: each party its own share, or the issuer for all."""

    SEVERAL = "several"
    LEAD = "lead"


class CoverWanted(Wire):
    """The cover asked for."""

    scheme: Code
    issuer: Code = Field("insurer", description="The party of the scheme whose share this is")
    sum_insured: MoneyWire | None = Field(
        None, description="Without it: the loan, and a year's interest where the scheme shares it"
    )
    insured_share: Share = Field(
        "1", description="Part of that sum that is insured; the bank retains the rest"
    )
    waiting_days: int | None = Field(None, ge=0, le=365)
    settles: Settles = Settles.SEVERAL
    premium_basis: PremiumBasis = PremiumBasis.SINGLE
    bears_before_others: bool = Field(
        default=False,
        description="Agreed: this policy bears the whole loss, whoever else insures the loan. "
        "Otherwise each bears its sum insured over the sum of all (Insurance Law art. 56)",
    )

    @model_validator(mode="after")
    def _one_sum(self) -> Self:
        if self.sum_insured is not None and exact(self.insured_share) != 1:
            raise PydanticCustomError(
                "two_sums", "states a sum insured and a share of another; give one of the two"
            )
        return self


class PledgeGuaranteeRisk(Risk):
    """A proposal for a pledge-financing guarantee."""

    product: Literal["pledge_guarantee"]
    borrower: Borrower
    loan: Loan
    rights: tuple[PledgedRight, ...] = Field(min_length=1, max_length=200)
    deed: PledgeDeed | None = Field(None, description="What the pledge contract says")
    cover: CoverWanted
    subsidy: Subsidy | None = None
    bank_product: BankProductAsked | None = Field(
        None, description="The bank's own product that the loan is given under"
    )
    innovation: Innovation | None = Field(None, description="The borrower's innovation figures")
    experience: History | None = Field(
        None, description="The borrower's years under guaranteed loans; a claim is a default"
    )

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        currency = self.loan.amount.currency
        others = [right.appraised for right in self.rights]
        others += [*self.loan.amounts(), *((self.experience and self.experience.incurred) or ())]
        named = (
            self.cover.sum_insured,
            self.subsidy and self.subsidy.cap,
            self.deed and self.deed.debt,
        )
        others += [money for money in named if money]
        if any(money.currency != currency for money in others):
            raise PydanticCustomError(
                "one_currency",
                "mixes currencies; give all amounts in the loan's, {currency}",
                {"currency": currency},
            )
        if self.loan.amount.money().minor == 0:
            raise PydanticCustomError("nil", "has a loan of nothing; give an amount above 0")
        return self

    @property
    def currency(self) -> str:
        """The contract's one currency."""
        return self.loan.amount.currency

    @property
    def loan_money(self) -> Money:
        """The loan amount."""
        return self.loan.money

    @property
    def ip_share(self) -> Fraction:
        """Part of the loan that IP secures, exact."""
        return exact(self.loan.ip_share)

    def _appraisers(self) -> tuple[str, ...]:
        """Return who valued the rights; a value found inside has no appraiser."""
        named = [right.appraiser for right in self.rights if right.valued_by is ValuedBy.APPRAISER]
        return tuple(dict.fromkeys(named))

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        return Asked(
            obligor_id=self.borrower.register_id,
            amount=self.loan_money,
            scheme=self.cover.scheme,
            ip_share=self.ip_share,
            tier=self.borrower.tier,
            grade=self.borrower.grade.value,
            keys=keys_of(self.borrower, self.rights),
            appraisers=self._appraisers(),
            bank_product=self.bank_product.code if self.bank_product else None,
            innovation=self.innovation is not None,
        )

"""What a proposal may state beside its risk, so that the registers can be asked."""

from pydantic import Field

from kernel.wire import Code, Share, Wire
from underwriting.bank_products.asked import FirmFacts


class BankProductAsked(Wire):
    """The bank's own loan product that the loan is given under."""

    code: Code = Field(examples=["zhongshan-pledge-2021"])
    firm: FirmFacts = Field(FirmFacts(), description="What the product asks of the borrower")
    reference_rate: Share | None = Field(
        None, description="The reference rate of the day, where the product's band is in it"
    )

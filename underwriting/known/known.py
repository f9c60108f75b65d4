"""What is known on one day beside a proposal, as a value that is frozen with the quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from underwriting.appraisers.view import AppraiserView
from underwriting.bank_products.library import ProductText, read_bank_product
from underwriting.innovation.table import IndicatorTable


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers say.

    Attributes:
        appraisers: of the rights, by name; empty where the house keeps no register.
        product: the bank product of the loan, with its text; None where none is named.
        indicators: what a stated innovation is scored by; None where none is stated.
    """

    appraisers: tuple[AppraiserView, ...] = ()
    product: ProductText | None = None
    indicators: IndicatorTable | None = None

    def json(self) -> dict[str, Any]:
        """As it is frozen."""
        return {
            "appraisers": [one.json() for one in self.appraisers],
            "bank_product_text": self.product and self.product.text,
            "indicators": self.indicators and self.indicators.json(),
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read it back."""
        text, table = frozen["bank_product_text"], frozen["indicators"]
        return cls(
            appraisers=tuple(AppraiserView.of(one) for one in frozen["appraisers"]),
            product=None if text is None else read_bank_product(text),
            indicators=None if table is None else IndicatorTable.of(table),
        )


NOTHING = Known()
"""Of a proposal that states nothing beside its risk, in a house without a register."""

"""The insurer's own figures, which the statutory limits are measured against."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What an insurer states of itself at the end of a quarter, in one currency.

    Attributes:
        currency: of every amount.
        as_of: the quarter's end.
        source: the statement that it is taken from.
        net_assets: minor units.
        capital_and_reserves: paid-in capital plus capital reserve fund, minor units.
        retained_premium: of the calendar year of `as_of`, up to it, minor units.
        retained_guarantee: balance of all credit and guarantee business, ceded part
            taken off, minor units.
        retained_financing: of it, what secures financing, minor units.
        small_business_share: part of `retained_financing` that is inclusive lending to small
            firms, from 0 to 1.
        core_solvency: the lower of the last two quarters' ends, per 1; may be above 1.
        comprehensive_solvency: the same.
    """

    currency: str
    as_of: date
    source: str
    net_assets: int
    capital_and_reserves: int
    retained_premium: int
    retained_guarantee: int
    retained_financing: int
    small_business_share: Fraction
    core_solvency: Fraction
    comprehensive_solvency: Fraction

    def json(self) -> dict[str, Any]:
        """The figures as plain JSON; ratios as exact text."""
        return {
            name: stated if isinstance(stated, int) else str(stated)
            for name, stated in asdict(self).items()
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read frozen figures back."""
        return cls(
            **{
                **frozen,
                "as_of": date.fromisoformat(frozen["as_of"]),
                **{name: Fraction(frozen[name]) for name in RATIOS},
            }
        )


RATIOS = ("small_business_share", "core_solvency", "comprehensive_solvency")
"""The figures that are no money."""

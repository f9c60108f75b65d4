"""The market's own prices beside ours: published rates on line inform, they never clip.

Rate on line = premium / sum insured / years. The published figures stand in `rates_on_line.csv`;
a product copies its band into its tariff, where every quote freezes it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Band:
    """Published rates on line of one cover, per 1 and year.

    Attributes:
        low: lowest.
        high: highest.
        source: key in the list of sources.
        grade: A official, B study or press, C judgement, K memory.
    """

    low: float
    high: float
    source: str
    grade: str

    def __post_init__(self) -> None:
        """Refuse a band that is none."""
        if not 0 < self.low <= self.high < 1:
            cure = "give 0 < low <= high < 1, per 1 of the sum insured and year"
            raise invalid("band", f"is {self.low} to {self.high}", cure)

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """Read a `[band]` of a tariff: low, high, source, grade."""
        return cls(stated["low"], stated["high"], stated["source"], stated["grade"])


@cache
def published() -> Mapping[tuple[str, str, str], Band]:
    """Return the bands of the file, by (product, cover, jurisdiction)."""
    text = files("underwriting.pricing").joinpath("rates_on_line.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        (row["product"], row["cover"], row["jurisdiction"]): Band(
            float(row["low"]), float(row["high"]), row["source"], row["grade"]
        )
        for row in rows
    }


def rate_on_line(premium: Money, sum_insured: Money, years: float) -> float:
    """Premium over sum insured, per year; one currency, a sum and years above nought.

    >>> round(rate_on_line(Money.of("25000", "CNY"), Money.of("2400000", "CNY"), 1.0), 4)
    0.0104
    """
    assert premium.currency == sum_insured.currency, "one currency"
    assert sum_insured.minor > 0, "a sum insured"
    assert years > 0, "a period"
    return premium.minor / sum_insured.minor / years


def beside_market(rate: float, band: Band) -> tuple[Finding, ...]:
    """Return `rate-above-market` or `rate-below-market`, informed; none inside the band.

    Args:
        rate: ours, per 1 of the sum insured and year (`rate_on_line`).
        band: published for the same kind of cover.
    """
    if band.low <= rate <= band.high:
        return ()
    side, zh = ("above", "高于") if rate > band.high else ("below", "低于")
    published_range = f"{band.low:.2%} to {band.high:.2%}"
    return (
        Finding(
            f"rate-{side}-market",
            Effect.INFORM,
            f"the rate on line {rate:.2%} a year is {side} the published {published_range}",
            f"年费率 {rate:.2%} {zh}已公布区间 {band.low:.2%} 至 {band.high:.2%}",
            f"published rates on line: {band.source}, grade {band.grade}",
            "compare retention, limit and frequency with the published cover",
        ),
    )

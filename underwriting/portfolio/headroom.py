"""Headroom: what every limit leaves after one more policy. Whole minor units, exact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kernel.money import Money, format_minor
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.limits import Counts, Grounds, Limits, Statutory
from underwriting.portfolio.means import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One more policy.

    Attributes:
        product: its code.
        keys: what it accumulates under.
        added: its sum insured, all parties together.
        retained: of it, what the insurer keeps after others' shares and reinsurance.
        premium: for what is kept.
        on: the business date.
    """

    product: str
    keys: tuple[Key, ...]
    added: Money
    retained: Money
    premium: Money
    on: date


@dataclass(frozen=True, slots=True)
class Row:
    """One limit and what it leaves.

    Attributes:
        grounds: what the limit rests on.
        statutory: whether it is of the law; the others are the house's own.
        key: what it is measured on; None for the whole book, no name where nothing is held.
        used: held before, minor units.
        added: by this policy, minor units.
        limit: minor units; None where it is not set, which is not the same as without limit.
        currency: of the amounts.
    """

    grounds: Grounds
    statutory: bool
    key: Key | None
    used: int
    added: int
    limit: int | None
    currency: str

    @property
    def left(self) -> int | None:
        """What is left after this policy, below zero where it is passed; None: not set."""
        return None if self.limit is None else self.limit - self.used - self.added

    @property
    def over(self) -> bool:
        """Whether the limit is passed; one that is not set is not passed."""
        return self.left is not None and self.left < 0

    def json(self) -> dict[str, Any]:
        """The row as it is stored and shown, amounts as text in `currency`."""
        minor = {"used": self.used, "added": self.added, "limit": self.limit, "left": self.left}
        return {
            "code": self.grounds.code,
            "kind": "statutory" if self.statutory else "house",
            "label": self.grounds.en,
            "label_zh": self.grounds.zh,
            "dimension": self.key and self.key.dimension.value,
            "name": (self.key and self.key.name) or None,
            **{
                name: None if m is None else format_minor(m, self.currency)
                for name, m in minor.items()
            },
            "currency": self.currency,
            "clause": self.grounds.clause,
            "source": self.grounds.source,
            "grade": self.grounds.grade,
            "unverified": self.grounds.unverified,
        }


def headroom(proposed: Proposed, exposures: Exposures, limits: Limits) -> tuple[Row, ...]:
    """Return every limit that binds this policy, the law's first, each key in its order.

    left = limit - used - added. Statutory limits count what the insurer keeps and are shown
    only where its means are stated; the house's own count whole sums insured.
    """
    assert exposures.currency == proposed.added.currency == proposed.retained.currency
    return (
        *(row for limit in limits.statutory for row in _statutory(limit, proposed, exposures)),
        *_house(proposed, exposures, limits),
    )


def ceiling(limit: Statutory, means: Means) -> int:
    """Return a statutory limit in whole minor units, rounded down.

    times x base; the higher multiple where the part of small firms reaches its threshold.
    """
    times = limit.times
    if limit.raised is not None and means.small_business_share >= limit.raised[1]:
        times = limit.raised[0]
    return int(times * Fraction(getattr(means, limit.of)) // 1)


def balance(limit: Statutory, exposures: Exposures, on: date) -> int:
    """Return what the whole book uses of a limit: the stated balance and what came since.

    Premium counts by calendar year: one stated for an earlier year is no part of it.
    """
    means = exposures.means
    assert means is not None, "a balance is stated with the means"
    since = [exposures.written[code] for code in exposures.written if code in limit.products]
    if limit.counts is Counts.PREMIUM:
        stated = means.retained_premium if means.as_of.year == on.year else 0
        return stated + sum(row.premium for row in since)
    financing = limit.counts is Counts.FINANCING
    stated = means.retained_financing if financing else means.retained_guarantee
    return stated + sum(row.retained for row in since)


def _statutory(limit: Statutory, proposed: Proposed, exposures: Exposures) -> Iterator[Row]:
    means = exposures.means
    if means is None or proposed.product not in limit.products:
        return
    most, currency = ceiling(limit, means), exposures.currency
    if limit.counts is Counts.KEY:
        for key in _along(proposed.keys, limit.dimensions):
            used = exposures.at(key).kept_of(limit.products)
            yield Row(limit.grounds, True, key, used, proposed.retained.minor, most, currency)
        return
    money = proposed.premium if limit.counts is Counts.PREMIUM else proposed.retained
    used = balance(limit, exposures, proposed.on)
    yield Row(limit.grounds, True, None, used, money.minor, most, currency)


def _house(proposed: Proposed, exposures: Exposures, limits: Limits) -> Iterator[Row]:
    for key in proposed.keys:
        if (own := limits.ceilings.get(key.dimension)) is not None:
            used, currency = exposures.at(key).minor, exposures.currency
            most = own.minor(currency)
            yield Row(own.grounds, False, key, used, proposed.added.minor, most, currency)


def _along(keys: tuple[Key, ...], dimensions: tuple[Dimension, ...]) -> Iterator[Key]:
    """Yield the keys of some dimensions."""
    return (key for key in keys if key.dimension in dimensions)

"""The way of one right from today: where its rates change, and what falls due on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, inf

import numpy as np

from models.right.kolmogorov import Piece
from models.right.law import CumulativeHazard, Law
from models.right.states import LIVING, PHASES, RATES, FloatArray

_LAPSE, _DISPUTED = RATES.index("lapse"), RATES.index("lapse_disputed")
CLOSE = 1e-9
"""Years that two instants must be apart: a thirtieth of a second."""


@dataclass(frozen=True, slots=True)
class Age:
    """Where a right stands in its life.

    Attributes:
        years: since grant (registration).
        years_left: to the end of its term, or to its next renewal; infinite if not known.
        paid_years: for which its fees are paid from today; it cannot lapse before.
    """

    years: float
    years_left: float
    paid_years: float = 0.0

    def end(self, law: Law) -> float:
        """Years to the end of the term, infinite where it can be renewed."""
        return inf if law.renewable and self.years_left > 0 else max(0.0, self.years_left)

    def after(self, years: float, law: Law) -> "Age":
        """Where it stands `years` later; a renewal that has passed makes way for the next."""
        left = self.years_left - years
        if law.renewable and left <= 0:
            left += law.term_years * (floor(-left / law.term_years) + 1)
        return Age(self.years + years, left, max(0.0, self.paid_years - years))


def pieces(law: Law, age: Age, until: float, lapse: CumulativeHazard | None) -> Iterator[Piece]:
    """Yield the pieces of constant rates from today to `until`.

    Args:
        law: of the kind of right.
        age: where it stands.
        until: years from today, above zero.
        lapse: replaces the lapse of the law, table and fees; taken by whole years of age.
    """
    fees = {} if lapse else dict(_due(law, age, until))
    start = 0.0
    for end in _cuts(law, age, until, [*fees, *(_birthdays(age, until) if lapse else ())]):
        rates = law.rates_at(age.years + (start + end) / 2.0)
        if start < age.paid_years - CLOSE:
            rates[..., [_LAPSE, _DISPUTED]] = 0.0
        elif lapse:
            hazard = lapse(age.years + start, age.years + end)
            assert hazard >= 0.0, "a cumulative hazard does not fall"
            rates[..., _LAPSE] = law.lapse_share * hazard / (end - start)
            rates[..., _DISPUTED] = law.disputed_share * rates[..., _LAPSE]
        yield Piece(end, rates, _by_state(law, fees.get(end)))
        start = end


def _by_state(law: Law, chance: FloatArray | float | None) -> FloatArray | None:
    """Chance of lapse of each living state where a fee falls due, shape [..., n_living]."""
    if chance is None:
        return None
    shares = np.full(LIVING, law.disputed_share)
    shares[:: len(PHASES)] = 1.0
    by_state: FloatArray = np.asarray(chance)[..., None] * shares
    return by_state


def _cuts(law: Law, age: Age, until: float, others: list[float]) -> list[float]:
    """Instants after today at which something changes, the last one `until`."""
    bands = [start - age.years for curve in law.curves.values() for start in curve.starts]
    cuts = sorted({*bands, *others, age.paid_years, until})
    kept: list[float] = []
    for cut in cuts:
        if (kept[-1] if kept else 0.0) + CLOSE < cut <= until - CLOSE or cut in others:
            kept.append(cut)
    return kept if kept and kept[-1] == until else [*kept, until]


def _due(law: Law, age: Age, until: float) -> Iterator[tuple[float, FloatArray | float]]:
    """(years from today, chance of lapse) of the fees that fall due and are not paid yet."""
    for at, every, chance in law.fees:
        first = at - age.years
        if every < inf:
            first += every * max(0, ceil(-first / every))
            first = age.years_left if age.years_left < inf else first
        due = first
        while due <= until:
            if due > CLOSE and due >= age.paid_years - CLOSE:
                yield due, chance
            due += every


def _birthdays(age: Age, until: float) -> list[float]:
    """Instants at which the right is a whole number of years old."""
    first = int(age.years) + 1 - age.years
    return [first + k for k in range(ceil(until)) if CLOSE < first + k < until]

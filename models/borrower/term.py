"""When in the life of a loan default comes: the seasoning shape, and monthly PDs from one PD.

A shape says which share of a cohort's defaults has come by each month on book. A borrower's
cumulative hazard is taken proportional to it: H(m) = k (G(start + m) - G(start)), with k so that
1 - exp(-H(horizon)) is the PD that was stated. So monthly PDs always multiply back to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor, inf, log1p
from typing import Self

import numpy as np

from kernel.errors import invalid
from models.borrower.odds import Floats

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Term:
    """A seasoning shape.

    Attributes:
        name: of the shape.
        share: share of the defaults of the window that has come by month 0, 1, ... n, `[n + 1]`;
            starts at 0, never falls, ends at 1.
        tail: share that each month after n adds, above zero.
        lag_months: months from default to the event that was counted, already taken off.
        source: key into `docs/sources.md`.
        grade: A official count, B study, C judgement, K memory.
    """

    name: str
    share: tuple[float, ...]
    tail: float
    lag_months: float
    source: str
    grade: str
    _months: Floats = field(init=False, repr=False, compare=False)
    _share: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_months", np.arange(float(len(self.share))))
        object.__setattr__(self, "_share", np.array(self.share))
        assert self.share[0] == 0.0, "no default before month 0"
        assert all(a <= b for a, b in pairwise(self.share)), "a share never falls"
        assert self.tail > 0.0, "defaults go on after the window"

    @property
    def window(self) -> int:
        """Months that the shape was seen for."""
        return len(self.share) - 1

    def reached(self, months: Floats) -> Floats:
        """G at `months[n]` on book: linear within a month, `tail` a month beyond the window."""
        beyond = np.maximum(months - self.window, 0.0)
        return np.asarray(np.interp(months, self._months, self._share) + self.tail * beyond)

    def cumulative(self, pd: float, horizon_months: float, *, on_book: float = 0.0) -> Floats:
        """Return cumulative hazards at months 1, 2, ... from today, `[k]`.

        The last month lies beyond the window, so that its hazard is the one that goes on.

        Args:
            pd: chance of default within the horizon, in (0, 1).
            horizon_months: above zero.
            on_book: months since the loan was paid out, today; 0 for a new loan.

        Raises:
            Invalid: an argument is out of its range, or the shape sees no default in the horizon.
        """
        scale, begun = self._scale(pd, horizon_months, on_book)
        months = np.arange(1.0, max(2.0, self.window - on_book + 2.0))
        return np.asarray(scale * (self.reached(on_book + months) - begun))

    def monthly(
        self, pd: float, horizon_months: float, *, on_book: float = 0.0, months: int | None = None
    ) -> Floats:
        """Chance of default in each month from today, given none before today, `[months]`.

        `months` is the horizon where it is not given. Up to the horizon they sum to `pd`.

        >>> FLAT.monthly(0.19, 2.0).round(9).tolist()  # 10 %, then 10 % of what is left
        [0.1, 0.09]
        """
        wanted = round(horizon_months) if months is None else months
        scale, begun = self._scale(pd, horizon_months, on_book)
        reached = self.reached(on_book + np.arange(wanted + 1.0))
        return np.asarray(-np.diff(np.exp(-scale * (reached - begun))))

    def _at(self, month: float) -> float:
        """G at one month, as `reached`, without arrays."""
        whole = int(month)
        if whole >= self.window:
            return 1.0 + self.tail * (month - self.window)
        begun = self.share[whole]
        return begun + (month - whole) * (self.share[whole + 1] - begun)

    def _scale(self, pd: float, horizon: float, on_book: float) -> tuple[float, float]:
        """Return k, and G today; the hazard is one for each month from today, also a broken one."""
        _check(pd, horizon, on_book)
        whole = floor(horizon)
        begun, before, after = map(self._at, (on_book, on_book + whole, on_book + whole + 1.0))
        ended = before + (horizon - whole) * (after - before)
        if not ended > begun:
            cure = "use a longer horizon or another shape"
            raise invalid("horizon", f"{self.name} has no default within it", cure)
        return -log1p(-pd) / (ended - begun), begun

    @classmethod
    def of_events(
        cls, name: str, counted: Sequence[float], *, lag_months: float, source: str, grade: str
    ) -> Self:
        """Move the cumulative share of counted events, months 0 to n, back by the lag.

        The event comes `lag_months` after default. What was counted within the lag cannot be
        placed and is left out: G(m) = (F(m + lag) - F(lag)) / (F(n) - F(lag)). The tail is the
        mean of the last twelve months.
        """
        if not 0.0 <= lag_months < len(counted) - 1 - MONTHS_PER_YEAR:
            cure = "use months from 0, well inside the window"
            raise invalid("lag_months", f"{lag_months} leaves nothing of the window", cure)
        months = np.arange(int(len(counted) - 1 - lag_months) + 1) + lag_months
        seen = np.interp(months, np.arange(len(counted)), counted)
        share = (seen - seen[0]) / (seen[-1] - seen[0])
        tail = float(share[-1] - share[-1 - MONTHS_PER_YEAR]) / MONTHS_PER_YEAR
        return cls(name, tuple(share.tolist()), tail, lag_months, source, grade)


FLAT = Term("flat", (0.0, 1.0), 1.0, 0.0, "assumption", "C")
"""One hazard for every month: the shape where nothing else is known."""


def _check(pd: float, horizon_months: float, on_book: float) -> None:
    """Refuse what is no probability, no horizon or no age."""
    if not 0.0 < pd < 1.0:
        raise invalid("pd", f"{pd} is not between 0 and 1", "give a probability of default")
    if not 0.0 < horizon_months < inf:
        raise invalid("horizon", f"{horizon_months} months", "give a horizon above zero")
    if not 0.0 <= on_book < inf:
        raise invalid("on_book", f"{on_book} months", "give months since the loan was paid out")

"""How long one right lives from today, and of what it ends."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import exp, inf, log
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.priors import Prior, PriorTable
from models.right.book import Book, load_book
from models.right.curves import Band, Curves
from models.right.factors import Factors
from models.right.kolmogorov import Walk, walk
from models.right.law import Covenant, CumulativeHazard, Law, Owner, drawn_law, law_of
from models.right.path import CLOSE, Age, pieces
from models.right.states import LIVING, SIZE, WHOLLY_INVALID, Dispute, FloatArray, Standing
from models.right.today import checked_age, one_of, start_of

ALIASES: Final = {"GB": "UK"}
"""Codes that offices also go by."""

_STRETCH = 10.0
"""Years that are solved at once when a survival is asked for."""
_LEAST = 1e-300


@dataclass(frozen=True, eq=False)
class RightLife:
    """The law of one right from today, all that is known about it taken into account.

    Attributes:
        kind: invention, utility_model, design, trademark, copyright, ic_layout, gi.
        jurisdiction: office.
        age: how old it is, how much of its term is left, how far its fees are paid.
        owner: whose it is.
        covenant: who watches the fees.
        factors: what else is known.
        table: the figures; those of the book stand behind them.
        book: age bands, fees, multipliers, and figures of its own.
        law: rates at the means of the figures.
        start: chances of the states today, shape [size].
        lapse: a fitted lapse law that stands in for the table, or None.
        cohort: rights behind the figures, of a user's own; None while the published serve alone.
        share_prior: part of the answer that is still prior, per 1.
    """

    kind: str
    jurisdiction: str
    age: Age
    owner: Owner
    covenant: Covenant
    factors: Factors
    table: PriorTable
    book: Book
    law: Law
    start: FloatArray
    lapse: CumulativeHazard | None = None
    cohort: float | None = None
    share_prior: float = 1.0
    _solved: dict[int, tuple[list[float], list[float]]] = field(
        default_factory=dict, init=False, repr=False
    )

    @classmethod
    def of(  # noqa: PLR0913 - all that may be known about a right today
        cls,
        kind: str,
        jurisdiction: str = "CN",
        *,
        age_years: float,
        years_left: float,
        table: PriorTable,
        state: str = Dispute.QUIET,
        standing: str = Standing.UNTOUCHED,
        asserted_years_ago: float = 0.0,
        paid_years: float = 0.0,
        owner: str = Owner.MIXED,
        factors: Factors | None = None,
        covenant: str = Covenant.WATCHED,
        lapse: CumulativeHazard | None = None,
        book: Book | None = None,
    ) -> Self:
        """Take the published rates for this right, as it stands today.

        Args:
            kind: of right.
            jurisdiction: office, such as CN, US, DE, EP, UPC, UK, JP, KR.
            age_years: since grant or registration, 0 or more.
            years_left: of its term, or to its next renewal; infinite for a renewable right whose
                next renewal follows from its age. Nought or less: it has ended.
            table: rates and chances; a row of it goes before one of this package.
            state: quiet, asserted (in the last years) or challenged (a request is pending).
            standing: untouched, upheld or partly_invalid.
            asserted_years_ago: of an asserted right; a challenge mostly answers at once.
            paid_years: from today, for which the fees are paid.
            owner: operating, npe or mixed.
            factors: see `multipliers.csv`.
            covenant: none, watched or sealed; a pledged right is watched by the bank.
            lapse: a fitted cumulative hazard of lapse by age, in place of the table.
            book: a frozen one; the shipped rows where it is left out.

        Raises:
            Invalid: a value that cannot be, or nothing is published for this right and office.
        """
        office = ALIASES.get(jurisdiction, jurisdiction)
        age = checked_age(age_years, years_left, paid_years)
        known = dict(factors or {})
        who = one_of(Owner, "owner", owner)
        watched = one_of(Covenant, "covenant", covenant)
        rows = book or load_book()
        law = law_of(kind, office, table, book=rows, owner=who, covenant=watched, factors=known)
        if age.years_left == inf and not law.renewable:
            raise invalid("years_left", "is infinite, but it cannot be renewed", "give its term")
        start = start_of(
            law,
            one_of(Dispute, "state", state),
            one_of(Standing, "standing", standing),
            asserted_years_ago,
        )
        return cls(kind, office, age, who, watched, known, table, rows, law, start, lapse)

    @property
    def priors(self) -> tuple[Prior, ...]:
        """The published figures that it rests on."""
        return self.law.priors

    @property
    def fit_id(self) -> str:
        """Name of the law: it changes with any figure, of the table or of this package."""
        return self.law.fit_id

    @property
    def years_left(self) -> float:
        """Years to the end of its term, infinite where it can be renewed."""
        return self.age.end(self.law)

    def survival(self, years: float) -> float:
        """S(t): chance to be in force, whole or in part, `years` from today, 0 or more.

        Read off at months, between them on the cumulative hazard; nought from the end of the term.
        """
        if years >= self.years_left:
            return 0.0
        if years <= 0.0:
            return 1.0
        knots, hazards = self._knots(int(years // _STRETCH) + 1)
        after = bisect_right(knots, years)
        if after == len(knots):
            return exp(-hazards[-1])
        left, right = knots[after - 1], knots[after]
        share = (years - left) / (right - left)
        return exp(-hazards[after - 1] - share * (hazards[after] - hazards[after - 1]))

    def survivals(self, years: Sequence[float]) -> FloatArray:
        """S(t) at each of `years`, 0 or more, as `survival` gives it."""
        asked = np.asarray(years, dtype=float)
        within = asked < self.years_left
        furthest = float(asked.max(initial=0.0, where=within))
        knots, hazards = self._knots(int(furthest // _STRETCH) + 1)
        alive: FloatArray = np.where(within, np.exp(-np.interp(asked, knots, hazards)), 0.0)
        return alive

    def curve(self, months: Sequence[float]) -> Curves:
        """Every state and end at `months` from today (rising, 0 or more)."""
        return self._curves(self.law, months)

    def invalid_and_alive(self, months: Sequence[float]) -> tuple[FloatArray, FloatArray]:
        """Return `wholly_invalid` and `alive` of `curve`, and nothing besides."""
        states, ended = self._states(self.law, np.asarray(months, dtype=float))
        alive = np.where(ended[:, None], 0.0, states[..., :LIVING]).sum(axis=-1)
        return states[..., WHOLLY_INVALID], alive

    def bands(
        self, months: Sequence[float], *, draws: int = 200, seed: int = 1, level: float = 0.9
    ) -> Band:
        """Return the curves between which `level` of the draws of the figures lie.

        Drawn are rates and chances from their gammas and betas; levels, age shapes and
        multipliers are taken as they stand. The same seed gives the same band.
        """
        law = drawn_law(
            self.kind,
            self.jurisdiction,
            self.table,
            book=self.book,
            owner=self.owner,
            covenant=self.covenant,
            factors=self.factors,
            draws=draws,
            seed=seed,
        )
        drawn = self._curves(law, months)
        edge = (1.0 - level) / 2.0
        return Band(level, drawn.quantile(edge), drawn.quantile(1.0 - edge))

    def expected_years(self, horizon: float) -> float:
        """Mean years in force within `horizon`: integral of S over 0 to horizon."""
        return float(self.curve([12.0 * horizon]).years_alive[0])

    def later(self, years: float) -> Self:
        """The same right `years` from today, of which only is known that it is still in force.

        Raises:
            Invalid: its term is over by then.
        """
        if not 0.0 <= years < self.years_left:
            raise invalid("years", "is not within its term", f"give 0 to {self.years_left:g}")
        there = self._walk(self.law, [years]).states[-1] if years else self.start
        living = np.zeros(SIZE)
        living[:LIVING] = there[:LIVING] / there[:LIVING].sum()
        return replace(self, age=self.age.after(years, self.law), start=living)

    def _curves(self, law: Law, months: Sequence[float]) -> Curves:
        asked = np.asarray(months, dtype=float)
        return Curves.of(asked, *self._states(law, asked))

    def _states(self, law: Law, asked: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Return the states at these months, and whether the term is over."""
        if asked.ndim != 1 or not asked.size or asked[0] < 0 or np.any(np.diff(asked) < 0):
            raise invalid("months", "are not rising from 0 up", "give them in order")
        years = asked / 12.0
        ended = years >= self.years_left - CLOSE
        way = self._walk(law, [year for year in years.tolist() if year > 0])
        at = np.searchsorted(way.years, years, side="right") - 1
        at[ended] = len(way.years) - 1
        return way.states[..., at, :], ended

    def _walk(self, law: Law, marks: list[float]) -> Walk:
        """Solve to the last mark or to the end of the term."""
        until = min(marks[-1], self.years_left) if marks else 0.0
        shape = (*law.base.shape[:-1], SIZE)
        start = np.broadcast_to(self.start, shape) if len(shape) > 1 else self.start
        way = pieces(law, self.age, until, self.lapse) if until > 0 else ()
        return walk(start, way, marks)

    def _knots(self, stretches: int) -> tuple[list[float], list[float]]:
        """Instants and cumulative hazards, solved once for each ten years."""
        if stretches not in self._solved:
            until = min(_STRETCH * stretches, self.years_left)
            marks = [month / 12.0 for month in range(1, int(until * 12.0) + 1)]
            way = self._walk(self.law, [*(m for m in marks if m < until), until])
            alive = way.states[:, :LIVING].sum(axis=1)
            hazards = [-log(max(one, _LEAST)) for one in alive.tolist()]
            self._solved[stretches] = (way.years.tolist(), hazards)
        return self._solved[stretches]

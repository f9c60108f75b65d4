"""Rates by type add back to the official count of all types: checked, and raked where they do not.

sum over types of right-years x rate = events x share. Raking multiplies every rate of a split by
one factor (Deming and Stephan 1940, one margin); the shape a of each gamma stays and its b is
divided by the factor, so a rate is no surer and no less sure than before.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from models.priors.credibility import Law, Posterior, law_of
from models.priors.table import Prior, PriorTable
from models.priors.updated import UpdatedTable


@dataclass(frozen=True, slots=True)
class Split:
    """One official total and the types it is split into.

    Attributes:
        code: of the split.
        param: of the rates by type.
        jurisdiction: two letters.
        total_row: key of the prior row that states the same total.
        events: official count of a year, all types.
        share: part of `events` that the rates by type speak of, above 0 to 1.
        share_grade: grade of that part.
        tolerance: what rounding may leave between both, relative.
        source: key into `docs/sources.md`.
        grade: of the total.
        note: how the right-years were counted.
        right_years: type -> right-years in force in that year.
    """

    code: str
    param: str
    jurisdiction: str
    total_row: str
    events: float
    share: float
    share_grade: str
    tolerance: float
    source: str
    grade: str
    note: str
    right_years: Mapping[str, float]

    @property
    def total(self) -> float:
        """Official events per right-year, all types together."""
        return self.events / sum(self.right_years.values())

    def rows(self, table: PriorTable) -> tuple[Prior, ...]:
        """The rates by type, in the order of the split."""
        return tuple(table.find(self.param, right, self.jurisdiction) for right in self.right_years)


@dataclass(frozen=True, slots=True)
class AddsBack:
    """Whether a split adds back to its total.

    Attributes:
        code: of the split.
        expected: official events of a year that the types should give.
        given: what the rates by type give.
        tolerance: what rounding may leave between both, relative.
    """

    code: str
    expected: float
    given: float
    tolerance: float

    @property
    def ratio(self) -> float:
        """Given over expected."""
        return self.given / self.expected

    @property
    def holds(self) -> bool:
        """Whether they agree to the tolerance."""
        return abs(self.ratio - 1.0) <= self.tolerance


@cache
def load_splits() -> Mapping[str, Split]:
    """Return the splits shipped with the house, by code."""
    text = files(__package__).joinpath("splits.toml").read_text(encoding="utf-8")
    return {row["code"]: Split(**row) for row in tomllib.loads(text)["splits"]}


def adds_back(table: PriorTable, split: Split) -> AddsBack:
    """Compare the rates by type with the official total.

    >>> from models.priors import load_priors
    >>> seen = adds_back(load_priors(), load_splits()["patent-suits"])
    >>> round(seen.expected), round(seen.given), seen.holds
    (40240, 40343, True)
    """
    rows = zip(split.rows(table), split.right_years.values(), strict=True)
    given = sum(row.value * right_years for row, right_years in rows)
    return AddsBack(split.code, split.events * split.share, given, split.tolerance)


def rake(table: PriorTable, split: Split) -> PriorTable:
    """Scale the rates by type so that they add back to the official total exactly.

    It is for a table that is to speak of all rights of the country. A house whose own book truly
    differs from the country leaves its updated rates as they are.

    Returns:
        A table of the same kind under a `fit_id` that names the split; what own counts said of a
        row keeps its credibility, and its law, mean and interval are scaled.
    """
    factor = 1.0 / adds_back(table, split).ratio
    raked = {row.key: _scaled(row, factor) for row in split.rows(table)}
    renamed = replace(
        table, fit_id=f"{table.fit_id}+raked-{split.code}", rows={**table.rows, **raked}
    )
    if not isinstance(renamed, UpdatedTable):
        return renamed
    moved = {
        key: _moved(renamed.posteriors[key], factor) for key in raked if key in renamed.posteriors
    }
    return replace(renamed, posteriors={**renamed.posteriors, **moved})


def _scaled(row: Prior, factor: float) -> Prior:
    law = _scaled_law(law_of(row), factor)
    return replace(row, value=row.value * factor, law=law.name, a=law.a, b=law.b)


def _moved(posterior: Posterior, factor: float) -> Posterior:
    law = _scaled_law(posterior.law, factor)
    return replace(posterior, law=law, low=posterior.low * factor, high=posterior.high * factor)


def _scaled_law(law: Law, factor: float) -> Law:
    assert law.name == "gamma", "only rates are split by type"
    return Law("gamma", law.a, law.b / factor)

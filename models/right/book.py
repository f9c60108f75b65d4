"""The figures behind the life of a right: its own rows beside the prior table, each with a source.

`figures.csv` has the columns of the prior table; `bands.csv` holds rates by age, `steps.csv` the
fees that fall due at an age, `multipliers.csv` what a fact about a right does to its rates.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final, Self

from kernel.errors import invalid
from models.priors import Prior, PriorTable

ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A rate between two ages.

    Attributes:
        param: `assert`, `lapse`, `nonuse` or `opposition`.
        right: kind of right.
        jurisdiction: office, or `*`.
        owner: `operating`, `npe`, `mixed`, or `*`.
        age_from: years since grant.
        age_to: years since grant; the last band of a table is open.
        value: in the unit of `level`.
        level: the mean at which the table was stated: value / level times the figure is used.
        grade: of the shape.
        source: key into `docs/sources.md`.
    """

    param: str
    right: str
    jurisdiction: str
    owner: str
    age_from: float
    age_to: float
    value: float
    level: float
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class FeeStep:
    """A fee that falls due at an age.

    Attributes:
        right: kind of right.
        jurisdiction: office.
        age: years since grant (registration).
        every: years to the next one; nought if it falls due once.
        param: the figure that says how many do not pay it.
        years: of a rate, the time it is spread over; nought for a chance.
        grade: of the figure.
        source: key into `docs/sources.md`.
    """

    right: str
    jurisdiction: str
    age: float
    every: float
    param: str
    years: float
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Multiplier:
    """What a fact about a right does to one of its rates.

    Attributes:
        factor: name of the fact.
        level: a level, `yes`, `per_doubling` or `each`.
        on: `litigation`, `challenge`, `opposition` (rates), `invalid_odds` (the outcome).
        jurisdiction: office, or `*`.
        raw: the published ratio; None where it is judged.
        multiplier: what is used, raw to the power 0.7 or less.
        reference: of a number, the value at which it changes nothing.
        plus: added to a number before its ratio is taken.
        most: steps or doublings beyond which it is not followed, either way.
        group: of one group one factor may be given.
        grade: of the ratio.
        source: key into `docs/sources.md`.
    """

    factor: str
    level: str
    on: str
    jurisdiction: str
    raw: float | None
    multiplier: float
    reference: float | None
    plus: float | None
    most: float | None
    group: str
    grade: str
    source: str


@dataclass(frozen=True)
class Book:
    """All rows, under one digest.

    Attributes:
        digest: twelve hexadecimal digits over every row.
        figures: rates, chances and levels.
        bands: by age.
        steps: fees at an age.
        multipliers: of facts.
    """

    digest: str
    figures: PriorTable
    bands: tuple[AgeBand, ...]
    steps: tuple[FeeStep, ...]
    multipliers: tuple[Multiplier, ...]

    @classmethod
    def of(
        cls,
        figures: Iterable[Prior],
        bands: Sequence[AgeBand],
        steps: Sequence[FeeStep],
        multipliers: Sequence[Multiplier],
    ) -> Self:
        """Bind the rows."""
        table = PriorTable.of("right-figures", figures)
        text = repr((table.fit_id, bands, steps, multipliers))
        digest = sha256(text.encode()).hexdigest()[:12]
        return cls(digest, table, tuple(bands), tuple(steps), tuple(multipliers))

    def find(self, table: PriorTable, param: str, right: str, office: str) -> Prior:
        """Return the figure: the nearest key first, and of one key `table` before this book.

        Raises:
            Invalid: nothing is published; nothing is assumed in its place.
        """
        found = self.seek(table, param, right, office)
        if found is None:
            raise invalid(
                f"priors.{param}",
                f"no published figure for {right} in {office}",
                "add a sourced row to the priors, or choose a right and office that have one",
                code="no-prior",
            )
        return found

    def seek(self, table: PriorTable, param: str, right: str, office: str) -> Prior | None:
        """Return the figure as `find` does, or None."""
        for key in _keys(param, right, office):
            for rows in (table.rows, self.figures.rows):
                if key in rows:
                    return rows[key]
        return None

    def ages(self, param: str, right: str, office: str, owner: str) -> tuple[AgeBand, ...]:
        """Bands of one table, in order of age; none if there is no such table."""
        for place in (office, ANY):
            for who in (owner, ANY):
                found = [
                    band
                    for band in self.bands
                    if (band.param, band.right, band.jurisdiction, band.owner)
                    == (param, right, place, who)
                ]
                if found:
                    return tuple(found)
        return ()

    def fees(self, right: str, office: str) -> tuple[FeeStep, ...]:
        """Fees at an age of this kind of right in this office."""
        return tuple(s for s in self.steps if (s.right, s.jurisdiction) == (right, office))


def _keys(param: str, right: str, office: str) -> Iterator[str]:
    for kind in (right, ANY):
        for place in (office, ANY):
            yield f"{param}/{kind}/{place}"


@cache
def load_book() -> Book:
    """Return the rows shipped with the house."""
    return Book.of(
        [Prior.of(row) for row in _rows("figures.csv")],
        [AgeBand(**row) for row in _typed("bands.csv", _BAND)],
        [FeeStep(**row) for row in _typed("steps.csv", _STEP)],
        [Multiplier(**row) for row in _typed("multipliers.csv", _MULTIPLIER)],
    )


_BAND: Final = ("age_from", "age_to", "value", "level")
_STEP: Final = ("age", "every", "years")
_MULTIPLIER: Final = ("raw", "multiplier", "reference", "plus", "most")


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _typed(name: str, numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Rows with their numbers as floats; an empty one is None."""
    return [
        {
            key: text if key not in numbers else float(text) if text else None
            for key, text in row.items()
        }
        for row in _rows(name)
    ]

"""The master scale: grades with the range of one-year PDs that each stands for."""

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kernel.errors import Fault, Invalid, invalid
from models.borrower.odds import Floats
from models.priors import PriorTable, load_priors

_KEYS = {"name", "grades", "pd", "bounds", "source", "grade"}


@dataclass(frozen=True, slots=True)
class MasterScale:
    """Grades, best first.

    Attributes:
        name: of the scale.
        grades: their names, `[k]`.
        pd: central one-year PD of each, increasing, in (0, 1), `[k]`.
        bounds: highest PD of each grade but the last, increasing, `[k - 1]`; a PD at the bound
            is in the better grade.
        source: key into `docs/sources.md`.
        evidence: A official count, B study, C judgement, K memory.
    """

    name: str
    grades: tuple[str, ...]
    pd: tuple[float, ...]
    bounds: tuple[float, ...]
    source: str
    evidence: str

    @classmethod
    def of(cls, row: Mapping[str, Any], table: PriorTable) -> Self:
        """Build the scale of a TOML table; PDs it does not state come from the prior table.

        Raises:
            Invalid: a key is unknown or missing, or grades, PDs and bounds do not fit together.
        """
        _check_keys(row)
        grades = tuple(str(grade) for grade in row["grades"])
        stated = row.get("pd") or [table.find("default_1y", grade).value for grade in grades]
        pd = tuple(float(value) for value in stated)
        middles = [sqrt(a * b) for a, b in pairwise(pd)]
        bounds = tuple(float(value) for value in row.get("bounds", middles))
        _check(grades, pd, bounds)
        return cls(str(row["name"]), grades, pd, bounds, str(row["source"]), str(row["grade"]))

    def grade_of(self, pd: float) -> str:
        """Return the grade of a one-year PD.

        >>> load_scale().grade_of(0.02)
        'BB'
        """
        if not 0.0 <= pd <= 1.0:
            raise invalid("pd", f"{pd} is not within 0 to 1", "give a probability of default")
        return self.grades[bisect_left(self.bounds, pd)]

    def places(self, pd: Floats) -> NDArray[np.intp]:
        """Return the place of each PD on the scale, 0 the best, `[n]`."""
        return np.searchsorted(np.array(self.bounds), pd, side="left")

    def json(self) -> dict[str, Any]:
        """The scale as it stands in a receipt."""
        return {
            "name": self.name,
            "grades": list(self.grades),
            "pd": list(self.pd),
            "bounds": list(self.bounds),
            "source": self.source,
            "grade": self.evidence,
        }


def read_scale(text: str, table: PriorTable) -> MasterScale:
    """Read a scale of one's own from TOML text; keys as in `scale.toml`.

    Raises:
        Invalid: the text is no TOML, or the scale does not hold together.
    """
    try:
        row = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise invalid("scale", f"is no TOML: {error}", "mend the line named") from None
    return MasterScale.of(row, table)


@cache
def load_scale() -> MasterScale:
    """Return the scale that is shipped."""
    text = files(__package__).joinpath("scale.toml").read_text(encoding="utf-8")
    return read_scale(text, load_priors())


def _check_keys(row: Mapping[str, Any]) -> None:
    known = ", ".join(sorted(_KEYS))
    faults = [
        Fault(f"scale.{key}", "is unknown", f"use {known}") for key in sorted(row.keys() - _KEYS)
    ]
    missing = _KEYS - {"pd", "bounds"} - row.keys()
    faults += [Fault(f"scale.{key}", "is missing", "state it") for key in sorted(missing)]
    if faults:
        raise Invalid("scale", *faults)


def _check(grades: tuple[str, ...], pd: tuple[float, ...], bounds: tuple[float, ...]) -> None:
    """Refuse a scale whose parts do not fit together."""
    faults = []
    if len(grades) < 2 or len(set(grades)) < len(grades):  # noqa: PLR2004 - one grade is no scale
        faults.append(Fault("scale.grades", "are under two or repeated", "name each grade once"))
    if len(pd) != len(grades) or not _rises((0.0, *pd, 1.0)):
        cure = "give one per grade, rising, between 0 and 1"
        faults.append(Fault("scale.pd", f"{list(pd)} is not one PD per grade", cure))
    elif len(bounds) != len(pd) - 1 or not _rises(
        (pd[0], *(x for pair in zip(bounds, pd[1:], strict=True) for x in pair))
    ):
        cure = "give one between each two neighbouring PDs"
        faults.append(Fault("scale.bounds", f"{list(bounds)} do not part the PDs", cure))
    if faults:
        raise Invalid("scale", *faults)


def _rises(values: tuple[float, ...]) -> bool:
    return all(a < b for a, b in pairwise(values))


GRADES = load_scale().grades
"""The shipped grades, best first; `A` stands for AAA to A."""

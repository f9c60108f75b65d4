"""The prior table: rows of `priors.csv`, found by parameter, right and jurisdiction."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Self

from kernel.errors import invalid


@dataclass(frozen=True, slots=True)
class Prior:
    """One published figure.

    Attributes:
        kind: `rate_per_year`, `probability`, `level` (another figure, see `param`).
        param: what it measures.
        right: right type or class of firm it is for.
        jurisdiction: two letters, or `*`.
        value: mean, per year or per 1.
        grade: A official count, B study, C judgement or derived, K memory (unverified).
        law: `gamma`, `beta`, or `point`.
        a: first parameter of the law; nought for a point.
        b: second parameter: right-years of a gamma, failures of a beta.
        source: key into `docs/sources.md`.
    """

    kind: str
    param: str
    right: str
    jurisdiction: str
    value: float
    grade: str
    law: str
    a: float
    b: float
    source: str

    def __hash__(self) -> int:
        """By its key and value alone: every price gathers some seventy of them, each once."""
        return hash((self.param, self.right, self.jurisdiction, self.value))

    @property
    def key(self) -> str:
        """`param/right/jurisdiction`."""
        return f"{self.param}/{self.right}/{self.jurisdiction}"

    @property
    def unverified(self) -> bool:
        """Whether the figure rests on memory or judgement alone."""
        return self.grade in ("C", "K")

    def json(self) -> dict[str, str | float]:
        """The row as it is frozen into a receipt."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, row: Mapping[str, str | float]) -> Self:
        """Read a row of the file, or one frozen into a receipt."""
        values: dict[str, Any] = {name: str(row[name]) for name in _TEXTS}
        values |= {name: float(row[name]) for name in _NUMBERS}
        return cls(**values)


_TEXTS = ("kind", "param", "right", "jurisdiction", "grade", "law", "source")
_NUMBERS = ("value", "a", "b")


@dataclass(frozen=True)
class PriorTable:
    """A set of priors under one name.

    Attributes:
        fit_id: name of the set, with a digest of its rows: what a receipt quotes.
        rows: key -> prior.
    """

    fit_id: str
    rows: Mapping[str, Prior]

    @classmethod
    def of(cls, name: str, priors: Iterable[Prior]) -> Self:
        """Build a table; no two rows have one key."""
        rows = {}
        for prior in priors:
            assert prior.key not in rows, f"prior {prior.key} stands twice"
            rows[prior.key] = prior
        text = "\n".join(repr(rows[key]) for key in sorted(rows))
        return cls(f"{name}-{sha256(text.encode()).hexdigest()[:12]}", rows)

    def find(self, param: str, right: str, jurisdiction: str = "CN") -> Prior:
        """Return the row for this right and jurisdiction, or the one for all (`*`).

        Raises:
            Invalid: there is none; nothing is assumed in its place.
        """
        for key in (f"{param}/{right}/{jurisdiction}", f"{param}/{right}/*"):
            if key in self.rows:
                return self.rows[key]
        raise invalid(
            f"priors.{param}",
            f"no published figure for {right} in {jurisdiction}",
            "add a sourced row to the priors, or choose a right that has one",
            code="no-prior",
        )


@cache
def load_priors() -> PriorTable:
    """Return the priors shipped with the house."""
    text = files(__package__).joinpath("priors.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return PriorTable.of("priors", (Prior.of(row) for row in csv.DictReader(lines)))

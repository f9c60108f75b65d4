"""The limits on what is held together, read from data; the whole text is frozen with a quote."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from kernel.errors import Fault, Invalid
from kernel.money import Money
from underwriting.portfolio.keys import Dimension


class Counts(StrEnum):
    """What a statutory limit counts."""

    GUARANTEE = "guarantee"
    FINANCING = "financing"
    PREMIUM = "premium"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a limit rests on.

    Attributes:
        code: stable, for programs.
        en: what is limited.
        zh: the same in Chinese.
        clause: the rule.
        source: key into docs/sources.md.
        grade: A official, B study or digest, C judgement, K memory.
        unverified: what is not certain of it; empty where nothing.
    """

    code: str
    en: str
    zh: str
    clause: str
    source: str
    grade: str
    unverified: str


@dataclass(frozen=True, slots=True)
class Statutory:
    """A multiple of the insurer's own means that may not be passed.

    Attributes:
        grounds: what it rests on.
        products: those that it counts and binds.
        counts: the balance of a class, the year's premium, or what is kept under one key.
        dimensions: of the keys, where it counts keys.
        of: the figure of `Means` that it is a multiple of.
        times: the multiple, exact.
        raised: a higher multiple, and the part of small firms from which it holds.
    """

    grounds: Grounds
    products: frozenset[str]
    counts: Counts
    dimensions: tuple[Dimension, ...]
    of: str
    times: Fraction
    raised: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True)
class Gate:
    """A ratio of the insurer below which a class is not written: `figure` of `Means`, `least`."""

    grounds: Grounds
    products: frozenset[str]
    figure: str
    least: Fraction


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The house's own limit on sums insured under one key of a dimension.

    Attributes:
        grounds: what it rests on.
        dimension: of the keys.
        units: how many units may be held.
        unit: currency -> what one unit is, as text.
    """

    grounds: Grounds
    dimension: Dimension
    units: int
    unit: Mapping[str, str]

    def minor(self, currency: str) -> int | None:
        """Return it in minor units; None where it is not set for this currency."""
        one = self.unit.get(currency)
        return None if one is None else self.units * Money.of(one, currency, "unit").minor


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits.

    Attributes:
        classes: name of a class -> products of it.
        statutory: of the law, in the order written.
        gates: ratios to be kept.
        ceilings: of the house, by dimension.
        one_event: dimensions along which one decision hits every policy.
        stale_days: after which stated means are too old.
        text: what they were read from, as JSON.
    """

    classes: Mapping[str, frozenset[str]]
    statutory: tuple[Statutory, ...]
    gates: tuple[Gate, ...]
    ceilings: Mapping[Dimension, Ceiling]
    one_event: tuple[Dimension, ...]
    stale_days: int
    text: Mapping[str, Any]

    def json(self) -> dict[str, Any]:
        """The limits as they are frozen."""
        return dict(self.text)

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read frozen limits back."""
        classes = {name: frozenset(codes) for name, codes in frozen["classes"].items()}

        def products(row: Mapping[str, Any]) -> frozenset[str]:
            return frozenset[str]().union(*(classes[name] for name in row["classes"]))

        return cls(
            classes=classes,
            statutory=tuple(_statutory(row, products(row)) for row in frozen["statutory"]),
            gates=tuple(
                Gate(_grounds(row), products(row), row["figure"], Fraction(row["least"]))
                for row in frozen["gate"]
            ),
            ceilings={
                dimension: _ceiling(dimension, frozen["house"], frozen["unit"])
                for dimension in Dimension
                if dimension.value in frozen["house"]
            },
            one_event=tuple(Dimension(name) for name in frozen["view"]["one_event"]),
            stale_days=frozen["stale_days"],
            text=frozen,
        )


def _grounds(row: Mapping[str, Any]) -> Grounds:
    return Grounds(**{name: row[name] for name in Grounds.__slots__})


def _statutory(row: Mapping[str, Any], products: frozenset[str]) -> Statutory:
    raised = row.get("raised")
    return Statutory(
        grounds=_grounds(row),
        products=products,
        counts=Counts(row["counts"]),
        dimensions=tuple(Dimension(name) for name in row.get("dimensions", ())),
        of=row["of"],
        times=Fraction(row["times"]),
        raised=raised and (Fraction(raised["times"]), Fraction(raised["from"])),
    )


def _ceiling(dimension: Dimension, house: Mapping[str, Any], unit: Mapping[str, str]) -> Ceiling:
    row = {"code": f"accumulation-{dimension.value}", **house, **house[dimension.value]}
    return Ceiling(_grounds(row), dimension, row["units"], unit)


@cache
def load_limits(path: Path | None = None) -> Limits:
    """Return the shipped limits, or those of a file of the house's own in the same form.

    Raises:
        Invalid: the file cannot be read, or lacks a figure.
    """
    if path is None:
        return Limits.of(
            tomllib.loads((files(__package__) / "limits.toml").read_text(encoding="utf-8"))
        )
    try:
        return Limits.of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, KeyError, ValueError, ZeroDivisionError, Invalid) as why:
        fault = Fault("limits", f"{path.name} is no table of limits: {why!r}", "mend the file")
        raise Invalid("limits-invalid", fault) from None

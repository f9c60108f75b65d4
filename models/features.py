"""What a fit asks of each column: its kind, unit and range, and what a missing value means.

A value that cannot be is refused by name. One that is only beyond what was seen in training is
taken at the nearest value seen, and counted: a fit says nothing about what it never saw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite, nan
from typing import Any, Self

from kernel.errors import Fault, Invalid


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    CATEGORY = "category"


class Missing(StrEnum):
    """What stands for a value that is not there."""

    REFUSE = "refuse"
    """It must be given."""
    LEARNED = "learned"
    """It was missing in training too, and the fit learned what that means."""
    FILL = "fill"
    """The feature's `fill` stands for it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One column that a fit reads.

    Attributes:
        name: of the column, as the user calls it.
        kind: number or category; a flag is a number, 0 or 1.
        unit: in words, such as `CNY`, `years`, `per 1`; empty where none was stated.
        low: least value that can be; None leaves it open.
        high: greatest value that can be; None leaves it open.
        seen_low: least value in training.
        seen_high: greatest value in training.
        typical: median, or the commonest level, in training.
        levels: levels of a category that were seen in training.
        other: whether a level never seen is taken as `other`; else it is refused.
        missing: what stands for a missing value.
        fill: that value, for `Missing.FILL`.
        monotone: +1 if risk may only rise with it, -1 if only fall, 0 if not declared.
        en: words for a reason, in English; empty means the name.
        zh: the same in Chinese.
    """

    name: str
    kind: Kind = Kind.NUMBER
    unit: str = ""
    low: float | None = None
    high: float | None = None
    seen_low: float | None = None
    seen_high: float | None = None
    typical: float | str | None = None
    levels: tuple[str, ...] = ()
    other: bool = True
    missing: Missing = Missing.REFUSE
    fill: float | str | None = None
    monotone: int = 0
    en: str = ""
    zh: str = ""

    def json(self) -> dict[str, Any]:
        """The feature as it stands in a fit; what is left at its default is left out."""
        blank = Feature("")
        fields: dict[str, Any] = {"name": self.name, "kind": self.kind.value}
        for key in _OPTIONAL:
            value = getattr(self, key)
            if value != getattr(blank, key):
                fields[key] = list(value) if isinstance(value, tuple) else value
        return fields

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read a feature from a fit."""
        read = dict(fields)
        read["kind"] = Kind(read["kind"])
        read["missing"] = Missing(read.get("missing", Missing.REFUSE))
        read["levels"] = tuple(read.get("levels", ()))
        return cls(**read)

    def clamped(self, value: float) -> float:
        """Return the nearest value that was seen in training; NaN stays NaN."""
        if self.seen_low is not None and value < self.seen_low:
            return self.seen_low
        if self.seen_high is not None and value > self.seen_high:
            return self.seen_high
        return value

    def in_unit(self, unit: str) -> Self:
        """Return the feature with its unit stated."""
        return replace(self, unit=unit)


_OPTIONAL = (
    "unit", "low", "high", "seen_low", "seen_high", "typical", "levels", "other", "missing",
    "fill", "monotone", "en", "zh",
)  # fmt: skip


def check(
    features: Iterable[Feature], row: Mapping[str, Any], field: str = "features"
) -> dict[str, float | str]:
    """Return the row's values as the fit reads them: a float or a level for each feature.

    A missing number is NaN and a missing level `""` where that was learned. A number may be
    stated with its unit, as `{"value": 3.5, "unit": "years"}`: the unit must be the fit's.

    Raises:
        Invalid: a value is missing without a rule, of the wrong kind or unit, or out of range;
            every fault is named, not the first alone. Columns that no feature reads are refused.
    """
    wanted = tuple(features)
    faults: list[Fault] = []
    values = {feature.name: _read(feature, row, field, faults) for feature in wanted}
    faults.extend(
        Fault(f"{field}.{name}", "is no feature of this fit", "leave it out")
        for name in row.keys() - values.keys()
    )
    if faults:
        raise Invalid("features", *sorted(faults, key=lambda fault: fault.field))
    return values


def _read(feature: Feature, row: Mapping[str, Any], field: str, faults: list[Fault]) -> float | str:
    path, value = f"{field}.{feature.name}", row.get(feature.name)
    if isinstance(value, Mapping):
        stated = value.get("unit", "")
        if stated != feature.unit:
            unit = feature.unit or "no unit"
            faults.append(Fault(path, f"is stated in {stated!r}", f"state it in {unit}"))
        value = value.get("value")
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN alone is not itself
        return _missing(feature, path, faults)
    if feature.kind is Kind.CATEGORY:
        return _level(feature, path, value, faults)
    return _number(feature, path, value, faults)


def _missing(feature: Feature, path: str, faults: list[Fault]) -> float | str:
    blank: float | str = "" if feature.kind is Kind.CATEGORY else nan
    if feature.missing is Missing.FILL:
        assert feature.fill is not None, f"{feature.name} has a rule to fill and no fill"
        return feature.fill
    if feature.missing is Missing.REFUSE:
        unit = f" in {feature.unit}" if feature.unit else ""
        faults.append(Fault(path, "is missing, and the fit has no rule for that", f"give it{unit}"))
    return blank


def _level(feature: Feature, path: str, value: Any, faults: list[Fault]) -> str:
    if not isinstance(value, str):
        faults.append(Fault(path, f"{value!r} is not text", "give the level as text"))
        return ""
    if value not in feature.levels and not feature.other:
        known = ", ".join(feature.levels)
        faults.append(Fault(path, f"{value!r} was never seen in training", f"use one of {known}"))
    return value


def _number(feature: Feature, path: str, value: Any, faults: list[Fault]) -> float:
    if not isinstance(value, int | float) or not isfinite(value):
        faults.append(Fault(path, f"{value!r} is not a number", "give a finite number"))
        return nan
    below = feature.low is not None and value < feature.low
    if below or (feature.high is not None and value > feature.high):
        low = "any" if feature.low is None else f"{feature.low:g}"
        high = "any" if feature.high is None else f"{feature.high:g}"
        unit = f" {feature.unit}" if feature.unit else ""
        cure = f"check its unit; the fit takes {low} to {high}{unit}"
        faults.append(Fault(path, f"{value:g} is out of range", cure))
    return float(value)

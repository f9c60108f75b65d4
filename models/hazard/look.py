"""One cheap pass over a table's columns, which refuses what cannot be and finds what to guard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from kernel.errors import Fault, Invalid
from models.features import Feature, Kind, Missing

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Found:
    """What one pass over a column found.

    Attributes:
        low: least value, None where there is none.
        high: greatest value.
        missing: rows without a value.
        decimal: whether it is stored as 64-bit floats already.
    """

    low: float | None = None
    high: float | None = None
    missing: int = 1
    decimal: bool = False

    def beyond(self, low: float | None, high: float | None) -> bool:
        """Whether some value is outside a range; an open side holds all."""
        if self.low is None or self.high is None:
            return False
        return (low is not None and self.low < low) or (high is not None and self.high > high)


UNKNOWN = Found(float("-inf"), float("inf"))
"""Of a column that was not looked at: everything may be there."""


def look(features: Iterable[Feature], frame: "pl.DataFrame") -> dict[str, Found]:
    """Look at each number column once, least, greatest and missing, and refuse what cannot be.

    Raises:
        Invalid: a column is not there, holds text where the fit reads numbers, lacks values that
            the fit has no rule for, or holds a value out of range; each column is named with the
            first row that is wrong, counted from 1.
    """
    wanted = tuple(features)
    faults = [fault for feature in wanted if (fault := _kind(feature, frame))]
    if faults:
        raise Invalid("features", *faults)
    numbers = [feature for feature in wanted if feature.kind is Kind.NUMBER]
    found = _stated(numbers, frame)
    for feature in numbers:
        faults.extend(_faults(feature, found[feature.name], frame))
    if faults:
        raise Invalid("features", *faults)
    return found


def _kind(feature: Feature, frame: "pl.DataFrame") -> Fault | None:
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    if feature.name not in frame.columns:
        return Fault(feature.name, "is a column that the fit reads, and is not there", "add it")
    kind = frame.schema[feature.name]
    numeric = kind.is_numeric() or kind in (pl.Boolean, pl.Null)
    if feature.kind is Kind.NUMBER and not numeric:
        return Fault(feature.name, f"is {kind}", "give numbers, as in training")
    return None


def _stated(features: list[Feature], frame: "pl.DataFrame") -> dict[str, Found]:
    """One pass over all number columns."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    asked = []
    for feature in features:
        value, name = pl.col(feature.name), feature.name
        decimal = frame.schema[name].is_float()
        asked += [value.min().alias(f"{name}\0low"), value.max().alias(f"{name}\0high")]
        asked.append(value.null_count().alias(f"{name}\0null"))
        asked.append((value.sum() if decimal else pl.lit(0.0)).alias(f"{name}\0sum"))
    if not asked:
        return {}
    row = frame.lazy().select(asked).collect().row(0, named=True)
    return {feature.name: _of_row(feature.name, row, frame) for feature in features}


def _of_row(name: str, row: Mapping[str, Any], frame: "pl.DataFrame") -> Found:
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    low, high, missing = row[f"{name}\0low"], row[f"{name}\0high"], row[f"{name}\0null"]
    total = row[f"{name}\0sum"]
    if total is not None and not isfinite(total):  # NaN or infinite values are among them
        missing += int(frame[name].is_nan().sum())
    decimal = frame.schema[name] == pl.Float64
    return Found(_end(low), _end(high), missing, decimal)


def _end(value: float | None) -> float | None:
    """A least or greatest value; None where every value is missing."""
    return None if value is None or isnan(value) else float(value)


def _faults(feature: Feature, found: Found, frame: "pl.DataFrame") -> Iterable[Fault]:
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    value = pl.col(feature.name).cast(pl.Float64)
    if found.missing and feature.missing is Missing.REFUSE:
        row = _first(frame, value.fill_nan(None).is_null())
        problem = f"is missing in {found.missing} rows, the first is row {row}"
        yield Fault(feature.name, f"{problem}, and the fit has no rule for that", "give it")
    low = float("-inf") if feature.low is None else feature.low
    high = float("inf") if feature.high is None else feature.high
    if found.beyond(low, high) or found.low == float("-inf") or found.high == float("inf"):
        outside = (value < low) | (value > high) | value.is_infinite()
        row = _first(frame, outside)
        unit = f" {feature.unit}" if feature.unit else ""
        given = frame[feature.name][row - 1]
        cure = f"check its unit; the fit takes {low:g} to {high:g}{unit}"
        yield Fault(feature.name, f"{given} in row {row} is out of range", cure)


def _first(frame: "pl.DataFrame", where: "pl.Expr") -> int:
    """First row, from 1, where something holds."""
    place = frame.lazy().select(where.fill_null(value=False).arg_true().first()).collect().item()
    return int(place) + 1

"""A fit's terms as polars expressions over the columns that it reads."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from models.features import Feature
from models.hazard.look import UNKNOWN, Found
from models.hazard.terms import Take, Term

if TYPE_CHECKING:
    import polars as pl


def number(feature: Feature, found: Found = UNKNOWN) -> "pl.Expr":
    """The number of a column: missing filled, what was never seen taken at the nearest seen.

    Where a pass over the column has shown that there is nothing to mend, the bare column.
    """
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    value = pl.col(feature.name)
    if not found.decimal:
        value = value.cast(pl.Float64)
    if found.missing:
        value = value.fill_nan(None).fill_null(float(feature.fill or 0.0))
    if found.beyond(feature.seen_low, feature.seen_high):
        value = value.clip(feature.seen_low, feature.seen_high)
    return value


def weighed(
    terms: Iterable[tuple[Term, float]],
    features: Mapping[str, Feature],
    found: Mapping[str, Found],
    offset: float,
) -> "pl.Expr":
    """Offset plus the sum of terms times their weights; terms of weight nought are left out.

    All levels of one category become one lookup.
    """
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    total, levels = pl.lit(offset, pl.Float64), dict[str, dict[str, float]]()
    for term, weight in terms:
        if weight == 0.0:
            continue
        if term.take is Take.LEVEL:
            levels.setdefault(term.feature, {})[term.level] = weight
            continue
        known = found.get(term.feature, UNKNOWN)
        total = total + taken(term, features[term.feature], known) * weight
    for name, weights in levels.items():
        text = pl.col(name).cast(pl.String)
        total = total + text.replace_strict(weights, default=0.0, return_dtype=pl.Float64)
    return total


def taken(term: Term, feature: Feature, found: Found = UNKNOWN) -> "pl.Expr":
    """One term as an expression over its column."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    if term.take is Take.LEVEL:
        return (
            (pl.col(feature.name).cast(pl.String) == term.level)
            .fill_null(value=False)
            .cast(pl.Float64)
        )
    if term.take is Take.MISSING:
        return pl.col(feature.name).cast(pl.Float64).fill_nan(None).is_null().cast(pl.Float64)
    value = number(feature, found)
    return value.log1p() if term.take is Take.LOG else value

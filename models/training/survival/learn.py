"""What a column teaches: its range, what fills a gap, which terms it gives."""

import numpy as np
import polars as pl

from models.features import Feature, Kind, Missing
from models.hazard.terms import Take, Term
from models.training.survival.columns import MOST_LEVELS
from models.training.survival.lives import Array

_SKEWED = 1.5
"""Skewness above which a number that is never negative is logged."""
_RARE = 0.01
"""Share of rows, and `_FEW` rows, below which a level or a gap gets no term of its own."""
_FEW = 20
_REACH = 10.0
"""Ranges beyond what was seen at which a number is refused as impossible: a wrong unit."""


def learn_number(column: pl.Series) -> tuple[Feature, list[Term]]:
    """Return the feature and its term, logged if skewed; a second term where gaps are common."""
    values = column.cast(pl.Float64).fill_nan(None)
    there = values.drop_nulls().to_numpy()
    gaps = len(values) - len(there)
    low, high, middle = float(there.min()), float(there.max()), float(np.median(there))
    rule = Missing.REFUSE if gaps == 0 else Missing.FILL
    take = Take.LOG if low >= 0.0 and _skewness(there) > _SKEWED else Take.VALUE
    terms = [Term(column.name, take)]
    if gaps >= max(_FEW, _RARE * len(values)):
        rule = Missing.LEARNED
        terms.append(Term(column.name, Take.MISSING))
    flag = set(np.unique(there)) <= {0.0, 1.0}
    reach = _REACH * (high - low)
    feature = Feature(
        column.name,
        low=0.0 if low >= 0.0 else low - reach,
        high=1.0 if flag else high + reach,
        seen_low=low,
        seen_high=high,
        typical=middle,
        missing=rule,
        fill=None if rule is Missing.REFUSE else middle,
    )
    return feature, terms


def _skewness(values: Array) -> float:
    """Third standardised moment; nought for a column of 0 and 1 or of one value."""
    spread = float(values.std())
    if spread == 0.0 or set(np.unique(values)) <= {0.0, 1.0}:
        return 0.0
    return float((((values - values.mean()) / spread) ** 3).mean())


def learn_category(column: pl.Series) -> tuple[Feature, list[Term]]:
    """Return the commoner levels as terms; all others, and a missing one, are the base together."""
    texts = column.cast(pl.String).drop_nulls()
    counts = texts.value_counts(sort=True)
    common = counts.filter(pl.col("count") >= max(_FEW, _RARE * column.len()))
    levels = [str(level) for level in sorted(common[column.name].to_list()[:MOST_LEVELS])]
    if len(levels) == counts.height and column.null_count() == 0:
        levels = [level for level in levels if level != counts[column.name][0]]
    feature = Feature(
        column.name,
        Kind.CATEGORY,
        typical=str(counts[column.name][0]) if counts.height else None,
        levels=tuple(levels),
        missing=Missing.LEARNED,
    )
    return feature, [Term(column.name, Take.LEVEL, level) for level in levels]

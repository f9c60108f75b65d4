"""Which steps are made of the columns of a tape: by rule, from types and contents alone."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
import polars as pl

from models.borrower.columns import DATE_UNIT
from models.borrower.encoding import Floats, Step, View
from models.features import Kind
from models.training.default.columns import Read

_TWINS, _MOST_TWINS = 0.9, 80
_TWIN_LEVELS = 10
_FLAGS, _FLAG_SHARE, _FLAG_ROWS = 12, 0.01, 30
_RATES, _SHARES = 5, 50
_PREFIXES = (2, 3, 4)
_COMMON, _COVER = 8, 0.8


class Plan(NamedTuple):
    """What the matrix will hold.

    Attributes:
        fixed: steps that need no outcome.
        learned: views whose rate and share are learned from the outcomes, each with `what`.
    """

    fixed: tuple[Step, ...]
    learned: tuple[tuple[View, str], ...]


def plan_of(read: Mapping[str, Read], time: str | None) -> Plan:
    """Plan the steps.

    - a number as it is; two numbers that go together (rank correlation of 0.9 or more in size):
      their ratio and difference, which say what either hides;
    - a date: years from the loan's own;
    - a category of few levels: a flag for each; of more: its shrunk rate, and of many its share;
    - a code: the rate of its first 2, 3, 4 digits and of the whole;
    - two categories over the same levels: whether they agree.
    """
    numbers = [
        name
        for name, one in read.items()
        if one.feature.unit != DATE_UNIT and one.feature.kind is Kind.NUMBER
    ]
    dates = [name for name, one in read.items() if one.feature.unit == DATE_UNIT and name != time]
    fixed = [Step("number", (name,)) for name in numbers]
    if time is not None:
        fixed += [Step("difference", (name, time)) for name in dates]
    for pair in _twins({name: read[name] for name in numbers}):
        fixed += [Step("ratio", pair), Step("difference", pair)]
    words = [
        name for name, one in read.items() if one.feature.kind is Kind.CATEGORY and not one.digits
    ]
    fixed += [Step("same", pair) for pair in combinations(words, 2) if _alike(read, pair)]
    fixed += [step for name in words for step in _flags(read[name])]
    learned = [item for one in read.values() for item in _learned(one)]
    return Plan(tuple(fixed), tuple(learned))


def _twins(read: Mapping[str, Read]) -> list[tuple[str, str]]:
    """Return pairs of numbers that go together, closest first, at most 80.

    Columns with a declared sign are left out: their ratio could turn it.
    """
    names = [name for name, one in read.items() if not one.feature.monotone and _many(one.column)]
    if len(names) < 2:  # noqa: PLR2004 - a pair
        return []
    ranks = np.column_stack([_ranks(read[name].column) for name in names])
    close = np.abs(np.corrcoef(ranks, rowvar=False))
    pairs = [
        (-close[i, j], names[i], names[j])
        for i, j in combinations(range(len(names)), 2)
        if close[i, j] >= _TWINS
    ]
    return [(one, two) for _, one, two in sorted(pairs)[:_MOST_TWINS]]


def _many(column: Floats) -> bool:
    return len(np.unique(column[~np.isnan(column)])) >= _TWIN_LEVELS


def _ranks(column: Floats) -> Floats:
    """Return average ranks `[n]`; a missing value has the middle one."""
    ranks = pl.Series(column).fill_nan(None).rank()
    return ranks.fill_null(ranks.median()).to_numpy().astype(float)


def _alike(read: Mapping[str, Read], pair: tuple[str, str]) -> bool:
    """Whether two categories are over the same levels, such as two states."""
    one, two = (read[name] for name in pair)
    common = set(one.feature.levels) & set(two.feature.levels)
    if len(common) < _COMMON:
        return False
    return all(
        np.isin(side.column, list(common)).sum() >= _COVER * (side.column != "").sum()
        for side in (one, two)
    )


def _flags(one: Read) -> list[Step]:
    """Return a flag for each level of a small category that is not rare; missing is one too."""
    if len(one.feature.levels) > _FLAGS:
        return []
    found = []
    for level in ("", *one.feature.levels):
        rows = int((one.column == level).sum())
        if rows >= max(_FLAG_ROWS, _FLAG_SHARE * len(one.column)):
            found.append(
                Step("table", (one.feature.name,), table={level: 1.0}, other=0.0, what="flag")
            )
    return found


def _learned(one: Read) -> list[tuple[View, str]]:
    """Return the views of a column whose rate or share is learned."""
    name = one.feature.name
    if one.digits:
        first = [k for k in _PREFIXES if k < one.digits]
        return [(View(name, k), "rate") for k in (*first, 0)]
    if one.feature.kind is not Kind.CATEGORY or len(one.feature.levels) < _RATES:
        return []
    rate = [(View(name), "rate")]
    return [*rate, (View(name), "share")] if len(one.feature.levels) > _SHARES else rate

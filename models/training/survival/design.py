"""From columns to terms: what is logged, filled, scaled and given a term of its own."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from models.features import Feature, Missing
from models.hazard.columns import taken
from models.hazard.terms import Take, Term
from models.training.survival.learn import learn_category, learn_number
from models.training.survival.lives import Array

_FLAG_SPREAD = 0.25
"""Least spread by which a 0/1 column is scaled: rare flags are drawn to nought more."""


@dataclass(frozen=True, slots=True)
class Design:
    """Terms and the scales on which one penalty suits them all.

    Numbers and flags are standardised. Levels of a category stay 0/1: the ridge is then a normal
    law of level effects about nought, and a rare level is drawn in more than a common one.

    Attributes:
        features: columns read.
        terms: of the design `[p]`.
        centre: subtracted from each term `[p]`.
        scale: that each is divided by `[p]`.
    """

    features: tuple[Feature, ...]
    terms: tuple[Term, ...]
    centre: Array
    scale: Array

    def matrix(self, frame: pl.DataFrame) -> Array:
        """Return the standardised terms of rows `[n, p]`."""
        found: Array = (self.raw(frame) - self.centre) / self.scale
        return found

    def raw(self, frame: pl.DataFrame) -> Array:
        """Return the terms of rows as serving reads them `[n, p]`."""
        known = {feature.name: feature for feature in self.features}
        columns = [
            taken(term, known[term.feature]).alias(str(place))
            for place, term in enumerate(self.terms)
        ]
        return frame.select(columns).to_numpy() if columns else np.zeros((frame.height, 0))

    def served(self, scores: Array, offset: Array) -> tuple[Array, Array]:
        """Turn scores on standardised terms `[r, p]` into matrix and offset on terms as read."""
        matrix = scores / self.scale
        return matrix, offset - matrix @ self.centre


def learn_design(
    frame: pl.DataFrame, numbers: tuple[str, ...], texts: tuple[str, ...], age: str | None = None
) -> Design:
    """Learn a design from training rows.

    Args:
        frame: training rows.
        numbers: columns read as numbers.
        texts: columns read as categories.
        age: the entry age's column, which is filled with its median where a row has none.
    """
    features: list[Feature] = []
    terms: list[Term] = []
    for name in (*numbers, *([age] if age else [])):
        feature, of_it = learn_number(frame[name])
        if name == age:
            feature = replace(feature, missing=Missing.FILL, fill=feature.typical)
        features.append(feature)
        terms.extend(of_it)
    for name in texts:
        feature, of_it = learn_category(frame[name])
        if of_it:
            features.append(feature)
            terms.extend(of_it)
    blank = np.zeros(len(terms))
    raw = Design(tuple(features), tuple(terms), blank, blank + 1.0).raw(frame)
    return _scaled(tuple(features), tuple(terms), raw)


def _scaled(features: tuple[Feature, ...], terms: tuple[Term, ...], raw: Array) -> Design:
    """Standardise the terms and leave those out that never differ."""
    moves = np.ptp(raw, axis=0) > 0.0 if len(raw) else np.zeros(len(terms), bool)
    stays = tuple(term for term, move in zip(terms, moves, strict=True) if move)
    raw = raw[:, moves]
    level = np.array([term.take is Take.LEVEL for term in stays], bool)
    flag = np.array([set(np.unique(column)) <= {0.0, 1.0} for column in raw.T], bool)
    spread = raw.std(axis=0)
    scale = np.where(level, 1.0, np.where(flag, np.maximum(spread, _FLAG_SPREAD), spread))
    centre = np.where(level, 0.0, raw.mean(axis=0)) if stays else np.zeros(0)
    read = {term.feature for term in stays}
    return Design(tuple(one for one in features if one.name in read), stays, centre, scale)

"""Opinions of counsel as scored evidence: from 0 (none) to 100."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.period import add_months
from underwriting.disputes import Court
from underwriting.products.infringement_liability.matters import Opinion, OpinionKind


def score(opinion: Opinion, terms: Mapping[str, Any], on: date) -> float:
    """Return the points of one opinion: those of its author x those of its conclusion.

    An opinion that is older than the tariff allows, or written after `on`, has none.
    """
    oldest = add_months(on, -int(terms["limits"]["opinion_months"]))
    if not oldest <= opinion.on <= on:
        return 0.0
    points = terms["opinion"]
    return float(points[opinion.author.value]) * float(points[opinion.conclusion.value])


def best_score(
    opinions: tuple[Opinion, ...],
    kind: OpinionKind | None,
    place: tuple[str, Court],
    *,
    terms: Mapping[str, Any],
    on: date,
) -> float:
    """Return the best score for a product at a court; `kind` None takes either kind.

    Args:
        opinions: all that were stated.
        kind: wanted.
        place: code of the product, and the court.
        terms: the tariff.
        on: business date.
    """
    code, court = place
    return max(
        (
            score(one, terms, on)
            for one in opinions
            if kind in (None, one.kind) and code in one.products and court in one.courts
        ),
        default=0.0,
    )

"""A year under one policy: covers, each under its own terms, then one aggregate and one share."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import numpy as np

from kernel.errors import invalid
from underwriting.pricing.aggregate.annual import year_of
from underwriting.pricing.aggregate.binomial import Binomial
from underwriting.pricing.aggregate.cover import Cover, PolicyYear
from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.aggregate.frequency import Frequency
from underwriting.pricing.aggregate.grid import POINTS
from underwriting.pricing.aggregate.payment import Severity
from underwriting.pricing.aggregate.terms import CoverTerms

_ALMOST_SURE = 1.0 - 1e-12


def aggregate(
    frequency: Frequency, severity: Severity, terms: CoverTerms, *, points: int = POINTS
) -> Distribution:
    """Return the law of what one cover pays in a year, after all its terms; minor units."""
    alone = Cover("", frequency, severity, _of_event(terms))
    return year_of((alone,), terms, points).distribution


def policy_year(
    covers: Sequence[Cover],
    *,
    agg_deductible: float,
    agg_limit: float,
    share: float,
    points: int = POINTS,
) -> PolicyYear:
    """Return what independent covers pay together under one aggregate and one share.

    Args:
        covers: at least one, each with a code of its own.
        agg_deductible: of the year, all covers together, minor units; 0 for none.
        agg_limit: of the year, all covers together; `inf` for none.
        share: ours, (0, 1].
        points: of the lattice, a power of two.

    Raises:
        Invalid: terms that no policy can have, a code twice, or an infinite mean unheld.
    """
    codes = [cover.code for cover in covers]
    if not codes or len(set(codes)) < len(codes):
        raise invalid("covers", f"are {codes}", "give at least one cover, each a code of its own")
    own = replace(
        CoverTerms.none(), agg_deductible=agg_deductible, agg_limit=agg_limit, share=share
    )
    return year_of([_reduced(cover, points) for cover in covers], own, points)


def _of_event(terms: CoverTerms) -> CoverTerms:
    return replace(terms, agg_deductible=0.0, agg_limit=inf, share=1.0)


def _reduced(cover: Cover, points: int) -> Cover:
    """Turn a cover with an aggregate of its own into one amount that a year has or has not."""
    if cover.terms.only_events:
        return cover
    own = aggregate(cover.frequency, cover.severity, cover.terms, points=points)
    paid = float(own.above[0])
    if paid == 0.0:
        return Cover(cover.code, Binomial(1, 0.0), own, CoverTerms.none())
    given = Distribution(own.step, np.append(0.0, own.mass[1:] / paid), own.error / paid)
    return Cover(cover.code, Binomial(1, min(paid, _ALMOST_SURE)), given, CoverTerms.none())

"""What a year of events costs under the terms of a cover: frequency x severity, by FFT.

>>> from dataclasses import replace
>>> from math import inf
>>> from models.severity import Lognormal
>>> terms = CoverTerms(
...     retention=2e6, copay=0.2, sublimit=inf, limit=5e7,
...     agg_deductible=0.0, agg_limit=1e8, share=1.0,
... )
>>> year = aggregate(Poisson(0.05), Lognormal.of_median(1e7, 1.3), terms)  # fen
>>> round(year.mean()), round(year.quantile(0.995))
(634187, 41095890)
"""

from underwriting.pricing.aggregate.binomial import Binomial
from underwriting.pricing.aggregate.cover import Cover, PolicyYear
from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.aggregate.frequency import Frequency
from underwriting.pricing.aggregate.listing import listing
from underwriting.pricing.aggregate.negative_binomial import NegativeBinomial
from underwriting.pricing.aggregate.payment import Payment, Severity
from underwriting.pricing.aggregate.poisson import Poisson
from underwriting.pricing.aggregate.policy import aggregate, policy_year
from underwriting.pricing.aggregate.steps import ladder
from underwriting.pricing.aggregate.terms import CoverTerms

__all__ = [
    "Binomial",
    "Cover",
    "CoverTerms",
    "Distribution",
    "Frequency",
    "NegativeBinomial",
    "Payment",
    "Poisson",
    "PolicyYear",
    "Severity",
    "aggregate",
    "ladder",
    "listing",
    "policy_year",
]

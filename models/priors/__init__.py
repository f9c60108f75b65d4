"""Published rates and probabilities with source and grade, until a fit replaces them.

A rate is a gamma in events over right-years, a probability a beta in successes and failures;
`a` and `b` are their parameters, so a user's own counts can update them.
"""

from models.priors.credibility import Counts, Posterior, update
from models.priors.own_counts import OwnCounts, counts_of, read_counts
from models.priors.table import Prior, PriorTable, load_priors
from models.priors.updated import Standing, UpdatedTable, standing, with_counts

__all__ = [
    "Counts",
    "OwnCounts",
    "Posterior",
    "Prior",
    "PriorTable",
    "Standing",
    "UpdatedTable",
    "counts_of",
    "load_priors",
    "read_counts",
    "standing",
    "update",
    "with_counts",
]

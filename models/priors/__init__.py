"""Published rates and probabilities with source and grade, until a fit replaces them.

A rate is a gamma in events over right-years, a probability a beta in successes and failures;
`a` and `b` are their parameters, so a user's own counts can update them.
"""

from models.priors.table import Prior, PriorTable, load_priors

__all__ = ["Prior", "PriorTable", "load_priors"]

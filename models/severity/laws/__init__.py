"""Laws of one amount: a lognormal body, a Pareto tail, and what is made of them."""

from models.severity.laws.bounded import Capped, Fixed
from models.severity.laws.forms import law_of
from models.severity.laws.law import Law
from models.severity.laws.lognormal import Lognormal
from models.severity.laws.mixture import Mixture
from models.severity.laws.pareto import GeneralisedPareto, Pareto
from models.severity.laws.spliced import Spliced

__all__ = [
    "Capped",
    "Fixed",
    "GeneralisedPareto",
    "Law",
    "Lognormal",
    "Mixture",
    "Pareto",
    "Spliced",
    "law_of",
]

"""How loss and cost move together: copulas by Kendall's tau."""

from models.severity.dependence.archimedean import Clayton, Frank, Gumbel
from models.severity.dependence.copula import Copula
from models.severity.dependence.forms import COPULAS, copula_of
from models.severity.dependence.gaussian import Gaussian

__all__ = ["COPULAS", "Clayton", "Copula", "Frank", "Gaussian", "Gumbel", "copula_of"]

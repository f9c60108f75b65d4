"""Copulas by name, and as they are frozen: JSON in, copula out."""

from collections.abc import Mapping
from typing import Any

from kernel.errors import invalid
from models.severity.dependence.archimedean import Clayton, Frank, Gumbel
from models.severity.dependence.copula import Copula
from models.severity.dependence.gaussian import Gaussian

COPULAS: dict[str, type[Copula]] = {
    family.name: family for family in (Clayton, Frank, Gaussian, Gumbel)
}
"""Families of dependence by name."""


def copula_of(frozen: Mapping[str, Any], field: str = "copula") -> Copula:
    """Read a copula that `Copula.json` wrote.

    Raises:
        Invalid: the name is unknown, or its parameter is missing or out of range.
    """
    own = {name: value for name, value in frozen.items() if name != "copula"}
    family = COPULAS.get(str(frozen.get("copula")))
    if family is None:
        cure = f"use one of {', '.join(sorted(COPULAS))}"
        raise invalid(field, f"{frozen.get('copula')!r} is no copula", cure)
    try:
        return family(**{name: float(value) for name, value in own.items()})
    except (TypeError, ValueError) as error:
        cure = "give its parameter as `Copula.json` writes it"
        raise invalid(field, f"is no {family.name}: {error}", cure) from None

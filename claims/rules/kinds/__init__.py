"""The kinds of claim, by product: one engine serves them all."""

from collections.abc import Mapping
from typing import Final

from claims.rules.kinds.customs import CUSTOMS
from claims.rules.kinds.default import DEFAULT
from claims.rules.kinds.enforcement import ENFORCEMENT
from claims.rules.kinds.kind import FactAsked, Kind, Stated, Used
from claims.rules.kinds.liability import LIABILITY

__all__ = ["KINDS", "FactAsked", "Kind", "Stated", "Used", "kind_of"]

KINDS: Final[Mapping[str, Kind]] = {
    kind.product: kind for kind in (DEFAULT, ENFORCEMENT, LIABILITY, CUSTOMS)
}
"""Product -> kind."""


def kind_of(product: str) -> Kind:
    """Return the kind of claim under a product."""
    return KINDS[product]

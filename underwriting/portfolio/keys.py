"""What a policy accumulates under: one event may hit every policy that shares a key."""

from enum import StrEnum
from typing import NamedTuple


class Dimension(StrEnum):
    """Along what exposures add up."""

    OBLIGOR = "obligor"
    GROUP = "group"
    RIGHT_HOLDER = "right_holder"
    FAMILY = "family"
    ACCUSED_PRODUCT = "accused_product"
    CHALLENGER = "challenger"
    STANDARD = "standard"
    TECHNOLOGY = "technology"
    BANK = "bank"
    POOL = "pool"


class Key(NamedTuple):
    """One thing that policies may have in common.

    Attributes:
        dimension: along what it adds up.
        name: a register number, a patent family, a standard: as the proposal states it.
    """

    dimension: Dimension
    name: str

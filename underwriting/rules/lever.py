"""What may be turned in a proposal, and which way a turn moves the price."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a lever is measured in."""

    MONEY = "money"
    MONTHS = "months"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Lever:
    """One figure of a proposal that a person may change.

    Attributes:
        name: on the wire: `loan`, `tenor`, `limit`, `retention`.
        zh: title in Chinese.
        en: title in English.
        path: where it stands in the proposal as JSON.
        unit: an amount, months, or a share of one.
        dearer: whether the price rises (True) or falls (False) with it.
    """

    name: str
    zh: str
    en: str
    path: tuple[str | int, ...]
    unit: Unit
    dearer: bool

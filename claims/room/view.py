"""What of a claim's events each may hear: the house all, the insured its case, a seat its part."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from claims.rules.duty import Duty
from claims.rules.timeline import KINDS, untold

_REASONED: Final = ("words", "clause", "due_on", "cure_until")
"""What is said on a call beside its amount and state: between the house and that party."""


_AT_SALE: Final = ("reserve_minor", "bids", "costs_minor")
"""What is said of a listing, and of costs, to those who have it sold, and to nobody else."""


class Side(StrEnum):
    """Who looks."""

    HOUSE = "house"
    INSURED = "insured"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class View:
    """Who looks at a claim.

    Attributes:
        side: the house, the insured, or a seat of the scheme.
        parties: parties of the scheme for which it speaks.
        values: does it answer for a value? A seat that does sees what rights were valued at.
    """

    side: Side
    parties: frozenset[str]
    values: bool = False


def heard(kind: str, noted: Mapping[str, Any], view: View) -> dict[str, Any] | None:
    """Return what of an event a viewer may hear; None is nothing.

    A seat hears of another's call its amount and its state only, of a recovery its own part, and
    nothing of what others were paid, of bids, reserve prices and expenses, or of how a matter is
    fought; of values only where it answers for one. Reserves are the house's.
    """
    seen = (KINDS.get(kind) or untold(kind))["seen"]
    if not _may_hear(seen, view):
        return None
    if view.side is not Side.SEAT:
        return dict(noted)
    party = noted.get("party") or noted.get("payee")
    if seen == "party" and party not in view.parties:
        if "payee" in noted:
            return None
        return {key: value for key, value in noted.items() if key not in _REASONED}
    said = {key: value for key, value in noted.items() if key not in _AT_SALE}
    if "parts" in noted:
        own = {name: minor for name, minor in noted["parts"].items() if name in view.parties}
        return {**said, "parts": own}
    return said


def awaited(duty: Duty, view: View) -> bool:
    """Whether a viewer may see what is awaited: by the rule for what it hears has happened.

    A duty says by which clause and by when, so what concerns another party is no seat's.
    """
    if not _may_hear(duty.seen, view):
        return False
    return view.side is not Side.SEAT or duty.seen != "party" or duty.party in view.parties


def _may_hear(seen: str, view: View) -> bool:
    """Whether a viewer hears of a kind of event at all."""
    if seen == "house":
        return view.side is Side.HOUSE
    if view.side is Side.SEAT:
        return seen != "insured" and (seen != "valuer" or view.values)
    return True

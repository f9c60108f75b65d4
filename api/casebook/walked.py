"""What a case came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Walked:
    """What a case came to; amounts as on the wire.

    Attributes:
        case: its name.
        currency: of all amounts.
        loss: what the insured asked; None where the case ends with the policy.
        premium: all payers together.
        found: of a walk: eligible, ineligible, uncovered, shares, given_back, surplus; of a
            price: decision, findings, premium, sum_insured, policyholder_pays.
        subjects: what papers were filed under: (type, id).
        seconds: time taken.
    """

    case: str
    currency: str
    loss: str | None
    premium: str
    found: Mapping[str, Any]
    subjects: tuple[tuple[str, str], ...]
    seconds: float

"""What a user asks of `zhibao fit survival`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SurvivalAsked:
    """Which columns mean what, and what the fit shall say of itself.

    Attributes:
        entry: column of the age at which a row came under observation; or a date.
        exit: column of the age at its event or at the end of observation; or a date.
        event: column of 1 for the event and 0 for censored.
        drop: columns that are no predictors.
        time: column to order rows by for forward splits; where None, the earliest complete date.
        weights: column of row weights.
        keep: columns to keep although they look like leaks or identifiers.
        name: first part of the fit's id.
        unit: of the ages, in words.
        made_on: business date, `YYYY-MM-DD`.
        tape: file, sha256, command and whatever else says what it was trained on.
    """

    entry: str
    exit: str
    event: str
    drop: tuple[str, ...] = ()
    time: str | None = None
    weights: str | None = None
    keep: tuple[str, ...] = ()
    name: str = "survival"
    unit: str = ""
    made_on: str = ""
    tape: Mapping[str, Any] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[str]:
        """Columns that are no predictors."""
        named = (self.entry, self.exit, self.event, self.time, self.weights, *self.drop)
        return frozenset(name for name in named if name is not None)

"""A claim as cover is tested on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from underwriting.rules.contract import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A claim as cover is tested on it.

    Attributes:
        contract: the terms that the event is measured by.
        event_on: day of the insured event.
        notified_on: the day the insurer was told.
        file: what is established so far.
    """

    contract: Contract
    event_on: date
    notified_on: date
    file: Mapping[str, Any]

"""What a proposer can put right so that a finding falls away, other than turning a figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to put right.

    Attributes:
        finding: code of the finding that it takes away.
        zh: what to do, in Chinese.
        en: what to do, in English.
        mended: proposal as JSON and business date -> the proposal with it put right.
    """

    finding: str
    zh: str
    en: str
    mended: Callable[[Mapping[str, Any], date], dict[str, Any]]

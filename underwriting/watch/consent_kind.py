"""What a bank may ask leave for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ConsentKind(StrEnum):
    """A change of the loan contract or of its security."""

    EXTENSION = "extension"
    RESCHEDULE = "reschedule"
    REDRAW = "redraw"
    OLD_FOR_NEW = "old_for_new"
    CHANGE_OF_USE = "change_of_use"
    SUBSTITUTION = "substitution"
    RELEASE = "release"


ZH: Final[Mapping[ConsentKind, str]] = {
    ConsentKind.EXTENSION: "贷款展期",
    ConsentKind.RESCHEDULE: "变更还款计划",
    ConsentKind.REDRAW: "再次提款",
    ConsentKind.OLD_FOR_NEW: "借新还旧",
    ConsentKind.CHANGE_OF_USE: "变更贷款用途",
    ConsentKind.SUBSTITUTION: "置换质物",
    ConsentKind.RELEASE: "解除部分质押",
}
"""In Chinese."""

EN: Final[Mapping[ConsentKind, str]] = {
    ConsentKind.EXTENSION: "extension of the loan",
    ConsentKind.RESCHEDULE: "new repayment schedule",
    ConsentKind.REDRAW: "drawing again",
    ConsentKind.OLD_FOR_NEW: "new loan for an old one",
    ConsentKind.CHANGE_OF_USE: "change of use of the loan",
    ConsentKind.SUBSTITUTION: "substitution of collateral",
    ConsentKind.RELEASE: "release of collateral",
}
"""In English."""

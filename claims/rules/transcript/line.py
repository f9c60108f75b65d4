"""One line of a bank's statement of a loan account."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class LineKind(StrEnum):
    """What a line of a loan account is for."""

    DRAWDOWN = "drawdown"
    INTEREST = "interest"
    PENALTY = "penalty"
    COMPOUND_INTEREST = "compound_interest"
    DAMAGES = "damages"
    COSTS = "costs"
    REPAYMENT = "repayment"


CHARGED: Final = (LineKind.INTEREST, LineKind.PENALTY, LineKind.COMPOUND_INTEREST)
"""What accrues by the day, and is worked out again."""

STATED: Final = (LineKind.DAMAGES, LineKind.COSTS)
"""What nobody can work out: it is taken as stated and shown by its papers."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line as the bank states it; amounts in minor units.

    Attributes:
        row: its number in the file, the first row being 1.
        on: value date.
        kind: what it is for.
        debit: added to what is owed.
        credit: taken off it.
        balance: all that is owed after it; None where the statement has no such column.
    """

    row: int
    on: date
    kind: LineKind
    debit: int
    credit: int
    balance: int | None = None

    def __post_init__(self) -> None:
        assert self.debit >= 0, "a debit is not below nought"
        assert self.credit >= 0, "nor is a credit"
        assert (self.debit == 0) != (self.credit == 0), "a line moves one way"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was read.

    Attributes:
        lines: in the order of the file.
        debits: the total that it states; None where it states none.
        credits: likewise.
    """

    lines: tuple[StatementLine, ...]
    debits: int | None = None
    credits: int | None = None

    @property
    def closes_on(self) -> date:
        """The last day of the statement."""
        return max(line.on for line in self.lines)

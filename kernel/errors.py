"""Refusals: what a person may cause and can cure. The impossible is asserted instead.

Every refusal carries a stable code and at least one `Fault`, so that no answer
leaves without the field that is wrong and the way to mend it. HTTP is not known here.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and what would mend it.

    Attributes:
        field: dotted path in what was sent, for example `risk.loan.amount`.
        problem: what is wrong, in words for a person.
        cure: what to do about it.
    """

    field: str
    problem: str
    cure: str

    def __str__(self) -> str:
        """`field: problem; cure`.

        >>> str(Fault("loan.amount", "is negative", "give an amount above zero"))
        'loan.amount: is negative; give an amount above zero'
        """
        return f"{self.field}: {self.problem}; {self.cure}"


class Refusal(Exception):  # noqa: N818 - a refusal is the trade's word, not an error of ours
    """Something that was asked for is not done, and nothing half-done stays."""

    def __init__(self, code: str, *faults: Fault) -> None:
        assert faults, "a refusal names at least one field and its cure"
        super().__init__(f"{code}: " + "; ".join(str(fault) for fault in faults))
        self.code = code
        self.faults = faults

    def __reduce__(self) -> tuple[type[Self], tuple[str | Fault, ...]]:
        """Cross from one process to another as it was raised."""
        return type(self), (self.code, *self.faults)


class NotFound(Refusal):
    """There is no such thing, or it is not the caller's to see."""


class Conflict(Refusal):
    """The thing is there, but its state does not allow this act."""


class Invalid(Refusal):
    """What was sent cannot be understood or breaks a stated rule."""


class NotPermitted(Refusal):
    """The caller may not do this."""


class Unavailable(Refusal):
    """A fact that is needed is not there yet, such as next year's holiday table."""


def invalid(field: str, problem: str, cure: str, *, code: str = "invalid") -> Invalid:
    """Build an `Invalid` with one fault."""
    return Invalid(code, Fault(field, problem, cure))

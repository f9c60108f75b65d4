"""One line of a claim: what was asked of it, allowed, approved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claim.

    Attributes:
        code: key of `LINES`.
        asked: what the bank asks, minor units.
        adjusted: what the adjuster allows, where that differs; else as asked.
        approved: what is approved in the end.
        reason: why not more, or why nothing of what is approved is paid; empty where neither is.
    """

    code: str
    asked: int
    adjusted: int
    approved: int
    reason: str

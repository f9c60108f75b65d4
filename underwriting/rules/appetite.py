"""From findings to a decision."""

from enum import StrEnum

from kernel.finding import Effect, Finding, worst


class Outcome(StrEnum):
    """What becomes of a proposal."""

    ACCEPTED = "accepted"
    REFERRED = "referred"
    DECLINED = "declined"


def decide(findings: tuple[Finding, ...]) -> Outcome:
    """Return the outcome that the gravest finding asks for."""
    gravest = worst(findings)
    if gravest is Effect.DECLINE:
        return Outcome.DECLINED
    return Outcome.ACCEPTED if gravest is Effect.INFORM else Outcome.REFERRED

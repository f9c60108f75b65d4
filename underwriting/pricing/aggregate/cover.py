"""A kind of event under its terms, and what a year of several comes to."""

from dataclasses import dataclass

from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.aggregate.frequency import Frequency
from underwriting.pricing.aggregate.payment import Severity
from underwriting.pricing.aggregate.terms import CoverTerms


@dataclass(frozen=True)
class Cover:
    """One kind of event and the terms that it is under.

    Attributes:
        code: stable, for programs; no other of the policy has it.
        frequency: events a year.
        severity: loss of one event, minor units.
        terms: its own; its aggregate and share, if any, apply before those of the policy.
    """

    code: str
    frequency: Frequency
    severity: Severity
    terms: CoverTerms


@dataclass(frozen=True)
class PolicyYear:
    """What a year costs us, after all terms.

    Attributes:
        distribution: of the payments of the year, minor units.
        parts: code of a cover -> its part of the mean; they sum to the mean.
    """

    distribution: Distribution
    parts: dict[str, float]

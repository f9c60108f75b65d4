"""Related claims: all demands of one cause are one claim, made when the first of them was."""

from collections.abc import Mapping
from datetime import date


def claim_to_join(
    cause_first_made_on: date, made_on: date, open_claims: Mapping[date, str]
) -> str | None:
    """Return the claim that a demand belongs to; None where it opens one of its own.

    One cause, one claim, one retention, one limit: what a later demand asks is added to the claim
    of the first demand, whose day is the day of all of them.

    Args:
        cause_first_made_on: day of the first demand of the same cause.
        made_on: day of this demand.
        open_claims: day of the insured event -> id of the claim on the policy.

    >>> claim_to_join(date(2026, 3, 2), date(2026, 8, 1), {date(2026, 3, 2): "cl_1"})
    'cl_1'
    """
    assert cause_first_made_on <= made_on, "no demand comes before the first of its cause"
    if cause_first_made_on == made_on:
        return None
    return open_claims.get(cause_first_made_on)

"""Whether something can be done with a policy on a day: checks that several acts share."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from kernel.period import add_days
from underwriting.history.store import History
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind, Transaction, in_force
from underwriting.rules.history_segments import Segment, segments
from underwriting.rules.history_state import segment_on
from underwriting.rules.returns import return_terms
from underwriting.tables import PolicyRow


def terms_on(found: History, day: date) -> Segment:
    """Return the version in force on a day.

    Raises:
        Conflict: cover does not run on it.
    """
    one = segment_on(segments(in_force(found.past)), day)
    if one is not None and one.start <= day < one.until:
        return one
    problem = (
        "has no cover" if one is None else f"is covered from {one.start} to before {one.until}"
    )
    fault = Fault("effective_on", f"on {day} nothing is in force: it {problem}", "name a day of it")
    raise Conflict("not-in-force", fault)


def check_time(found: History, day: date, desk: Desk) -> None:
    """Refuse a day too far ahead; before cover begins, its first day is never too far.

    Raises:
        Invalid: it is.
    """
    ahead = return_terms_of(found, day)["ahead_days"]
    latest = add_days(max(desk.on, found.policy.starts_on), ahead)
    if day > latest:
        raise invalid("effective_on", f"{day} lies after {latest}", f"name a day until {latest}")


def return_terms_of(found: History, day: date) -> Mapping[str, Any]:
    """Return the return terms frozen with the period that `day` is in; else those of today."""
    one = segment_on(segments(in_force(found.past)), day)
    opened = [
        row
        for row in found.rows
        if one is not None
        and row.kind in (Kind.ISSUE, Kind.RENEWAL)
        and row.effective_on <= one.start
        and row.id in {each.id for each in in_force(found.past)}
    ]
    frozen: Mapping[str, Any] | None = opened[-1].agreed.get("returns") if opened else None
    return frozen or return_terms()


def check_same_policy(policy: PolicyRow, now: Contract, new: Contract) -> None:
    """Refuse terms that are of another policy: currency, policyholder, issuer.

    Raises:
        Invalid: with every difference.
    """
    pairs = (
        ("risk.currency", policy.currency, new.currency),
        ("risk.policyholder", now.policyholder_id, new.policyholder_id),
        ("risk.cover.issuer", now.issuer, new.issuer),
    )
    faults = [
        Fault(field, f"is {after}; the policy has {before}", "keep it, or quote a new policy")
        for field, before, after in pairs
        if before != after
    ]
    if faults:
        raise Invalid("another-policy", *faults)


def check_gaps(past: Sequence[Transaction]) -> None:
    """Refuse a life with days between two periods on which nothing is covered.

    Raises:
        Conflict: a period would begin after the one before has ended.
    """
    found = segments(in_force(past))
    for before, after in pairwise(found):
        ends = before.contract.period.end
        if after.start > add_days(ends, 1):
            words = f"cover ends on {ends} and begins again on {after.start}"
            fault = Fault("risk", words, "let one period follow the other, or quote a new policy")
            raise Conflict("gap-in-cover", fault)

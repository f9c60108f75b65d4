"""Reserves over HTTP: set within authority, proposed above it, approved, refused."""

from typing import Any

from builders import cny
from callers import Caller, Counter, a_notice, another

LINES = {
    "indemnity": cny("1500000.00"),
    "defence": cny("0.00"),
    "adjustment": cny("30000.00"),
    "recovery": cny("100000.00"),
    "reason": "the pledge is worth less than stated",
}


def a_clerk(counter: Counter) -> Caller:
    """An adjuster of the lowest level."""
    return another(counter, counter.party["house"], "adjuster", "junior", authority="clerk")


def walk_reserves(counter: Counter, policy: Any) -> Any:
    """Ask every operation of reserves once with success; returns the claim."""
    counter.on(2026, 3, 12)
    claim = counter.caller["bank"].post("/v1/claims", a_notice(policy, papers=5))
    place, adjuster = f"/v1/claims/{claim['id']}/reserves", counter.caller["adjuster"]
    clerk = a_clerk(counter)
    for end in ("refusal", "approval"):
        (waiting,) = clerk.post(place, LINES)["waiting"]
        adjuster.post(f"/v1/reserve-proposals/{waiting['id']}/{end}", {"reason": "looked into"})
    adjuster.get(place)
    return claim

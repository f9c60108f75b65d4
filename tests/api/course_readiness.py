"""Would a policy pay? Asked over HTTP by its bank and by the house."""

from typing import Any

from callers import Counter


def walk_readiness(counter: Counter, policy: Any, claim_id: str) -> Any:
    """Ask for today and for a day, and what of a claim may be repaired; returns the day's."""
    counter.caller["adjuster"].get(f"/v1/claims/{claim_id}/repairs")
    place = f"/v1/policies/{policy['id']}/claim-readiness"
    counter.caller["adjuster"].get(place)
    return counter.caller["bank"].get(place, as_of="2025-12-01")

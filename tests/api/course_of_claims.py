"""All that may be asked of claims beside their plain course, each operation once with success."""

from typing import Any

from builders import cny
from callers import Counter, a_notice
from course_calls import walk_calls, walk_filing, walk_recomputation
from course_case_room import walk_case_room
from course_claim_demand import walk_claim_demand, walk_damages
from course_claim_growth import walk_claim_growth
from course_claim_papers import walk_claim_files
from course_disposals import walk_disposals
from course_matters import walk_matters
from course_overdues import walk_overdues
from course_readiness import walk_readiness
from course_reports import walk_reports
from course_reserves import walk_reserves

LATE = {"scheme": "weihai-later-years-2020", "issuer": "province_fund"}
"""A scheme whose fund pays on the final loss."""

GREAT = "30000000.00"
"""A loan of which the fund's share is more than its pool holds."""


def a_policy_of(counter: Counter, loan: str, *, amount: Any = None, **parts: Any) -> Any:
    """A policy on a loan of its own, bound on 3 March 2025, with money in the pool for it."""
    counter.on(2025, 3, 3)
    underwriter = counter.caller["underwriter"]
    for pool in underwriter.get("/v1/pools")["items"]:
        more = {"reference": f"GRANT-{loan}", "amount": cny("2000000.00")}
        underwriter.post(f"/v1/pools/{pool['id']}/contributions", more)
    lent = {"contract": loan} | ({"amount": amount} if amount else {})
    quote = counter.a_quote(loan=lent, **parts)
    place = f"/v1/quotes/{quote['id']}"
    if quote["state"] == "referred":
        underwriter.post(f"{place}/approval", {"reason": "looked into"})
    return underwriter.post(f"{place}/binding")


def walk_all_of_claims(counter: Counter, policy: Any, claim_id: str, letter: str) -> None:
    """Walk everything; disposal ends years later, and reports come last."""
    walk_reserves(counter, a_policy_of(counter, "2026-002"))
    walk_readiness(counter, policy, claim_id)
    walk_claim_demand(counter, letter)
    walk_damages(counter)
    walk_claim_growth(counter, a_policy_of(counter, "2026-003"))
    walk_calls(counter, a_policy_of(counter, "2026-004"))
    great = a_policy_of(counter, "2026-008", amount=cny(GREAT))
    walk_recomputation(counter, great, GREAT)
    walk_filing(counter, a_policy_of(counter, "2026-005", cover=LATE))
    walk_case_room(counter, a_policy_of(counter, "2026-007"))
    walk_matters(counter)
    walk_overdues(counter)
    fresh = a_policy_of(counter, "2026-006")
    counter.on(2026, 3, 12)
    claim = counter.caller["bank"].post("/v1/claims", a_notice(fresh, papers=2))
    walk_claim_files(counter, claim["id"])
    walk_disposals(counter, claim_id)
    walk_reports(counter)

"""The papers that are asked for over HTTP, and the explanation of exemption clauses before them."""

from typing import Any

from callers import SCHEME, Counter

ACCOUNT = {
    "party": "fund",
    "currency": "CNY",
    "opens_on": "2026-01-01",
    "closes_on": "2026-09-01",
}


def an_explanation(counter: Counter, quote_id: str, **changes: Any) -> dict[str, Any]:
    """An explanation of all exemption clauses of a quote, given at this instant."""
    asked = counter.caller["bank"].get(f"/v1/quotes/{quote_id}/explanations")
    return {
        "wording_sha256": asked["wording_sha256"],
        "way": "web_page",
        "at": counter.clock.now().isoformat(),
        "explained_by": "柜员 0012",
        "acknowledged_by": "投保人代表",
        "proof": "PAGE-20250303-17",
        **changes,
    }


def walk_papers(counter: Counter) -> Any:
    """Explain, bind, and ask for the papers of a quote and its policy; returns the policy."""
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    quote = counter.a_quote()
    place = f"/v1/quotes/{quote['id']}"
    underwriter.post(f"{place}/explanations", an_explanation(counter, quote["id"]))
    bank.post(f"{place}/papers", {"kind": "proposal"})
    underwriter.post(f"{place}/approval", {"reason": "the pool was checked"})
    policy = underwriter.post(f"{place}/binding")
    bank.get(f"/v1/policies/{policy['id']}/readiness")
    for kind in ("cover_note", "premium_note"):
        bank.post(f"/v1/policies/{policy['id']}/papers", {"kind": kind})
    return policy


def walk_claim_papers(counter: Counter, claim_id: str) -> None:
    """Ask for the papers of a claim that is settled, and for the account of a party."""
    adjuster = counter.caller["adjuster"]
    for kind in ("request_for_papers", "decision_letter", "subrogation_assignment"):
        adjuster.post(f"/v1/claims/{claim_id}/papers", {"kind": kind})
    adjuster.post(f"/v1/schemes/{SCHEME}/bordereaux", ACCOUNT)
    adjuster.get(f"/v1/schemes/{SCHEME}/bordereaux")

"""The claim of a demand that was paid under a letter, over HTTP: opened, decided, settled."""

from typing import Any

from callers import Counter

FOUND = {"purpose_covered": True, "importer_misstated": False}


def walk_claim_demand(counter: Counter, place: str) -> Any:
    """Claim the demand `C2` that `walk_letters` paid; returns the claim, settled.

    The clock is left where letters leave it.
    """
    adjuster = counter.caller["adjuster"]
    counter.on(2025, 4, 15)
    claim = adjuster.post(f"{place}/demands/C2/claim")
    path = f"/v1/claims/{claim['id']}"
    papers = [one["code"] for one in claim["papers"] if one["received_on"] is None]
    adjuster.post(f"{path}/assessment", {"papers": papers, "conduct": FOUND})
    adjuster.post(f"{path}/settlement")
    settled = adjuster.get(path)
    counter.on(2025, 3, 3)
    return settled


def walk_damages(counter: Counter) -> Any:
    """Work out the damages for an infringement by two methods."""
    gain = {"sales": "20000000.00", "operating_margin": "0.15", "contribution": "1/2"}
    sent = {
        "right": "invention",
        "infringed_on": "2025-02-10",
        "unjust_gain": gain,
        "royalty": {"rate": "0.05", "sales": "20000000.00"},
        "costs": "80000.00",
    }
    return counter.caller["firm"].post("/v1/damages", sent, key=None)

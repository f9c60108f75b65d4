"""The dialogue with parties over HTTP: disputed, paid in parts, in default, filed, shared anew."""

from typing import Any

from builders import GOOD_CONDUCT, cny
from callers import Counter, a_notice

DISPUTED = {
    "amount": cny("20000.00"),
    "reason": "评估份额应以出具报告时的价值为限 the value at the time of the report",
    "clause": "zhongshan-2021: layers",
}
UPHELD = {"outcome": "upheld", "reason": "方案按损失分担 the scheme shares the loss"}


def settled_claim(counter: Counter, policy: Any, principal: str = "3000000.00") -> Any:
    """Notify, accept and settle; returns the settlement."""
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2026, 3, 12)
    notice = a_notice(policy, papers=len(policy["contract"]["papers"]))
    notice["asked"]["principal"] = cny(principal)
    claim = bank.post("/v1/claims", notice)
    place = f"/v1/claims/{claim['id']}"
    counter.on(2026, 3, 20)
    adjuster.post(f"{place}/assessment", {"conduct": GOOD_CONDUCT})
    counter.on(2026, 6, 1)
    return adjuster.post(f"{place}/settlement")


def walk_calls(counter: Counter, policy: Any) -> Any:
    """Walk the dialogue on the calls of one claim; returns what was read at its end."""
    adjuster, settlement = counter.caller["adjuster"], settled_claim(counter, policy)
    claim = f"/v1/claims/{settlement['claim_id']}"
    place = {one["party"]: f"/v1/calls/{one['id']}" for one in settlement["calls"]}
    fund, appraiser = place["fund"], place["appraiser"]
    adjuster.post(f"{fund}/acceptance", {"words": "复函 letter 17"})
    counter.on(2026, 6, 3)
    adjuster.post(f"{appraiser}/dispute", DISPUTED)
    counter.on(2026, 6, 10)
    counter.caller["second"].post(f"{appraiser}/resolution", UPHELD)
    part = {"paid_on": "2026-06-10", "amount": cny("100000.00"), "reference": "W20260610-1"}
    adjuster.post(f"{fund}/payment", part)
    adjuster.post(f"{fund}/payment", {"paid_on": "2026-06-10", "reference": "W20260610-2"})
    adjuster.post(f"{fund}/receipt")
    counter.on(2026, 6, 29)
    adjuster.post(f"{appraiser}/notice")
    counter.on(2026, 7, 15)
    adjuster.post(f"{appraiser}/default")
    counter.on(2026, 8, 3)
    adjuster.post(f"{appraiser}/payment", {"paid_on": "2026-08-03"})
    counter.caller["bank"].get(f"{claim}/calls")
    adjuster.get("/v1/calls", party="appraiser", state="paid")
    return adjuster.get(appraiser)


def walk_recomputation(counter: Counter, policy: Any, principal: str) -> Any:
    """Settle while the pool is short, fill it, and share the loss again; returns the settlement."""
    adjuster, first = counter.caller["adjuster"], settled_claim(counter, policy, principal)
    underwriter = counter.caller["underwriter"]
    pool = underwriter.get("/v1/pools")["items"][0]["id"]
    grant = {"reference": f"FILL-{first['claim_id'][-6:]}", "amount": cny("1000000.00")}
    underwriter.post(f"/v1/pools/{pool}/contributions", grant)
    filled = {"reason": "资金池已补足 the pool was filled"}
    return adjuster.post(f"/v1/claims/{first['claim_id']}/recomputation", filled)


def walk_filing(counter: Counter, policy: Any) -> Any:
    """Fix the final loss under a scheme that pays on it, and file it; returns the call."""
    adjuster, settlement = counter.caller["adjuster"], settled_claim(counter, policy)
    claim = f"/v1/claims/{settlement['claim_id']}"
    counter.on(2026, 9, 10)
    final = {"fixed_on": "2026-09-10", "ground": "recoveries_ended", "words": "终结执行裁定 ruling"}
    waiting = adjuster.post(f"{claim}/final-loss", final)["items"]
    adjuster.post(f"{claim}/filings", {"party": waiting[0]["party"]})
    adjuster.get(f"{claim}/filings")
    return adjuster.get(f"{claim}/calls")["items"][-1]

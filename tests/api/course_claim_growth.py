"""A claim that grows, over HTTP: items, payments on account, the decision, a revision downward."""

from typing import Any

from builders import GOOD_CONDUCT, cny
from callers import Counter, a_notice

MORE = {
    "line": "costs",
    "amount": cny("20000.00"),
    "reference": "BILL-1",
    "stage": "enforcement",
    "words": "申请执行费用 cost of enforcement",
}


def walk_claim_growth(counter: Counter, policy: Any) -> Any:
    """Take a policy from notice to a revised settlement and its repayment; returns the claim.

    The clock is left at the second of July 2026.
    """
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2026, 3, 12)
    claim = bank.post("/v1/claims", a_notice(policy))
    place = f"/v1/claims/{claim['id']}"
    bank.post(f"{place}/items", {"items": [MORE]})
    bank.get(f"{place}/items")
    counter.on(2026, 6, 1)
    part = {"purpose": "interim", "amounts": {"principal": cny("1000000.00")}}
    adjuster.post(f"{place}/payments-on-account", part)
    adjuster.post(f"{place}/assessment", {"conduct": GOOD_CONDUCT})
    adjuster.post("/v1/settlements", {"claim_ids": [claim["id"]]})
    counter.on(2026, 7, 2)
    adjuster.post(f"{place}/revision", {"reason": "the firm had repaid a part"})
    lower = {"principal": {"amount": cny("500000.00"), "reason": "已还款 repaid before"}}
    adjuster.post(f"{place}/assessment", {"conduct": GOOD_CONDUCT, "adjusted": lower})
    settled = adjuster.post(f"{place}/settlement")
    back = {"reference": "BACK-1", "amount": settled["overpaid"], "paid_on": "2026-07-02"}
    adjuster.post(f"{place}/repayments", back)
    bank.get(f"{place}/settlements")
    return adjuster.get(place)

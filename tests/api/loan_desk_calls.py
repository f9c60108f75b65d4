"""Every operation of the loan desk and the watch, asked once: for examples and for the tests.

walk_loan_desk(counter)     # an open counter; the pool is registered
"""

from collections.abc import Mapping
from typing import Any

from builders import cny
from callers import a_proposal

NUMBER = "ZL202010000001.X"
OUT: Mapping[str, Any] = {
    "key": "SLIP-1",
    "kind": "disbursed",
    "happened_on": "2025-03-10",
    "principal": cny("3000000.00"),
}
BACK: Mapping[str, Any] = {
    "key": "SLIP-2",
    "kind": "prepaid",
    "happened_on": "2025-09-08",
    "principal": cny("500000.00"),
    "interest": cny("65250.00"),
}
NOTED: Mapping[str, Any] = {
    "key": "REG-2025-77",
    "kind": "invalidation_filed",
    "happened_on": "2025-09-08",
    "told_by": "专利登记簿 patent register",
}


def walk_loan_desk(counter: Any) -> Mapping[str, Any]:
    """Ask each operation once; return the watch over the policy at the end."""
    bank, underwriter, second = (counter.caller[n] for n in ("bank", "underwriter", "second"))
    policy = counter.a_policy()
    place, npl = f"/v1/policies/{policy['id']}", f"/v1/banks/{counter.party['bank']}/npl"
    counter.on(2025, 9, 10)
    bank.post(f"{place}/loan-events", {"events": [dict(OUT), dict(BACK)]})
    bank.get(f"{place}/loan-events")
    bank.get(f"{place}/loan")
    sent = {
        "kind": "change_of_use",
        "effective_on": "2025-09-10",
        "reason": "a machine is bought instead of stock",
        "risk": a_proposal(loan={"purpose": "设备采购 equipment"}),
    }
    asked = bank.post(f"{place}/consents", sent)
    condition = {"words": "the invoice is sent within 30 days", "words_zh": "三十日内提交发票"}
    answer = {"outcome": "granted", "reason": "the order was seen", "conditions": [condition]}
    second.post(f"/v1/consents/{asked['id']}/answer", answer)
    bank.get(f"/v1/consents/{asked['id']}")
    bank.get(f"{place}/consents")
    bank.get("/v1/watch-kinds")
    underwriter.post(f"/v1/rights/{NUMBER}/events", dict(NOTED))
    underwriter.get(f"/v1/rights/{NUMBER}/events")
    told = {**NOTED, "key": "COURT-1", "kind": "lawsuit_filed", "told_by": "court notices"}
    underwriter.post(f"/v1/obligors/{policy['borrower_register_id']}/events", told)
    bank.get("/v1/watch-list")
    stated = {"ratio": "0.0177", "as_of": "2025-06-30", "source": "半年报 half-year report"}
    underwriter.post(npl, stated)
    bank.get(npl)
    seen: Mapping[str, Any] = bank.get(f"{place}/watch")
    return seen

"""The life of one guarantee over HTTP: from its quote to a claim that is settled and closed."""

from collections.abc import Iterator
from typing import Any

from builders import GOOD_CONDUCT, cny
from callers import Caller, Counter, a_notice

RECEIPTS = {
    "reference": "SALE-1",
    "source": "专利拍卖 patent sale",
    "value_date": "2026-08-30",
    "gross": cny("100001.00"),
    "costs": cny("10001.00"),
}


def course(counter: Counter) -> Iterator[tuple[str, Any]]:
    """Walk it; yields the claim after every act on it, by operation."""
    counter.a_pool()
    yield from claimed(counter, a_guarantee(counter))


def a_guarantee(counter: Counter) -> Any:
    """A policy whose quote had its letter."""
    quote, underwriter = counter.a_quote(), counter.caller["underwriter"]
    place = f"/v1/quotes/{quote['id']}"
    counter.caller["bank"].post(f"{place}/letter")
    underwriter.post(f"{place}/approval", {"reason": "the pool was checked"})
    return underwriter.post(f"{place}/binding")


def claimed(counter: Counter, policy: Any) -> Iterator[tuple[str, Any]]:
    """Take a policy from notice of default to the close; yields as `course`."""
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2026, 3, 12)
    claim = bank.post("/v1/claims", a_notice(policy, papers=5))
    place = f"/v1/claims/{claim['id']}"
    yield "create_claim", claim
    counter.on(2026, 3, 16)
    yield "assess_claim", adjuster.post(f"{place}/assessment", {})
    counter.on(2026, 3, 20)
    found = {"papers": list(policy["contract"]["papers"]), "conduct": GOOD_CONDUCT}
    yield "assess_claim", adjuster.post(f"{place}/assessment", found)
    counter.on(2026, 6, 1)
    settlement = adjuster.post(f"{place}/settlement")
    yield "settle_claim", adjuster.get(place)
    counter.on(2026, 9, 1)
    adjuster.post(f"{place}/recoveries", RECEIPTS)
    yield "recover_claim", adjuster.get(place)
    for call in settlement["calls"]:
        adjuster.post(f"/v1/calls/{call['id']}/payment", {"paid_on": "2026-06-10"})
    hand_over(adjuster, place)
    yield "pay_call", adjuster.get(place)
    yield "close_claim", adjuster.post(f"{place}/closing", {"reason": "nothing is open"})
    yield "reopen_claim", adjuster.post(f"{place}/reopening", {"reason": "more money came"})
    adjuster.post(f"{place}/closing", {"reason": "nothing is open"})


def hand_over(adjuster: Caller, place: str) -> None:
    """Give everybody what it is due of recoveries: before that no claim is closed."""
    for payee in adjuster.get(f"{place}/recovery-statement")["payees"]:
        if payee["to_give"]["amount"] != "0.00":
            payment = {
                "payee": payee["payee"], "way": "out", "amount": payee["to_give"],
                "paid_on": "2026-09-01", "reference": f"FIRST-{payee['payee']}",
            }  # fmt: skip
            adjuster.post(f"{place}/recovery-payments", payment)

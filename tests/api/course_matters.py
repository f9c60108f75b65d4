"""A liability claim over HTTP: demand, reservation, counsel, budgets, settlement, close."""

from typing import Any

from builders import SAMPLES, cny
from callers import Counter

COUNTERPARTY = "示范电器"
CONDUCT = {
    "counsel_consented": True,
    "wilful": False,
    "known_at_inception": False,
    "only_by_contract": False,
    "criminal": False,
    "fraud_by_insured": False,
}
GROUND = {
    "code": "wilful",
    "clause": "wording: exclusions",
    "words": "wilful infringement is alleged",
    "words_zh": "被诉故意侵权",
}


def a_liability_policy(counter: Counter) -> Any:
    """A policy of a firm against claims of infringement, bound on 3 March 2025."""
    sent = {"risk": SAMPLES["infringement_liability"]}
    quote, underwriter = (
        counter.caller["firm"].post("/v1/quotes", sent),
        counter.caller["underwriter"],
    )
    if quote["state"] == "referred":
        underwriter.post(f"/v1/quotes/{quote['id']}/approval", {"reason": "looked into"})
    return underwriter.post(f"/v1/quotes/{quote['id']}/binding")


def a_demand(policy: Any, on: str = "2025-06-02") -> dict[str, Any]:
    """Notice of a first demand, with every paper."""
    return {
        "policy_id": policy["id"],
        "default_date": on,
        "known_on": on,
        "asked": {"damages": cny("20000.00")},
        "papers": list(policy["contract"]["papers"]),
        "facts": {
            "first_act_on": "2025-01-06",
            "product": "WM-8",
            "court": "DE",
            "counterparty": COUNTERPARTY,
            "cause_first_made_on": "2025-06-02",
            "third_party_paid": False,
        },
    }


def item(line: str, amount: str, reference: str) -> dict[str, Any]:
    """A bill of a stage, or a sum that a third party asks for."""
    return {"line": line, "amount": cny(amount), "reference": reference, "words": "as billed"}


def walk_matters(counter: Counter) -> Any:
    """Walk it from the demand to the close; returns the matter as it stands at the end.

    The clock is left at the first of October 2025.
    """
    firm, policy = counter.caller["firm"], a_liability_policy(counter)
    counter.on(2025, 6, 5)
    claim = firm.post("/v1/claims", a_demand(policy))
    place = f"/v1/claims/{claim['id']}"
    _counsel(counter, place)
    _reserved(counter, place)
    _settled(counter, place)
    return firm.get(f"{place}/matter")


def _counsel(counter: Counter, place: str) -> None:
    """150,000 is asked of the first instance and 100,000 consented; 130,000 is billed."""
    firm, adjuster = counter.caller["firm"], counter.caller["adjuster"]
    firm.post(f"{place}/counsel", {"name": "示范律师事务所", "source": "panel"})
    wanted = {"stage": "first_instance", "amount": cny("150000.00"), "words": "一审 first instance"}
    firm.post(f"{place}/budgets", wanted)
    counter.on(2025, 6, 9)
    adjuster.post(f"{place}/counsel/1/answer", {"consented": True})
    part = {"consented": cny("100000.00"), "reason": "费率高于市场 above the market"}
    adjuster.post(f"{place}/budgets/1/answer", part)


def _reserved(counter: Counter, place: str) -> None:
    """Cost is paid while rights are reserved; the suit drops the charge and they are lifted."""
    firm, adjuster = counter.caller["firm"], counter.caller["adjuster"]
    sent = {"grounds": [GROUND], "known_on": "2025-06-06", "method": "courier"}
    adjuster.post(f"{place}/reservations", sent)
    adjuster.post(f"{place}/reservations/1/proof", {"proof": "SF-1001"})
    counter.on(2025, 7, 1)
    firm.post(f"{place}/items", {"items": [item("first_instance", "130000.00", "BILL-1")]})
    interim = {"purpose": "interim", "amounts": {"first_instance": cny("130000.00")}}
    adjuster.post(f"{place}/payments-on-account", interim)
    counter.on(2025, 7, 20)
    lifted = {"end": "lifted", "reason": "原告撤回该主张 the charge was dropped"}
    adjuster.post(f"{place}/reservations/1/end", lifted)


def _settled(counter: Counter, place: str) -> None:
    """A second demand joins; both are settled with consent at 300,000 and paid directly."""
    firm, adjuster = counter.caller["firm"], counter.caller["adjuster"]
    second = {
        "reference": "DEMAND-2", "made_on": "2025-08-01", "counterparty": COUNTERPARTY,
        "words": "同族专利 same family", "items": [item("damages", "280000.00", "D-2")],
    }  # fmt: skip
    counter.on(2025, 8, 4)
    firm.post(f"{place}/demands", second)
    wanted = {
        "counterparty": COUNTERPARTY, "payer": "insurer", "amount": cny("300000.00"),
        "terms": "不承认侵权 no admission", "merits": "败诉可能过半 more likely lost than won",
    }  # fmt: skip
    firm.post(f"{place}/settlement-proposals", wanted)
    counter.on(2025, 8, 11)
    given = {"consented": cny("300000.00"), "reason": "合理 within the merits"}
    adjuster.post(f"{place}/settlement-proposals/1/answer", given)
    counter.on(2025, 9, 1)
    signed = {"reference": "AGR-1", "on": "2025-08-29", "amount": cny("300000.00"), "settlement": 1}
    firm.post(f"{place}/outcome", signed)
    adjuster.post(f"{place}/assessment", {"conduct": CONDUCT})
    adjuster.post(f"{place}/settlement")
    counter.on(2025, 10, 1)
    adjuster.post(f"{place}/closing", {"reason": "nothing is open"})

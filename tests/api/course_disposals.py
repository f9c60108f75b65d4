"""What follows a paid claim over HTTP: taken over, securities sold and licensed, all given back.

Begins with a closed claim that was settled, on 1 September 2026, and leaves it closed.
"""

from typing import Any

from builders import cny
from callers import Counter

OPENS, CLOSES = "2026-10-20T02:00:00Z", "2026-10-21T02:00:00Z"


def walk_disposals(counter: Counter, claim_id: str) -> Any:
    """Walk it; returns the disposal as it was closed."""
    adjuster, place = counter.caller["adjuster"], f"/v1/claims/{claim_id}"
    counter.on(2026, 9, 1)
    adjuster.post(f"{place}/reopening", {"reason": "the pledge is enforced"})
    taking = {
        "received": cny("0.00"),
        "waivers": [{"on": "2026-08-31", "amount": cny("100.00")}],
        "liable": [{"role": "co_guarantor", "name": "示范担保", "share": "1/2"}],
    }
    adjuster.post(f"{place}/subrogation", taking)
    counter.on(2026, 9, 4)
    adjuster.post(f"{place}/pledgee", {"reference": "GJ-2026-1", "registered_on": "2026-09-03"})
    adjuster.get(f"{place}/subrogation")
    disposal = _opened(counter, place)
    sold, licensed = (lot["id"] for lot in disposal["lots"])
    _auctioned(counter, sold)
    _licensed(counter, licensed)
    _cost(counter, disposal["id"])
    for lot in (sold, licensed):
        adjuster.post(f"/v1/lots/{lot}/closing", {"reason": "its money is in"})
    ended = adjuster.post(f"/v1/disposals/{disposal['id']}/closing", {"reason": "all is sold"})
    adjuster.get(f"{place}/disposals")
    adjuster.get(f"/v1/disposals/{disposal['id']}")
    _given_back(counter, place)
    adjuster.post(f"{place}/closing", {"reason": "the last cent is in"})
    counter.caller["underwriter"].get("/v1/experience/recoveries")
    return ended


def _opened(counter: Counter, place: str) -> Any:
    lots = [
        {"number": "ZL202010000001.X", "kind": "invention", "owner": "示范仪器有限公司"},
        {"number": "ZL202120000002.X", "kind": "utility_model", "owner": "示范仪器有限公司"},
    ]
    adjuster = counter.caller["adjuster"]
    disposal = adjuster.post(f"{place}/disposals", {"lots": lots, "order_agreed": True})
    for lot, amount in zip(disposal["lots"], ("3000000.00", "600000.00"), strict=True):
        valued = {
            "appraiser": "示范评估", "method": "income", "valued_on": "2026-09-02",
            "amount": cny(amount),
        }  # fmt: skip
        adjuster.post(f"/v1/lots/{lot['id']}/valuations", valued)
    return disposal


def _auctioned(counter: Counter, lot: str) -> None:
    """The best bid does not pay, the second does not either: it is sold by agreement."""
    adjuster, place = counter.caller["adjuster"], f"/v1/lots/{lot}"
    counter.on(2026, 9, 15)
    offer = {
        "venue": "法院网拍", "opens_at": OPENS, "closes_at": CLOSES,
        "reserve": cny("2100000.00"), "deposit": cny("210000.00"),
    }  # fmt: skip
    adjuster.post(f"{place}/listings", offer)
    counter.on(2026, 10, 22)
    bid = {
        "bidder": "示范买受人", "amount": cny("2200000.00"), "at": "2026-10-20T03:00:00Z",
        "deposit_paid": True,
    }  # fmt: skip
    adjuster.post(f"{place}/bids", bid)
    adjuster.post(f"{place}/award")
    counter.on(2026, 11, 22)
    forfeit = {"reason": "the buyer is silent", "reference": "DEP-1", "value_date": "2026-10-20"}
    adjuster.post(f"{place}/default", forfeit)
    sale = {"buyer": "另一买受人", "price": cny("200000.00"), "until": "2026-12-20"}
    adjuster.post(f"{place}/sale", sale)
    counter.on(2026, 12, 1)
    paid = {"reference": "SALE-2", "value_date": "2026-11-30", "gross": cny("200000.00")}
    adjuster.post(f"{place}/proceeds", paid)


def _licensed(counter: Counter, lot: str) -> None:
    adjuster, place = counter.caller["adjuster"], f"/v1/lots/{lot}"
    terms = {"buyer": "示范被许可人", "price": cny("90000.00"), "until": "2029-11-30"}
    adjuster.post(f"{place}/licence", terms)
    for n in range(3):
        counter.on(2027 + n, 12, 2)
        fee = {
            "reference": f"FEE-{n + 1}", "value_date": f"{2027 + n}-12-01",
            "gross": cny("30000.00"), "period_from": f"{2026 + n}-12-01",
            "period_to": f"{2027 + n}-11-30",
        }  # fmt: skip
        adjuster.post(f"{place}/proceeds", fee)


def _cost(counter: Counter, disposal_id: str) -> None:
    """A bill of 2026 that came three years late: what came after it is given back again."""
    bill = {
        "kind": "counsel", "reference": "BILL-1", "value_date": "2026-10-01",
        "amount": cny("400000.00"),
    }  # fmt: skip
    counter.caller["adjuster"].post(f"/v1/disposals/{disposal_id}/expenses", bill)


def _given_back(counter: Counter, place: str) -> None:
    adjuster = counter.caller["adjuster"]
    recoveries = adjuster.get(f"{place}/recoveries")["items"]
    fee = next(one for one in recoveries if one["reference"] == "FEE-3")
    right = {"reason": "the fee was 31,000.00", "gross": cny("31000.00")}
    adjuster.post(f"/v1/recoveries/{fee['id']}/correction", right)
    adjuster.get(f"/v1/recoveries/{fee['id']}/editions")
    for payee in adjuster.get(f"{place}/recovery-statement")["payees"]:
        if payee["to_give"]["amount"] != "0.00":
            payment = {
                "payee": payee["payee"], "way": "out", "amount": payee["to_give"],
                "paid_on": "2029-12-02", "reference": f"OUT-{payee['payee']}",
            }  # fmt: skip
            adjuster.post(f"{place}/recovery-payments", payment)
    period = {"opens_on": "2026-06-01", "closes_on": "2029-12-02"}
    adjuster.post(f"{place}/recovery-statement", period)

"""Recourse and disposal over HTTP on a claim that is there: who may, what is wrong, what is once.

One house is walked once; everything is asked of it, since a settled claim is long to come by.
"""

from typing import Any

from builders import cny
from callers import Counter, a_proposal
from course_claim import course

from claims.disposal.audit import verify_recoveries
from kernel.db.engine import read

OWNER = a_proposal()["borrower"]["name"]
RIGHTS = [
    {"number": "ZL202010000001.X", "kind": "invention", "owner": OWNER},
    {"number": "TM-1", "kind": "trademark", "owner": "第三人"},
]
EUR = {"amount": "1.00", "currency": "EUR"}
TAKING: dict[str, Any] = {"received": cny("0.00")}
VALUED = {
    "appraiser": "示范评估", "method": "income", "valued_on": "2026-09-02",
    "amount": cny("3000000.00"),
}  # fmt: skip
OFFER = {
    "venue": "法院网拍", "opens_at": "2026-10-20T02:00:00Z", "closes_at": "2026-10-21T02:00:00Z",
    "reserve": cny("2100000.00"), "deposit": cny("210000.00"),
}  # fmt: skip
BID = {
    "bidder": "买受人", "amount": cny("2100000.00"), "at": "2026-10-20T03:00:00Z",
    "deposit_paid": True,
}  # fmt: skip
PAYMENT = {
    "payee": "fund", "way": "out", "amount": cny("1.00"), "paid_on": "2026-09-01",
    "reference": "P1",
}  # fmt: skip
BILL = {"kind": "counsel", "reference": "B1", "value_date": "2026-09-02", "amount": cny("1.00")}


def refused(counter: Counter, path: str, sent: Any, status: int, code: str) -> Any:
    """Ask as the adjuster; return the names of the fields that are wrong."""
    answer = counter.caller["adjuster"].ask("POST", path, sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert all(one["problem"] and one["cure"] for one in answer.json()["errors"])
    return [one["field"] for one in answer.json()["errors"]]


def once(counter: Counter, path: str, sent: Any, key: str) -> Any:
    """Send an act twice under one key: the same bytes; another body under it is refused."""
    adjuster = counter.caller["adjuster"]
    first, again = (adjuster.ask("POST", path, sent, key=key) for _ in range(2))
    assert first.status_code in (200, 201), first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = adjuster.ask("POST", path, {**sent, "reference": "ANOTHER"}, key=key)
    assert other.status_code == 422
    return first.json()


def test_a_claim_that_is_there(counter: Counter) -> None:
    claim = dict(course(counter))["reopen_claim"]
    place = f"/v1/claims/{claim['id']}"
    counter.on(2026, 9, 1)
    assert counter.caller["bank"].ask("GET", f"{place}/subrogation").status_code == 404
    refused(counter, f"{place}/subrogation", TAKING, 409, "claim-not-settled")
    counter.caller["adjuster"].post(f"{place}/reopening", {"reason": "it is enforced"})
    _taken_over(counter, place)
    disposal = _opened(counter, place)
    _sold(counter, disposal)
    _put_right(counter, place)
    _seen(counter, place, disposal["id"])
    assert read(counter.engine, verify_recoveries) == ()


def _taken_over(counter: Counter, place: str) -> None:
    path = f"{place}/subrogation"
    assert refused(counter, f"{place}/disposals", {}, 409, "not-taken-over") == ["claim"]
    assert refused(counter, path, {"received": EUR}, 422, "invalid") == ["received"]
    twice = [{"role": "co_guarantor", "name": "甲", "share": "2/3"}] * 2
    assert refused(counter, path, {**TAKING, "liable": twice}, 422, "invalid") == ["liable"]
    for role in ("bank", "other", "firm", "underwriter"):
        assert counter.caller[role].ask("POST", path, TAKING).status_code == 403
    taken = counter.caller["adjuster"].post(path, TAKING, key="take")
    assert taken == counter.caller["adjuster"].post(path, TAKING, key="take")
    refused(counter, path, TAKING, 409, "taken-over")
    early = {"reference": "GJ-1", "registered_on": "2026-08-31"}
    assert refused(counter, f"{place}/pledgee", early, 422, "invalid") == ["registered_on"]


def _opened(counter: Counter, place: str) -> Any:
    path = f"{place}/disposals"
    assert refused(counter, path, {"lots": RIGHTS[:1] * 2}, 422, "invalid") == ["lots"]
    disposal = counter.caller["adjuster"].post(path, {"lots": RIGHTS})
    refused(counter, path, {"lots": RIGHTS}, 409, "disposal-open")
    counter.on(2026, 9, 15)
    for lot in disposal["lots"]:
        once(counter, f"/v1/lots/{lot['id']}/valuations", VALUED, f"value-{lot['position']}")
    return disposal


def _sold(counter: Counter, disposal: Any) -> None:
    own, third = (f"/v1/lots/{lot['id']}" for lot in disposal["lots"])
    assert refused(counter, f"{third}/listings", OFFER, 409, "debtor-first") == ["lot"]
    wrong = {**OFFER, "reserve": cny("1.00"), "opens_at": "2026-10-01T02:00:00Z"}
    fields = refused(counter, f"{own}/listings", wrong, 422, "listing-not-allowed")
    assert sorted(fields) == ["deposit", "opens_at", "reserve"]
    assert refused(counter, f"{own}/listings", {**OFFER, "reserve": EUR}, 422, "invalid") == [
        "reserve"
    ]
    once(counter, f"{own}/listings", OFFER, "offer")
    assert refused(counter, f"{own}/bids", BID, 422, "invalid") == ["at"]
    counter.on(2026, 10, 22)
    after = once(counter, f"{own}/bids", BID, "bid")
    assert len(after["lots"][0]["listings"][0]["bids"]) == 1, "one bid under one key"
    awarded = counter.caller["adjuster"].post(f"{own}/award")
    assert awarded["lots"][0]["awards"][0]["buyer"] == "买受人"
    paid = {"reference": "S1", "value_date": "2026-10-22", "gross": cny("2100000.01")}
    assert refused(counter, f"{own}/proceeds", paid, 409, "price-overpaid") == ["gross"]
    ended = once(counter, f"{own}/proceeds", {**paid, "gross": cny("2100000.00")}, "price")
    assert [lot["state"] for lot in ended["lots"]] == ["paid", "valued"]
    costs = f"/v1/disposals/{disposal['id']}/expenses"
    assert refused(counter, costs, {**BILL, "kind": "bribe"}, 422, "invalid") == ["kind"]
    assert refused(counter, costs, {**BILL, "amount": EUR}, 422, "invalid") == ["amount"]
    assert refused(counter, costs, {**BILL, "reference": "S1"}, 409, "recovery-twice")
    once(counter, costs, BILL, "bill")
    closing = f"/v1/disposals/{disposal['id']}/closing"
    assert refused(counter, closing, {"reason": "done"}, 409, "lots-open") == [
        "lots.ZL202010000001.X", "lots.TM-1",
    ]  # fmt: skip


def _put_right(counter: Counter, place: str) -> None:
    """What is paid twice under one key is paid once; ends of it are named."""
    adjuster = counter.caller["adjuster"]
    recoveries = adjuster.get(f"{place}/recoveries")["items"]
    price = next(one for one in recoveries if one["reference"] == "S1")
    right = f"/v1/recoveries/{price['id']}/correction"
    refused(counter, right, {"reason": "the same"}, 409, "nothing-corrected")
    ahead = {"reason": "x", "value_date": "2026-10-23"}
    assert refused(counter, right, ahead, 422, "invalid") == ["value_date"]
    assert refused(counter, right, {"reason": "x", "costs": EUR}, 422, "invalid") == ["costs"]
    path = f"{place}/recovery-payments"
    for field, wrong in (("payee", "insurer"), ("payee", "nobody"), ("amount", EUR),
                         ("paid_on", "2026-10-23"), ("paid_on", "2026-03-10")):  # fmt: skip
        said = "amount.currency" if wrong is EUR else field
        assert refused(counter, path, {**PAYMENT, field: wrong}, 422, "invalid") == [said]
    once(counter, path, PAYMENT, "pay")
    refused(counter, path, PAYMENT, 409, "recovery-payment-twice")
    (fund,) = adjuster.get(f"{place}/recovery-statement", party="fund")["payees"]
    assert fund["given"] == cny("30001.00"), "30,000.00 before the first close, and 1.00 once"
    issue = {"opens_on": "2026-09-01", "closes_on": "2026-10-22", "party": "fund"}
    paper = adjuster.post(f"{place}/recovery-statement", issue)
    assert adjuster.post(f"{place}/recovery-statement", issue)["id"] == paper["id"]
    fields = refused(
        counter, f"{place}/recovery-statement", {**issue, "party": "x"}, 422, "invalid"
    )
    assert fields == ["party"]


def _seen(counter: Counter, place: str, disposal_id: str) -> None:
    """Another bank reads nothing of it, in the words of what is not there; no client acts."""
    recovery = counter.caller["bank"].get(f"{place}/recoveries")["items"][0]["id"]
    for path in (
        f"{place}/subrogation", f"{place}/disposals", f"{place}/recovery-statement",
        f"/v1/disposals/{disposal_id}", f"/v1/recoveries/{recovery}/editions",
    ):  # fmt: skip
        assert counter.caller["bank"].ask("GET", path).status_code == 200
        for role in ("other", "firm"):
            answer = counter.caller[role].ask("GET", path)
            assert (answer.status_code, answer.json()["code"][:8]) == (404, "no-such-"), path
        assert counter.caller["nobody"].ask("GET", path).status_code == 401
    bank = counter.caller["bank"]
    assert bank.ask("POST", f"{place}/recovery-payments", PAYMENT).status_code == 403
    assert bank.ask("POST", f"/v1/disposals/{disposal_id}/expenses", BILL).status_code == 403
    assert "买受人" not in bank.ask("GET", f"/v1/disposals/{disposal_id}").text

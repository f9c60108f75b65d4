"""The case room over HTTP: what each role sees, and what strangers do not."""

from typing import Any

import pytest
from callers import OPERATIONS, Caller, Counter
from course_calls import settled_claim
from course_case_room import GROUNDS, NAME, a_seat, signed, walk_case_room
from course_claim import claimed
from course_disposals import walk_disposals

from api.policy import ALLOWED, HOUSE, SEATS, Role

CALL_FIELDS = {"id", "payee", "paid", "disputed", "clause", "due_on"}
"""Of a call, what its own party sees and another's does not."""
ROOM = {
    "read_claim_timeline", "read_case", "list_cases", "sign_share", "list_signatures",
    "dissent", "list_dissents", "appeal", "list_appeals",
}  # fmt: skip


@pytest.fixture
def place(counter: Counter) -> str:
    counter.a_pool()
    policy = counter.a_policy()
    return f"/v1/claims/{settled_claim(counter, policy)['claim_id']}"


@pytest.fixture
def fund(counter: Counter, place: str) -> Caller:
    assert place
    return a_seat(counter, "pool", "91440000ROOMFUND01", "fund")


def test_the_course_is_told_as_a_story(counter: Counter) -> None:
    counter.a_pool()
    told = walk_case_room(counter, counter.a_policy())
    kinds = [one["kind"] for one in told["happened"]]
    assert kinds[0] == "notified"
    order = ["settled", "share_signed", "dissented", "appealed", "revised", "appeal_changed"]
    assert [kind for kind in kinds if kind in order] == [*order, "settled"]
    assert told["next"] == told["open"][0]
    whose = {one["whose"] for one in told["open"] if one["code"].startswith("sign_2_")}
    assert "fund" in whose
    assert all(one["en"].startswith("On ") for one in told["happened"])


def test_a_seat_has_the_room_and_nothing_else() -> None:
    for role in SEATS:
        assert {operation for operation, roles in ALLOWED.items() if role in roles} == ROOM
    assert {role for role in Role if role in HOUSE} == {"underwriter", "adjuster"}


def test_every_role_over_every_read_of_the_room(counter: Counter, place: str, fund: Caller) -> None:
    valuer = a_seat(counter, "appraiser", "91440000ROOMVALU01", "appraiser")
    adjuster = counter.caller["adjuster"]
    money = {"amount": "100000.00", "currency": "CNY"}
    none = {"amount": "0.00", "currency": "CNY"}
    counter.on(2026, 9, 1)
    came = {"reference": "R1", "source": "sale", "value_date": "2026-09-01"}
    adjuster.post(f"{place}/recoveries", {**came, "gross": money, "costs": none})
    whole = adjuster.get(f"{place}/room")
    assert whole["reserve"] is not None
    insured = counter.caller["bank"].get(f"{place}/room")
    assert {**insured, "reserve": 0, "yours": 0} == {**whole, "reserve": 0, "yours": 0}
    assert insured["reserve"] is None
    for caller, own in ((fund, "fund"), (valuer, "appraiser")):
        _check_seat(caller.get(f"{place}/room"), whole, own)
        told = caller.get(f"{place}/timeline")["happened"]
        assert not [one for one in told if one["kind"].startswith("reserves_")]
        for path in ("signatures", "dissents", "appeals"):
            assert caller.get(f"{place}/{path}")["items"] == []


def _check_seat(seen: Any, whole: Any, own: str) -> None:
    """A seat sees the case, its own part in full, others' as amounts and states."""
    assert seen["yours"] == [own]
    assert seen["reserve"] is None
    for name in ("asked", "approved", "findings", "papers", "state"):
        assert seen[name] == whole[name]
    for mine, all_ in zip(seen["calls"], whole["calls"], strict=True):
        same = all_ if all_["party"] == own else {**all_, **dict.fromkeys(CALL_FIELDS)}
        assert mine == same
    for mine, all_ in zip(seen["settlement"]["shares"], whole["settlement"]["shares"], strict=True):
        assert mine == (all_ if all_["party"] == own else {**all_, "given_back": None})
    assert whole["rights"]
    for mine, all_ in zip(seen["rights"], whole["rights"], strict=True):
        values = all_["valuations"]
        assert values
        assert mine == {**all_, "valuations": values if own == "appraiser" else []}
    (mine,), (all_,) = seen["recoveries"], whole["recoveries"]
    parts = {party: part for party, part in all_["parts"].items() if party == own}
    assert mine == {**all_, "parts": parts}


def test_a_seat_is_refused_every_other_operation(counter: Counter, fund: Caller) -> None:
    for operation in OPERATIONS:
        if operation.method == "GET" and operation.id in ALLOWED and operation.id not in ROOM:
            path = operation.path.replace("{", "").replace("}", "")
            assert fund.ask("GET", path).status_code == 403, operation.id


def test_a_stranger_finds_nothing(counter: Counter, place: str) -> None:
    weihai = "weihai-later-years-2020"
    seat = a_seat(counter, "pool", "91440000ROOMCITY01", "city_fund", weihai)
    assert seat.get("/v1/cases")["items"] == []
    gone = seat.ask("GET", "/v1/claims/cl_" + "a" * 26 + "/room")
    for caller in (seat, counter.caller["other"], counter.caller["firm"]):
        for path in ("room", "timeline", "signatures", "dissents", "appeals"):
            answer = caller.ask("GET", f"{place}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-claim")
        sent = {"grounds": GROUNDS}
        assert caller.ask("POST", f"{place}/appeals", sent).status_code == 404
    assert gone.json() == seat.ask("GET", f"{place}/room").json()


def test_a_seat_signs_for_itself_alone(counter: Counter, place: str, fund: Caller) -> None:
    settlement = fund.get(f"{place}/room")["settlement"]
    read = {name: settlement[name] for name in ("sequence", "sha256")}
    other = fund.ask("POST", f"{place}/signatures", {"party": "appraiser", "name": NAME, **read})
    assert (other.status_code, other.json()["code"]) == (403, "not-your-share")
    assert signed(fund, place, "fund")["sha256"] == settlement["sha256"]
    again = fund.ask("POST", f"{place}/signatures", {"party": "fund", "name": NAME, **read})
    assert (again.status_code, again.json()["code"]) == (409, "signed-twice")
    assert signed(counter.caller["bank"], place, "bank")["party"] == "bank"


def test_a_seat_dissents_for_itself_alone(counter: Counter, place: str, fund: Caller) -> None:
    said = {"sequence": 1, "reason": "评估值已失效 lapsed", "name": NAME}
    for party in ("appraiser", "bank", "insurer", "nobody"):
        refused = fund.ask("POST", f"{place}/dissents", {**said, "party": party})
        assert (refused.status_code, refused.json()["code"]) == (403, "not-your-share")
        settlement = fund.get(f"{place}/room")["settlement"]
        read = {name: settlement[name] for name in ("sequence", "sha256")}
        sent = {"party": party, "name": NAME, **read}
        assert fund.ask("POST", f"{place}/signatures", sent).status_code == 403
    assert fund.get(f"{place}/dissents")["items"] == []
    assert fund.get(f"{place}/signatures")["items"] == []
    assert fund.post(f"{place}/dissents", {**said, "party": "fund"})["party"] == "fund"
    bank = counter.caller["bank"].ask("POST", f"{place}/dissents", {**said, "party": "fund"})
    assert (bank.status_code, bank.json()["code"]) == (403, "not-your-share")


def test_what_a_seat_does_not_see(counter: Counter) -> None:
    """Bids, buyers, reserve prices and expenses never; values where it answers for none never."""
    counter.a_pool()
    policy = counter.a_policy()
    claim = dict(claimed(counter, policy))["reopen_claim"]
    walk_disposals(counter, claim["id"])
    pool = a_seat(counter, "pool", "91440000ROOMFUND02", "fund")
    valuer = a_seat(counter, "appraiser", "91440000ROOMVALU02", "appraiser")
    place = f"/v1/claims/{claim['id']}"
    kinds = {
        name: {one["kind"] for one in caller.get(f"{place}/timeline")["happened"]}
        for name, caller in {"pool": pool, "valuer": valuer, **counter.caller}.items()
        if name in ("pool", "valuer", "bank", "adjuster")
    }
    owners = {"lot_bid", "disposal_expense"}
    assert owners | {"lot_valued"} <= kinds["bank"] & kinds["adjuster"]
    assert not kinds["pool"] & (owners | {"lot_valued"})
    assert not kinds["valuer"] & owners
    assert "lot_valued" in kinds["valuer"]
    assert {"lot_awarded", "lot_paid", "recovered"} <= kinds["pool"] & kinds["valuer"]
    for caller in (pool, valuer):
        text = caller.ask("GET", f"{place}/timeline").text + caller.ask("GET", f"{place}/room").text
        for hidden in ("reserve price", "保留价", "bidder", "deposit", "buyer"):
            assert hidden not in text.replace("the buyer is silent", ""), hidden
    sold = [one["price"] for one in pool.get(f"{place}/room")["rights"]]
    assert sold
    assert all(sold)
    assert sold == [one["price"] for one in valuer.get(f"{place}/room")["rights"]]
    assert not [one for one in pool.get(f"{place}/room")["rights"] if one["valuations"]]
    assert all(one["valuations"] for one in valuer.get(f"{place}/room")["rights"])

"""Recourse, disposals and recoveries over HTTP: the course, who sees what, what is refused."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from builders import cny
from callers import OPERATIONS, Counter
from course_claim import course

from claims.disposal.audit import verify_recoveries
from kernel.db.engine import read
from kernel.db.verify import verify_journal

MINE = {
    *("take_over_claim", "read_subrogation", "note_pledgee", "correct_recovery"),
    *("list_recovery_editions", "pay_recovery", "read_recovery_statement"),
    *("issue_recovery_statement", "list_recovery_experience", "open_disposal"),
    *("list_disposals", "read_disposal", "note_expense", "close_disposal", "value_lot"),
    *("offer_lot", "bid_on_lot", "award_lot", "default_award", "sell_lot", "license_lot"),
    *("receive_proceeds", "close_lot"),
}


def _course_of_disposals() -> Any:
    """Import the course by its path, where the folder's conftest does not lend it yet."""
    name = "course_disposals"
    if name not in sys.modules:
        spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


Walked = tuple[Counter, str, Any]
"""A house, a claim whose securities were sold and licensed to the last cent, its disposal."""


def test_a_disposal_from_first_to_last(counter: Counter) -> None:
    """The course is long: it is walked once, and everything is asked of it."""
    claim = dict(course(counter))["reopen_claim"]
    ended = _course_of_disposals().walk_disposals(counter, claim["id"])
    walked = (counter, claim["id"], ended)
    for asks in (
        _the_course_asks_every_operation,
        _the_course_adds_up,
        _the_trail_reads_as_a_story,
        _experience_says_nothing_of_the_debtor,
        _a_bank_sees_its_own_and_no_bidder,
        _editions_tell_what_changed,
        _the_statement_of_one_party_and_period,
    ):
        asks(walked)


def _the_course_asks_every_operation(walked: Walked) -> None:
    counter, _, _ = walked
    asked = {counter.operation(method, path.split("?")[0]) for method, path, *_ in counter.heard}
    assert asked >= MINE
    assert {one.id for one in OPERATIONS} >= MINE


def _the_course_adds_up(walked: Walked) -> None:
    """210,000 kept, 200,000 paid, three fees of 30,000; counsel capped at a tenth of value."""
    counter, claim_id, ended = walked
    assert (ended["state"], ended["fetched"], ended["spent"]) == (
        "closed", cny("500000.00"), cny("360000.00"),
    )  # fmt: skip
    assert ended["expenses"][0]["why_not_more"] == "counsel: at most 1/10 of the valuation"
    assert [lot["state"] for lot in ended["lots"]] == ["closed", "closed"]
    awards = ended["lots"][0]["awards"]
    assert [(one["way"], one["state"]) for one in awards] == [
        ("auction", "defaulted"), ("agreed_sale", "paid"),
    ]  # fmt: skip
    assert read(counter.engine, verify_recoveries) == ()
    assert read(counter.engine, verify_journal) == ()
    place = f"/v1/claims/{claim_id}"
    statement = counter.caller["adjuster"].get(f"{place}/recovery-statement")
    due = sum(float(one["due"]["amount"]) for one in statement["payees"])
    assert due == pytest.approx(100_001 - 10_001 + 500_000 + 1_000 - 360_000)
    assert all(one["to_give"] == cny("0.00") for one in statement["payees"])


def _the_trail_reads_as_a_story(walked: Walked) -> None:
    counter, claim_id, _ = walked
    events = counter.caller["adjuster"].get(f"/v1/claims/{claim_id}/events")["items"]
    kinds = [event["kind"] for event in events]
    after = kinds[kinds.index("taken_over") :]
    assert after[:6] == [
        "taken_over", "pledgee_noted", "disposal_opened", "lot_valued", "lot_valued", "lot_listed",
    ]  # fmt: skip
    assert "recoveries_replayed" in after
    assert after[-1] == "closed"


def _experience_says_nothing_of_the_debtor(walked: Walked) -> None:
    counter, *_ = walked
    answer = counter.caller["underwriter"].ask("GET", "/v1/experience/recoveries")
    items = answer.json()["items"]
    assert [(one["right_kind"], one["way"], one["price_ratio"]) for one in items] == [
        ("invention", "agreed_sale", "41/300"), ("utility_model", "licence", "91/600"),
    ]  # fmt: skip
    for word in ("示范", "ZL2020", "cl_", "9144"):
        assert word not in answer.text
    assert counter.caller["bank"].ask("GET", "/v1/experience/recoveries").status_code == 403


def _a_bank_sees_its_own_and_no_bidder(walked: Walked) -> None:
    counter, claim_id, ended = walked
    seen = counter.caller["bank"].get(f"/v1/disposals/{ended['id']}")
    (listing,) = seen["lots"][0]["listings"]
    assert listing["bids"][0]["bidder"] is None
    assert {award["buyer"] for award in seen["lots"][0]["awards"]} == {None}
    for path in (
        f"/v1/disposals/{ended['id']}", f"/v1/claims/{claim_id}/disposals",
        f"/v1/claims/{claim_id}/subrogation", f"/v1/claims/{claim_id}/recovery-statement",
    ):  # fmt: skip
        assert counter.caller["bank"].ask("GET", path).status_code == 200
        assert counter.caller["other"].ask("GET", path).status_code == 404
    nobody = "/v1/disposals/di_aaaaaaaaaaaaaaaaaaaaaaaaaa"
    missing = counter.caller["other"].ask("GET", nobody).json()
    hidden = counter.caller["other"].ask("GET", f"/v1/disposals/{ended['id']}").json()
    assert (missing["code"], missing["detail"]) == (hidden["code"], hidden["detail"])


def _editions_tell_what_changed(walked: Walked) -> None:
    counter, claim_id, _ = walked
    adjuster = counter.caller["adjuster"]
    recoveries = adjuster.get(f"/v1/claims/{claim_id}/recoveries")["items"]
    deposit = next(one for one in recoveries if one["reference"] == "DEP-1")
    first, second = adjuster.get(f"/v1/recoveries/{deposit['id']}/editions")["items"]
    assert (first["net"], second["net"]) == (cny("210000.00"), cny("0.00"))
    assert second["carried"] == cny("360000.00")
    assert "came in" in second["why"]


def _the_statement_of_one_party_and_period(walked: Walked) -> None:
    counter, claim_id, _ = walked
    place = f"/v1/claims/{claim_id}/recovery-statement"
    asked = {"from": "2026-09-01", "to": "2026-12-31", "party": "fund"}
    (fund,) = counter.caller["bank"].get(place, **asked)["payees"]
    assert fund["payee"] == "fund"
    references = [one["reference"] for one in fund["movements"]]
    assert references == ["SALE-1", "FIRST-fund", "DEP-1", "SALE-2"]
    nobody = counter.caller["bank"].ask("GET", place, params={"party": "nope"})
    (fault,) = nobody.json()["errors"]
    assert (nobody.status_code, fault["field"]) == (422, "party")
    assert "fund" in fault["cure"]
    adjuster = counter.caller["adjuster"]
    turned = {"from": "2026-09-02", "to": "2026-09-01"}
    read = adjuster.ask("GET", place, params=turned)
    issued = adjuster.ask("POST", place, {"opens_on": "2026-09-02", "closes_on": "2026-09-01"})
    for answer, field in ((read, "from"), (issued, "closes_on")):
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert adjuster.get(place, **{**turned, "from": "2026-09-01"})["opens_on"] == "2026-09-01"


OFFER = {
    "venue": "v", "opens_at": "2026-09-30T00:00:00Z", "closes_at": "2026-10-01T00:00:00Z",
    "reserve": cny("1.00"), "deposit": cny("0.10"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sent", "field", "cure"),
    [
        ("listings", {**OFFER, "opens_at": "2026-10-02T00:00:00Z"}, "closes_at", "after opens_at"),
        ("listings", {**OFFER, "opens_at": "x"}, "opens_at", "2026-03-02T02:00:00Z"),
        ("listings", {**OFFER, "opens_at": "2026-09-30T00:00:00"}, "opens_at", "Z"),
        ("listings", {**OFFER, "opens_at": 1}, "opens_at", "2026-03-02T02:00:00Z"),
        ("proceeds", {"reference": "A", "value_date": "2026-09-01", "gross": cny("1.00"),
                      "period_from": "2026-09-01"}, "period_to", "both"),
        ("valuations", {"appraiser": "x", "method": "guess", "valued_on": "2026-09-01",
                        "amount": cny("1.00")}, "method", "so"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_is_refused(
    counter: Counter, path: str, sent: Any, field: str, cure: str
) -> None:
    place = f"/v1/lots/lo_aaaaaaaaaaaaaaaaaaaaaaaaaa/{path}"
    answer = counter.caller["adjuster"].ask("POST", place, sent)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["field"] == field
    assert cure in fault["cure"]
    assert counter.caller["bank"].ask("POST", place, sent).status_code == 403

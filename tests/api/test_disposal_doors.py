"""Every door of recourse and disposal: closed to whom it is not for, and to ids of nothing."""

from typing import Any

import pytest
from builders import cny
from callers import Counter

NO = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
CLAIM, LOT, DISPOSAL = f"/v1/claims/cl_{NO}", f"/v1/lots/lo_{NO}", f"/v1/disposals/di_{NO}"
RECOVERY = f"/v1/recoveries/rc_{NO}"
DAY = "2026-09-01"
SALE = {"buyer": "示范买受人", "price": cny("1.00"), "until": "2026-12-01"}
ACTS: tuple[tuple[str, Any, str], ...] = (
    (f"{CLAIM}/subrogation", {"received": cny("0.00")}, "claim"),
    (f"{CLAIM}/pledgee", {"reference": "R1", "registered_on": DAY}, "claim"),
    (f"{CLAIM}/disposals", {}, "claim"),
    (
        f"{CLAIM}/recovery-payments",
        {
            "payee": "fund", "way": "out", "amount": cny("1.00"), "paid_on": DAY,
            "reference": "P1",
        },
        "claim",
    ),
    (f"{CLAIM}/recovery-statement", {"opens_on": DAY, "closes_on": DAY}, "claim"),
    (f"{RECOVERY}/correction", {"reason": "wrong", "costs": cny("1.00")}, "recovery"),
    (
        f"{DISPOSAL}/expenses",
        {"kind": "counsel", "reference": "B1", "value_date": DAY, "amount": cny("1.00")},
        "disposal",
    ),
    (f"{DISPOSAL}/closing", {"reason": "done"}, "disposal"),
    (
        f"{LOT}/valuations",
        {"appraiser": "示范评估", "method": "cost", "valued_on": DAY, "amount": cny("1.00")},
        "lot",
    ),
    (
        f"{LOT}/listings",
        {
            "venue": "v", "opens_at": "2026-10-01T00:00:00Z", "closes_at": "2026-10-02T00:00:00Z",
            "reserve": cny("10.00"), "deposit": cny("1.00"),
        },
        "lot",
    ),
    (
        f"{LOT}/bids",
        {
            "bidder": "甲", "amount": cny("1.00"), "at": "2026-10-01T01:00:00Z",
            "deposit_paid": True,
        },
        "lot",
    ),
    (f"{LOT}/award", None, "lot"),
    (f"{LOT}/default", {"reason": "silent", "reference": "D1", "value_date": DAY}, "lot"),
    (f"{LOT}/sale", SALE, "lot"),
    (f"{LOT}/licence", SALE, "lot"),
    (f"{LOT}/proceeds", {"reference": "S1", "value_date": DAY, "gross": cny("1.00")}, "lot"),
    (f"{LOT}/closing", {"reason": "done"}, "lot"),
)  # fmt: skip
READS = (
    (f"{CLAIM}/subrogation", "claim"),
    (f"{CLAIM}/disposals", "claim"),
    (f"{CLAIM}/recovery-statement", "claim"),
    (f"{RECOVERY}/editions", "recovery"),
    (DISPOSAL, "disposal"),
)


def test_acts_are_the_adjusters_alone_and_name_what_is_not_there(counter: Counter) -> None:
    for path, sent, kind in ACTS:
        for role in ("bank", "firm", "underwriter"):
            assert counter.caller[role].ask("POST", path, sent).status_code == 403, (role, path)
        answer = counter.caller["adjuster"].ask("POST", path, sent)
        assert (answer.status_code, answer.json()["code"]) == (404, f"no-such-{kind}"), path
        assert counter.caller["nobody"].ask("POST", path, sent).status_code == 401


def test_reading_what_is_not_there_says_so_to_all(counter: Counter) -> None:
    for path, kind in READS:
        for role in ("bank", "firm", "adjuster"):
            answer = counter.caller[role].ask("GET", path)
            assert (answer.status_code, answer.json()["code"]) == (404, f"no-such-{kind}")


def test_a_house_without_disposals_has_no_experience(counter: Counter) -> None:
    for role in ("adjuster", "underwriter"):
        assert counter.caller[role].get("/v1/experience/recoveries")["items"] == []
    assert counter.caller["firm"].ask("GET", "/v1/experience/recoveries").status_code == 403


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("subrogation", {"received": cny("0.00"), "liable": [{"role": "friend", "name": "x"}]},
         "liable"),
        ("subrogation", {"received": cny("0.00"),
                         "liable": [{"role": "supplier", "name": "x", "share": "3/2"}]}, "share"),
        ("recovery-payments", {"payee": "fund", "way": "in", "amount": cny("1.00"),
                               "paid_on": DAY, "reference": "P"}, "way"),
        ("disposals", {"lots": [{"number": "A"}]}, "kind"),
    ],
)  # fmt: skip
def test_a_form_names_the_field_that_is_wrong(
    counter: Counter, path: str, sent: Any, field: str
) -> None:
    answer = counter.caller["adjuster"].ask("POST", f"{CLAIM}/{path}", sent)
    assert answer.status_code == 422
    assert any(field in error["field"] for error in answer.json()["errors"])

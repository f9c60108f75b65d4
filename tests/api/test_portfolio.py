"""What is held together, over HTTP: means, limits, accumulations, referral packs."""

from typing import Any

import pytest
from callers import Counter

from underwriting.portfolio.keys import Dimension

MEANS = {
    "currency": "EUR",
    "as_of": "2024-12-31",
    "source": "偿付能力报告 2025",
    "net_assets": "1000000000.00",
    "capital_and_reserves": "800000000.00",
    "retained_premium": "500000000.00",
    "retained_guarantee": "2000000000.00",
    "retained_financing": "1500000000.00",
    "small_business_share": "1/5",
    "core_solvency": "1.5",
    "comprehensive_solvency": "2.31",
}
HOLDER = "91442000MA4EXAMPL1"


def state(counter: Counter, **changes: Any) -> Any:
    return counter.caller["underwriter"].post("/v1/means", MEANS | changes)


def limits(counter: Counter, **params: Any) -> tuple[dict[tuple[str, str | None], Any], Any]:
    answer = counter.caller["adjuster"].get("/v1/limits", **params)
    return {(row["code"], row["dimension"]): row for row in answer["items"]}, answer


def test_means_are_stated_and_read(counter: Counter) -> None:
    made = state(counter)
    (read,) = (
        row
        for row in counter.caller["adjuster"].get("/v1/means")["items"]
        if row["id"] == made["id"]
    )
    assert read == made
    assert (read["net_assets"], read["comprehensive_solvency"]) == ("1000000000.00", "231/100")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"core_solvency": "150"}, "core_solvency"),
        ({"core_solvency": 1.5}, "core_solvency"),
        ({"net_assets": "-1.00"}, "net_assets"),
        ({"net_assets": "1.005"}, "net_assets"),
        ({"currency": "XXX"}, "currency"),
        ({"as_of": "2025-03-31"}, "as_of"),
        ({"small_business_share": "3/2"}, "small_business_share"),
        ({"retained_financing": "2000000000.01"}, "retained_financing"),
        ({"currency": "JPY", "net_assets": "1.50"}, "net_assets"),
    ],
)
def test_means_that_make_no_sense_are_refused(
    counter: Counter, changes: dict[str, Any], field: str
) -> None:
    answer = counter.caller["underwriter"].ask("POST", "/v1/means", MEANS | changes)
    assert answer.status_code == 422, answer.text
    assert field in {error["field"] for error in answer.json()["errors"]}


def test_a_quarter_is_stated_once(counter: Counter) -> None:
    state(counter)
    answer = counter.caller["underwriter"].ask("POST", "/v1/means", MEANS | {"source": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "means-twice")


def test_limits_show_what_is_left(counter: Counter) -> None:
    state(counter)
    rows, answer = limits(counter, currency="EUR")
    total = rows["guarantee-total", None]
    assert (total["limit"], total["used"], total["left"]) == (
        "10000000000.00", "2000000000.00", "8000000000.00",
    )  # fmt: skip
    assert rows["financing-total", None]["unverified"]
    assert {gate["code"]: gate["kept"] for gate in answer["gates"]} == {
        "core-solvency": True,
        "comprehensive-solvency": True,
    }
    assert (answer["findings"], answer["means_as_of"]) == ([], "2024-12-31")
    assert {row["dimension"] for row in answer["items"] if row["kind"] == "house"} == set(Dimension)


def test_limits_without_means_say_so(counter: Counter) -> None:
    _, answer = limits(counter, currency="SGD")
    assert [found["code"] for found in answer["findings"]] == ["means-not-stated"]
    assert {row["kind"] for row in answer["items"]} == {"house"}
    assert {gate["kept"] for gate in answer["gates"]} == {None}


def test_a_bound_policy_is_seen_under_its_keys(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    house = counter.caller["adjuster"]
    (row,) = house.get("/v1/accumulations", dimension="obligor")["items"]
    assert (row["name"], row["policies"]) == (HOLDER, 1)
    assert row["words"].startswith(f"one event on obligor {HOLDER} hits 1 policy, CNY ")
    (counted,) = house.get(f"/v1/accumulations/obligor/{HOLDER}")["items"]
    assert counted["policy_id"] == policy["id"]
    assert counted["amount"] == row["amount"]
    for dimension in ("right_holder", "family"):
        (one,) = house.get("/v1/accumulations", dimension=dimension)["items"]
        assert house.get(f"/v1/accumulations/{dimension}/{one['name']}")["items"] == [counted]
    rows, _ = limits(counter)
    assert rows["accumulation-obligor", "obligor"]["name"] == HOLDER


def test_a_name_may_hold_a_slash_and_one_that_nobody_has_is_an_empty_list(counter: Counter) -> None:
    house = counter.caller["adjuster"]
    for name in ("ETSI/TS 38.211", "ETSI%2FTS%2038.211", "无此标准"):
        assert house.get(f"/v1/accumulations/standard/{name}")["items"] == []


@pytest.mark.parametrize("path", ["/v1/accumulations", "/v1/accumulations?dimension=weather"])
def test_a_dimension_is_named(counter: Counter, path: str) -> None:
    answer = counter.caller["adjuster"].ask("GET", path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "dimension"


def test_a_referral_pack_tells_a_person_all(counter: Counter) -> None:
    counter.a_pool()
    first = counter.a_quote()
    second = counter.a_quote()
    pack = counter.caller["underwriter"].get(f"/v1/quotes/{second['id']}/referral")
    assert pack["quote_id"] == second["id"]
    assert [other["id"] for other in pack["others"]] == [first["id"]]
    amount = next(row for row in pack["authority"]["reasons"] if row["axis"] == "amount")
    assert "CNY 6,000,000.00" in amount["words"], "two open quotes of three million are six"
    assert pack["price"]["lines"]
    assert pack["headroom"]
    assert len(pack["look_at"]) > len(pack["refers"])


@pytest.mark.parametrize(
    "path",
    ["/v1/means", "/v1/limits", "/v1/accumulations?dimension=bank", "/v1/accumulations/bank/x"],
)
def test_a_bank_sees_nothing_of_it(counter: Counter, path: str) -> None:
    assert counter.caller["bank"].ask("GET", path).status_code == 403

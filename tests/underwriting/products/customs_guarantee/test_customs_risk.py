"""The form: what it takes, what it refuses, and what it says of itself."""

from typing import Any

import pytest
from customs_proposals import RIGHT, checked, customs_json, customs_risk
from proposals import cny
from pydantic import ValidationError

from underwriting.portfolio.keys import Dimension
from underwriting.products.customs_guarantee.use import Use


def refused(**parts: Any) -> str:
    with pytest.raises(ValidationError) as found:
        customs_risk(**parts)
    return str(found.value)


def test_a_revolving_letter_states_how_many_declarations() -> None:
    problem = "declarations_per_month"
    assert problem in refused(use={"declarations_per_month": None})
    assert problem in refused(use={"mode": "single"})
    assert customs_risk(use={"mode": "single", "declarations_per_month": None}).use.turnover == 1


@pytest.mark.parametrize(
    "days",
    [
        {"usable_until": "2025-03-09"},
        {"claim_until": "2026-03-08"},
        {"usable_until": "2028-03-13", "claim_until": "2029-01-01"},
    ],
)
def test_days_are_in_order_and_no_slip(days: dict[str, str]) -> None:
    assert "out of order" in refused(use=days) or "three years" in refused(use=days)


def test_one_currency_throughout() -> None:
    foreign = {"amount": "10.00", "currency": "USD"}
    for parts in (
        {"goods": [[{"value": foreign}]]},
        {"right": {"appraised": foreign}},
        {"right": {"ahead": foreign}},
        {"arrears": {"amount": foreign}},
        {"subsidy": {"payer": "Sichuan", "share": "1/2", "cap": foreign}},
    ):
        assert "mixes currencies" in refused(**parts)
    assert "cover of nothing" in refused(cover={"amount": cny("0.00")})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duty_rate", "-0.1"),
        ("duty_rate", "100"),
        ("duty_rate", "0.1234567"),
        ("consumption_rate", "1"),
        ("consumption_rate", "5/4"),
        ("vat_rate", "1.01"),
        ("hs", "8542"),
        ("origin", "Korea"),
        ("quantity", "1e6"),
        ("duty_per_unit", "1,50"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(field: str, value: str) -> None:
    assert field in refused(goods=[[{field: value}]])


def test_an_anti_dumping_rate_may_pass_one() -> None:
    (line,) = customs_risk(goods=[[{"anti_dumping_rate": "2.187", "vat_rate": "0"}]]).goods
    assert line.highest.total == 4_374_000_00


def test_both_kinds_of_district_are_beneficiaries_each_once() -> None:
    home = {"code": "7900", "name": "A"}
    airport = {"code": "7901", "name": "B"}
    for declared, codes in (
        ([airport], ["7900", "7901"]),
        ([home], ["7900"]),
        ([airport, home, airport], ["7900", "7901"]),
    ):
        use: Use = customs_risk(use={"registered": home, "declared": declared}).use
        assert [one.code for one in use.beneficiaries] == codes
    assert "declared" in refused(use={"declared": []})


def test_what_outranks_us_is_summed() -> None:
    pledged = [{**RIGHT, "number": str(n), "ahead": cny(f"{n}00.00")} for n in (1, 2)]
    assert (
        checked({**customs_json(arrears={"amount": cny("5.00")}), "rights": pledged}).outranking
        == 305_00
    )
    assert customs_risk(arrears=None).outranking == 0


def test_what_the_books_are_asked() -> None:
    asked = customs_risk().asked()
    assert (asked.obligor_id, asked.scheme) == ("91510100MA6EXAMPL1", "own-account")
    assert asked.amount.text == "3000000.00"
    assert {key.dimension for key in asked.keys} >= {
        Dimension.OBLIGOR, Dimension.GROUP, Dimension.FAMILY, Dimension.RIGHT_HOLDER,
    }  # fmt: skip


def test_there_is_a_line_and_it_has_a_reading() -> None:
    assert "alternatives" in refused(goods=[[]])
    with pytest.raises(ValidationError, match="goods"):
        checked({**customs_json(), "goods": []})

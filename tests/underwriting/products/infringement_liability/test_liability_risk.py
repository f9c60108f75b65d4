"""The form of infringement liability: what it takes and what it refuses."""

from typing import Any

import pytest
from liability_cases import SAMPLE, checked, proposal, yuan
from pydantic import ValidationError

from kernel.money import Money
from underwriting.portfolio.keys import Dimension


def refused(match: str, **parts: Any) -> None:
    with pytest.raises(ValidationError, match=match):
        checked(proposal(**parts))


def test_one_currency_for_every_amount() -> None:
    refused("mixes currencies", retention={"amount": "1.00", "currency": "USD"})
    refused("mixes currencies", npe_sublimit={"amount": "1.00", "currency": "USD"})
    refused("mixes currencies", stage_caps={"appeal": {"amount": "1.00", "currency": "USD"}})


@pytest.mark.parametrize(
    ("match", "parts"),
    [
        ("limit above 0", {"limit": yuan(0)}),
        ("limit above 0", {"limit": yuan(3_000_000)}),
        ("no sales at the courts", {"courts": ["JP"]}),
        ("no sales at the courts", {"sales": {"CN": 0.0}}),
        ("retroactive date after", {"retroactive_date": "2025-03-11"}),
        ("names one jurisdiction twice", {"courts": ["CN", "CN"]}),
        ("lower copay for own counsel", {"copay_off_panel": "5/100"}),
        ("one product code twice", {"products": [SAMPLE["products"][0]] * 2}),
        ("greater than or equal to 12", {"months": 11}),
        ("less than or equal to 36", {"months": 37}),
        ("fairs of one", {"exhibition": {
            "fairs": [{"court": "DE", "count": 1}] * 2, "sublimit": yuan(5000)}}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(match: str, parts: dict[str, Any]) -> None:
    refused(match, **parts)


def test_sales_of_one_court_are_stated_once() -> None:
    twice = {**SAMPLE["products"][0], "sales": [SAMPLE["products"][0]["sales"][0]] * 2}
    refused("one jurisdiction twice", products=[twice])


def test_the_most_payable_doubles_where_defence_is_outside() -> None:
    assert checked(SAMPLE).most_payable == Money.of("2000000.00", "CNY")
    assert checked(proposal(defence="outside")).most_payable == Money.of("4000000.00", "CNY")


def test_the_books_are_asked_under_firm_product_standard_and_field() -> None:
    product = {**SAMPLE["products"][0], "standards": ["IEEE 802.11", "HEVC"]}
    insured = {"name": "子公司", "register_id": "91320200MA1EXAMPL8"}
    asked = checked(proposal(products=[product], insured=insured)).asked()
    assert asked.obligor_id == "91320200MA1EXAMPL8"
    assert {(key.dimension, key.name) for key in asked.keys} == {
        (Dimension.OBLIGOR, "91320200MA1EXAMPL8"),
        (Dimension.ACCUSED_PRODUCT, "91320200MA1EXAMPL8:WM-8"),
        (Dimension.STANDARD, "HEVC"),
        (Dimension.STANDARD, "IEEE 802.11"),
        (Dimension.TECHNOLOGY, "mechanical"),
    }

"""The referral pack builds itself from a stored receipt."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from proposals import a_risk, cny, some_exposures, some_inputs, yuan

from kernel.canonical import canonical_json
from kernel.money import Money
from underwriting.portfolio.exposures import Held
from underwriting.portfolio.keys import Dimension, Key
from underwriting.products import product
from underwriting.receipt import price
from underwriting.rules.authority import needed
from underwriting.rules.referral import (
    STOPS,
    Other,
    case_of,
    grade_in,
    is_near,
    months_of,
    referral,
    stops,
)

OBLIGOR = Key(Dimension.OBLIGOR, "91442000MA4EXAMPL1")
OTHER = Other(
    "policy", "po_x", "PG-1", "pledge_guarantee", "bound", yuan("18000000.00"), date(2026, 1, 1)
)


def a_receipt(held: str = "18000000.00", **parts: Any) -> dict[str, Any]:
    """A receipt of a guarantee for a firm that has much in force."""
    sums = {OBLIGOR: Held(yuan(held).minor, 2)}
    inputs = some_inputs(a_risk(**parts), exposures=replace(some_exposures(), held=sums))
    stored: dict[str, Any] = json.loads(price(product("pledge_guarantee"), inputs).receipt)
    return stored


def a_pack(receipt: dict[str, Any], total: str = "21000000.00") -> dict[str, Any]:
    case = case_of(receipt, total=yuan(total), deviation=Fraction(-1, 20))
    technical = Money.of(receipt["premium"]["total"]["amount"], "CNY")
    return referral(
        receipt, technical=technical, offered=technical, others=(OTHER,), need=needed(case)
    )


def test_the_case_is_read_from_the_receipt() -> None:
    case = case_of(a_receipt(), total=yuan("21000000.00"), deviation=Fraction(0))
    assert (case.product, case.grade, case.term_months) == ("pledge_guarantee", "BB", 12)
    assert "accumulation-limit" in case.codes
    assert set(case.codes) == set(stops(a_receipt()))


def test_the_pack_holds_all_that_a_person_needs() -> None:
    receipt = a_receipt()
    pack = a_pack(receipt)
    assert pack["decision"] == "referred"
    assert {row["effect"] for row in pack["refers"]} <= STOPS
    assert len(pack["refers"]) + len(pack["informs"]) == len(receipt["findings"])
    assert pack["price"]["lines"] == receipt["premium"]["lines"]
    assert pack["price"]["drivers"] == receipt["loss"]["drivers"]
    assert pack["headroom"] == receipt["headroom"]
    assert "accumulation-obligor" in pack["near"]
    assert "guarantee-total" not in pack["near"]
    assert pack["others"] == [OTHER.json()]
    assert pack["authority"]["level"] == "senior"
    canonical_json(pack)  # it is plain JSON, with no surprise in it


def test_what_to_look_at_names_each_referral_with_its_cure_and_then_who_decides() -> None:
    pack = a_pack(a_receipt())
    lines = pack["look_at"]
    for row, line in zip(pack["refers"], lines, strict=False):
        assert row["words"] in line
        assert row["cure"] in line
    assert lines[-1].endswith("level senior")


def test_a_clean_quote_refers_nothing() -> None:
    receipt = a_receipt(held="0", loan={"amount": cny("1000000.00")})
    pack = a_pack(receipt, total="1000000.00")
    assert (pack["decision"], pack["refers"]) == ("accepted", [])
    assert pack["authority"]["level"] == "underwriter", "five percent off the technical price"


def test_the_same_receipt_makes_the_same_pack() -> None:
    assert canonical_json(a_pack(a_receipt())) == canonical_json(a_pack(a_receipt()))


@pytest.mark.parametrize(
    ("risk", "grade"),
    [
        ({"product": "x", "importer": {"grade": "A", "credit": "ordinary"}}, "A"),
        ({"product": "x", "holder": {"name": "y"}}, None),
        ({"product": "x", "rights": [{"grade": "A"}]}, None),
    ],
)
def test_the_grade_is_that_of_whoever_is_graded(risk: dict[str, Any], grade: str | None) -> None:
    assert grade_in(risk) == grade


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-03-10", "2025-03-10", 1),
        ("2025-03-10", "2025-04-09", 1),
        ("2025-03-10", "2025-04-10", 2),
        ("2025-01-31", "2026-01-30", 12),
        ("2025-01-01", "2025-12-31", 12),
        ("2025-03-10", "2026-04-08", 13),
    ],
)
def test_begun_months_count_whole(start: str, end: str, months: int) -> None:
    assert months_of({"start": start, "end": end}) == months


@pytest.mark.parametrize(
    ("limit", "left", "near"),
    [
        ("100.00", "10.00", False),
        ("100.00", "9.99", True),
        ("100.00", "-1.00", True),
        (None, None, True),
        ("0.00", "0.00", False),
    ],
)
def test_nine_tenths_is_near(limit: str | None, left: str | None, near: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_near({"limit": limit, "left": left}) is near

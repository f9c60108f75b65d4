"""The order and the bounds of the law: which method holds, what is added, what is refused."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.loss.bounds import bounds_of, table
from claims.rules.loss.damages import chosen, damages
from claims.rules.loss.lost_profit import LostSales, lost_profit
from claims.rules.loss.royalty import royalty
from claims.rules.loss.statutory import statutory
from claims.rules.loss.unjust_gain import unjust_gain
from claims.rules.loss.worked import Worked
from kernel.errors import Invalid
from kernel.money import Money

NOW, BEFORE = date(2025, 5, 1), date(2020, 5, 1)


def loss_of(minor: int) -> Worked:
    return lost_profit(LostSales(units=Fraction(1), price=Fraction(minor), unit_cost=Fraction(0)))


def gain_of(minor: int) -> Worked:
    return unjust_gain(Fraction(minor), operating_margin=Fraction(1))


def fee_of(minor: int) -> Worked:
    return royalty(Fraction(minor), Fraction(1))


EVERY = {
    "lost_profit": loss_of(100_000_00),
    "unjust_gain": gain_of(150_000_00),
    "royalty": fee_of(900_000_00),
    "statutory": statutory("invention", NOW, middle=4_000_000_00),
}


@pytest.mark.parametrize(
    ("there", "holds"),
    [
        (("lost_profit", "unjust_gain", "royalty", "statutory"), "unjust_gain"),
        (("lost_profit", "royalty", "statutory"), "lost_profit"),
        (("royalty", "statutory"), "royalty"),
        (("statutory",), "statutory"),
    ],
)
def test_the_first_method_that_can_be_established_holds(there: tuple[str, ...], holds: str) -> None:
    law = bounds_of("invention", NOW)
    assert chosen({name: EVERY[name] for name in there}, law) == holds


@pytest.mark.parametrize(
    ("right", "on", "holds"),
    [
        ("invention", BEFORE, "lost_profit"),
        ("design", date(2021, 5, 31), "lost_profit"),
        ("utility_model", date(2021, 6, 1), "unjust_gain"),
        ("copyright", NOW, "unjust_gain"),
        ("trademark", NOW, "lost_profit"),
        ("gi", NOW, "lost_profit"),
    ],
)
def test_the_gain_stands_beside_the_loss_only_where_the_law_gives_a_choice(
    right: str, on: date, holds: str
) -> None:
    """Patents and copyright since June 2021; trademarks never (Trademark Law 2019, art. 63)."""
    assert damages(right, on, EVERY).method == holds
    without = {name: one for name, one in EVERY.items() if name != "lost_profit"}
    assert damages(right, on, without).method == "unjust_gain"


def test_nothing_worked_out_is_refused() -> None:
    with pytest.raises(Invalid, match="lost_profit, unjust_gain, royalty, statutory"):
        chosen({}, bounds_of("invention", NOW))


def test_wilful_and_serious_is_one_to_five_times_the_base() -> None:
    """By hand: 150,000.00 three times is 450,000.00, of which 300,000.00 punish; cost on top."""
    found = damages("invention", NOW, EVERY, multiple=Fraction(3), costs=20_000_00)
    assert (found.base, found.punitive, found.costs) == (150_000_00, 300_000_00, 20_000_00)
    assert found.compensation == 170_000_00
    assert found.total == 470_000_00
    assert found.law == "Patent Law (2020) art. 71"


@pytest.mark.parametrize("multiple", [Fraction(1, 2), Fraction(51, 10)])
def test_a_multiple_outside_the_law_is_refused(multiple: Fraction) -> None:
    with pytest.raises(Invalid, match="is not from 1 to 5"):
        damages("invention", NOW, EVERY, multiple=multiple)


def test_nothing_was_multiplied_under_the_law_before() -> None:
    with pytest.raises(Invalid, match=r"is not from 1 to 1 \(Patent Law \(2008\)"):
        damages("invention", BEFORE, EVERY, multiple=Fraction(2))


def test_statutory_damages_are_not_multiplied() -> None:
    alone = {"statutory": EVERY["statutory"]}
    assert damages("invention", NOW, alone).base == 4_000_000_00
    with pytest.raises(Invalid, match="are not multiplied"):
        damages("invention", NOW, alone, multiple=Fraction(2))


def test_what_cannot_be_worked_out_stands_beside_what_can() -> None:
    """(2018)最高法民再111号: computed for one part, by statute for the other, the sum is owed."""
    found = damages("utility_model", NOW, {"unjust_gain": gain_of(70)}, statutory_part=50_000_00)
    assert found.base == 50_000_70
    with pytest.raises(Invalid, match="cannot stand beside"):
        damages("utility_model", NOW, {"unjust_gain": gain_of(70)}, statutory_part=5_000_000_01)
    alone = {"statutory": EVERY["statutory"]}
    with pytest.raises(Invalid, match="cannot stand beside statutory"):
        damages("utility_model", NOW, alone, statutory_part=1)


@pytest.mark.parametrize(
    ("right", "on", "least", "most"),
    [
        ("invention", NOW, "30000.00", "5000000.00"),
        ("design", BEFORE, "10000.00", "1000000.00"),
        ("trademark", NOW, "0.00", "5000000.00"),
        ("copyright", NOW, "500.00", "5000000.00"),
    ],
)
def test_bounds_by_right_and_day(right: str, on: date, least: str, most: str) -> None:
    law = bounds_of(right, on)
    assert (Money(law.least, "CNY").text, Money(law.most, "CNY").text) == (least, most)


def test_a_right_without_statutory_damages_is_refused() -> None:
    with pytest.raises(Invalid, match="copyright, design"):
        bounds_of("ic_layout", NOW)
    with pytest.raises(Invalid):
        bounds_of("copyright", date(2015, 1, 1))


def test_every_row_says_where_it_stands() -> None:
    assert all(row.law and row.source and row.grade in "ABCK" for row in table())
    assert all(0 <= row.least < row.most for row in table())


def test_the_published_middle_of_2015_stays_within_the_bounds() -> None:
    """Means by kind in high technology: 250,000, 158,000, 104,000; a small one is lifted."""
    for right, middle in (("invention", 25), ("utility_model", 15.8), ("design", 10.4)):
        minor = round(middle * 10_000_00)
        assert statutory(right, NOW, middle=minor).minor == minor
    small = statutory("design", NOW, middle=34_000_00, weights={"scale": Fraction(1, 2)})
    assert small.step("weighed") == 17_000_00
    assert small.minor == 30_000_00


@given(
    st.integers(0, 10**11),
    st.lists(st.fractions(0, 5, max_denominator=50), max_size=3),
    st.sampled_from(["invention", "copyright", "trademark"]),
)
def test_no_weight_breaks_a_bound(middle: int, weights: list[Fraction], right: str) -> None:
    law = bounds_of(right, NOW)
    named = {f"w{place}": weight for place, weight in enumerate(weights)}
    worked = statutory(right, NOW, middle=middle, weights=named)
    assert law.least <= worked.minor <= law.most
    assert damages(right, NOW, {"statutory": worked}).base == worked.minor


def test_an_amount_that_no_court_could_set_is_refused() -> None:
    beyond = Worked("statutory", fee_of(5_000_000_01).steps, {})
    with pytest.raises(Invalid, match=r"is not from CNY 30,000.00 to CNY 5,000,000.00"):
        damages("invention", NOW, {"statutory": beyond})


@given(st.integers(0, 10**10), st.fractions(1, 5, max_denominator=20), st.integers(0, 10**8))
def test_base_and_punishment_add_up(minor: int, multiple: Fraction, costs: int) -> None:
    found = damages("invention", NOW, {"royalty": fee_of(minor)}, multiple=multiple, costs=costs)
    assert abs(found.total - costs - minor * multiple) <= Fraction(1, 2)
    assert found.punitive <= 4 * found.base


def test_the_bounds_stand_in_the_file() -> None:
    path = Path(__file__).parents[3] / "claims" / "rules" / "loss" / "bounds.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["bounds"]
    assert len(rows) == len(table())

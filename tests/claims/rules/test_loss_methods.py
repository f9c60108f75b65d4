"""Methods of loss against hand-worked examples, published figures and each other."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.loss import lost_profit as actual
from claims.rules.loss import royalty as licensed
from claims.rules.loss import unjust_gain as gained
from claims.rules.loss.lost_profit import LostSales, lost_profit
from claims.rules.loss.royalty import royalty
from claims.rules.loss.unjust_gain import unjust_gain
from kernel.errors import Invalid

MINOR = st.integers(0, 10**10)
PART = st.fractions(0, 1, max_denominator=1000)


def lost(**figures: int | str | Fraction) -> LostSales:
    return LostSales(**{name: Fraction(value) for name, value in figures.items()})


def test_sales_lost_at_the_margin_of_each_and_a_price_cut() -> None:
    """By hand: 1,200 x (350.00 - 210.50) x 0.6 = 100,440.00; 800 x 12.25 = 9,800.00."""
    worked = lost_profit(
        lost(units=1200, price=350_00, unit_cost=210_50, contribution="3/5",
             units_sold=800, price_cut=12_25)
    )  # fmt: skip
    assert worked.minor == 110_240_00
    assert worked.step("unit_profit") == 139_50
    assert worked.step("gross") == 167_400_00
    assert worked.step("attributed") == 100_440_00
    assert worked.step("erosion") == 9_800_00
    assert worked.steps[-1].value == worked.exact


def test_a_product_sold_at_a_loss_loses_no_profit() -> None:
    assert lost_profit(lost(units=100, price=10, unit_cost=12)).minor == 0


def test_rounding_comes_once_and_at_the_end() -> None:
    """1/3 of 1/3 of 10 fen is 1.11 fen; rounding on the way would make it 1, then 3 of them 3."""
    worked = lost_profit(lost(units=3, price="10/3", unit_cost=0, contribution="1/3"))
    assert worked.exact == Fraction(10, 3)
    assert worked.minor == 3
    third = unjust_gain(Fraction(10), operating_margin=Fraction(1, 3), contribution=Fraction(1, 2))
    assert (third.exact, third.minor) == (Fraction(5, 3), 2)


def test_a_lump_of_the_seller_stands_for_the_fee_of_a_licence() -> None:
    """Georgia-Pacific (S.D.N.Y. 1970): 50 dollars a thousand square feet came to some 800,000."""
    worked = royalty(Fraction(50_00, 1000), Fraction(15_899_000))
    assert worked.minor == 794_950_00
    assert round(Decimal(worked.minor) / 100, -5) == 800_000


def test_a_fee_by_the_year_times_a_multiple() -> None:
    """By hand: 120,000.00 a year for 2 1/2 years, twice: 600,000.00."""
    worked = royalty(Fraction(120_000_00), Fraction(5, 2), multiple=Fraction(2))
    assert worked.minor == 600_000_00
    assert worked.step("fee") == 300_000_00


def test_gain_is_sales_times_margin_times_contribution() -> None:
    """The formula of (2018)最高法民再111号, by hand: 20,000,000 x 15 % x 50 % = 1,500,000."""
    worked = unjust_gain(
        Fraction(20_000_000_00), operating_margin=Fraction(15, 100), contribution=Fraction(1, 2)
    )
    assert worked.minor == 1_500_000_00
    assert worked.step("profit") == 3_000_000_00


def test_who_lives_on_it_is_measured_by_the_margin_of_sales() -> None:
    margins = {"operating_margin": Fraction(1, 10), "sales_margin": Fraction(3, 10)}
    assert unjust_gain(Fraction(1000), **margins).minor == 100
    assert unjust_gain(Fraction(1000), **margins, lives_on_it=True).minor == 300
    with pytest.raises(Invalid, match="sales_margin: is missing"):
        unjust_gain(Fraction(1000), operating_margin=Fraction(1, 10), lives_on_it=True)


def test_the_courts_support_of_2015_as_a_part_of_the_claim() -> None:
    """54 cases of 2015: a mean claim of 950,981 and a mean award of 451,551, support 47.48 %."""
    support = Fraction(451_551, 950_981)
    assert round(float(support), 4) == 0.4748
    worked = unjust_gain(Fraction(950_981_00), operating_margin=Fraction(1), contribution=support)
    assert worked.minor == 451_551_00


@pytest.mark.parametrize(
    ("work", "field"),
    [
        (lambda: lost_profit(lost(units=-1, price=1, unit_cost=0)), "units"),
        (lambda: lost_profit(lost(units=1, price=1, unit_cost=0, contribution=2)), "contribution"),
        (lambda: lost_profit(lost(units=1, price=1, unit_cost=0, price_cut=-2)), "price_cut"),
        (lambda: unjust_gain(Fraction(-1), operating_margin=Fraction(1, 10)), "sales"),
        (lambda: unjust_gain(Fraction(1), operating_margin=Fraction(11, 10)), "margin"),
        (lambda: royalty(Fraction(-1), Fraction(1)), "rate"),
        (lambda: royalty(Fraction(1), Fraction(1), multiple=Fraction(1, 2)), "multiple"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_its_name(work: object, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        work()
    assert refused.value.faults[0].field == field


@given(MINOR, MINOR, MINOR, PART)
def test_lost_profit_never_exceeds_the_sales_lost(
    n: int, price: int, cost: int, part: Fraction
) -> None:
    worked = lost_profit(lost(units=n, price=price, unit_cost=cost, contribution=part))
    assert 0 <= worked.exact <= n * price
    assert abs(worked.minor - worked.exact) <= Fraction(1, 2)


@given(MINOR, PART, PART, PART)
def test_gain_of_the_parts_is_the_gain_of_the_whole(
    s: int, r: Fraction, k: Fraction, part: Fraction
) -> None:
    """Exact fractions: nothing is lost where sales are worked out in two parts."""
    whole = unjust_gain(Fraction(s), operating_margin=r, contribution=k).exact
    one = unjust_gain(s * part, operating_margin=r, contribution=k).exact
    rest = unjust_gain(s * (1 - part), operating_margin=r, contribution=k).exact
    assert one + rest == whole


def test_every_method_says_what_it_must_be_shown_by() -> None:
    for method in (actual, licensed, gained):
        assert len(method.EVIDENCE) >= 4
        assert all(any(ord(sign) > 0x4E00 for sign in words) for words in method.EVIDENCE.values())

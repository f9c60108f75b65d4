"""The offered price: its lines sum to it, tax is a part of it, the technical lines stand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposals import yuan

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.offered import Subsidy, deviation, offered
from underwriting.pricing.premium import Premium, build_up, payers_of
from underwriting.pricing.view import Margin, Peril

RATES = Loadings(
    expense=0.18, commission=0.07, profit=0.05, cost_of_capital=0.06, capital_quantile=0.995,
    tax=0.06,
)  # fmt: skip
SUBSIDY = ("district", Fraction(1, 2), yuan("8000.00"))


def technical(pure: float = 1e6, subsidy: Subsidy = None) -> Premium:
    perils = (Peril("default", "违约", "default", "b", pure),)
    total, lines = build_up(perils, Margin("wang", "b", 1e5), RATES, minimum=yuan("500.00"))
    return Premium(total, lines, payers_of(total, "示范公司", subsidy))


def test_the_technical_price_is_offered_as_it_stands() -> None:
    price = technical()
    assert offered(price, price.total, 0.06, subsidy=None) is price


@given(pure=st.floats(1e4, 1e9), minor=st.integers(1, 10**12))
def test_lines_and_payers_sum_to_what_is_offered(pure: float, minor: int) -> None:
    price, total = technical(pure), Money(minor, "CNY")
    made = offered(price, total, 0.06, subsidy=SUBSIDY)
    assert sum(line.amount.minor for line in made.lines) == minor
    assert sum(payer.amount.minor for payer in made.payers) == minor
    if total != price.total:
        net = minor - made.line("tax").minor
        assert abs(net * Fraction(106, 100) - minor) <= Fraction(106, 200)
        same = [line.code for line in made.lines if line.code not in ("tax", "deviation")]
        assert [made.line(code) for code in same] == [price.line(code) for code in same]


def test_the_deviation_is_net_of_tax() -> None:
    price = technical()
    made = offered(price, yuan("10600.00"), 0.06, subsidy=None)
    before = price.total - price.line("tax")
    assert made.line("deviation") == yuan("10000.00") - before
    assert made.line("tax") == yuan("600.00")


def test_the_subsidy_follows_the_offer_up_to_its_cap() -> None:
    made = offered(technical(subsidy=SUBSIDY), yuan("10000.00"), 0.06, subsidy=SUBSIDY)
    assert [payer.amount for payer in made.payers] == [yuan("5000.00"), yuan("5000.00")]
    made = offered(technical(subsidy=SUBSIDY), yuan("30000.00"), 0.06, subsidy=SUBSIDY)
    assert [payer.amount for payer in made.payers] == [yuan("8000.00"), yuan("22000.00")]


@pytest.mark.parametrize("total", [Money(0, "CNY"), Money(100, "USD")])
def test_no_offer_is_refused(total: Money) -> None:
    with pytest.raises(Invalid) as refused:
        offered(technical(), total, 0.06, subsidy=None)
    assert refused.value.faults[0].field == "premium"


def test_deviation_is_exact_and_signed() -> None:
    assert deviation(yuan("300.00"), yuan("100.00")) == Fraction(-2, 3)
    assert deviation(yuan("300.00"), yuan("400.00")) == Fraction(1, 3)

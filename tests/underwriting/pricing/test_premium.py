"""The door from floats to money: lines, minimum, tax, payers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from models.borrower.curve import DefaultCurve
from models.priors import load_priors
from underwriting.bookings import premium_moves
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.pricing.loadings import Loadings, risk_margin, technical_premium
from underwriting.pricing.premium import Line, Payer, Premium, build_up, payers_of
from underwriting.pricing.view import Experience, Margin, Peril

LOADINGS = Loadings(
    expense=0.18,
    commission=0.07,
    profit=0.05,
    cost_of_capital=0.06,
    capital_quantile=0.995,
    tax=0.06,
)
NOTHING = Money(0, "CNY")
AMOUNTS = st.floats(0, 1e13)
BORROWER = "示范机械有限公司"


def lines_for(
    pure: float, margin: float, minimum: Money, own: float = 1.0
) -> tuple[Money, tuple[Line, ...]]:
    """The lines of one peril."""
    peril = Peril("default", "违约", "default", "sum over the months", pure)
    charged = Margin("cost_of_capital", "by hand", margin)
    return build_up(
        (peril,), charged, LOADINGS, minimum=minimum, experience=Experience(own, "own years")
    )


def month(number: int, paid: int, given_back: int) -> MonthLoss:
    return MonthLoss(number, 0.002, paid, paid, given_back, 0.0)


def test_a_build_up_by_hand() -> None:
    """700.00 + 70.00 over 0.70 is 1100.00; expense 198, commission 77, profit 55; tax 66."""
    total, lines = lines_for(70000.0, 7000.0, NOTHING)
    assert [(line.code, line.amount.text) for line in lines] == [
        ("expected_loss_default", "700.00"),
        ("experience", "0.00"),
        ("risk_margin", "70.00"),
        ("expense", "198.00"),
        ("commission", "77.00"),
        ("profit", "55.00"),
        ("minimum", "0.00"),
        ("tax", "66.00"),
    ]
    assert total == Money.of("1166.00", "CNY")
    assert all(line.zh and line.en and line.basis for line in lines)


def test_own_experience_is_a_line_of_its_own() -> None:
    """700.00 x 0.8 is 140.00 less; 560.00 + 70.00 over 0.70 is 900.00."""
    total, lines = lines_for(70000.0, 7000.0, NOTHING, own=0.8)
    by_code = {line.code: line.amount.text for line in lines}
    assert by_code["experience"] == "-140.00"
    assert total == Money.of("954.00", "CNY")


def test_the_minimum_lifts_the_premium_before_tax() -> None:
    total, lines = lines_for(70.0, 7.0, Money.of("500.00", "CNY"))
    by_code = {line.code: line.amount.text for line in lines}
    assert (by_code["minimum"], by_code["tax"], total.text) == ("498.90", "30.00", "530.00")


@given(AMOUNTS, AMOUNTS, st.integers(0, 10**9))
def test_lines_are_the_whole_and_each_is_right_to_a_fen(
    pure: float, margin: float, minimum: int
) -> None:
    total, lines = lines_for(pure, margin, Money(minimum, "CNY"))
    technical = (pure + margin) / 0.7
    net = max(technical, minimum)
    exact = {
        "expected_loss_default": pure,
        "experience": 0.0,
        "risk_margin": margin,
        "expense": 0.18 * technical,
        "commission": 0.07 * technical,
        "profit": 0.05 * technical,
        "minimum": net - technical,
        "tax": 0.06 * net,
    }
    assert sum(line.amount.minor for line in lines) == total.minor
    for line in lines:
        assert line.amount.minor == pytest.approx(exact[line.code], abs=1.01, rel=1e-9)
    assert total.minor >= minimum * 1.06 - 1


@given(st.integers(0, 10**13), st.fractions(0, 1), st.none() | st.integers(0, 10**12))
def test_payers_are_the_whole_and_the_cap_holds(
    total: int, share: Fraction, cap: int | None
) -> None:
    limit = None if cap is None else Money(cap, "CNY")
    payers = payers_of(Money(total, "CNY"), BORROWER, ("示范市财政局", share, limit))
    public, private = (payer.amount.minor for payer in payers)
    assert public + private == total
    assert 0 <= public <= total
    assert cap is None or public <= cap
    if cap is None:
        assert abs(public - total * share) <= Fraction(1, 2)


def test_without_a_subsidy_the_borrower_pays() -> None:
    (payer,) = payers_of(Money(5, "CNY"), BORROWER, None)
    assert (payer.payer, payer.amount) == (BORROWER, Money(5, "CNY"))


@pytest.mark.parametrize("wrong", ["lines", "payers"])
def test_a_premium_that_does_not_add_up_is_impossible(wrong: str) -> None:
    total, lines = lines_for(70000.0, 0.0, NOTHING)
    payers = (Payer(BORROWER, "whole", total),)
    kept = {"lines": lines, "payers": payers, wrong: ()}
    with pytest.raises(AssertionError, match=r"lines add up|payers too"):
        Premium(total, **kept)


def test_the_premium_is_booked_against_income_and_tax() -> None:
    total, lines = lines_for(70000.0, 7000.0, NOTHING)
    subsidy = ("示范市财政局", Fraction(1, 2), Money.of("500.00", "CNY"))
    premium = Premium(total, lines, payers_of(total, BORROWER, subsidy))
    moves = premium_moves(premium)
    assert sum(minor for _, minor in moves) == 0
    assert dict(moves) == {
        "premium_receivable:subsidy": 50000,
        "premium_receivable:policyholder": 66600,
        "premium_income": -110000,
        "tax_payable": -6600,
    }


def test_the_risk_margin_by_hand() -> None:
    """6 % of (7.8 % - 2.5 %) of 600 held for half a year and 300 for half a year."""
    curve = DefaultCurve.of_grade("BB", load_priors())
    rows = [month(n, 800, 200) for n in range(1, 7)] + [month(n, 400, 100) for n in range(7, 13)]
    margin = risk_margin(rows, curve, LOADINGS)
    assert margin == pytest.approx(0.06 * (0.0779 - 0.025) * 450, rel=0.005)


def test_no_capital_is_held_where_the_party_gains() -> None:
    curve = DefaultCurve.of_grade("BB", load_priors())
    assert risk_margin([month(1, 100, 200)], curve, LOADINGS) == 0


def test_loadings_leave_something_of_the_premium() -> None:
    assert technical_premium(70.0, 0.0, LOADINGS) == pytest.approx(100.0)
    with pytest.raises(AssertionError):
        Loadings(0.5, 0.3, 0.2, 0.06, 0.995, 0.06)

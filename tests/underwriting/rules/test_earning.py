"""How a premium is earned: closed forms, days counted one by one, and cover that falls."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from kernel.period import Period, add_months
from underwriting.pricing.plan import Plan, outstanding
from underwriting.rules.contract import Contract
from underwriting.rules.earning import earned, windows
from underwriting.rules.earning_cover import owed, sum_insured_on
from underwriting.rules.loan_terms import LoanTerms

START = date(2025, 3, 10)
MONTHS = 12
PRINCIPAL = 120_000_000


def a_contract(
    earning: tuple[int, ...] = (1,) * MONTHS,
    *,
    period: Period | None = None,
    insured: int = PRINCIPAL,
    loan: LoanTerms | None = None,
) -> Contract:
    return Contract(
        policyholder="示范机械有限公司",
        policyholder_id="X",
        insured="client",
        beneficiary="client",
        issuer="insurer",
        settles="several",
        sum_insured=Money(insured, "CNY"),
        period=period or Period(START, date(2026, 4, 8)),
        waiting_days=80,
        notice_days=10,
        call_working_days=10,
        papers={},
        earning=earning,
        loan=loan,
    )


def a_loan(plan: Plan = Plan.EQUAL_PRINCIPAL) -> LoanTerms:
    rate = Fraction("0.0435")
    return LoanTerms(
        amount=Money(PRINCIPAL, "CNY"),
        contract="2026-001",
        annual_rate=rate,
        plan=plan.value,
        term_months=MONTHS,
        drawdown=START,
        ip_share=Fraction(1),
        tier=None,
        balances=outstanding(plan, PRINCIPAL, rate, MONTHS),
    )


@pytest.mark.parametrize("gone", range(MONTHS + 1))
def test_a_level_premium_is_earned_month_by_month(gone: int) -> None:
    assert earned(a_contract(), add_months(START, gone)) == Fraction(gone, MONTHS)


@pytest.mark.parametrize("gone", range(MONTHS + 1))
def test_a_falling_balance_earns_its_closed_form(gone: int) -> None:
    """Weights n, n-1 .. 1: k months earn k(2n - k + 1) / (n(n + 1)), the rule of 78."""
    weights = tuple(range(MONTHS, 0, -1))
    closed = Fraction(gone * (2 * MONTHS - gone + 1), MONTHS * (MONTHS + 1))
    assert earned(a_contract(weights), add_months(START, gone)) == closed


def test_within_a_month_it_is_earned_by_the_day() -> None:
    contract = a_contract()  # 10 March to 9 April has 31 days
    for day in range(32):
        part = earned(contract, START + timedelta(days=day))
        assert part == Fraction(day, 31) / MONTHS


def test_nothing_before_and_all_after() -> None:
    contract = a_contract()
    assert earned(contract, date(2025, 1, 1)) == 0
    assert earned(contract, date(2026, 3, 10)) == earned(contract, date(2030, 1, 1)) == 1


def test_months_after_the_end_of_cover_do_not_count() -> None:
    short = a_contract((1,) * MONTHS, period=Period(START, date(2025, 6, 24)))
    found = windows(short.period, short.earning)
    assert [window.share for window in found] == [Fraction(1, 4)] * 4
    assert found[-1].until == date(2025, 6, 25)
    assert earned(short, date(2025, 6, 25)) == 1


def test_where_no_month_of_cover_has_a_weight_each_day_earns_alike() -> None:
    odd = a_contract((0, 0, 5), period=Period(START, START + timedelta(days=9)))
    assert earned(odd, START + timedelta(days=3)) == Fraction(3, 10)


@st.composite
def curves(draw: st.DrawFn) -> Contract:
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=14).filter(any))
    start = draw(st.dates(date(2024, 1, 1), date(2025, 12, 31)))
    days = draw(st.integers(1, 500))
    return a_contract(tuple(weights), period=Period(start, start + timedelta(days=days - 1)))


@given(curves())
def test_what_the_days_earn_is_never_negative_and_in_all_one(contract: Contract) -> None:
    days = [contract.period.start + timedelta(days=n) for n in range(contract.period.days + 1)]
    parts = [earned(contract, day) for day in days]
    steps = [after - before for before, after in pairwise(parts)]
    assert parts[0] == 0
    assert parts[-1] == 1
    assert min(steps) >= 0


def test_cover_follows_the_plan_where_no_repayment_is_recorded() -> None:
    loan, agreed = a_loan(), PRINCIPAL * 10435 // 10000
    contract = a_contract(loan=loan, insured=agreed)
    assert sum_insured_on(contract, START) == contract.sum_insured
    half = date(2025, 9, 11)  # six of twelve instalments fell due by 10 September
    assert owed(loan, half) == PRINCIPAL // 2
    assert sum_insured_on(contract, half).minor == agreed // 2
    assert owed(loan, date(2025, 9, 10)) == PRINCIPAL * 7 // 12, "that day's still stands"
    assert sum_insured_on(contract, date(2026, 3, 11)).minor == 0


@pytest.mark.parametrize("plan", [Plan.BULLET, Plan.EQUAL_PRINCIPAL, Plan.ANNUITY])
def test_cover_by_plan_never_rises(plan: Plan) -> None:
    contract = a_contract(loan=a_loan(plan))
    days = [START + timedelta(days=n) for n in range(400)]
    sums = [sum_insured_on(contract, day).minor for day in days]
    assert sums == sorted(sums, reverse=True)


def test_recorded_repayments_decide_early_or_late() -> None:
    contract = a_contract(loan=a_loan())
    late = sum_insured_on(contract, date(2025, 9, 11), {})
    assert late == contract.sum_insured, "nothing was repaid: nothing falls"
    early = {date(2025, 4, 1): 100_000_000}
    assert sum_insured_on(contract, date(2025, 4, 1), early) == contract.sum_insured
    assert sum_insured_on(contract, date(2025, 4, 2), early).minor == 20_000_000
    over = {date(2025, 4, 1): PRINCIPAL + 5}
    assert sum_insured_on(contract, date(2025, 5, 1), over).minor == 0


def test_a_sum_below_the_loan_stands_until_less_is_owed() -> None:
    contract = a_contract(loan=a_loan(), insured=PRINCIPAL // 2)
    assert sum_insured_on(contract, date(2025, 7, 1)).minor == PRINCIPAL // 2
    assert sum_insured_on(contract, date(2025, 12, 11)).minor == PRINCIPAL // 4


def test_without_a_loan_the_sum_stands() -> None:
    contract = a_contract()
    assert sum_insured_on(contract, date(2026, 1, 1), {}) == contract.sum_insured

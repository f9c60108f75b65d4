"""A tape shared in turn: against the books' own order, by hand and against each loss alone."""

from fractions import Fraction

import pytest
from builders import read_scheme, scheme_text, shipped
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.tape.in_turn import Opening, Taped, settled_in_turn
from claims.rules.tape.totals import Sums, by_vintage
from kernel.errors import Invalid
from kernel.sharing import Facts, Loss, Portfolio, split

ZHONGSHAN = shipped("zhongshan-2021").scheme
LOSSES = st.lists(st.integers(0, 10**12), min_size=1, max_size=12)


def taped(principal: int, year: int = 2026, loan: int = 10**12) -> Taped:
    """A loss of principal alone."""
    return Taped(year, loan, Loss(principal, 0, 0, "CNY"), Fraction(1))


def test_a_pool_runs_dry_in_turn() -> None:
    """54 % of 3,000,000.00 twice from a pool of 2,000,000.00: 1,620,000, then the rest."""
    opening = Opening(balances={"fund": 200_000_000})
    first, second = settled_in_turn(ZHONGSHAN, [taped(300_000_000)] * 2, opening)
    assert first.paid_by("fund") == 162_000_000
    assert second.paid_by("fund") == 38_000_000
    assert second.uncovered == 124_000_000


def test_years_fill_apart() -> None:
    """A cap per year binds within its year only."""
    text = scheme_text(
        layers='[[layers]]\nshares = { fund = "50/100", bank = "50/100" }',
        more='[[caps]]\nparty = "fund"\nper = "year"\namount = "1000.00"\nthen = "bank"',
    )
    scheme = read_scheme(text, "test.toml").scheme
    years = (2025, 2025, 2026)
    found = settled_in_turn(scheme, [taped(150_000, year) for year in years], Opening())
    assert [one.paid_by("fund") for one in found] == [75_000, 25_000, 75_000]


def test_a_portfolio_fills() -> None:
    """A tenth of a portfolio of 10,000.00 is paid once."""
    text = scheme_text(
        layers='[[layers]]\nshares = { fund = "50/100", bank = "50/100" }',
        more='[[caps]]\nparty = "fund"\nper = "portfolio"\nrate = "10/100"\nthen = "bank"',
    )
    opening = Opening(portfolio=Portfolio(1_000_000, 0))
    found = settled_in_turn(read_scheme(text, "test.toml").scheme, [taped(150_000)] * 3, opening)
    assert [one.paid_by("fund") for one in found] == [75_000, 25_000, 0]


@given(LOSSES, st.integers(0, 10**13))
def test_each_loss_is_shared_as_alone_with_what_is_left(losses: list[int], money: int) -> None:
    """The running balance is what the earlier splits left, worked out here on its own."""
    left = money
    found = settled_in_turn(
        ZHONGSHAN, [taped(one) for one in losses], Opening(balances={"fund": money})
    )
    for minor, shared in zip(losses, found, strict=True):
        facts = Facts(loan_minor=10**12, ip_share=Fraction(1), balances={"fund": left})
        assert shared == split(ZHONGSHAN, Loss(minor, 0, 0, "CNY"), facts)
        left -= shared.paid_by("fund")
        assert left >= 0


def test_a_balance_that_is_not_stated_is_refused() -> None:
    """Missing is not zero and not unlimited."""
    with pytest.raises(Invalid) as caught:
        next(settled_in_turn(ZHONGSHAN, [taped(1)], Opening()))
    assert caught.value.faults[0].field == "balances.fund"


def test_sums_by_vintage() -> None:
    """Two vintages, each with the parts of its own losses."""
    opening = Opening(balances={"fund": 10**15})
    shared = list(settled_in_turn(ZHONGSHAN, [taped(100), taped(200), taped(50)], opening))
    sums = by_vintage(zip(("b", "a", "b"), shared, strict=True))
    assert list(sums) == ["a", "b"]
    assert (sums["b"].losses, sums["b"].total) == (2, 150)
    assert sums["a"].paid == {"fund": 108, "bank": 52, "insurer": 32, "appraiser": 8}
    assert sums["a"].share("fund") == Fraction(54, 100)
    assert Sums().share("fund") == 0

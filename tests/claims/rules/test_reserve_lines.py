"""Reserves by line: entries that balance, the modelled figure by hand, who may set how much."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.kinds import KINDS
from claims.rules.reserve.authority import level_for, may_set
from claims.rules.reserve.lines import ACCOUNTS, LINES, Reserves, moves_between, with_loss
from claims.rules.reserve.modelled import Closed, Expected, expected, modelled, priors, unverified
from kernel.money import Money

AMOUNTS = st.integers(0, 10**12)
SETS = st.builds(Reserves, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)


@given(SETS, SETS)
def test_a_change_balances_and_lands_on_its_accounts(before: Reserves, after: Reserves) -> None:
    """Each account moves by the change of its line, and all of it adds up to nothing."""
    moves = moves_between(before, after)
    assert sum(minor for _, minor in moves) == 0
    booked = dict(moves)
    for name in LINES:
        change = after.line(name) - before.line(name)
        assert booked.get(ACCOUNTS[name], 0) == (change if name == "recovery" else -change)


@given(SETS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_loss_is_shared_between_its_two_lines(
    before: Reserves, loss: int, owed: int, defence: int
) -> None:
    """Within one unit of the proportion asked; the lines beside it stay."""
    after = with_loss(before, loss, (owed, defence))
    assert after.loss == loss
    assert (after.adjustment, after.recovery) == (before.adjustment, before.recovery)
    if owed + defence:
        assert abs(Fraction(loss * owed, owed + defence) - after.indemnity) < 1
    else:
        assert after.indemnity == loss


def test_no_reserve_is_below_zero() -> None:
    """An impossible state."""
    with pytest.raises(AssertionError, match="below zero"):
        Reserves(indemnity=-1)


def test_what_comes_back_does_not_lower_the_height() -> None:
    """What is set aside in all; what is expected back only where that is more."""
    assert (Reserves(1, 2, 3, 4).height, Reserves(1, 2, 3, 4).net) == (6, 2)
    assert Reserves(1, 2, 3, 9).height == 9


def test_a_liability_claim_by_hand() -> None:
    """47.48 % of 1,000,000.00 and of 200,000.00, 100,000.00 paid; 3 % for adjusting."""
    found = modelled((100_000_000, 20_000_000), 10_000_000, expected("liability", Closed()))
    assert found.loss == 46_976_000  # 0.4748 x 120,000,000 - 10,000,000
    assert found.indemnity == 39_146_667  # five sixths of it
    assert (found.adjustment, found.recovery) == (3_600_000, 0)


def test_own_claims_replace_the_prior_by_their_credibility() -> None:
    """60 closed claims weigh 3 to 1: 0.75 x 0.5 + 0.25 x 1; of recoveries 0.75 x 0.2 + 0.025."""
    of = expected("default", Closed(60, 1_000, 500, 100))
    assert of == Expected(Fraction(5, 8), Fraction(7, 40), Fraction(2, 100), Fraction(3, 4))
    none = expected("default", Closed(60, 0, 0, 0))
    assert none.paid == 1  # no base, no ratio of one's own


def test_what_is_paid_beyond_the_model_leaves_nothing() -> None:
    """Never below zero."""
    assert modelled((100, 0), 500, expected("default", Closed())).loss == 0


def test_every_kind_has_its_figures_with_a_grade() -> None:
    """A new kind cannot forget them, and what is unverified says so."""
    kinds = {kind.code for kind in KINDS.values()}
    for table in ("paid", "back", "adjusting"):
        assert kinds <= set(priors()[table])
    graded = {one["grade"] for one in priors()["sources"].values()}
    assert graded <= {"A", "B", "C", "K"}
    assert all(
        "unverified" in one for one in priors()["sources"].values() if one["grade"] in ("C", "K")
    )
    assert len(unverified()) == 4


@pytest.mark.parametrize(
    ("amount", "level"),
    [("500000.00", "clerk"), ("500000.01", "underwriter"), ("2000000.01", "senior"),
     ("10000000.01", "chief")],
)  # fmt: skip
def test_levels_at_their_edges(amount: str, level: str) -> None:
    """The figures of `authority.toml`, typed again."""
    money = Money.of(amount, "CNY")
    assert level_for(money) == level
    assert may_set(level, money)
    assert may_set("clerk", money) == (level == "clerk")


def test_a_currency_without_a_figure_is_for_a_chief() -> None:
    """Missing is not unlimited."""
    assert not may_set("senior", Money.of("1.00", "SGD"))
    assert may_set("chief", Money.of("1.00", "SGD"))

"""What a matter costs: branches that are whole, a law by points, and every stage of the terms."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from loss_cases import a_basis, a_proposal, a_right, checked, money

from underwriting.disputes import Outcome
from underwriting.products.infringement_loss.branches import branches
from underwriting.products.infringement_loss.laws import MatterLaws
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.points import POINTS
from underwriting.products.infringement_loss.schedule import schedule_of
from underwriting.products.infringement_loss.severity import Points, matter

WIDE = MatterTerms((True,) * 4, 0.0, 0.0, (inf,) * 4, 1e18)


def laws_over(**right: object) -> MatterLaws:
    risk = checked(a_proposal(rights=[a_right(**right)]))
    return schedule_of(risk, a_basis()).rights[0].laws


CN = laws_over()


@pytest.mark.parametrize("office", ["CN", "US", "EP", "DE", "GB", "JP", "KR"])
def test_a_matter_falls_out_in_some_way(office: str) -> None:
    every = list(branches(laws_over(office=office)))
    assert sum(one.chance for one in every) == pytest.approx(1.0)
    for one in every:
        assert one.losses.shape == (4, POINTS)
        assert one.losses.min() >= 0
        assert one.money.min() >= 0
        assert np.all(one.received >= one.money)


def test_points_answer_as_their_sum() -> None:
    rng = np.random.default_rng(7)
    amounts, weights = rng.lognormal(0, 1, 500), rng.random(500)
    weights /= weights.sum()
    points = Points(amounts, weights)
    assert points.mean() == pytest.approx(float(weights @ amounts))
    for limit in (0.0, 0.3, 1.0, 4.0, 1e9):
        assert float(points.lev(limit)) == pytest.approx(
            float(weights @ np.minimum(amounts, limit))
        )
    assert points.lev(np.array([1.0, inf]))[1] == pytest.approx(points.mean())


def test_the_mean_cost_in_closed_form() -> None:
    """Mean cost of a suit x the part that suits take x (suits + a fifth for the other cases)."""
    taken = sum(end.chance * end.cost for end in CN.ends)
    routes = CN.in_court + (1 - CN.in_court) * CN.administrative
    expected = CN.cost.mean() * taken * routes
    left = matter(CN, WIDE).left[0]
    assert left[0] + left[1] == pytest.approx(expected, rel=1e-3)
    before = sum(end.chance * min(end.cost, CN.investigation) for end in CN.ends)
    assert left[0] / (left[0] + left[1]) == pytest.approx(before / taken)


def test_the_cost_of_losing_in_closed_form() -> None:
    lost = [end for end in CN.ends if end.outcome is Outcome.LOST]
    expected = CN.in_court * CN.adverse.mean() * sum(end.chance * end.cost for end in lost)
    assert matter(CN, WIDE).left[0][3] == pytest.approx(expected, rel=1e-3)


def test_lost_profit_is_paid_where_infringement_was_found_less_what_was_collected() -> None:
    won = sum(end.chance for end in CN.ends if end.outcome is Outcome.WON)
    free = replace(CN, in_court=0.0)
    assert matter(free, WIDE).left[0][2] == pytest.approx(won * CN.profit.mean(), rel=0.02)
    assert matter(CN, WIDE).left[0][2] < won * CN.profit.mean()
    poor = replace(CN, award=CN.award.scaled(1e-9))
    assert matter(poor, WIDE).left[0][2] == pytest.approx(matter(free, WIDE).left[0][2], rel=1e-6)


def test_no_term_ever_adds() -> None:
    terms = MatterTerms((True,) * 4, 1e6, 0.1, (2e6, 1e7, 2e7, 1e6), 3e7, exempt=1e6)
    found = matter(CN, terms)
    stages = found.left.sum(axis=1)
    assert np.all(np.diff(stages) <= 0)
    assert found.gross.mean() == pytest.approx(stages[-1])
    assert found.net.mean() == pytest.approx(found.gross.mean() - found.repaid)
    assert found.net_parts.sum() == pytest.approx(found.net.mean())


def test_an_uncovered_peril_costs_nothing() -> None:
    costs = replace(WIDE, covered=(True, True, False, False))
    found = matter(CN, costs)
    assert found.left[:, 2:].sum() == 0
    assert found.net_parts[2:].sum() == 0


def test_a_benefit_first_makes_good_a_profit_that_is_covered() -> None:
    """Without cover of profit the whole award repays cost; with it only what is over."""
    agreed = replace(WIDE, exempt=0.0)
    costs = replace(agreed, covered=(True, True, False, True))
    with_profit, without = matter(CN, agreed), matter(CN, costs)
    assert without.repaid < with_profit.repaid + without.gross.mean()
    share = without.repaid / without.gross.mean()
    assert 0.2 < share < 0.9


def test_what_is_in_kind_is_exempt_first() -> None:
    every = [matter(CN, replace(WIDE, exempt=x)).repaid for x in (0.0, 1e6, 1e7, 1e12)]
    assert every == sorted(every, reverse=True)
    only_money = replace(CN, in_kind=0.0)
    assert every[-1] == pytest.approx(matter(only_money, replace(WIDE, exempt=1e12)).repaid)
    assert matter(CN, WIDE).repaid == 0


def test_stated_sales_set_the_mean_of_lost_profit() -> None:
    """10 m a year x a quarter x a tenth lost x two years = 500,000."""
    laws = laws_over(sales=money(10_000_000), margin="0.25")
    assert laws.profit.mean() == pytest.approx(500_000 * 100)
    usual = laws_over(sales=money(10_000_000))
    assert usual.profit.mean() == pytest.approx(300_000 * 100)
    assert laws_over(sales=money(0)).profit.mean() == pytest.approx(1.0)


def test_the_unified_court_holds_the_cost_of_losing() -> None:
    laws = laws_over(office="EP", sales=money(10_000_000))
    assert laws.adverse_ceiling == pytest.approx(38_000 * 8.2 * 100)
    worst = max(one.losses[3].max() for one in branches(laws))
    assert worst == pytest.approx(laws.adverse_ceiling)
    assert laws_over(office="DE").adverse_ceiling == inf

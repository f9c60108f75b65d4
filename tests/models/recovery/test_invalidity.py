"""Invalidation taken out of a life with competing ends."""

from math import exp

import numpy as np
import pytest

from models.priors import load_priors
from models.recovery import Disposal, Link, PledgedRight, joint_law
from models.recovery.invalidity import Invalidity

MONTHS = np.arange(61.0)
YEARS = MONTHS / 12


def test_constant_hazards_by_the_closed_form() -> None:
    """0.03 of invalidation beside 0.09 of lapse: a quarter of all ends, S_killed exp(-0.03 t)."""
    alive = np.exp(-0.12 * YEARS)
    law = Invalidity.of(MONTHS.tolist(), (0.25 * (1 - alive)).tolist(), alive.tolist())
    for years in (0.0, 0.01, 1.0, 3.3, 5.0):
        assert law.survival(years) == pytest.approx(exp(-0.03 * years), rel=1e-12)
    assert law.survival(9.0) == pytest.approx(exp(-0.15))
    assert law.survival(-1.0) == 1.0


def test_the_end_of_the_term_is_no_invalidation() -> None:
    alive = np.exp(-0.05 * YEARS)
    incidence = 1 - alive
    alive[36:], incidence[36:] = 0.0, incidence[35]
    law = Invalidity.of(MONTHS.tolist(), incidence.tolist(), alive.tolist())
    assert law.survival(5.0) == pytest.approx(exp(-0.05 * 35 / 12))


def test_all_taken_at_once() -> None:
    law = Invalidity.of([0, 1, 2], [0.0, 1.0, 1.0], [1.0, 0.0, 0.0])
    assert (law.survival(0.0), law.survival(1 / 12), law.survival(1.0)) == (1.0, 0.0, 0.0)


class _Line:
    """A life read off at months."""

    def __init__(self, alive: np.ndarray) -> None:
        self.alive = alive

    def survival(self, years: float) -> float:
        return float(np.interp(12 * years, MONTHS, self.alive))


class _Borrower:
    def survival(self, years: float) -> float:
        return exp(-0.05 * years)


def test_lapse_leaves_the_default_alone_in_the_joint_law() -> None:
    alive = np.exp(-0.5 * YEARS)
    killed = Invalidity.of(MONTHS.tolist(), (0.1 * (1 - alive)).tolist(), alive.tolist())
    right = PledgedRight(100.0, _Line(alive), killed)
    link = Link(pd_multiple=3.0, keeps_marginal=False)
    law = joint_law(_Borrower(), [right], 12, disposal=Disposal.of(load_priors()), link=link)
    dead = sum(row.with_right_dead for row in law.months)
    struck = PledgedRight(100.0, _Line(alive))
    more = joint_law(_Borrower(), [struck], 12, disposal=Disposal.of(load_priors()), link=link)
    assert dead < 0.2 * sum(row.with_right_dead for row in more.months)
    assert all(row.proceeds > 0 for row in law.months)

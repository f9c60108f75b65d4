"""The short ways of pricing, each against the long one, to the last bit."""

from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.priors import load_priors
from models.recovery import (
    Appraisal,
    AppraisalLaw,
    Disposal,
    Link,
    LogNormal,
    PledgedRight,
    combined_value,
    joint_law,
    key_dead,
    read_off,
    recovery_table,
    survivals,
)
from models.right import RightLife

SALE = Disposal(0.1, 0.15, 1.5, (), ((0.4, 0.7), (0.6, 2.1)))
LINK = Link.of(recovery_table())
LAW = AppraisalLaw.of(recovery_table())


@dataclass(frozen=True)
class Steady:
    """Dies at a constant rate."""

    hazard: float

    def survival(self, years: float) -> float:
        return exp(-self.hazard * years)


@dataclass(frozen=True)
class Fast(Steady):
    """The same, asked for many times at once; it counts how often."""

    asked: list[int]

    def survivals(self, years: tuple[float, ...]) -> list[float]:
        self.asked.append(len(years))
        return [self.survival(time) for time in years]

    def __hash__(self) -> int:
        return id(self)


RIGHTS = st.lists(
    st.builds(
        lambda value, hazard, spread: PledgedRight(value, Steady(hazard), spread=spread),
        st.floats(1.0, 1e9), st.floats(0.0, 2.0), st.floats(0.0, 1.5),
    ),
    max_size=6,
)  # fmt: skip


@given(RIGHTS, st.floats(0.001, 2.0), st.integers(1, 30), st.integers(1, 5))
def test_the_death_of_the_key_right_is_that_of_the_joint_law(
    rights: list[PledgedRight], hazard: float, months: int, enumerated: int
) -> None:
    link, exposures = replace(LINK, enumerated=enumerated), [1e6 + month for month in range(months)]
    asked = (Steady(hazard), rights, months)
    law = joint_law(*asked, disposal=SALE, link=link, exposures=exposures)
    dead = key_dead(*asked, disposal=SALE, link=link, exposures=exposures)
    assert dead.default.tolist() == [row.default_probability for row in law.months]
    assert dead.chance.tolist() == [row.with_right_dead for row in law.months]
    assert dead.proceeds.tolist() == [row.proceeds_dead for row in law.months]


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=40), st.floats(0.0, 2.0))
def test_what_is_read_off_is_what_the_life_says(years: list[float], hazard: float) -> None:
    life = Steady(hazard)
    said = [life.survival(time) for time in years]
    assert survivals(life, years).tolist() == read_off(life, np.array(years)).tolist() == said


def test_a_life_is_read_off_once_and_what_was_read_stays() -> None:
    life = Fast(0.1, [])
    kept = survivals(life, (1.0, 2.0))
    assert survivals(life, [1.0, 2.0]) is kept
    assert life.asked == [2]
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 0.5


def test_lives_that_differ_are_not_taken_for_each_other() -> None:
    assert survivals(Steady(0.1), (1.0,)) != survivals(Steady(0.2), (1.0,))


@pytest.mark.parametrize("months", [1, 12, 60, 400])
@pytest.mark.parametrize("kind", ["invention", "trademark", "design"])
def test_two_curves_of_a_right_are_those_of_all(kind: str, months: int) -> None:
    life = RightLife.of(kind, age_years=3.2, years_left=6.8, table=load_priors())
    run = range(months + 1)
    invalid, alive = life.invalid_and_alive(run)
    curves = life.curve(run)
    assert invalid.tolist() == curves.wholly_invalid.tolist()
    assert alive.tolist() == curves.alive.tolist()


@given(st.floats(1.0, 1e12), st.sampled_from(["market", "income", "cost"]), st.floats(0.0, 9.0))
def test_one_appraisal_needs_no_weights(value: float, method: str, age: float) -> None:
    """To the last bit what the general formula gives, the weights solved for."""
    one = Appraisal(value, method, age)
    raw = np.linalg.solve(np.array([[LAW.variance(one)]]), np.ones(1))
    logs = [log(one.value / LAW.bias[method]) + LAW.growth * age]
    mean, sd = float(np.exp(raw @ logs / raw.sum())), float((1.0 / raw.sum()) ** 0.5)
    assert combined_value([one], LAW) == LogNormal.of_mean(mean, sd)

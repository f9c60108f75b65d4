"""Default and recovery as one law: exact against closed forms, matrices and the old product."""

import time
from dataclasses import dataclass, replace
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from kernel.errors import Invalid
from models.recovery import Disposal, Link, PledgedRight, joint_law, recovery_table
from models.recovery.link import gaussian_correlation, rank_correlation, tilted_mean
from models.recovery.states import capped

SALE = Disposal(0.1, 0.15, 1.5, ())
LINK = Link.of(recovery_table())
EVENT = Link(pd_multiple=1.5)


@dataclass(frozen=True)
class Steady:
    """Dies at a constant rate until its term."""

    hazard: float = 0.0
    term: float = inf

    def survival(self, years: float) -> float:
        return exp(-self.hazard * years) if years < self.term else 0.0


BORROWER = Steady(0.06)
RIGHTS = [
    PledgedRight(300.0, Steady(0.10), spread=0.4),
    PledgedRight(500.0, Steady(0.25), spread=0.5),
    PledgedRight(200.0, Steady(0.05)),
]
HAZARDS = st.floats(0.0, 2.0)
MADE_RIGHTS = st.builds(
    lambda value, hazard, term: PledgedRight(value, Steady(hazard, term)),
    st.floats(0, 1e9), HAZARDS, st.sampled_from([inf, 1.0, 2.3]),
)  # fmt: skip


def test_the_published_link() -> None:
    assert (LINK.pd_multiple, LINK.lgd_when_dead, LINK.rank_correlation) == (1.5, 0.95, 0.3)
    assert all(prior.unverified for prior in LINK.priors)


@given(st.lists(MADE_RIGHTS, max_size=4), HAZARDS, st.integers(1, 4))
def test_without_a_link_it_is_the_product_of_the_marginals(
    rights: list[PledgedRight], hazard: float, enumerated: int
) -> None:
    curve, link = Steady(hazard), Link(enumerated=enumerated)
    law = joint_law(curve, rights, 24, disposal=SALE, link=link)
    for row in law.months:
        start, end = (row.month - 1) / 12, row.month / 12
        default = curve.survival(start) - curve.survival(end)
        assert row.default_probability == pytest.approx(default, rel=1e-9, abs=1e-13)
        if row.default_probability > 0:
            product = SALE.gross(rights, end)
            assert row.proceeds == pytest.approx(product, rel=1e-9, abs=1e-9)


@given(
    st.lists(MADE_RIGHTS, min_size=1, max_size=4), st.floats(0.001, 40.0),
    st.floats(0.2, 8.0), st.integers(1, 4),
)  # fmt: skip
def test_the_marginal_default_is_kept(
    rights: list[PledgedRight], hazard: float, multiple: float, enumerated: int
) -> None:
    """Also where a hazard would pass one: what a state cannot take, the others do."""
    curve, link = Steady(hazard), Link(pd_multiple=multiple, enumerated=enumerated)
    law = joint_law(curve, rights, 18, disposal=SALE, link=link)
    for row in law.months:
        start, end = (row.month - 1) / 12, row.month / 12
        default = curve.survival(start) - curve.survival(end)
        assert row.default_probability == pytest.approx(default, rel=1e-9, abs=1e-13)
        assert row.with_right_dead >= 0
        assert row.with_right_alive >= -1e-15


def test_the_marginal_is_kept_by_lowering_the_hazard_of_the_living() -> None:
    """Alive hazard = h / (1 + 0.5 x chance that the right is dead), month by month."""
    law = joint_law(BORROWER, RIGHTS[:1], 36, disposal=SALE, link=EVENT)
    free = joint_law(BORROWER, RIGHTS[:1], 36, disposal=SALE, link=Link())
    assert law.default_probability == pytest.approx(free.default_probability, rel=1e-12)
    for linked, apart in zip(law.months, free.months, strict=True):
        assert linked.with_right_dead > apart.with_right_dead
        assert linked.with_right_alive < apart.with_right_alive
        assert linked.proceeds < apart.proceeds
    dies = 1 - exp(-0.10 / 12)
    hazard = 1 - exp(-0.06 / 12)
    first = law.months[0]
    assert first.with_right_alive == pytest.approx((1 - dies) * hazard / (1 + 0.5 * dies))
    assert first.with_right_dead == pytest.approx(dies * 1.5 * hazard / (1 + 0.5 * dies))


def test_read_as_the_hazard_of_the_living_by_the_closed_form() -> None:
    """P(m, alive) = a^m g^(m-1) h; P(m, dead) sums the month of the death."""
    link = replace(EVENT, keeps_marginal=False)
    law = joint_law(BORROWER, RIGHTS[:1], 36, disposal=SALE, link=link)
    a, h = exp(-0.10 / 12), 1 - exp(-0.06 / 12)
    g, k = 1 - h, 1.5 * h
    for row in law.months:
        m = row.month
        dead = sum((a * g) ** (j - 1) * (1 - a) * (1 - k) ** (m - j) * k for j in range(1, m + 1))
        assert row.with_right_alive == pytest.approx(a**m * g ** (m - 1) * h, rel=1e-11)
        assert row.with_right_dead == pytest.approx(dead, rel=1e-11)
        alive = row.with_right_alive / row.default_probability
        assert row.proceeds == pytest.approx(300 * 0.1 * exp(-0.10 * 1.5) * alive, rel=1e-11)
    apart = joint_law(BORROWER, RIGHTS[:1], 36, disposal=SALE, link=Link())
    assert law.default_probability > apart.default_probability


def test_three_enumerated_rights_by_a_matrix() -> None:
    """Eight states as one Markov chain: kron of the deaths, then the defaults of each state."""
    link = Link(pd_multiple=2.0, keeps_marginal=False, enumerated=3)
    law = joint_law(BORROWER, RIGHTS, 24, disposal=SALE, link=link)
    ordered = [RIGHTS[1], RIGHTS[0], RIGHTS[2]]  # by value; bit 0 is the key right
    step = np.eye(1)
    for right in ordered:
        alive = exp(-right.life.hazard / 12)
        step = np.kron(np.array([[alive, 1 - alive], [0.0, 1.0]]), step)
    bits = (np.arange(8)[:, None] >> np.arange(3)) & 1
    hazards = (1 - exp(-0.06 / 12)) * (1 + bits @ [0.5, 0.3, 0.2])
    weights = np.eye(8)[0]
    worth = [right.value * 0.1 * exp(-right.life.hazard * 1.5) for right in ordered]
    plain = Link(pd_multiple=2.0, keeps_marginal=False, enumerated=3, rank_correlation=0.0)
    assert plain == link
    for row in law.months:
        weights = weights @ step
        struck = weights * hazards
        weights = weights - struck
        assert row.default_probability == pytest.approx(struck.sum(), rel=1e-11)
        assert row.with_right_dead == pytest.approx(struck[bits[:, 0] == 1].sum(), rel=1e-11)
        fetched = struck @ ((1 - bits) @ worth) / struck.sum()
        assert row.proceeds == pytest.approx(fetched, rel=1e-11)


def test_the_key_right_is_the_most_valuable_after_its_haircut() -> None:
    cut = [replace(right, haircut=0.9 if right.value == 500 else 0.0) for right in RIGHTS]
    assert joint_law(BORROWER, RIGHTS, 1, disposal=SALE, link=EVENT).key == 1
    assert joint_law(BORROWER, cut, 1, disposal=SALE, link=EVENT).key == 0
    assert joint_law(BORROWER, [], 1, disposal=SALE, link=EVENT).key is None


def test_rights_that_strike_nobody_only_die() -> None:
    """With one right enumerated the others keep their marginal survival, whatever the multiple."""
    law = joint_law(BORROWER, RIGHTS, 12, disposal=SALE, link=replace(EVENT, pd_multiple=4.0))
    alone = joint_law(
        BORROWER, RIGHTS[1:2], 12, disposal=SALE, link=replace(EVENT, pd_multiple=4.0)
    )
    rest = [RIGHTS[0], RIGHTS[2]]
    for whole, key in zip(law.months, alone.months, strict=True):
        assert whole.proceeds == pytest.approx(key.proceeds + SALE.gross(rest, whole.month / 12))


def test_a_life_that_answers_for_many_times_is_asked_at_once() -> None:
    class AtOnce(Steady):
        def survivals(self, years: list[float]) -> list[float]:
            return [Steady.survival(self, time) for time in years]

        def survival(self, years: float) -> float:
            raise AssertionError

    rights = [PledgedRight(right.value, AtOnce(right.life.hazard)) for right in RIGHTS]
    plain = [replace(right, spread=0.0) for right in RIGHTS]
    law = joint_law(BORROWER, rights, 12, disposal=SALE, link=EVENT)
    assert law == joint_law(BORROWER, plain, 12, disposal=SALE, link=EVENT)


def test_lapse_and_the_end_of_the_term_strike_nobody() -> None:
    """Only what kills the right raises the default; a lapsed right still fetches nothing."""
    lapses = PledgedRight(300.0, Steady(0.5, term=1.0), killed=Steady(0.0))
    law = joint_law(
        BORROWER, [lapses], 12, disposal=SALE, link=replace(EVENT, keeps_marginal=False)
    )
    assert law.default_probability == pytest.approx(1 - exp(-0.06))
    assert all(row.with_right_dead == 0 and row.proceeds == 0 for row in law.months)
    struck = replace(lapses, killed=None)
    link = replace(EVENT, keeps_marginal=False)
    assert joint_law(BORROWER, [struck], 12, disposal=SALE, link=link).default_probability > (
        law.default_probability
    )


def test_lapse_beside_invalidation_by_hand() -> None:
    """Alive and in force at the sale: exp(-0.02 t) of invalidity x exp(-0.05 t) of lapse."""
    right = PledgedRight(300.0, Steady(0.07), killed=Steady(0.02))
    law = joint_law(BORROWER, [right], 6, disposal=SALE, link=EVENT)
    for row in law.months:
        alive = row.with_right_alive / row.default_probability
        at_sale = exp(-0.05 * row.month / 12) * exp(-0.07 * 1.5)
        assert row.proceeds == pytest.approx(30 * alive * at_sale)


def test_a_dead_key_right_takes_the_loss_to_its_level() -> None:
    """0.95 of the exposure is lost: 5 % comes back, of all rights together, if they had more."""
    link = replace(EVENT, lgd_when_dead=0.95)
    law = joint_law(BORROWER, RIGHTS[1:2], 12, disposal=SALE, link=link, exposures=[200.0] * 12)
    for row in law.months:
        alive = 50 * exp(-0.25 * 1.5)
        by_hand = (row.with_right_alive * alive + row.with_right_dead * 10.0) / (
            row.default_probability
        )
        assert row.proceeds == pytest.approx(by_hand)
    small = joint_law(BORROWER, RIGHTS[1:2], 12, disposal=SALE, link=link, exposures=[1e6] * 12)
    assert small.months[0].proceeds == pytest.approx(50 * exp(-0.25 * 1.5))  # never more than alive


def test_every_part_of_the_link_costs() -> None:
    free = joint_law(BORROWER, RIGHTS, 36, disposal=SALE, link=Link()).expected_proceeds
    exposures = [150.0] * 36
    parts = [
        EVENT,
        Link(rank_correlation=0.3),
        Link(lgd_when_dead=0.95),
        replace(EVENT, rank_correlation=0.3),
        LINK,
    ]
    got = [
        joint_law(
            BORROWER, RIGHTS, 36, disposal=SALE, link=link, exposures=exposures
        ).expected_proceeds
        for link in parts
    ]
    assert max(got) < free
    assert got[4] < got[3] < min(got[0], got[1])


def test_tilt_is_the_conditional_mean_of_the_copula() -> None:
    """E[exp(s Z - s^2/2) | A between two normal quantiles], by numerical integration."""
    rho, s = gaussian_correlation(0.3), 0.5
    cumulative = [0.0, 0.004, 0.01, 0.01, 0.2, 1.0]
    tilts = Link(rank_correlation=0.3).tilts(cumulative, s)
    assert tilts[2] == 1.0
    for m, tilt in enumerate(tilts, start=1):
        low, high = cumulative[m - 1], cumulative[m]
        if high > low:
            ends = np.clip(stats.norm.ppf([low, high]), -12, 12)
            whole, _ = integrate.quad(
                lambda a: exp(s * rho * a - (s * rho) ** 2 / 2) * stats.norm.pdf(a), *ends
            )
            assert tilt == pytest.approx(whole / (high - low), rel=1e-7)
    months = np.diff(cumulative)
    assert float(months @ tilts) == pytest.approx(1.0)  # the value keeps its own mean
    assert tilts[0] < tilts[1] < tilts[3] < tilts[4]  # who defaults first has lost most


def test_the_tilt_of_one_period() -> None:
    tilt = Link(rank_correlation=0.3).tilts([0.0, 0.025], 0.5)[0]
    assert tilted_mean(100.0, 0.5, 0.025, 0.3) == pytest.approx(100 * tilt)
    assert Link(rank_correlation=0.3).tilts([0.0, 0.5], 0.0) == [1.0]


def test_rank_correlation_of_a_gaussian_copula() -> None:
    rng = np.random.default_rng(1)
    rho = gaussian_correlation(0.3)
    a = rng.normal(size=200_000)
    z = rho * a + (1 - rho**2) ** 0.5 * rng.normal(size=200_000)
    assert stats.spearmanr(a, z).statistic == pytest.approx(0.3, abs=0.01)
    assert rank_correlation(rho) == pytest.approx(0.3)


def test_hazards_never_pass_one() -> None:
    row = capped([0.5, 0.5], [1.0, 4.0], 0.36, hazard=0.9, keeps=True)
    assert row == pytest.approx([0.4, 0.5])
    assert capped([0.5, 0.5], [1.0, 4.0], 0.36, hazard=0.9, keeps=False)[1] == 0.5


def test_a_curve_that_is_over() -> None:
    law = joint_law(Steady(0.0, term=0.5), RIGHTS, 12, disposal=SALE, link=EVENT)
    assert [row.month for row in law.months if row.default_probability > 0] == [6]
    assert law.months[5].default_probability == pytest.approx(1.0)
    assert law.months[11].proceeds == 0.0


@pytest.mark.parametrize(
    ("link", "months", "exposures", "field"),
    [
        (EVENT, 0, None, "months"),
        (LINK, 12, None, "exposures"),
        (LINK, 12, [1.0], "exposures"),
    ],
)
def test_what_is_missing_is_refused(
    link: Link, months: int, exposures: list[float] | None, field: str
) -> None:
    with pytest.raises(Invalid, match=field):
        joint_law(BORROWER, RIGHTS, months, disposal=SALE, link=link, exposures=exposures)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pd_multiple": 0.0},
        {"pd_multiple": inf},
        {"lgd_when_dead": 1.2},
        {"rank_correlation": 1.0},
        {"enumerated": 0},
        {"enumerated": 6},
    ],
)
def test_a_link_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid, match=f"link.{next(iter(wrong))}"):
        Link(**wrong)


def test_it_is_fast() -> None:
    """Three rights and 36 months take some 0.2 ms; five times that is a finding."""
    exposures, best = [150.0] * 36, inf
    for _ in range(100):
        start = time.perf_counter()
        joint_law(BORROWER, RIGHTS, 36, disposal=SALE, link=LINK, exposures=exposures)
        best = min(best, time.perf_counter() - start)
    assert best < 1e-3


@pytest.mark.parametrize("keeps", [True, False])
def test_a_million_borrowers(keeps: bool) -> None:  # noqa: FBT001 - a case of the test
    """Simulated: rights die, borrowers default by state, values fall with the time of default.

    Where the marginal is kept the common level is found from the crowd itself, each month.
    """
    rng = np.random.default_rng(29)
    n, months = 1_000_000, 36
    link = Link(1.5, 0.95, 0.3, keeps_marginal=keeps)
    law = joint_law(BORROWER, RIGHTS, months, disposal=SALE, link=link, exposures=[150.0] * months)
    alive = np.ones(n, dtype=bool)  # the key right, the second of the three
    month_of = np.zeros(n, dtype=int)
    dead_at = np.zeros(n, dtype=bool)
    hazard = 1 - exp(-0.06 / 12)
    for month in range(1, months + 1):
        alive &= rng.random(n) < exp(-0.25 / 12)
        in_order = month_of == 0
        multiple = np.where(alive, 1.0, 1.5)
        level = hazard / multiple[in_order].mean() if keeps else hazard
        falls = in_order & (rng.random(n) < multiple * level)
        month_of[falls], dead_at[falls] = month, ~alive[falls]
    kept = np.array([exp(-0.06 * month / 12) for month in range(months + 1)])
    rho = gaussian_correlation(0.3)
    fell = month_of > 0
    m = month_of[fell]
    low, high = 1 - kept[m - 1], 1 - kept[m]
    a = stats.norm.ppf(rng.uniform(low, high))
    got, full = np.zeros(fell.sum()), np.zeros(fell.sum())
    for place, right in enumerate(RIGHTS):
        noise = rng.normal(size=len(m))
        z = rho * a + (1 - rho**2) ** 0.5 * noise
        worth = right.value * 0.1 * np.exp(right.spread * z - right.spread**2 / 2)
        sold = rng.random(len(m)) < exp(-right.life.hazard * 1.5)
        survives = rng.random(len(m)) < np.exp(-right.life.hazard * m / 12)
        there = ~dead_at[fell] if place == 1 else survives
        got += worth * sold * there
        full += worth * exp(-right.life.hazard * 1.5) * (1.0 if place == 1 else survives)
    defaults = np.array([row.default_probability for row in law.months])
    dead = np.array([row.with_right_dead for row in law.months])
    expected = np.array([row.default_probability * row.proceeds for row in law.months])
    rest = 150.0 * 0.05
    fetched = np.where(dead_at[fell], rest, got)
    for first in range(0, months, 6):
        here = (m > first) & (m <= first + 6)
        part = slice(first, first + 6)
        for simulated, stated in (
            (here.astype(float), defaults[part].sum()),
            (here * dead_at[fell], dead[part].sum()),
            (here * fetched, expected[part].sum()),
        ):
            mean = simulated.sum() / n
            error = np.sqrt((simulated**2).sum()) / n
            assert abs(mean - stated) < 4.5 * error
    assert full.mean() > rest  # the loss with the key right dead binds

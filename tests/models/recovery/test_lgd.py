"""Loss given default: one loan's loss, and the doubt about its mean."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kernel.errors import Invalid
from models.recovery import (
    BetaLaw,
    Disposal,
    LgdLaw,
    LoanLoss,
    LogNormal,
    OtherSecurity,
    PledgedRight,
    Proceeds,
    proceeds_of,
    recovery_table,
)
from models.recovery.lgd import SECURITIES

TABLE = recovery_table()
IP = LgdLaw.of(TABLE)


def test_the_published_law() -> None:
    """H8: Beta(7.5, 2.5) on the mean, Beta(2.77, 0.92) for one loan."""
    assert (IP.mean_law.a, IP.mean_law.b) == (7.5, 2.5)
    assert IP.loss_law.a == pytest.approx(2.77, abs=0.005)
    assert IP.loss_law.b == pytest.approx(0.92, abs=0.005)
    assert IP.mean == 0.75


def test_securities_stand_in_their_order() -> None:
    means = {name: LgdLaw.of(TABLE, name).mean for name in SECURITIES}
    assert means == {"ip_only_collateral": 0.75, "guarantor": 0.55, "counter_guarantee": 0.9}


def test_no_figure_no_law() -> None:
    with pytest.raises(Invalid, match="no published figure for gold"):
        LgdLaw.of(TABLE, "gold")


@pytest.mark.parametrize("law", [IP, LgdLaw(BetaLaw(50, 36), 2.3, 0.014, 0.04)])
def test_the_law_by_simulation(law: LgdLaw) -> None:
    rng = np.random.default_rng(3)
    n = 400_000
    m = rng.beta(law.mean_law.a, law.mean_law.b, n)
    x = rng.beta(m * law.precision, (1 - m) * law.precision)
    u = rng.random(n)
    x = np.where(u < law.zero, 0.0, np.where(u > 1 - law.one, 1.0, x))
    assert law.mean == pytest.approx(x.mean(), abs=4 * x.std() / sqrt(n))
    assert law.sd == pytest.approx(x.std(), rel=0.005)
    for p in (0.05, 0.25, 0.5, 0.9):
        assert law.cdf(law.quantile(p)) == pytest.approx(p, abs=1e-9)
        assert law.quantile(p) == pytest.approx(np.quantile(x, p), abs=0.004)


def test_doubt_about_the_mean_widens_the_law() -> None:
    assert IP.sd > IP.loss_law.sd
    assert IP.matched().sd == pytest.approx(IP.sd)
    low, high = IP.mean_interval()
    assert (low, high) == pytest.approx(stats.beta(7.5, 2.5).interval(0.9))


def test_atoms_are_quantiles() -> None:
    law = LgdLaw(BetaLaw(5, 5), 3.0, zero=0.2, one=0.3)
    assert (law.quantile(0.1), law.quantile(0.8)) == (0.0, 1.0)
    assert (law.cdf(-0.1), law.cdf(0.0), law.cdf(1.0)) == (0.0, pytest.approx(0.2), 1.0)
    assert law.mean_interval()[0] > law.one


SOURCES = [
    Proceeds(0.4, LogNormal.of_mean(30.0, 0.5)),
    Proceeds(0.35, LogNormal.of_mean(50.0, 0.4)),
    Proceeds(0.2, LogNormal.of_mean(10.0, 0.6)),
]
OTHER = OtherSecurity(0.5, BetaLaw(2.0, 1.6))


def _simulated(
    sources: list[Proceeds], exposure: float, other: OtherSecurity | None, runs: int = 400_000
) -> np.ndarray:
    rng = np.random.default_rng(17)
    back = np.zeros(runs)
    for one in sources:
        amount = rng.lognormal(one.amount.mu, one.amount.sigma, runs)
        back += np.where(rng.random(runs) < one.chance, amount, 0.0)
    back /= exposure
    if other is not None:
        back += other.share * (1 - rng.beta(other.loss.a, other.loss.b, runs))
    return 1 - np.minimum(1, back)


@pytest.mark.parametrize("other", [None, OTHER])
@pytest.mark.parametrize("exposure", [60.0, 150.0])
def test_loss_of_a_loan_by_simulation(exposure: float, other: OtherSecurity | None) -> None:
    law = LoanLoss.of(exposure, SOURCES, other)
    lost = _simulated(SOURCES, exposure, other)
    assert law.mean == pytest.approx(lost.mean(), abs=0.003)
    assert law.sd == pytest.approx(lost.std(), abs=0.004)
    assert law.nothing_lost == pytest.approx((lost <= 0).mean(), abs=0.01)
    assert law.all_lost == pytest.approx((lost >= 1).mean(), abs=0.003)
    for level in (0.2, 0.5, 0.8, 0.95):
        assert law.cdf(level) == pytest.approx((lost <= level).mean(), abs=0.015)


def test_loss_of_a_loan_in_closed_form() -> None:
    """One source, certain to sell: 1 - E[min(1, X / exposure)]."""
    amount = LogNormal.of_mean(80.0, 0.7)
    law = LoanLoss.of(100.0, [Proceeds(1.0, amount)])
    assert law.mean == pytest.approx(1 - amount.limited(100.0) / 100.0)
    assert law.cdf(0.3) == pytest.approx(1 - amount.cdf(70.0))
    assert law.quantile(0.5) == pytest.approx(1 - amount.quantile(0.5) / 100.0)
    assert law.all_lost == 0


def test_nothing_behind_a_loan_loses_all() -> None:
    law = LoanLoss.of(100.0, [])
    assert (law.mean, law.sd, law.all_lost, law.quantile(0.01)) == (1.0, 0.0, 1.0, 1.0)


def test_many_sources_are_pooled_and_keep_their_mean() -> None:
    rng = np.random.default_rng(2)
    sources = [
        Proceeds(float(rng.uniform(0.2, 0.5)), LogNormal.of_mean(float(rng.uniform(2, 8)), 0.5))
        for _ in range(12)
    ]
    law = LoanLoss.of(1e4, sources)  # so large an exposure that no loss is limited
    expected = sum(one.chance * one.amount.mean for one in sources)
    assert law.mean == pytest.approx(1 - expected / 1e4, rel=1e-12)
    near = LoanLoss.of(40.0, sources)
    assert near.mean == pytest.approx(_simulated(sources, 40.0, None).mean(), abs=0.005)


@given(st.floats(1, 1e4), st.floats(0.01, 0.99))
def test_quantiles_invert_the_distribution(exposure: float, p: float) -> None:
    law = LoanLoss.of(exposure, SOURCES, OTHER)
    q = law.quantile(p)
    assert 0 <= q <= 1
    assert law.cdf(q) >= p - 1e-9
    assert 0 <= law.mean <= 1


def test_a_loan_needs_an_exposure() -> None:
    with pytest.raises(Invalid, match="exposure"):
        LoanLoss.of(0.0, SOURCES)


class _Lasting:
    def survival(self, years: float) -> float:
        return 0.9**years


def test_proceeds_of_rights_keep_the_expected_gross() -> None:
    disposal = Disposal(0.1, 0.15, 1.5, ())
    rights = [PledgedRight(1000.0, _Lasting(), spread=0.5), PledgedRight(0.0, _Lasting())]
    rows = proceeds_of(rights, disposal, sold=0.4, years=1.0)
    assert len(rows) == 1
    expected = sum(one.chance * one.amount.mean for one in rows)
    assert expected == pytest.approx(disposal.gross(rights, 1.0) * 0.85)
    assert rows[0].chance == pytest.approx(0.4 * 0.9**2.5)
    law = LoanLoss.of(350.0, rows)
    assert law.mean == pytest.approx(1 - expected / 350, abs=0.01)
    assert law.matched().mean == pytest.approx(law.mean)

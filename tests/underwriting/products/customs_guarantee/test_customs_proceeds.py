"""What a pledge gives back between two limits: against quadrature, and against drawn sales."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from typing import Any

import numpy as np
import pytest
from customs_proposals import RIGHT, customs_basis, customs_risk
from hypothesis import given
from hypothesis import strategies as st
from proposals import cny
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import lognorm

from models.recovery import Link
from underwriting.pledge.laws import Laws
from underwriting.products.customs_guarantee.proceeds import back_if_alive, limited
from underwriting.products.customs_guarantee.secured import laws_for

SOLD, PRICE, COST = 87.5 / 231, 0.25, 0.15
SIGMA = (0.5**2 + 0.25**2 * 42 / 365) ** 0.5


def laws(rights: Sequence[dict[str, Any]] = (RIGHT,), *, linked: bool = True, **parts: Any) -> Laws:
    risk = customs_risk(rights=[{**RIGHT, **right} for right in rights], **parts)
    found = laws_for(risk, customs_basis(risk))
    return found if linked else replace(found, link=Link())


@given(st.floats(1.0, 1e9), st.floats(0.0, 2.0), st.floats(0.0, 1e10))
def test_the_limited_mean_is_the_integral_of_the_tail(mean: float, cv: float, limit: float) -> None:
    found = limited(np.array([mean]), np.array([(cv * mean) ** 2]), np.array([limit]))[0, 0]
    if cv < 0.01:
        assert found == pytest.approx(min(mean, limit), rel=0.01)
        return
    sigma = np.log1p(cv**2) ** 0.5
    law = lognorm(sigma, scale=mean * exp(-(sigma**2) / 2))
    score = np.linspace(-9, 9, 40_001)
    amounts = np.minimum(law.ppf(ndtr(score)), limit)
    weights = np.exp(-(score**2) / 2) / (2 * np.pi) ** 0.5
    assert found == pytest.approx(np.trapezoid(amounts * weights, score), rel=1e-5, abs=1e-9 * mean)


def test_one_right_by_hand() -> None:
    """9,000,000.00 less 10 %: a lot that sells fetches a quarter, less 15 % of costs."""
    found = laws(linked=False)
    law = lognorm(SIGMA, scale=8_100_000_00 * PRICE * (1 - COST) * exp(-(SIGMA**2) / 2))
    (right,) = found.rights
    paid, before = np.array([500_000_00.0, 2_000_000_00.0]), 300_000_00
    back = back_if_alive(found, 3, paid, before)
    assert right.killed is not None
    for month in (1, 2, 3):
        waits = found.disposal.times
        alive = sum(weight * right.life.survival(month / 12 + wait) for weight, wait in waits)
        alive /= right.killed.survival(month / 12)
        for place, amount in enumerate(paid):
            kept, _ = quad(law.sf, before, before + amount)
            assert back[month - 1, place] == pytest.approx(SOLD * alive * kept, rel=1e-6)


def test_what_outranks_us_comes_off_first() -> None:
    paid = np.array([1_000_000_00.0])
    backs = [back_if_alive(laws(), 1, paid, before)[0, 0] for before in (0, 10**7, 10**8, 10**10)]
    assert backs == sorted(backs, reverse=True)
    assert backs[0] > 4 * backs[2] > 0
    assert backs[3] < 1e-3 * backs[0]


@pytest.mark.parametrize("many", [2, 4, 5, 7])
def test_several_rights_against_drawn_sales(many: int) -> None:
    """A million sales: each right lives, sells and has its value by itself."""
    values = [4_000_000, 2_500_000, 2_000_000, 900_000, 700_000, 300_000, 200_000][:many]
    rights = [
        {"number": f"R{place}", "appraised": cny(f"{value}.00"), "haircut": "0"}
        for place, value in enumerate(values)
    ]
    found = laws(rights, linked=False)
    luck, size = np.random.default_rng(11), 1_000_000
    fetched = np.zeros(size)
    for right in found.rights:
        alive = sum(w * right.life.survival(1 / 12 + wait) for w, wait in found.disposal.times)
        worth = right.value * np.exp(SIGMA * luck.standard_normal(size) - SIGMA**2 / 2)
        gives = luck.random(size) < SOLD * alive
        fetched += np.where(gives, worth * PRICE * (1 - COST), 0.0)
    for paid in (200_000_00.0, 1_000_000_00.0, 3_000_000_00.0):
        seen = np.clip(fetched - 100_000_00, 0, paid)
        back = back_if_alive(found, 1, np.array([paid]), 100_000_00)[0, 0]
        room = 4 * seen.std() / size**0.5 + (0.004 if many <= 4 else 0.015) * seen.mean()
        assert back == pytest.approx(seen.mean(), abs=room)


def test_a_haircut_that_is_stated_counts_where_it_is_the_larger() -> None:
    """A utility model is cut by a fifth anyway."""
    for kind, stated, cut in (
        ("utility_model", "0.1", 0.2), ("utility_model", "0.3", 0.3), ("invention", None, 0.0),
    ):  # fmt: skip
        (right,) = laws([{"kind": kind, "haircut": stated}]).rights
        assert right.haircut == cut


def test_the_value_falls_with_its_owner() -> None:
    paid = np.array([3_000_000_00.0])
    linked, alone = (back_if_alive(laws(linked=one), 12, paid, 0) for one in (True, False))
    assert (linked < 0.9 * alone).all()
    ratio = (linked / alone)[:, 0]
    assert (np.diff(ratio) > 0).all()  # the earlier a default, the worse the state that it tells of


def test_a_right_that_is_gone_or_cut_away_gives_nothing() -> None:
    paid = np.array([1_000_000_00.0])
    assert back_if_alive(laws([{"haircut": "1"}]), 2, paid, 0).tolist() == [[0.0], [0.0]]
    expired = laws([{"expires": "2025-04-01"}])
    assert back_if_alive(expired, 2, paid, 0).tolist() == [[0.0], [0.0]]

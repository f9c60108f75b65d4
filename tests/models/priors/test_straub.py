"""Bühlmann-Straub against published examples and against a law that is known."""

from collections.abc import Callable

import numpy as np
import pytest

from kernel.errors import Invalid
from models.priors import Counts
from models.priors.straub import Group, buhlmann_straub, gamma_of_cohorts, straub_of_counts

# Hachemeister 1975: bodily injury, mean claim and number of claims by state and quarter
SIZES = """1738 1642 1794 2051 2079 2234 2032 2035 2115 2262 2267 2517
1364 1408 1597 1444 1342 1675 1470 1448 1464 1831 1612 1471
1759 1685 1479 1763 1674 2103 1502 1622 1828 2155 2233 2059
1223 1146 1010 1257 1426 1532 1953 1123 1343 1243 1762 1306
1456 1499 1609 1741 1482 1572 1606 1735 1607 1573 1613 1690"""
CLAIMS = """7861 9251 8706 8575 7917 8263 9456 8003 7365 7832 7849 9077
1622 1742 1523 1515 1622 1602 1964 1515 1527 1748 1654 1861
1147 1357 1329 1204 998 1077 1277 1218 896 1003 1108 1121
407 396 348 341 315 328 352 331 287 384 321 342
2902 3172 3046 3068 2693 2910 3275 2697 2663 3017 3242 3425"""


def lines(text: str) -> list[tuple[float, ...]]:
    return [tuple(float(word) for word in line.split()) for line in text.splitlines()]


def test_hachemeister() -> None:
    """Figures as printed in the vignette of the R package actuar."""
    pairs = zip(lines(CLAIMS), lines(SIZES), strict=True)
    seen = buhlmann_straub([Group(str(i), m, x) for i, (m, x) in enumerate(pairs)])
    assert seen.mean == pytest.approx(1683.713, abs=5e-4)
    assert seen.between == pytest.approx(89_638.73, abs=5e-3)
    assert seen.within == pytest.approx(139_120_026, abs=0.5)
    assert seen.credibility == pytest.approx((0.9847, 0.9276, 0.8985, 0.7279, 0.9588), abs=5e-5)
    assert seen.premiums == pytest.approx((2055, 1524, 1793, 1443, 1603), abs=0.5)


def test_the_textbook_of_klugman() -> None:
    """Loss Models, two group policyholders: 110 and 315 lives, claims 23,000 and 56,000."""
    one = Group("1", (50.0, 60.0), (10_000 / 50, 13_000 / 60))
    two = Group("2", (100.0, 110.0, 105.0), (18_000 / 100, 21_000 / 110, 17_000 / 105))
    seen = buhlmann_straub([one, two])
    # the book works with means rounded to two decimals
    assert seen.within == pytest.approx(17_837.87, rel=1e-3)
    assert seen.between == pytest.approx(380.76, rel=1e-3)
    assert seen.k == pytest.approx(46.85, rel=1e-3)
    assert seen.credibility == pytest.approx((0.70, 0.87), abs=5e-3)


def test_equal_weights_are_buhlmann() -> None:
    """Two risks, four years each: means 4 and 5, v = 2/3, w = 1/2 - 1/6 = 1/3, Z = 2/3."""
    one, two = Group("1", (1.0,) * 4, (3, 4, 5, 4)), Group("2", (1.0,) * 4, (4, 5, 6, 5))
    seen = buhlmann_straub([one, two])
    assert (seen.within, seen.between) == pytest.approx((2 / 3, 1 / 3))
    assert seen.credibility == pytest.approx((2 / 3, 2 / 3))
    assert seen.premiums == pytest.approx((4.5 - 1 / 3, 4.5 + 1 / 3))


def test_the_gamma_behind_many_cohorts_is_found() -> None:
    """Rates gamma(1.78, 2000), right-years from 500 to 20,000: mean and b within 3 errors."""
    rng = np.random.default_rng(5)
    found = []
    for _ in range(40):
        years = rng.uniform(500, 20_000, 400)
        events = rng.poisson(rng.gamma(1.78, 1 / 2_000, 400) * years)
        law = gamma_of_cohorts([Counts(float(e), m) for e, m in zip(events, years, strict=True)])
        found.append((law.mean, law.weight))
    mean, b = np.mean(found, axis=0)
    error = np.std(found, axis=0, ddof=1) / np.sqrt(40)
    assert abs(mean - 1.78 / 2_000) < 3 * error[0]
    assert abs(b - 2_000) < 3 * error[1] + 60  # a ratio of estimates leans by some per cent
    assert error[1] < 100


def test_cohorts_that_do_not_differ_have_no_k() -> None:
    cohorts = [Counts(10, 1_000), Counts(20, 2_000), Counts(5, 500)]
    seen = straub_of_counts(cohorts)
    assert (seen.between, seen.k) == (0.0, None)
    assert seen.mean == pytest.approx(0.01)
    assert seen.premiums == pytest.approx((0.01,) * 3)
    assert gamma_of_cohorts(cohorts) is None


def test_the_weight_of_a_cohort_is_its_exposure_over_exposure_and_b() -> None:
    cohorts = [Counts(1, 1_000), Counts(60, 2_000), Counts(5, 500)]
    law = gamma_of_cohorts(cohorts)
    seen = straub_of_counts(cohorts)
    expected = [c.exposure / (c.exposure + seen.k) for c in cohorts]
    assert seen.credibility == pytest.approx(expected)
    assert law.mean == pytest.approx(seen.mean)


@pytest.mark.parametrize(
    "call",
    [
        lambda: buhlmann_straub([]),
        lambda: buhlmann_straub([Group("1", (1.0,), (1.0,)), Group("2", (1.0,), (2.0,))]),
        lambda: buhlmann_straub([Group("1", (1.0, 0.0), (1.0, 2.0)), Group("2", (1.0,), (2.0,))]),
        lambda: buhlmann_straub([Group("1", (1.0,), (1.0, 2.0)), Group("2", (1.0,), (2.0,))]),
        lambda: buhlmann_straub([Group("1", (), ()), Group("2", (1.0,), (2.0,))]),
        lambda: straub_of_counts([Counts(0, 5), Counts(0, 9)]),
        lambda: straub_of_counts([Counts(1, 5), Counts(0, 0)]),
    ],
)
def test_groups_that_say_nothing_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(Invalid):
        call()

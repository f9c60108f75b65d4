"""Reserves against the published run-off of Taylor and Ashe, and against methods by hand."""

import json

import numpy as np
import pytest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.training.reserving import Method, Triangle, reserve, triangle

TAYLOR_ASHE = (
    (357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948),
    (352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046),
    (290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405),
    (310608, 1108250, 776189, 1562400, 272482, 352053, 206286),
    (443160, 693190, 991983, 769488, 504851, 470639),
    (396132, 937085, 847498, 805037, 705960),
    (440832, 847631, 1131398, 1063269),
    (359480, 1061648, 1443370),
    (376686, 986608),
    (344014,),
)
"""Incremental claims (Taylor and Ashe 1983), as in Mack 1993, table 1."""

MACK_RESERVES = (0, 95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626)
MACK_ERRORS_PERCENT = (0, 80, 26, 19, 27, 29, 26, 22, 23, 29)
"""Mack 1993, table 3: reserves in thousands, standard errors in percent of them."""

PREMIUM = {2001 + place: 5_000_000.0 + 300_000 * place for place in range(10)}


def rows_of(increments: tuple[tuple[int, ...], ...]) -> list[dict[str, int]]:
    return [
        {"cohort": 2001 + place, "development": age, "paid": amount}
        for place, line in enumerate(increments)
        for age, amount in enumerate(line, start=1)
    ]


def changed(cell: tuple[int, int], amount: int) -> tuple[tuple[int, ...], ...]:
    lines = [list(line) for line in TAYLOR_ASHE]
    lines[cell[0]][cell[1]] = amount
    return tuple(map(tuple, lines))


RUN_OFF = triangle(rows_of(TAYLOR_ASHE))


def factors_by_hand(run_off: Triangle) -> np.ndarray:
    """Volume-weighted factors, as the textbook reads."""
    c = run_off.cumulative
    found = []
    for k in range(run_off.ages - 1):
        both = np.isfinite(c[:, k + 1])
        found.append(c[both, k + 1].sum() / c[both, k].sum())
    return np.array(found)


def left_by_hand(run_off: Triangle, tail: float = 1.0) -> np.ndarray:
    """Factor from each cohort's age to the end."""
    f = np.append(factors_by_hand(run_off), tail)
    reached = np.isfinite(run_off.cumulative).sum(axis=1)
    return np.array([f[age - 1 :].prod() for age in reached])


def test_the_published_reserves_of_mack() -> None:
    found = reserve(RUN_OFF)
    assert found.ibnr == pytest.approx(18_680_856, abs=0.5)
    assert found.mack_se == pytest.approx(2_447_095, abs=0.5)
    assert [round(one.ibnr / 1000) for one in found.cohorts] == list(MACK_RESERVES)
    percent = [round(100 * one.mack_se / one.ibnr) for one in found.cohorts[1:]]
    assert percent == list(MACK_ERRORS_PERCENT[1:])
    assert found.notes == ()


def mack_by_hand(run_off: Triangle) -> tuple[np.ndarray, np.ndarray, float]:
    """Sigmas, standard errors by cohort and in all: Mack 1993, formulas in his section 3."""
    c, f, steps = run_off.cumulative.copy(), factors_by_hand(run_off), run_off.ages - 1
    s2, weight = np.full(steps, np.nan), np.empty(steps)
    for k in range(steps):
        both = np.isfinite(c[:, k + 1])
        weight[k] = c[both, k].sum()
        if both.sum() > 1:
            ratio = c[both, k + 1] / c[both, k]
            s2[k] = (c[both, k] * (ratio - f[k]) ** 2).sum() / (both.sum() - 1)
    if np.isnan(s2[-1]):
        s2[-1] = min(s2[-2] ** 2 / s2[-3], s2[-3], s2[-2])
    first = np.isfinite(c).sum(axis=1) - 1
    for k in range(steps):
        c[:, k + 1] = np.where(np.isnan(c[:, k + 1]), c[:, k] * f[k], c[:, k + 1])
    ends, mse, total = c[:, -1], np.zeros(len(c)), 0.0
    for i in range(len(c)):
        ks = range(first[i], steps)
        mse[i] = ends[i] ** 2 * sum(s2[k] / f[k] ** 2 * (1 / c[i, k] + 1 / weight[k]) for k in ks)
        later = ends[i + 1 :].sum()
        total += mse[i] + ends[i] * later * sum(2 * s2[k] / f[k] ** 2 / weight[k] for k in ks)
    return np.sqrt(s2), np.sqrt(mse), float(np.sqrt(total))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_triangles_equal_the_hand_coded_chain_ladder(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lines = tuple(
        tuple(int(x) for x in rng.integers(100, 10_000, 7 - place) / (1 + np.arange(7 - place)))
        for place in range(7)
    )
    run_off = triangle(rows_of(lines))
    found = reserve(run_off)
    sigmas, errors, total = mack_by_hand(run_off)
    assert found.factors == pytest.approx(factors_by_hand(run_off), rel=1e-12)
    assert [one.to_ultimate for one in found.cohorts] == pytest.approx(left_by_hand(run_off))
    assert [one.ultimate for one in found.cohorts] == pytest.approx(
        run_off.latest * left_by_hand(run_off), rel=1e-9
    )
    assert found.sigmas == pytest.approx(sigmas, rel=1e-9)
    assert [one.mack_se for one in found.cohorts] == pytest.approx(errors, rel=1e-9)
    assert found.mack_se == pytest.approx(total, rel=1e-9)


def test_bornhuetter_ferguson_by_hand() -> None:
    found = reserve(RUN_OFF, Method.BORNHUETTER_FERGUSON, premium=PREMIUM, loss_ratio=0.8)
    expected = 0.8 * np.array([*PREMIUM.values()]) * (1 - 1 / left_by_hand(RUN_OFF))
    assert [one.ibnr for one in found.cohorts] == pytest.approx(expected, abs=1e-3)
    assert found.mack_se is None
    assert {one.loss_ratio for one in found.cohorts} == {0.8}


def test_cape_cod_by_hand() -> None:
    used = np.array([*PREMIUM.values()]) / left_by_hand(RUN_OFF)
    ratio = RUN_OFF.latest.sum() / used.sum()
    found = reserve(RUN_OFF, Method.CAPE_COD, premium=PREMIUM)
    assert [one.loss_ratio for one in found.cohorts] == pytest.approx([ratio] * 10)
    to_come = ratio * np.array([*PREMIUM.values()]) * (1 - 1 / left_by_hand(RUN_OFF))
    assert [one.ibnr for one in found.cohorts] == pytest.approx(to_come, abs=1e-3)
    assert found.ibnr == pytest.approx(to_come.sum())


def test_cape_cod_with_decay_weighs_near_cohorts_more() -> None:
    used = np.array([*PREMIUM.values()]) / left_by_hand(RUN_OFF)
    apart = np.abs(np.subtract.outer(np.arange(10), np.arange(10)))
    weight = 0.75**apart
    expected = weight @ RUN_OFF.latest / (weight @ used)
    found = reserve(RUN_OFF, Method.CAPE_COD, premium=PREMIUM, decay=0.75)
    assert [one.loss_ratio for one in found.cohorts] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("method", "extra"),
    [
        (Method.CHAIN_LADDER, {}),
        (Method.BORNHUETTER_FERGUSON, {"premium": PREMIUM, "loss_ratio": 0.8}),
    ],
)
def test_a_tail_lengthens_every_cohort(method: Method, extra: dict) -> None:
    found = reserve(RUN_OFF, method, tail=1.05, **extra)
    left = left_by_hand(RUN_OFF, 1.05)
    assert [one.to_ultimate for one in found.cohorts] == pytest.approx(left)
    if method is Method.CHAIN_LADDER:
        expected = RUN_OFF.latest * (left - 1)
    else:
        expected = 0.8 * np.array([*PREMIUM.values()]) * (1 - 1 / left)
    assert [one.ibnr for one in found.cohorts] == pytest.approx(expected, abs=1e-3)
    assert found.mack_se is None
    assert "given and not found" in found.notes[0]


def test_a_stated_nought_counts() -> None:
    """The package alone would leave the cohort out: 3.38 in place of 3.75."""
    run_off = triangle(rows_of(changed((3, 0), 0)))
    found = reserve(run_off)
    assert found.factors == pytest.approx(factors_by_hand(run_off), rel=1e-7)
    with_it = factors_by_hand(run_off)[0]
    without = np.delete(run_off.cumulative[:9], 3, axis=0)
    assert without[:, 1].sum() / without[:, 0].sum() < with_it - 0.3
    assert found.mack_se is None
    assert "nought" in found.notes[0]
    assert found.ibnr == pytest.approx((run_off.latest * (left_by_hand(run_off) - 1)).sum())


def test_a_cohort_without_any_payment_yet() -> None:
    run_off = triangle(rows_of(changed((9, 0), 0)))
    ladder = reserve(run_off)
    assert ladder.cohorts[-1].ibnr == pytest.approx(0, abs=0.1)
    expected = reserve(run_off, Method.BORNHUETTER_FERGUSON, premium=PREMIUM, loss_ratio=0.8)
    assert expected.cohorts[-1].ibnr > 5_000_000


def test_a_recovery_is_taken_and_told() -> None:
    run_off = triangle(rows_of(changed((4, 3), -150_000)))
    assert run_off.falling == ((2005, 4),)
    found = reserve(run_off)
    assert found.factors == pytest.approx(factors_by_hand(run_off), rel=1e-12)
    assert "2005 at age 4" in found.notes[0]


def test_fewer_ages_than_cohorts() -> None:
    """Older cohorts are at their end at age 6: nothing more is asked of them."""
    run_off = triangle(rows_of(tuple(line[:6] for line in TAYLOR_ASHE)))
    found = reserve(run_off)
    assert len(found.factors) == 5
    assert [one.ibnr for one in found.cohorts[:5]] == pytest.approx([0] * 5, abs=1e-6)
    assert found.ibnr == pytest.approx((run_off.latest * (left_by_hand(run_off) - 1)).sum())
    sigmas, errors, total = mack_by_hand(run_off)
    assert found.sigmas == pytest.approx(sigmas)
    assert [one.mack_se for one in found.cohorts] == pytest.approx(errors, rel=1e-9)
    assert found.mack_se == pytest.approx(total, rel=1e-9)
    tailed = reserve(run_off, tail=1.1)
    assert [one.ultimate for one in tailed.cohorts] == pytest.approx(
        run_off.latest * left_by_hand(run_off, 1.1), rel=1e-9
    )
    cape = reserve(run_off, Method.CAPE_COD, premium=PREMIUM)
    used = np.array([*PREMIUM.values()]) / left_by_hand(run_off)
    assert cape.cohorts[0].loss_ratio == pytest.approx(run_off.latest.sum() / used.sum())


def test_more_ages_than_cohorts() -> None:
    """A product no longer sold: five cohorts, seen for six to ten periods."""
    run_off = triangle(rows_of(TAYLOR_ASHE[:5]))
    found = reserve(run_off)
    left, premium = left_by_hand(run_off), np.array([*PREMIUM.values()])[:5]
    assert found.ibnr == pytest.approx((run_off.latest * (left - 1)).sum())
    _, errors, total = mack_by_hand(run_off)
    assert [one.mack_se for one in found.cohorts] == pytest.approx(errors, rel=1e-9)
    assert found.mack_se == pytest.approx(total, rel=1e-9)
    figures = {"premium": PREMIUM, "loss_ratio": 0.8}
    expected = reserve(run_off, Method.BORNHUETTER_FERGUSON, **figures)
    assert expected.ibnr == pytest.approx((0.8 * premium * (1 - 1 / left)).sum())
    cape = reserve(run_off, Method.CAPE_COD, premium=PREMIUM)
    ratio = run_off.latest.sum() / (premium / left).sum()
    assert [one.loss_ratio for one in cape.cohorts] == pytest.approx([ratio] * 5)


def test_ages_at_which_nothing_is_paid_any_more() -> None:
    """Factors of 1 with no spread: the error comes from the earlier ages alone."""
    run_off = triangle(rows_of(tuple((*line[:6], *(0 for _ in line[6:])) for line in TAYLOR_ASHE)))
    found = reserve(run_off)
    assert found.factors[5:] == pytest.approx([1.0] * 4)
    assert found.sigmas[5:] == (0.0, 0.0, 0.0, 0.0)
    short = reserve(triangle(rows_of(tuple(line[:6] for line in TAYLOR_ASHE))))
    assert found.mack_se == pytest.approx(short.mack_se, rel=1e-9)
    canonical_json(found.json())


def test_the_order_of_rows_and_their_splitting_do_not_matter() -> None:
    rows = rows_of(TAYLOR_ASHE)
    halves = [{**row, "paid": row["paid"] / 2} for row in rows] * 2
    assert triangle(halves[::-1]).cumulative == pytest.approx(RUN_OFF.cumulative, nan_ok=True)
    summed = np.cumsum(np.array(TAYLOR_ASHE[0]))
    stated = [
        {"cohort": 2001 + place, "development": age, "incurred": float(amount)}
        for place, line in enumerate(TAYLOR_ASHE)
        for age, amount in enumerate(np.cumsum(np.array(line)), start=1)
    ]
    again = triangle(stated, of="incurred", cumulative=True)
    assert again.cumulative[0] == pytest.approx(summed)
    assert reserve(again).ibnr == pytest.approx(reserve(RUN_OFF).ibnr)


def test_it_can_be_stored() -> None:
    stored = canonical_json(reserve(RUN_OFF).json())
    assert json.loads(stored)["method"] == "chain_ladder"
    assert len(json.loads(stored)["cohorts"]) == 10


def without(cohort: int, age: int) -> list[dict[str, int]]:
    rows = rows_of(TAYLOR_ASHE)
    return [row for row in rows if (row["cohort"], row["development"]) != (cohort, age)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (without(2004, 3), r"triangle\[2004, 3\]: has no row, and missing is not nought"),
        (without(2003, 8), r"triangle\[2003, 8\]"),
        ([row for row in rows_of(TAYLOR_ASHE) if row["cohort"] != 2005], r"triangle\[2005, 1\]"),
        (rows_of(tuple(line[:3] for line in TAYLOR_ASHE)), "10 cohorts and 3 ages"),
        ([], "are none"),
        ([{"cohort": 2001, "development": 0, "paid": 1}], "row 1.development: 0 is before"),
        ([{"cohort": 2001.0, "development": 1, "paid": 1}], "row 1.cohort: 2001.0 is no whole"),
        ([{"cohort": 2001, "development": 1, "paid": None}], "row 1.paid: None is no amount"),
        ([{"cohort": 2001, "development": 1, "paid": float("nan")}], "row 1.paid: nan"),
        ([{"cohort": 2001, "development": 1}], "row 1.paid: None is no amount"),
    ],
)
def test_a_faulty_triangle_is_refused_with_its_place(rows: list[dict], words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        triangle(rows)
    assert refused.value.faults[0].cure


def test_a_cell_stated_twice_is_refused_where_cells_are_totals() -> None:
    rows = [{"cohort": 2001, "development": 1, "paid": 1}] * 2
    with pytest.raises(Invalid, match="row 2: states cohort 2001 at age 1 again"):
        triangle(rows, cumulative=True)


def test_what_no_factor_can_multiply_is_refused() -> None:
    lines = tuple((0, *line[1:]) for line in TAYLOR_ASHE)
    with pytest.raises(Invalid, match="nothing was paid by age 1 in any cohort"):
        reserve(triangle(rows_of(lines)))
    with pytest.raises(Invalid, match=r"triangle\[2008, 2\]: is negative to date"):
        reserve(triangle(rows_of(changed((7, 1), -400_000))))


@pytest.mark.parametrize(
    ("method", "figures", "words"),
    [
        (Method.CHAIN_LADDER, {"premium": PREMIUM}, "premium: is not used by chain_ladder"),
        (Method.BORNHUETTER_FERGUSON, {"premium": PREMIUM}, "loss_ratio: is missing"),
        (Method.CAPE_COD, {}, "premium: is missing"),
        (Method.CAPE_COD, {"premium": PREMIUM, "loss_ratio": 0.5}, "loss_ratio: is not used"),
        (Method.CAPE_COD, {"premium": PREMIUM, "decay": 1.5}, "decay"),
        (Method.CAPE_COD, {"premium": PREMIUM | {2003: 0.0}}, r"premium\[2003\]"),
        (Method.CAPE_COD, {"premium": {2001: 1.0}}, r"premium\[2002\]: None"),
        (Method.BORNHUETTER_FERGUSON, {"premium": PREMIUM, "loss_ratio": -1}, "loss_ratio: -1"),
        (Method.CHAIN_LADDER, {"tail": 0.9}, "tail: 0.9"),
    ],
)
def test_a_method_has_what_it_needs_and_nothing_else(
    method: Method, figures: dict, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        reserve(RUN_OFF, method, **figures)

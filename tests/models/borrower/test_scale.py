"""The master scale and its outcome table against scipy, simulation and closed forms."""

import json
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta as beta_law
from scipy.stats import binomtest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from kernel.finding import Effect
from models.borrower.jeffreys import Rate
from models.borrower.odds import Floats
from models.borrower.outcome import Light, OutcomeTable, outcome_table
from models.borrower.rows import effective_rows
from models.borrower.scale import GRADES, load_scale, read_scale
from models.borrower.verdict import findings_of
from models.priors import load_priors

SCALE = load_scale()


def drawn(seed: int, size: int, factor: float = 1.0) -> tuple[Floats, Floats]:
    """PDs over the whole scale; defaults at `factor` times the PD."""
    rng = np.random.default_rng(seed)
    pd = np.exp(rng.uniform(np.log(0.002), np.log(0.3), size))
    return pd, (rng.random(size) < np.minimum(pd * factor, 1.0)).astype(float)


def graded(counts: dict[str, tuple[int, int]]) -> OutcomeTable:
    """A table of (defaults, rows) by grade, every PD at the grade's centre."""
    pd, outcome = [], []
    for grade, (defaults, rows) in counts.items():
        pd += [SCALE.pd[GRADES.index(grade)]] * rows
        outcome += [1.0] * defaults + [0.0] * (rows - defaults)
    return outcome_table(SCALE, np.array(pd), np.array(outcome))


def test_bounds_are_geometric_midpoints_of_the_published_figures() -> None:
    assert GRADES == ("A", "BBB", "BB", "B", "CCC")
    assert SCALE.pd == (0.005, 0.012, 0.025, 0.06, 0.15)
    wanted = (sqrt(0.005 * 0.012), sqrt(0.012 * 0.025), sqrt(0.025 * 0.06), sqrt(0.06 * 0.15))
    assert SCALE.bounds == pytest.approx(wanted)
    assert [SCALE.grade_of(pd) for pd in SCALE.pd] == list(GRADES)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_pd_never_has_a_better_grade(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert GRADES.index(SCALE.grade_of(low)) <= GRADES.index(SCALE.grade_of(high))
    assert SCALE.places(np.array([one]))[0] == GRADES.index(SCALE.grade_of(one))


def test_a_pd_at_the_bound_is_in_the_better_grade() -> None:
    assert SCALE.grade_of(SCALE.bounds[0]) == "A"
    assert SCALE.grade_of(np.nextafter(SCALE.bounds[0], 1)) == "BBB"


def test_a_scale_of_ones_own_is_read() -> None:
    text = 'name = "two"\ngrades = ["good", "bad"]\npd = [0.01, 0.2]\nbounds = [0.05]\n'
    scale = read_scale(text + 'source = "own"\ngrade = "B"\n', load_priors())
    assert (scale.grade_of(0.05), scale.grade_of(0.051)) == ("good", "bad")
    assert json.loads(canonical_json(scale.json()))["bounds"] == [0.05]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ('grades = ["x"]', "scale.grades"),
        ('grades = ["good", "good"]', "scale.grades"),
        ("pd = [0.2, 0.01]", "scale.pd"),
        ("pd = [0.2]", "scale.pd"),
        ("bounds = [0.5]", "scale.bounds"),
        ("bounds = []", "scale.bounds"),
        ("colour = 1", "scale.colour"),
    ],
)
def test_a_scale_that_does_not_hold_together_is_refused(change: str, field: str) -> None:
    rows = {
        "name": 'name = "two"',
        "grades": 'grades = ["good", "bad"]',
        "pd": "pd = [0.01, 0.2]",
        "bounds": "bounds = [0.05]",
        "source": 'source = "own"',
        "grade": 'grade = "B"',
    }
    rows[change.split(" = ", maxsplit=1)[0]] = change
    with pytest.raises(Invalid) as caught:
        read_scale("\n".join(rows.values()), load_priors())
    assert field in [fault.field for fault in caught.value.faults]


def test_a_missing_key_or_broken_text_is_refused() -> None:
    with pytest.raises(Invalid, match=r"scale\.name: is missing"):
        read_scale('grades = ["A", "B"]', load_priors())
    with pytest.raises(Invalid, match="is no TOML"):
        read_scale("grades = [", load_priors())
    with pytest.raises(Invalid, match="no published figure"):
        read_scale('name="x"\ngrades=["A","Z"]\nsource="s"\ngrade="C"', load_priors())


@given(st.integers(0, 60), st.integers(1, 2000), st.floats(0.001, 0.5), st.floats(0.5, 0.999))
def test_the_interval_and_test_are_scipys(
    defaults: int, rows: int, pd: float, level: float
) -> None:
    defaults = min(defaults, rows)
    rate, judge = Rate(defaults, rows), beta_law(defaults + 0.5, rows - defaults + 0.5)
    low, high = rate.interval(level)
    if defaults:
        assert low == pytest.approx(judge.ppf((1 - level) / 2), rel=1e-7)
    if defaults < rows:
        assert high == pytest.approx(judge.ppf((1 + level) / 2), rel=1e-7)
    assert rate.below(pd) == pytest.approx(judge.cdf(pd), rel=1e-7, abs=1e-12)


def test_the_order_confidence_is_that_of_drawn_rates() -> None:
    rng = np.random.default_rng(8)
    for (d1, n1), (d2, n2) in [
        ((20, 800), (30, 700)),
        ((5, 300), (4, 300)),
        ((60, 900), (90, 900)),
    ]:
        one, two = (rng.beta(d + 0.5, n - d + 0.5, 400_000) for d, n in ((d1, n1), (d2, n2)))
        assert Rate(d2, n2).exceeds(Rate(d1, n1)) == pytest.approx((two > one).mean(), abs=0.01)


def test_the_light_agrees_with_the_exact_binomial_test() -> None:
    """Two other tests of the same question: they agree but near the edge."""
    for defaults in range(60):
        table = graded({"BB": (defaults, 1000), "B": (1, 10)})
        line = table.grades[2]
        exact = binomtest(defaults, 1000, 0.025).pvalue
        if exact < 0.02:
            assert line.light is not Light.GREEN
        if exact > 0.10:
            assert line.light is Light.GREEN
        if exact < 1e-4:
            assert line.light is Light.RED


def test_the_counts_are_the_counts() -> None:
    pd, outcome = drawn(1, 20_000)
    table = outcome_table(SCALE, pd, outcome)
    for line, grade in zip(table.grades, GRADES, strict=True):
        here = np.array([SCALE.grade_of(one) == grade for one in pd])
        assert (line.rows, line.defaults) == (here.sum(), outcome[here].sum())
        assert line.expected == pytest.approx(pd[here].sum())
        assert line.effective == pytest.approx(here.sum())
        assert line.rate == pytest.approx(outcome[here].mean())
        judge = beta_law(line.defaults + 0.5, line.rows - line.defaults + 0.5)
        assert (line.low, line.high) == pytest.approx((judge.ppf(0.05), judge.ppf(0.95)))
    assert table.ordered
    assert table.proved()
    assert table.violations == table.pooled == ()


def test_true_pds_are_green_as_often_as_stated() -> None:
    """Amber or worse in 5 % of honest grades, red in 0.1 %."""
    lights = [
        line.light
        for seed in range(150)
        for line in outcome_table(SCALE, *drawn(seed, 4000)).grades
    ]
    share = 1 - lights.count(Light.GREEN) / len(lights)
    assert share == pytest.approx(0.05, abs=0.025)
    assert lights.count(Light.RED) <= 5


def test_pds_that_are_wrong_are_found_and_named() -> None:
    for factor, code in ((2.0, "grade-pd-too-low"), (0.5, "grade-pd-too-high")):
        findings = findings_of(outcome_table(SCALE, *drawn(3, 20_000, factor)))
        assert {finding.code for finding in findings} == {code}
        assert any(finding.effect is Effect.REFER for finding in findings)
        assert all(finding.zh and finding.cure for finding in findings)


def test_a_broken_order_is_flagged_and_pooled() -> None:
    table = graded({"A": (2, 500), "BBB": (12, 400), "BB": (6, 400), "B": (30, 400)})
    assert not table.ordered
    assert not table.proved()
    assert [(step.better, step.worse) for step in table.violations] == [("BBB", "BB")]
    assert table.pooled == (("BBB", "BB"),)
    assert table.violations[0].confidence < 0.5
    codes = [finding.code for finding in findings_of(table)]
    assert codes.count("grade-order-broken") == 1
    assert codes[-1] == "grade-untested"  # nobody in CCC
    said = json.loads(canonical_json(table.json()))
    assert said["violations"] == [["BBB", "BB"]]
    assert said["grades"][4]["rate"] is None
    assert said["grades"][4]["light"] == "none"


def test_pooling_goes_on_until_the_order_holds() -> None:
    table = graded({"A": (9, 100), "BBB": (5, 100), "BB": (1, 100), "B": (20, 100)})
    assert table.pooled == (("A", "BBB", "BB"),)


def test_an_order_that_was_seen_by_luck_is_not_proved() -> None:
    table = graded({"A": (1, 100), "BBB": (2, 100)})
    assert table.ordered
    assert not table.proved()
    assert 0.5 < (table.weakest or 0) < 0.95
    one = graded({"A": (1, 100)})
    assert (one.ordered, one.weakest) == (False, None)


def test_weights_count_by_what_they_tell() -> None:
    """Equal weights are nothing; a sample drawn by outcome has the interval of its own variance."""
    pd, outcome = drawn(5, 3000)
    plain, heavy = outcome_table(SCALE, pd, outcome), outcome_table(SCALE, pd, outcome, pd * 0 + 7)
    for one, two in zip(plain.grades, heavy.grades, strict=True):
        assert (one.rate, one.low, one.high, one.light) == pytest.approx(
            (two.rate, two.low, two.high, two.light)
        )
        assert two.defaults == pytest.approx(7 * one.defaults)


def test_effective_rows_are_those_of_a_repeated_draw() -> None:
    """Defaults drawn at 1 in 5, others at 1 in 22: variance of the weighted rate, simulated."""
    rng, rates, told = np.random.default_rng(4), [], []
    for _ in range(2000):
        defaults, others = rng.poisson(300), rng.poisson(900)
        d = np.r_[np.ones(defaults), np.zeros(others)]
        w = np.r_[np.full(defaults, 5.0), np.full(others, 22.0)]
        rates.append(w @ d / w.sum())
        told.append(effective_rows(d, w))
    rate = np.mean(rates)
    assert rate * (1 - rate) / np.var(rates) == pytest.approx(np.mean(told), rel=0.08)

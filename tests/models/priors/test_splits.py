"""Rates by type add back to the official totals, also after own counts."""

import pytest

from kernel.errors import Invalid
from models.priors import Counts, OwnCounts, UpdatedTable, load_priors, with_counts
from models.priors.splits import adds_back, load_splits, rake
from models.priors.straub import Group, buhlmann_straub

TABLE = load_priors()
SPLITS = load_splits()
EVERY = pytest.mark.parametrize("code", SPLITS)


@EVERY
def test_the_published_split_adds_back(code: str) -> None:
    seen = adds_back(TABLE, SPLITS[code])
    assert seen.holds, (seen.expected, seen.given)


@EVERY
def test_the_total_is_that_of_the_prior_table(code: str) -> None:
    """Grade A, to the digits printed."""
    split = SPLITS[code]
    row = TABLE.rows[split.total_row]
    assert row.grade == split.grade == "A"
    assert row.source == split.source
    assert row.value == pytest.approx(split.total, rel=split.tolerance)


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("patent-suits", 0.236),
        ("patent-requests", 0.041),
        ("patent-administrative-cases", 0.36),
        ("trademark-suits", 0.30),
        ("trademark-requests", 0.150),
    ],
)
def test_the_totals_as_published(code: str, percent: float) -> None:
    digits = len(f"{percent}".split(".")[1])
    assert round(100 * SPLITS[code].total, digits) == percent


def test_the_arithmetic_of_the_split_of_suits() -> None:
    """40,240 infringement suits: design 60 %, the rest 615 : 968."""
    split = SPLITS["patent-suits"]
    suits = split.events * split.share
    rest = 0.4 * suits
    by_type = {
        "design": 0.6 * suits,
        "invention": rest * 615 / 1583,
        "utility_model": rest * 968 / 1583,
    }
    for right, count in by_type.items():
        rate = count / split.right_years[right]
        assert TABLE.find("suit_rate", right).value == pytest.approx(rate, rel=0.007)


def test_a_split_that_is_off_is_seen() -> None:
    rows = [OwnCounts("challenge", "design", "CN", Counts(60, 3_000))]
    seen = adds_back(with_counts(TABLE, rows), SPLITS["patent-requests"])
    assert not seen.holds
    assert seen.ratio > 4


def test_raking_brings_it_back() -> None:
    rows = [OwnCounts("challenge", "design", "CN", Counts(60, 3_000))]
    table, split = with_counts(TABLE, rows), SPLITS["patent-requests"]
    raked = rake(table, split)
    assert adds_back(raked, split).ratio == pytest.approx(1.0, abs=1e-12)
    assert adds_back(rake(raked, split), split).ratio == pytest.approx(1.0, abs=1e-12)
    assert raked.fit_id == f"{table.fit_id}+raked-patent-requests"


def test_raking_keeps_proportions_width_and_credibility() -> None:
    rows = [OwnCounts("challenge", "design", "CN", Counts(60, 3_000))]
    table, split = with_counts(TABLE, rows), SPLITS["patent-requests"]
    raked = rake(table, split)
    factor = 1.0 / adds_back(table, split).ratio
    for right in split.right_years:
        before, after = (one.find("challenge", right) for one in (table, raked))
        assert after.value == pytest.approx(factor * before.value)
        assert after.a == pytest.approx(before.a)
        assert after.a / after.b == pytest.approx(after.value, rel=0.002)  # b is printed whole
    assert isinstance(raked, UpdatedTable)
    one, other = (t.posterior("challenge", "design") for t in (table, raked))
    assert other.credibility == one.credibility
    assert other.mean == pytest.approx(raked.find("challenge", "design").value)
    assert (other.low, other.high) == pytest.approx((factor * one.low, factor * one.high))


def test_raking_a_published_table_leaves_the_rest() -> None:
    raked = rake(TABLE, SPLITS["patent-suits"])
    assert type(raked) is type(TABLE)
    changed = {key for key, row in raked.rows.items() if row != TABLE.rows[key]}
    assert changed == {
        f"suit_rate/{right}/CN" for right in ("invention", "utility_model", "design")
    }


def test_a_split_of_a_right_without_a_rate_is_refused() -> None:
    table = type(TABLE)("bare", {})
    with pytest.raises(Invalid):
        adds_back(table, SPLITS["patent-suits"])


def test_groups_are_compared_not_split() -> None:
    with pytest.raises(Invalid):
        buhlmann_straub([Group("one", (1.0,), (1.0,))])

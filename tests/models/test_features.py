"""A fit refuses what cannot be, naming each column, and takes the rest as its rules say."""

from math import isnan, nan

import pytest

from kernel.errors import Invalid
from models.features import Feature, Kind, Missing, check

AGE = Feature("age", unit="years", low=0.0, high=120.0, seen_low=1.0, seen_high=40.0)
STAFF = Feature("staff", missing=Missing.LEARNED)
DEBT = Feature("debt", missing=Missing.FILL, fill=0.25, low=0.0)
SECTOR = Feature("sector", Kind.CATEGORY, levels=("farm", "trade"), other=False)
REGION = Feature("region", Kind.CATEGORY, levels=("north",), missing=Missing.LEARNED)
ALL = (AGE, STAFF, DEBT, SECTOR, REGION)
GOOD = {"age": 3, "staff": 5.0, "debt": 0.5, "sector": "farm", "region": "south"}


def faults(**changes: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        check(ALL, {**GOOD, **changes})
    return {fault.field: f"{fault.problem}; {fault.cure}" for fault in refused.value.faults}


def test_a_good_row_is_read_as_floats_and_levels() -> None:
    assert check(ALL, GOOD) == {**GOOD, "age": 3.0}


def test_missing_values_follow_their_rule() -> None:
    read = check(ALL, {"age": 3, "sector": "farm", "staff": nan})
    assert isnan(float(read["staff"]))
    assert read["debt"] == 0.25
    assert read["region"] == ""


def test_a_stated_unit_must_be_the_fit_s() -> None:
    assert check(ALL, {**GOOD, "age": {"value": 3, "unit": "years"}})["age"] == 3.0
    assert "state it in years" in faults(age={"value": 36, "unit": "months"})["features.age"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"age": None}, "age", "is missing, and the fit has no rule"),
        ({"age": -1}, "age", "-1 is out of range; check its unit; the fit takes 0 to 120 years"),
        ({"age": 1200}, "age", "out of range"),
        ({"age": "12"}, "age", "is not a number"),
        ({"age": float("inf")}, "age", "is not a number"),
        ({"debt": -0.1}, "debt", "the fit takes 0 to any"),
        ({"sector": "mining"}, "sector", "never seen in training; use one of farm, trade"),
        ({"sector": 5}, "sector", "is not text"),
        ({"shoe": 5}, "shoe", "is no feature of this fit"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], field: str, words: str) -> None:
    assert words in faults(**changes)[f"features.{field}"]


def test_every_fault_is_named_at_once() -> None:
    named = faults(age=-1, sector="mining", shoe=1)
    assert list(named) == ["features.age", "features.sector", "features.shoe"]


def test_beyond_what_was_seen_is_taken_at_the_edge() -> None:
    assert [AGE.clamped(value) for value in (0.5, 7.0, 99.0)] == [1.0, 7.0, 40.0]
    assert isnan(AGE.clamped(nan))


@pytest.mark.parametrize("feature", ALL)
def test_a_feature_reads_back_as_it_was_written(feature: Feature) -> None:
    assert Feature.of(feature.json()) == feature

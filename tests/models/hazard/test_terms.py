"""Terms of one row and of a column are the same figures; what a term is called and keeps."""

import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features import Feature, Kind, Missing
from models.hazard.columns import number, taken, weighed
from models.hazard.look import Found, look
from models.hazard.terms import Take, Term

COUNT = Feature("claims", low=0.0, seen_low=1.0, seen_high=50.0, missing=Missing.LEARNED, fill=7.0)
PLACE = Feature("country", Kind.CATEGORY, levels=("JP", "US"), missing=Missing.LEARNED)
TERMS = [
    (Term("claims", Take.VALUE), COUNT),
    (Term("claims", Take.LOG), COUNT),
    (Term("claims", Take.MISSING), COUNT),
    (Term("country", Take.LEVEL, "JP"), PLACE),
]


@pytest.mark.parametrize("term", [term for term, _ in TERMS], ids=lambda term: term.name)
def test_a_term_comes_back_from_json(term: Term) -> None:
    assert Term.of(term.json()) == term


def test_names_tell_what_is_taken() -> None:
    names = [term.name for term, _ in TERMS]
    assert names == ["claims", "log1p(claims)", "missing(claims)", "country = JP"]


@given(
    value=st.one_of(st.none(), st.floats(0.0, 1e4)),
    level=st.sampled_from(["JP", "US", "DE", None]),
)
def test_a_row_and_a_column_take_the_same(value: float | None, level: str | None) -> None:
    frame = pl.DataFrame(
        {"claims": [value], "country": [level]},
        schema={"claims": pl.Float64, "country": pl.String},
    )
    for term, feature in TERMS:
        given_: float | str = (
            (level or "") if feature is PLACE else (math.nan if value is None else value)
        )
        alone = term.read(feature, given_)
        assert frame.select(taken(term, feature)).item() == pytest.approx(alone, rel=1e-14)


def test_a_bare_column_is_left_bare() -> None:
    """Where a pass has shown that nothing is to be mended, nothing is guarded."""
    clean = Found(2.0, 40.0, missing=0, decimal=True)
    assert str(number(COUNT, clean)) == str(pl.col("claims"))
    assert str(number(COUNT, replace(clean, high=51.0))) != str(pl.col("claims"))
    assert str(number(COUNT, replace(clean, missing=1))) != str(pl.col("claims"))


def test_terms_of_no_weight_are_not_read() -> None:
    features = {"claims": COUNT, "country": PLACE}
    total = weighed([(TERMS[0][0], 0.0), (TERMS[3][0], 0.0)], features, {}, 2.5)
    assert total.meta.root_names() == []
    assert pl.select(total).item() == 2.5


def test_levels_of_one_category_are_one_lookup() -> None:
    levels = [(Term("country", Take.LEVEL, name), w) for name, w in (("JP", 0.5), ("US", -0.25))]
    frame = pl.DataFrame({"country": ["US", None, "JP", "FR"]})
    found = frame.select(weighed(levels, {"country": PLACE}, {}, 1.0)).to_series()
    assert found.to_list() == [0.75, 1.0, 1.5, 1.0]


def test_a_look_tells_ends_and_gaps() -> None:
    wide = replace(COUNT, low=None)
    frame = pl.DataFrame({"claims": [3.0, None, float("nan"), 8.0]})
    assert look([wide], frame)["claims"] == Found(3.0, 8.0, missing=2, decimal=True)
    whole = pl.DataFrame({"claims": [3, 4]})
    assert look([wide], whole)["claims"] == Found(3.0, 4.0, missing=0, decimal=False)
    empty = pl.DataFrame({"claims": [None, None]}, schema={"claims": pl.Float64})
    assert look([wide], empty)["claims"] == Found(None, None, missing=2, decimal=True)
    flags = pl.DataFrame({"claims": [True, False]})
    assert look([wide], flags)["claims"] == Found(0.0, 1.0, missing=0, decimal=False)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_beyond_is_beyond(values: list[float]) -> None:
    found = Found(min(values), max(values), 0)
    outside = np.array([value < -10.0 or value > 10.0 for value in values])
    assert found.beyond(-10.0, 10.0) == outside.any()
    assert not found.beyond(None, None)

"""The table of limits: every figure has a source, every product a class, every word a meaning."""

import re
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from kernel.money import MINOR_DIGITS
from underwriting.portfolio.keys import Dimension
from underwriting.portfolio.limits import Counts, Gate, Limits, Statutory, load_limits
from underwriting.portfolio.means import Means

LIMITS = load_limits()
FOUR = {
    "pledge_guarantee",
    "customs_guarantee",
    "infringement_loss",
    "infringement_liability",
}  # fmt: skip
SOURCES = Path(__file__).parents[3] / "docs" / "sources.md"


@pytest.mark.parametrize(
    "limit",
    [*LIMITS.statutory, *LIMITS.gates, *LIMITS.ceilings.values()],
    ids=lambda x: x.grounds.code,
)
def test_every_limit_says_what_it_rests_on(limit: Statutory | Gate) -> None:
    grounds = limit.grounds
    assert re.fullmatch(r"[a-z][a-z_-]+", grounds.code)
    assert grounds.en
    assert re.search("[\u4e00-\u9fff]", grounds.zh)
    assert grounds.clause
    assert re.fullmatch(r"S\d+|H-[a-z]+", grounds.source)
    assert grounds.grade in {"A", "B", "C", "K"}
    assert grounds.unverified or grounds.grade in {"A", "B"}, "what is uncertain says why"


def test_every_product_is_of_a_class_and_every_dimension_has_a_ceiling() -> None:
    classed = frozenset[str]().union(*LIMITS.classes.values())
    assert classed == FOUR
    assert set(LIMITS.ceilings) == set(Dimension)


@pytest.mark.parametrize("currency", MINOR_DIGITS)
def test_every_currency_has_every_ceiling(currency: str) -> None:
    assert all((one.minor(currency) or 0) > 0 for one in LIMITS.ceilings.values())


def test_a_currency_without_a_unit_has_no_ceiling_and_not_one_of_nought() -> None:
    without = LIMITS.json() | {"unit": {"CNY": "1000000"}}
    own = Limits.of(without).ceilings[Dimension.FAMILY]
    assert own.minor("CNY") == 30 * 10**8
    assert own.minor("USD") is None


def test_codes_are_used_once_and_figures_are_figures_of_the_means() -> None:
    named = [one.grounds.code for one in (*LIMITS.statutory, *LIMITS.gates)]
    assert len(set(named)) == len(named)
    figures = {one.name for one in fields(Means)}
    assert {one.of for one in LIMITS.statutory} | {one.figure for one in LIMITS.gates} <= figures
    for one in LIMITS.statutory:
        assert bool(one.dimensions) == (one.counts is Counts.KEY)


@pytest.mark.parametrize(
    ("code", "times", "of", "grade"),
    [
        ("guarantee-total", "10", "net_assets", "B"),
        ("single-obligor", "1/20", "net_assets", "B"),
        ("risk-unit", "1/10", "capital_and_reserves", "A"),
        ("premium-total", "4", "capital_and_reserves", "A"),
        ("financing-total", "4", "net_assets", "K"),
        ("financing-single", "1/100", "net_assets", "K"),
    ],
)
def test_the_figures_are_those_of_the_rules(code: str, times: str, of: str, grade: str) -> None:
    (limit,) = (one for one in LIMITS.statutory if one.grounds.code == code)
    assert (limit.times, limit.of, limit.grounds.grade) == (Fraction(times), of, grade)


def test_frozen_limits_are_read_back_the_same() -> None:
    again = Limits.of(LIMITS.json())
    assert again == LIMITS
    assert canonical_json(again.json()) == canonical_json(LIMITS.json())


def test_a_file_of_the_house_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[3] / "underwriting" / "portfolio" / "limits.toml"
    own = tmp_path / "own.toml"
    text = shipped.read_text(encoding="utf-8").replace('times      = "10"', 'times      = "8"')
    own.write_text(text, encoding="utf-8")
    assert load_limits(own).statutory[0].times == 8


@pytest.mark.parametrize("text", ["version =", "[classes]", None])
def test_a_file_that_is_no_table_of_limits_is_refused(tmp_path: Path, text: str | None) -> None:
    own = tmp_path / "own.toml"
    if text is not None:
        own.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        load_limits(own)
    assert refused.value.code == "limits-invalid"
    assert str(tmp_path) not in str(refused.value)

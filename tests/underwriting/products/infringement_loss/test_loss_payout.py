"""Published payouts: what is left out, and the loss behind them; which term takes what of whom."""

import tomllib
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import format_minor, parse_minor
from underwriting.products.infringement_loss.payment import AgreedTerms, pay
from underwriting.products.infringement_loss.stated_payout import stated_payout

FOLDER = Path(__file__).parents[4] / "docs" / "casebook"
CASES = {
    path.stem: case
    for path in sorted(FOLDER.glob("*.toml"))
    if (case := tomllib.loads(path.read_text("utf-8")))["kind"] == "payout"
}
MINOR = st.integers(0, 10**9)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_loss_behind_a_published_payout(name: str) -> None:
    assert stated_payout(CASES[name]) == CASES[name]["expected"]


@pytest.mark.parametrize("name", sorted(CASES))
def test_each_says_what_its_source_leaves_out(name: str) -> None:
    case = CASES[name]
    assert case["left_out"]
    assert case["expected"]["reproduced"] == "no"
    assert "docs/sources.md#s" in case["source"]


def test_the_published_ones_are_all_there() -> None:
    paid = sorted(case["published"]["paid"] for case in CASES.values())
    assert paid == ["23559.65", "260000.00", "340000.00", "64000.00"]


def a_case(paid: str, retention: str, coinsurance: str, **more: Any) -> dict[str, Any]:
    stated = {"retention": retention, "coinsurance": coinsurance}
    printed = {"currency": "CNY", "paid": paid, **more}
    return {"published": printed, "assumed": {"only": stated}, "left_out": []}


def test_a_payment_that_states_enough_is_reproduced() -> None:
    """IPISC: 432,000 under a retention of 20,000 and a copay of a tenth is a suit of 500,000."""
    found = stated_payout(a_case("432000.00", "20000.00", "10/100", limit="1000000.00"))
    assert found == {
        "loss_only": "500000.00", "limit_left": "568000.00", "reproduced": "yes",
    }  # fmt: skip


def test_a_payout_above_its_limit_cannot_be() -> None:
    with pytest.raises(AssertionError, match="above its limit"):
        stated_payout(a_case("432000.00", "0.00", "0", limit="400000.00"))


@given(st.integers(1, 10**9), MINOR, st.fractions(0, Fraction(99, 100), max_denominator=100))
def test_it_is_the_least_loss_that_is_paid_so_much(paid: int, kept: int, part: Fraction) -> None:
    """The least X with (1 - c)(X - r) >= P - 1/2, in closed form."""
    case = a_case(format_minor(paid, "CNY"), format_minor(kept, "CNY"), str(part))
    found = parse_minor(stated_payout(case)["loss_only"], "CNY")
    assert found == kept + ceil((paid - Fraction(1, 2)) / (1 - part))


@given(
    loss=st.dictionaries(st.sampled_from(["a", "b", "c", "x"]), MINOR),
    tops=st.fixed_dictionaries(dict.fromkeys("abc", st.one_of(st.none(), MINOR))),
    amounts=st.tuples(MINOR, MINOR, st.one_of(st.none(), MINOR), MINOR),
    part=st.fractions(0, Fraction(99, 100), max_denominator=100),
    used=MINOR,
)
def test_what_each_term_takes_of_each_peril_adds_up(
    *,
    loss: dict[str, int],
    tops: dict[str, int | None],
    amounts: tuple[int, int, int | None, int],
    part: Fraction,
    used: int,
) -> None:
    retention, limit, per_right, aggregate = amounts
    terms = AgreedTerms(
        perils=tops,
        retention=retention,
        coinsurance=part,
        limit=limit,
        per_right=per_right,
        aggregate=aggregate,
        exempt=None,
    )
    found = pay(terms, loss, used=used)
    assert dict(found.cuts) == {term: sum(gone.values()) for term, gone in found.taken.items()}
    for peril, minor in loss.items():
        gone = sum(taken.get(peril, 0) for taken in found.taken.values())
        assert minor - gone == found.paid.get(peril, 0)
    assert sum(loss.values()) - found.total == sum(minor for _, minor in found.cuts)
    assert found.taken["not_covered"].get("x", 0) == loss.get("x", 0)

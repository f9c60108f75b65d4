"""Average and double insurance: the part that is borne, exact, before the sum insured caps it."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from builders import DEFAULT, SAMPLES, a_basis, a_risk, cny, some_inputs
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.coverage.borne import borne
from claims.rules.coverage.known import OtherCover
from claims.rules.coverage.proportion import Proportion, also_covered, proportions, share_of
from claims.rules.kinds import Stated, kind_of
from kernel.finding import Effect
from kernel.money import Money, round_half_up
from kernel.sharing import LossBase
from underwriting.products import product
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.rules.contract import Contract

KIND = kind_of("pledge_guarantee")
ALL = LossBase.PRINCIPAL_INTEREST_COSTS


def terms(sum_insured: str = "3000000.00", **agreed: Any) -> Contract:
    risk = a_risk(cover={"sum_insured": cny(sum_insured)})
    made = contract(risk, a_basis(some_inputs(risk)))
    return replace(made, agreed={**made.agreed, **agreed})


TERMS = terms()


def covers(*others: int) -> tuple[OtherCover, ...]:
    return tuple(OtherCover(f"P{n}", minor, f"policy P{n}") for n, minor in enumerate(others))


def stated(asked: dict[str, int], terms: Contract = TERMS, room: int | None = None) -> Stated:
    return Stated(
        contract=terms, event_on=DEFAULT, asked=asked, adjusted={}, file={}, loss_base=ALL,
        room=terms.sum_insured.minor if room is None else room,
    )  # fmt: skip


def approved(
    of: Stated, found: Iterable[Proportion]
) -> dict[str, int]:  # fmt: skip
    return {line.code: line.approved for line in borne(KIND, of, tuple(found)) if line.approved}


def test_nothing_is_proportioned_without_a_reason() -> None:
    assert proportions(TERMS, covers(), {}) == ()
    of = stated({"principal": 300_000_000})
    assert borne(KIND, of, ()) == KIND.approve(of)


def test_average_applies_only_where_the_terms_say_so() -> None:
    """Insured for 3 of a value of 4 million: three quarters of every loss."""
    (one,) = proportions(terms(average_value_minor=400_000_000), covers(), {})
    assert one.share == Fraction(3, 4)
    assert (one.finding.code, one.finding.effect) == ("under-insured", Effect.CUT)
    assert "art. 55" in one.finding.clause
    assert approved(stated({"principal": 100_000_001}), [one]) == {"principal": 75_000_001}
    assert proportions(terms(average_value_minor=300_000_000), covers(), {}) == ()
    assert proportions(terms("1000000.00"), covers(), {}) == (), "no average, no cut"


def test_double_insurance_shares_by_sums_insured() -> None:
    """Ours 3 of 3 + 2 million on a loan of 3 million."""
    (one,) = proportions(TERMS, covers(200_000_000), {})
    assert one.share == Fraction(3, 5)
    assert one.finding.evidence == "policy P0"
    assert "art. 56" in one.finding.clause
    assert approved(stated({"principal": 300_000_000}), [one]) == {"principal": 180_000_000}


def test_two_covers_that_together_do_not_exceed_the_value_are_no_double_insurance() -> None:
    half = terms("1500000.00")
    assert proportions(half, covers(150_000_000), {}) == ()
    assert proportions(half, covers(150_000_001), {})[0].share < Fraction(1, 2)


def test_a_share_insured_of_a_sum_with_interest_is_measured_on_the_full_sum() -> None:
    risk = a_risk(cover={"insured_share": "1/2"})
    made = contract(risk, a_basis(some_inputs(risk)))
    other = made.sum_insured.minor
    assert proportions(made, covers(other), {}) == (), "two halves are one whole"
    assert proportions(made, covers(other + 1), {})


def test_covers_that_were_stated_count_like_our_own() -> None:
    file = {"other_insurer": "另一保险", "other_sum_insured": 300_000_000}
    (one,) = proportions(TERMS, covers(), file)
    assert one.share == Fraction(1, 2)
    assert "另一保险" in one.finding.en
    both = proportions(TERMS, covers(300_000_000), file)
    assert share_of(both) == Fraction(1, 3)


def test_nothing_is_cut_where_one_claim_stands_for_all_policies() -> None:
    """The rest could be had from nobody: it is said, with the policy as evidence."""
    ours = replace(covers(300_000_000)[0], one_claim=True)
    assert proportions(TERMS, (ours,), {}) == ()
    (seen,) = also_covered(TERMS, (ours,))
    assert (seen.code, seen.effect, seen.evidence) == ("covered-twice", Effect.REFER, "policy P0")
    half = terms("1500000.00")
    assert not list(also_covered(half, (replace(ours, minor=150_000_000),)))
    assert share_of(proportions(TERMS, (ours, *covers(300_000_000)), {})) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("other", "code", "share"),
    [
        (60, "double-insured", Fraction(1, 2)),
        (41, "double-insured", Fraction(60, 101)),
        (40, "under-insured", Fraction(3, 5)),
        (0, "under-insured", Fraction(3, 5)),
    ],
)
def test_a_value_insured_in_full_by_several_bears_no_average(
    other: int, code: str, share: Fraction
) -> None:
    """Ours 60 of a value of 100: above it the covers share, up to it each bears its part."""
    low = replace(terms("60.00", average_value_minor=100_00), loan=None)
    (one,) = proportions(low, covers(other * 100) if other else (), {})
    assert (one.finding.code, one.share) == (code, share)
    first = replace(low, agreed={**low.agreed, "bears_before_others": True})
    (one,) = proportions(first, covers(other * 100), {})
    assert (one.finding.code, one.share) == ("under-insured", Fraction(3, 5))


def test_a_line_beside_the_sum_insured_is_not_held_to_what_is_free_of_it() -> None:
    """Half of each; 30 are free: cost and damages fill them, mitigation stands beside."""
    kind = kind_of("infringement_liability")
    line = product("infringement_liability")
    risk = line.risk.model_validate(dict(SAMPLES["infringement_liability"]), strict=False)
    made = line.contract(risk, a_basis(some_inputs(risk)))
    asked = {"first_instance": 200_000_00, "damages": 200_000_00, "mitigation": 100_000_00}
    of = replace(stated(asked, made), room=30_00)
    found = proportions(made, covers(made.sum_insured.minor), {})
    assert share_of(found) == Fraction(1, 2)
    lines = {line.code: line for line in borne(kind, of, found)}
    assert lines["mitigation"].approved == 50_000_00
    assert "sum insured still free" not in lines["mitigation"].reason
    rest = sum(line.approved for code, line in lines.items() if code != "mitigation")
    assert rest == 30_00


def test_the_loss_is_shared_before_the_sum_insured_caps_it() -> None:
    """A loss of 3 million, each insures 1.8: each bears a half of the loss, 1.5, not of 1.8."""
    low = terms("1800000.00")
    found = proportions(low, covers(180_000_000), {})
    assert approved(stated({"principal": 300_000_000}, low), found) == {"principal": 150_000_000}


def test_the_sum_insured_still_caps_what_is_borne() -> None:
    found = proportions(TERMS, covers(300_000_000), {})
    of = stated({"principal": 300_000_000, "costs": 10_000}, room=100_000_000)
    assert approved(of, found) == {"principal": 100_000_000}
    lines = {line.code: line for line in borne(KIND, of, found)}
    assert "sum insured still free" in lines["principal"].reason
    assert "1/2" in lines["principal"].reason


@given(
    st.lists(st.integers(1, 10**9), max_size=4),
    st.integers(0, 300_000_000),
    st.integers(0, 10_000_000),
    st.integers(0, 10**8),
    st.integers(0, 300_000_000),
)
@pytest.mark.filterwarnings("error")
def test_the_whole_is_the_exact_proportion(
    others: list[int], principal: int, interest: int, costs: int, room: int
) -> None:
    """Against plain fractions: the proportion of what is owed, then the sum insured still free."""
    found = proportions(TERMS, covers(*others), {})
    of = stated({"principal": principal, "interest": interest, "costs": costs}, room=room)
    whole = sum(line.approved for line in KIND.approve(replace(of, room=10**15)))
    every = 300_000_000 + sum(others)
    share = Fraction(300_000_000, every) if others else Fraction(1)
    assert share_of(found) == share
    borne_ = sum(approved(of, found).values())
    assert borne_ == min(room, round_half_up(whole * share))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=4), st.integers(1, 300_000_000))
def test_all_insurers_together_pay_the_loss_and_no_more(others: list[int], loss: int) -> None:
    """Each cover's own proportion, worked out from where it stands: they sum to one."""
    sums = [300_000_000, *others]
    shares = []
    for place, mine in enumerate(sums):
        rest = [minor for at, minor in enumerate(sums) if at != place]
        own = replace(TERMS, sum_insured=Money(mine, "CNY"), agreed={})
        shares.append(share_of(proportions(own, covers(*rest), {})))
    assert sum(shares) == 1
    assert sum(loss * one for one in shares) == loss

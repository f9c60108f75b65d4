"""Rules of a fought matter against a second way: running maxima, exact days, every path."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.conduct.budget import Consented, Spent, measured, over_budget, within_budget
from claims.rules.conduct.concluded import in_all
from claims.rules.conduct.consent import Proposal, reassess, reassessed, withheld
from claims.rules.conduct.reserved import Ground, Reserved, check_every_ground, given_up
from claims.rules.conduct.stages import stages_of
from claims.rules.conduct.terms import answer_days, methods, reservation_days
from claims.rules.kinds import KINDS
from claims.rules.kinds.liability_facts import CONCLUDED
from kernel.errors import Invalid
from kernel.finding import Effect, Finding

DAY = date(2025, 6, 2)
LINES = {"first_instance": "litigation", "appeal": "litigation", "before": "investigation"}
STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, 1000)), max_size=12)


@given(STEPS)
def test_over_is_the_running_maximum_of_what_outran_the_budget(
    steps: list[tuple[bool, int]],
) -> None:
    consents, bills = [], []
    for place, (consent, minor) in enumerate(steps):
        on = DAY + timedelta(days=place)
        if consent:
            consents.append(Consented("appeal", minor, on))
        else:
            bills.append(Spent("litigation", "appeal", minor, on))
    gaps = itertools.accumulate((-m if c else m) for c, m in steps)
    stage = measured(LINES, consents, bills).stages["appeal"]
    assert stage.over == max([0, *gaps])
    assert stage.left - stage.over == sum(m if c else -m for c, m in steps)
    assert (stage.consented, stage.spent) == (
        sum(m for c, m in steps if c), sum(m for c, m in steps if not c),
    )  # fmt: skip


def test_a_bill_of_no_stage_takes_what_is_left_of_its_line() -> None:
    """100 and 50 are left of litigation; 170 are billed without a stage: 20 are over."""
    consents = [Consented("first_instance", 100, DAY), Consented("appeal", 50, DAY)]
    found = measured(LINES, consents, [Spent("litigation", "", 170, DAY)])
    assert found.over() == {"litigation": 20}
    (said,) = over_budget(found, "CNY")
    assert (said.code, said.effect, "0.20" in said.en) == ("over-budget", Effect.CUT, True)


def test_a_consent_that_looks_back_covers_cost_of_no_stage() -> None:
    """170 are billed without a stage; 100 that look back leave 70 over, 50 that do not as much.

    50 are over in the stage itself: they come first.
    """
    bill = Spent("litigation", "", 170, DAY)
    later = DAY + timedelta(days=1)

    def over(minor: int, *bills: Spent, spent_too: bool) -> dict[str, int]:
        consent = Consented("appeal", minor, later, spent_too=spent_too)
        return measured(LINES, [consent], [bill, *bills]).over()

    assert over(100, spent_too=True) == {"litigation": 70}
    assert over(100, spent_too=False) == {"litigation": 170}
    assert over(170, spent_too=True) == {}
    staged = Spent("litigation", "appeal", 50, DAY)
    assert over(100, staged, spent_too=True) == {"litigation": 120}
    consent = Consented("appeal", 300, later, spent_too=True)
    stage = measured(LINES, [consent], [bill, staged]).stages["appeal"]
    assert (stage.spent, stage.over, stage.left) == (220, 0, 80)
    elsewhere = Consented("before", 170, later, spent_too=True)
    assert measured(LINES, [elsewhere], [bill]).over() == {"litigation": 170}


def test_a_line_without_stages_is_left_alone() -> None:
    assert measured(LINES, [], [Spent("damages", "", 170, DAY)]).over() == {}


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_what_is_allowed_is_never_above_either_bound(asked: int, over: int, allowed: int) -> None:
    kept = within_budget({"appeal": (allowed, "rate")}, {"appeal": asked}, {"appeal": over})
    assert kept["appeal"][0] == min(allowed, max(0, asked - over))


def test_every_fought_kind_has_stages_of_its_own_lines() -> None:
    for kind in KINDS.values():
        assert set(stages_of(kind).values()) <= set(kind.lines)
    assert sorted(kind.code for kind in KINDS.values() if stages_of(kind)) == [
        "enforcement", "liability",
    ]  # fmt: skip


def test_every_figure_has_a_source_and_a_grade() -> None:
    for days in (*map(answer_days, ("counsel", "budget", "settlement")), reservation_days()):
        assert days.source
        assert days.grade in "ABCK"
        assert days.days > 0
    assert "courier" in methods()


@pytest.mark.parametrize(
    ("after", "proven", "stands", "protects"),
    [(30, True, True, True), (31, True, True, False), (0, False, True, False),
     (0, True, False, False)],
)  # fmt: skip
def test_a_reservation_protects(after: int, proven: bool, stands: bool, protects: bool) -> None:  # noqa: FBT001 - a table
    one = Reserved(("wilful",), DAY, DAY + timedelta(days=after), proven, stands)
    assert one.protects is protects


def a_finding(code: str, effect: Effect = Effect.DECLINE) -> Finding:
    return Finding(code, effect, "x", "乙", "clause", "cure")


def test_every_ground_is_stated_once() -> None:
    one = Ground("a", "clause", "x", "甲")
    found = [a_finding("a"), a_finding("b"), a_finding("c", Effect.REFER), a_finding("d")]
    with pytest.raises(Invalid) as refused:
        check_every_ground((one, one), found, held=("d",))
    assert {fault.field for fault in refused.value.faults} == {"grounds.a", "grounds.b"}


def test_a_ground_given_up_refuses_nothing() -> None:
    a, b = given_up([a_finding("a"), a_finding("b")], ("a",))
    assert (a.effect, b.effect) == (Effect.INFORM, Effect.DECLINE)


def a_proposal(consented: int | None, reason: str = "", *, answered: bool = True) -> Proposal:
    return Proposal("C1", 90, DAY, DAY if answered else None, consented, reason)


@pytest.mark.parametrize(
    ("minor", "proposal", "expected"),
    [
        (100, None, (True, None)),
        (90, a_proposal(90), (False, None)),
        (91, a_proposal(90), (True, 90)),
        (80, a_proposal(None), (True, 80)),
        (95, a_proposal(None), (True, 90)),
        (80, a_proposal(None, "no infringement"), (True, None)),
        (80, a_proposal(None, answered=False), (True, None)),
    ],
)
def test_a_settlement_is_assessed_again(
    minor: int, proposal: Proposal | None, expected: tuple[bool, int | None]
) -> None:
    assert reassessed(minor, proposal) == expected


@pytest.mark.parametrize(
    ("ends", "without", "found"),
    [
        ([(60, (False, None)), (40, (False, None))], False, None),
        ([(60, (True, 50)), (40, (False, None))], True, 90),
        ([(40, (False, None)), (60, (True, 50))], True, 90),
        ([(60, (True, 50)), (40, (True, 30))], True, 80),
        ([(60, (True, None)), (40, (False, None))], True, None),
        ([(40, (False, None)), (60, (True, None))], True, None),
        ([(60, (True, 50)), (40, (True, None))], True, None),
    ],
)
def test_no_conclusion_forgives_another(
    ends: list[tuple[int, tuple[bool, int | None]]], *, without: bool, found: int | None
) -> None:
    """Of a settlement with consent what was agreed, of another what it is re-assessed at."""
    file = concluded_in_turn({}, ends)
    assert (file["settled_unconsented"], file.get("reassessed")) == (without, found)


def concluded_in_turn(
    file: dict[str, Any], ends: list[tuple[int, tuple[bool, int | None]]]
) -> dict[str, Any]:
    for minor, one in ends:
        kept = [*file.get(CONCLUDED, ()), {"minor": minor}]
        file = {**file, **in_all(file, minor, one), CONCLUDED: kept}
    return file


def test_what_a_person_found_of_all_before_stands_for_it() -> None:
    first = concluded_in_turn({}, [(60, (True, None))])
    assert concluded_in_turn({**first, "reassessed": 55}, [(40, (False, None))])["reassessed"] == 95
    ahead = {"settled_unconsented": True, "reassessed": 55}
    assert concluded_in_turn(ahead, [(60, (True, None))])["reassessed"] == 55
    assert concluded_in_turn(ahead, [(60, (True, 50))])["reassessed"] == 50
    assert concluded_in_turn(ahead, [(40, (False, None))])["reassessed"] == 95
    heard = {**first, "settled_unconsented": False}
    assert concluded_in_turn(heard, [(40, (True, 30))])["reassessed"] == 90, "60 was agreed"


def test_consent_withheld_and_overdue_are_findings() -> None:
    silent, waiting = a_proposal(None), a_proposal(None, answered=False)
    found = withheld([silent, waiting, a_proposal(90)], DAY + timedelta(days=1))
    assert [one.code for one in found] == ["consent-withheld", "consent-overdue"]
    assert not list(withheld([waiting], DAY))


def test_only_a_kind_that_can_be_assessed_again_is() -> None:
    one = [a_finding("settled-unconsented"), a_finding("wilful")]
    liability, loss = KINDS["infringement_liability"], KINDS["infringement_loss"]
    waits = list(reassess(one, liability, {}))
    cut = list(reassess(one, liability, {"reassessed": 5}))
    assert [(x.code, x.effect) for x in waits] == [
        ("reassessment-unknown", Effect.WAIT), ("wilful", Effect.DECLINE),
    ]  # fmt: skip
    assert [x.effect for x in cut] == [Effect.CUT, Effect.DECLINE]
    assert list(reassess(one, loss, {})) == one


def test_cost_above_the_budget_is_told_whole_where_line_and_stage_have_one_name() -> None:
    """100,000 consented, 130,000 spent of the stage and 1 of no stage of it: 30,001 above."""
    stages = stages_of(KINDS["infringement_liability"])
    consents = [Consented("first_instance", 100_000_00, DAY)]
    bills = [
        Spent("first_instance", "first_instance", 130_000_00, DAY),
        Spent("first_instance", "appeal", 1_00, DAY),
    ]
    found = measured(stages, consents, bills)
    (told,) = over_budget(found, "CNY")
    assert "CNY 30,001.00 was spent above" in told.en
    assert found.over() == {"first_instance": 30_001_00}

"""Bounds of facts: ahead, out of order, won and lost, more than is asked."""

from datetime import date
from typing import Any

import pytest

from claims.rules.fact_bounds import Standing, bounded
from claims.rules.kinds import KINDS
from kernel.errors import Invalid

LOSS, LIABILITY = KINDS["infringement_loss"], KINDS["infringement_liability"]
TODAY, FILED, FIRST = date(2027, 3, 7), "2027-03-01", "2026-09-01"
FOUND = {"found_on": "2027-03-05"}


def standing(at_notice: str = "", **file: Any) -> Standing:
    event_on = date.fromisoformat(at_notice) if at_notice else None
    asked = {"damages": 600_000_00}
    return Standing(on=TODAY, currency="CNY", asked=asked, file=file, event_on=event_on)


@pytest.mark.parametrize(
    ("kind", "facts", "of", "field", "words"),
    [
        (LOSS, {"found_on": "2030-01-01"}, standing(), "found_on", "lies ahead"),
        (LOSS, {"lost_on": "2027-03-08"}, standing(), "lost_on", "lies ahead"),
        (LOSS, {"found_on": "2020-01-01"}, standing(first_infringed_on=FIRST), "found_on",
         "before the day of the first infringement"),
        (LOSS, {"first_infringed_on": "2027-03-06"}, standing(**FOUND), "first_infringed_on",
         "before the day of the first infringement"),
        (LOSS, {**FOUND, "lost_on": "2027-03-05"}, standing(), "found_on", "not both"),
        (LOSS, {"first_infringed_on": "2027-03-02"}, standing(FILED), "first_infringed_on",
         "after the day on which the filing was accepted"),
        (LIABILITY, {"first_act_on": "2027-03-08"}, standing(), "first_act_on", "lies ahead"),
        (LIABILITY, {"cause_first_made_on": "2027-03-08"}, standing(), "cause_first_made_on",
         "lies ahead"),
        (LIABILITY, {"cause_first_made_on": "2027-03-02"}, standing(FILED), "cause_first_made_on",
         "after the day on which the demand or suit was first made"),
        (LIABILITY, {"punitive": 600_000_01}, standing(), "punitive", "asked of damages"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    kind: Any, facts: dict[str, Any], of: Standing, field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bounded(kind, facts, of)
    fault = next(one for one in refused.value.faults if one.field == f"facts.{field}")
    assert words in fault.problem
    assert fault.cure


@pytest.mark.parametrize(
    ("kind", "facts", "of"),
    [
        (LOSS, {**FOUND, "first_infringed_on": FIRST}, standing()),
        (LOSS, {"first_infringed_on": "2027-03-02"}, standing()),
        (LOSS, {"found_on": TODAY.isoformat()}, standing(first_infringed_on=TODAY.isoformat())),
        (LOSS, {"received": 5}, standing(found_on="2030-01-01", first_infringed_on=FIRST)),
        (LIABILITY, {"punitive": 600_000_00}, standing()),
        (LIABILITY, {"cause_first_made_on": FILED}, standing(FILED)),
    ],
)
def test_what_can_be_is_kept(kind: Any, facts: dict[str, Any], of: Standing) -> None:
    assert bounded(kind, facts, of) == facts


def test_the_decision_in_force_takes_the_place_of_the_one_before() -> None:
    """Lost at first, and won on appeal: costs of losing are not owed any more."""
    assert bounded(LOSS, FOUND, standing(lost_on="2027-01-05")) == {**FOUND, "lost_on": None}


@pytest.mark.parametrize("kind", KINDS.values())
def test_bounds_name_facts_and_lines_of_their_kind(kind: Any) -> None:
    names = {fact.name for fact in kind.facts}
    for fact in kind.facts:
        assert {fact.since, fact.instead_of} <= {"", *names}
        assert fact.part_of in {"", *kind.lines}

"""When a matter is covered: dates, right, conduct; what is not yet known makes it wait."""

from datetime import date
from typing import Any

import pytest
from loss_cases import a_basis, a_proposal, checked

from kernel.finding import Effect, Finding
from underwriting.products.infringement_loss.contract import contract
from underwriting.products.infringement_loss.cover import CONDUCT
from underwriting.products.infringement_loss.cover import test_cover as findings_of

CONTRACT = contract(checked(a_proposal()), a_basis())
ACCEPTED, TOLD, TODAY = date(2025, 9, 1), date(2025, 7, 1), date(2026, 1, 5)
GOOD: dict[str, Any] = {
    "known_on": "2025-06-20",
    "first_infringed_on": "2025-06-10",
    "right_number": "ZL202010000001.X",
    "filing_accepted": True,
    "counsel_consented": True,
    "right_in_force": True,
    "known_at_inception": False,
    "related_infringer": False,
    "claim_waived": False,
    "settled_unconsented": False,
    "fraud_by_insured": False,
}


def seen(file: dict[str, Any] | None = None, *, accepted: date = ACCEPTED, told: date = TOLD,
         **facts: Any) -> dict[str, Finding]:  # fmt: skip
    known = {**(GOOD if file is None else file), **facts}
    every = findings_of(CONTRACT, default_date=accepted, notified_on=told, file=known, on=TODAY)
    assert all(one.en and one.zh and one.clause and one.cure for one in every)
    return {one.code: one for one in every}


def test_a_good_matter_has_no_finding() -> None:
    assert seen() == {}


@pytest.mark.parametrize(
    ("accepted", "inside"),
    [
        (date(2025, 3, 9), False), (date(2025, 3, 10), True), (date(2026, 3, 9), True),
        (date(2026, 3, 10), False),
    ],
)  # fmt: skip
def test_the_filing_is_accepted_within_the_period(accepted: date, *, inside: bool) -> None:
    found = seen(accepted=accepted, first_infringed_on="2025-01-05")
    assert ("not-in-force" not in found) is inside


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("2024-03-09", {"infringed-too-early"}),
        ("2024-03-10", set()),
        ("2025-09-01", set()),
        ("2025-09-02", {"infringed-after-filing"}),
    ],
)
def test_the_first_infringement_lies_within_the_retroactive_or_the_policy_period(
    first: str, codes: set[str]
) -> None:
    found = seen(first_infringed_on=first)
    assert set(found) == codes
    assert all(one.effect is Effect.DECLINE for one in found.values())


def test_without_a_retroactive_period_it_begins_with_the_cover() -> None:
    plain = contract(checked(a_proposal(retroactive_months=0)), a_basis())
    file = {**GOOD, "first_infringed_on": "2025-03-09"}
    found = findings_of(plain, default_date=ACCEPTED, notified_on=TOLD, file=file, on=TODAY)
    assert [one.code for one in found] == ["infringed-too-early"]


@pytest.mark.parametrize("name", CONDUCT)
def test_conduct_that_is_not_as_it_should_be_declines(name: str) -> None:
    found = seen(**{name: not GOOD[name]})
    assert len(found) == 1
    assert {one.effect for one in found.values()} == {Effect.DECLINE}


def test_what_is_not_yet_known_makes_it_wait() -> None:
    found = seen({"known_on": "2025-06-20"})
    assert len(found) == len(CONDUCT) + 2
    assert all(code.endswith("-unknown") for code in found)
    assert {one.effect for one in found.values()} == {Effect.WAIT}


def test_a_right_that_is_not_insured_is_not_covered() -> None:
    assert seen(right_number="ZL9")["right-not-insured"].effect is Effect.DECLINE


def test_late_notice_is_said_and_takes_nothing_away_by_itself() -> None:
    assert seen(told=date(2025, 7, 20)) == {}
    late = seen(told=date(2025, 7, 21))
    assert late["late-notice"].effect is Effect.INFORM


def test_the_conduct_asked_is_what_the_good_file_answers() -> None:
    assert set(CONDUCT) == {name for name, value in GOOD.items() if isinstance(value, bool)}

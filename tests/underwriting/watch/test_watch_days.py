"""Days for the cure, closing and grave levels, against tables kept by hand."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from kernel.finding import Effect
from kernel.working_days import load_calendar
from underwriting.watch.alert import Alert, Noted, alerts, deadline
from underwriting.watch.kinds import watch_kinds
from underwriting.watch.level import Level
from underwriting.watch.moves import moves

KINDS = watch_kinds()
CALENDAR = load_calendar()
HAPPENED, TOLD = date(2025, 8, 31), date(2025, 9, 25)
DAY = timedelta(days=1)

BY_HAND = {
    "annuity_missed": date(2026, 2, 28),  # six months of the event; February is short
    "lapsed": date(2025, 11, 25),  # two months of the notice
    "invalidation_filed": date(2025, 10, 25),
    "invalidated_partly": date(2025, 10, 25),
    "invalidated_wholly": date(2025, 10, 25),
    "ownership_suit_filed": date(2025, 12, 24),
    "transfer_recorded": date(2025, 10, 10),
    "licence_recorded": date(2025, 10, 25),
    "open_licence_declared": date(2025, 10, 25),
    "second_pledge": date(2025, 10, 25),
    "seized": date(2025, 10, 10),
    "expiry_near": date(2025, 12, 24),
    "appraisal_old": date(2025, 11, 24),
    "value_fallen": date(2025, 10, 25),
    "revenue_fallen": date(2025, 10, 25),
    "arrears_elsewhere": date(2025, 10, 25),
    "lawsuit_filed": date(2025, 10, 25),
    "enforcement_listed": date(2025, 10, 10),
    "controller_changed": date(2025, 10, 25),
    "insolvency_filed": date(2025, 10, 25),
    "sanctions_listed": date(2025, 10, 25),
    "related_party_found": date(2025, 10, 25),
    "loan_overdue": date(2025, 11, 29),
    "loan_non_performing": date(2025, 9, 10),
    "change_without_consent": date(2025, 10, 5),
    "infringement_suit_filed": None,
    "ltv_above": None,
}
BY_HAND["pledge_struck_out"] = date(2025, 10, 11)

ENDS = {
    "annuity_missed": {"late_annuity_paid", "restored", "invalidated_wholly"},
    "lapsed": {"restored", "invalidated_wholly", "security_added"},
    "invalidation_filed": {"invalidation_maintained", "invalidated_partly", "invalidated_wholly"},
    "invalidated_partly": {"security_added"},
    "invalidated_wholly": {"security_added"},
    "ownership_suit_filed": {"ownership_suit_closed"},
    "transfer_recorded": {"transfer_consented"},
    "licence_recorded": {"licence_consented"},
    "open_licence_declared": {"licence_consented"},
    "second_pledge": {"second_pledge_released"},
    "pledge_struck_out": {"pledge_entered_again"},
    "seized": {"seizure_lifted"},
    "infringement_suit_filed": {"infringement_suit_closed"},
    "expiry_near": {"security_added"},
    "appraisal_old": {"appraisal_renewed"},
    "value_fallen": {"security_added"},
    "revenue_fallen": {"revenue_recovered"},
    "arrears_elsewhere": {"arrears_paid"},
    "lawsuit_filed": {"lawsuit_closed"},
    "enforcement_listed": {"enforcement_lifted"},
    "controller_changed": {"controller_reviewed"},
    "insolvency_filed": {"insolvency_dismissed"},
    "sanctions_listed": {"sanctions_lifted"},
    "related_party_found": {"related_party_cleared"},
}
LOUD = sorted(code for code, kind in KINDS.items() if kind.level is not Level.GREEN)


def a_note(kind: str, on: date, *, seq: int = 1, told: date | None = None) -> Noted:
    rule, noted_on = KINDS[kind], told or on
    return Noted(
        seq=seq, kind=kind, subject=rule.subject, name="CN X", happened_on=on, noted_on=noted_on,
        deadline=deadline(rule, on, noted_on, CALENDAR),
    )  # fmt: skip


def worked(days: Iterable[date]) -> list[date]:
    """Working days of autumn 2025 as the State Council had them."""
    off = {date(2025, 10, day) for day in range(1, 9)}
    swapped = {date(2025, 9, 28), date(2025, 10, 11)}
    return [day for day in days if day in swapped or (day.weekday() < 5 and day not in off)]


@pytest.mark.parametrize("kind", LOUD)
def test_the_last_day_for_the_cure_is_the_one_counted_by_hand(kind: str) -> None:
    assert deadline(KINDS[kind], HAPPENED, TOLD, CALENDAR) == BY_HAND[kind]


@pytest.mark.parametrize("told", [date(2025, 9, 8), date(2025, 9, 26), date(2025, 10, 3)])
def test_seven_working_days_are_counted_off_one_by_one(told: date) -> None:
    after = worked(told + DAY * n for n in range(1, 30))
    assert deadline(KINDS["pledge_struck_out"], HAPPENED, told, CALENDAR) == after[6]


@pytest.mark.parametrize("kind", LOUD)
def test_each_alert_is_ended_by_its_own_good_news_and_by_no_other(kind: str) -> None:
    first = date(2025, 9, 1)
    for other in KINDS:
        if KINDS[other].subject is not KINDS[kind].subject or other == kind:
            continue
        found = alerts([a_note(kind, first), a_note(other, first + 3 * DAY, seq=2)])
        closed = next(one.closed_on for one in found if one.noted.kind == kind)
        ends = other in ENDS.get(kind, set())
        assert closed == (first + 3 * DAY if ends else None), other


@pytest.mark.parametrize("kind", LOUD)
def test_the_last_day_is_in_time_and_the_next_is_late(kind: str) -> None:
    noted = a_note(kind, date(2025, 9, 1))
    rule, alert = KINDS[kind], Alert(noted)
    assert alert.level(noted.noted_on - DAY) is Level.GREEN
    if noted.deadline is None:
        assert alert.level(noted.noted_on + 999 * DAY) is rule.level
        return
    assert alert.level(noted.deadline) is rule.level
    late = alert.level(noted.deadline + DAY)
    assert late is (rule.late or rule.level)
    finding = alert.finding(noted.deadline + DAY)
    assert finding.effect is (Effect.REFER if late is Level.CRITICAL else Effect.INFORM)
    assert finding.cure == f"{rule.cure} by {noted.deadline}"


def test_what_is_told_after_its_day_is_late_from_the_first() -> None:
    told = date(2026, 3, 5)
    found = alerts([a_note("annuity_missed", HAPPENED, told=told)])
    (move,) = moves(found, told)
    assert (move.on, move.before, move.after) == (told, Level.GREEN, Level.CRITICAL)
    assert moves(found, told - DAY) == ()


def test_good_news_that_was_told_first_closes_when_the_bad_becomes_known() -> None:
    bad = a_note("seized", date(2025, 9, 1), seq=2, told=date(2025, 9, 20))
    good = a_note("seizure_lifted", date(2025, 9, 10), seq=1, told=date(2025, 9, 12))
    (alert,) = alerts([good, bad])
    assert alert.closed_on == date(2025, 9, 20)
    assert moves([alert], date(2025, 12, 31)) == ()

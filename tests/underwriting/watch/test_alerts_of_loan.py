"""What the events of a loan add to the watch, against a day-by-day walk of its account."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.finding import Effect, Finding
from underwriting.watch.account import account
from underwriting.watch.change_consented import Breach, LoanFile
from underwriting.watch.counting import counting
from underwriting.watch.kinds import On
from underwriting.watch.level import Level, gravest
from underwriting.watch.loan_event import LoanClass, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind
from underwriting.watch.moves import level_on, moves
from underwriting.watch.of_loan import alerts_of_loan

START = date(2025, 3, 10)
END = START + timedelta(days=400)


def an_event(seq: int, kind: Kind, day: int, **stated: object) -> LoanEvent:
    on = START + timedelta(days=day)
    return LoanEvent(seq=seq, id=f"le_{seq}", key=f"k{seq}", kind=kind, happened_on=on, **stated)


OUT = an_event(1, Kind.DISBURSED, 0, principal=1000)


def test_an_overdue_runs_from_the_day_it_fell_due_until_it_is_cured() -> None:
    late = an_event(2, Kind.OVERDUE, 50, since=START + timedelta(days=30), interest=1)
    cured = an_event(3, Kind.CURED, 60)
    (alert,) = alerts_of_loan(LoanFile((OUT, late, cured)), "2026-001", END)
    assert (alert.noted.subject, alert.noted.name) == (On.LOAN, "2026-001")
    assert alert.noted.happened_on == START + timedelta(days=30)
    assert alert.noted.deadline == START + timedelta(days=120)
    assert alert.closed_on == cured.happened_on
    assert alert.finding(late.happened_on).effect is Effect.INFORM


def test_an_overdue_that_is_told_twice_is_one_alert() -> None:
    told = [an_event(n, Kind.OVERDUE, 40 + n, since=START, interest=1) for n in (2, 3, 4)]
    (alert,) = alerts_of_loan(LoanFile((OUT, *told)), "x", END)
    assert alert.closed_on is None
    assert alert.noted.key == "k2"


def test_a_bad_grade_is_critical_until_it_is_good_again() -> None:
    grades = [LoanClass.SPECIAL_MENTION, LoanClass.SUBSTANDARD, LoanClass.LOSS, LoanClass.NORMAL]
    events = [
        an_event(n, Kind.RECLASSIFIED, 10 * n, loan_class=grade)
        for n, grade in enumerate(grades, 2)
    ]
    found = alerts_of_loan(LoanFile((OUT, *events)), "x", END)
    assert [(one.on, one.after) for one in moves(found, END)] == [
        (START + timedelta(days=30), Level.CRITICAL),
        (START + timedelta(days=50), Level.GREEN),
    ]


def test_a_breach_stays_until_the_change_is_taken_back() -> None:
    change = an_event(2, Kind.USE_CHANGED, 20)
    why = Finding("x", Effect.REFER, "e", "中", "c", "u")
    breach = Breach("le_2", START + timedelta(days=25), (why,))
    file = LoanFile((OUT, change), (), (breach,))
    (alert,) = alerts_of_loan(file, "x", END)
    assert alert.level(START + timedelta(days=24)) is Level.GREEN, "nobody knew"
    assert alert.level(START + timedelta(days=25)) is Level.CRITICAL
    undo = an_event(3, Kind.WITHDRAWN, 30, withdraws="k2")
    assert alerts_of_loan(LoanFile((OUT, change, undo), (), (breach,)), "x", END) == ()


@pytest.mark.parametrize("days", [0, 10])
def test_what_has_not_happened_yet_raises_nothing(days: int) -> None:
    late = an_event(2, Kind.OVERDUE, 50, since=START, interest=1)
    assert alerts_of_loan(LoanFile((OUT, late)), "x", START + timedelta(days=days)) == ()


STEPS = st.lists(
    st.tuples(
        st.sampled_from([Kind.OVERDUE, Kind.CURED, Kind.RECLASSIFIED]),
        st.integers(1, 150),
        st.sampled_from(LoanClass),
    ),
    max_size=10,
)


@given(STEPS, st.integers(0, 300))
def test_the_level_of_any_day_is_that_of_the_account_then(
    steps: list[tuple[Kind, int, LoanClass]], look: int
) -> None:
    events = [OUT]
    for seq, (kind, day, grade) in enumerate(steps, start=2):
        more: dict[str, object] = {}
        if kind is Kind.OVERDUE:
            more = {"since": START + timedelta(days=day), "interest": 1}
        if kind is Kind.RECLASSIFIED:
            more = {"loan_class": grade}
        events.append(an_event(seq, kind, day, **more))
    on = START + timedelta(days=look)
    found = alerts_of_loan(LoanFile(tuple(events)), "x", on)
    now = account(counting(events, on))
    begun = _begun(events, on)
    late = begun is not None and on > begun + timedelta(days=90)
    overdue = Level.GREEN if begun is None else Level.CRITICAL if late else Level.ALERT
    bad = now.loan_class is not None and not now.loan_class.performing
    assert level_on(found, on) is gravest(overdue, Level.CRITICAL if bad else Level.GREEN)


def _begun(events: list[LoanEvent], on: date) -> date | None:
    """The day that the running overdue fell due; None while nothing is overdue."""
    begun = None
    for one in sorted(events, key=lambda each: (each.happened_on, each.seq)):
        if one.happened_on <= on and one.kind is Kind.OVERDUE and begun is None:
            begun = one.since
        if one.happened_on <= on and one.kind is Kind.CURED:
            begun = None
    return begun

"""Events that cannot be are refused by name: field, reason, cure; and the days that are overdue."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Fault
from kernel.money import Money
from underwriting.watch.account import LoanState, account
from underwriting.watch.change_consented import LoanFile, missing_consent
from underwriting.watch.consent import Consent, gaps
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.counting import counting
from underwriting.watch.loan_checks import event_faults
from underwriting.watch.loan_event import LoanClass, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind
from underwriting.watch.npl import npl_finding, tolerance
from underwriting.watch.repaid import repaid
from underwriting.watch.schedule import Due
from underwriting.watch.standing import standing

START = date(2025, 3, 10)
LOAN = Money(1_200_00, "CNY")
DAY = timedelta(days=1)
PLAN = tuple(Due(START + 30 * n * DAY, 100_00) for n in range(1, 13))


def an_event(seq: int, kind: Kind, day: int, principal: int = 0, **stated: Any) -> LoanEvent:
    stated = {"key": f"k{seq}", "id": f"le_{seq}", **stated}
    on = START + day * DAY
    return LoanEvent(seq=seq, kind=kind, happened_on=on, principal=principal, **stated)


OUT = an_event(1, Kind.DISBURSED, 0, 1_200_00)


def fault_of(event: LoanEvent, *past: LoanEvent) -> Fault:
    (fault,) = event_faults(event, past, place="e", loan=LOAN, on=START + 365 * DAY)
    return fault


@pytest.mark.parametrize(
    ("event", "field", "said", "cure"),
    [
        (an_event(2, Kind.REPAID, 9, 1_200_01), "principal", "CNY 1,200.01; CNY 1,200.00 is owed",
         "repay no more than is owed"),
        (an_event(2, Kind.PREPAID, 9, 1_200_01), "principal", "is owed on 2025-03-19",
         "repay no more than is owed"),
        (an_event(2, Kind.OVERDUE, 9, 1_200_01, since=START), "principal", "CNY 1,200.00 is owed",
         "state the principal that is unpaid"),
        (an_event(2, Kind.DISBURSED, 9, 1), "principal", "CNY 1,200.01, above the loan",
         "report what is beyond as redrawn"),
        (an_event(2, Kind.CURED, 9), "kind", "nothing is overdue on 2025-03-19",
         "report what was overdue first"),
        (an_event(2, Kind.REDRAWN, -1, 1), "kind", "nothing is disbursed by 2025-03-09",
         "report the disbursement"),
        (an_event(2, Kind.USE_CHANGED, 366), "happened_on", "2026-03-11 lies ahead",
         "state what happened"),
        (an_event(2, Kind.WITHDRAWN, 9, withdraws="k2"), "withdraws", "k2 is no event that counts",
         "name one that is on record and not taken back"),
        (an_event(2, Kind.DISBURSED, 0, 1_199_99, key="k1"), "key", "another event, of 2025-03-10",
         "give each event a name of its own"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_cure(
    event: LoanEvent, field: str, said: str, cure: str
) -> None:
    fault = fault_of(event, OUT)
    assert (fault.field, fault.cure) == (f"e.{field}", cure)
    assert said in fault.problem


def test_an_overdue_is_not_taken_back_from_under_its_cure() -> None:
    late = an_event(2, Kind.OVERDUE, 40, 100_00, since=START + 30 * DAY)
    cured = an_event(3, Kind.CURED, 50)
    fault = fault_of(an_event(4, Kind.WITHDRAWN, 60, withdraws="k2"), OUT, late, cured)
    assert fault.problem.endswith("; k3 of 2025-04-29 would not stand")
    early = an_event(4, Kind.CURED, 45)
    assert fault_of(early, OUT, late, cured).field == "e.kind", "the later cure has no ground"


PAID = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 300_00)), max_size=5)


@settings(max_examples=40, deadline=None)
@given(PAID, st.integers(0, 250))
def test_days_overdue_are_those_walked_day_by_day(paid: list[tuple[int, int]], look: int) -> None:
    events, left = [OUT], LOAN.minor
    for seq, (day, part) in enumerate(sorted(paid), start=2):
        moved = min(part, left)
        left -= moved
        if moved:
            events.append(an_event(seq, Kind.REPAID, day, moved))
    on = START + look * DAY
    found = standing(PLAN, counting(events, on), on)
    back = sum(one.principal for one in events[1:] if one.happened_on <= on)
    asked = 100_00 * min(12, look // 30)
    whole = back // 100_00  # instalments that are repaid whole, the oldest first
    late = max(0, look - 30 * (whole + 1)) if back < asked else 0
    assert (found.planned, found.arrears) == (asked, max(0, asked - back))
    assert found.days_overdue == late
    assert found.ahead == repaid(events, PLAN, on).ahead == back - asked
    assert (found.state is LoanState.OVERDUE) is (late > 0)


def test_what_is_prepaid_runs_ahead_until_the_plan_catches_up() -> None:
    events = (OUT, an_event(2, Kind.PREPAID, 15, 250_00))
    ahead = [repaid(events, PLAN, START + day * DAY).ahead for day in (14, 15, 30, 60, 90)]
    assert ahead == [0, 250_00, 150_00, 50_00, -50_00]
    seen = [standing(PLAN, events, START + day * DAY) for day in (89, 90, 91)]
    assert [(one.arrears, one.days_overdue) for one in seen] == [(0, 0), (50_00, 0), (50_00, 1)]


@pytest.mark.parametrize(("since", "days"), [(20, 30), (30, 20), (45, 20)])
def test_the_earlier_of_plan_and_report_counts_the_days(since: int, days: int) -> None:
    late = an_event(2, Kind.OVERDUE, 46, 100_00, since=START + since * DAY)
    on = START + 50 * DAY
    assert standing(PLAN, (OUT, late), on).days_overdue == days
    cured = an_event(3, Kind.CURED, 50)
    still = standing(PLAN, (OUT, late, cured), on)
    assert still.days_overdue == 20, "a cure pays no instalment"
    assert still.state is LoanState.OVERDUE
    assert still.account.overdue_principal == 0


LEAVE = Consent(
    id="cs_1", number="CN-1", kind=ConsentKind.REDRAW, effective_on=START + 10 * DAY, granted=True,
    answered_on=START + 5 * DAY, valid_until=START + 40 * DAY, due=START + 400 * DAY,
    most=Money(500_00, "CNY"), loan="2026-001",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([9, 10, 40, 41]),
    st.sampled_from([500_00, 500_01]),
    st.sampled_from([None, 400, 401]),
    st.booleans(),
)
def test_every_gap_of_a_leave_is_told_at_once(
    day: int,
    drawn: int,
    until: int | None,
    used: bool,  # noqa: FBT001 - drawn by chance
) -> None:
    due = None if until is None else START + until * DAY
    event = an_event(2, Kind.REDRAWN, day, drawn, until=due, consent_id="cs_1")
    codes = sorted(one.code for one in gaps(event, LEAVE, "k9" if used else None))
    wanted = ["before-consent"] * (day == 9) + ["consent-lapsed"] * (day == 41)
    wanted += ["consent-exceeded"] * ((drawn > 500_00) + (until == 401)) + ["consent-used"] * used
    assert codes == sorted(wanted)


def test_a_use_that_is_taken_back_sets_the_leave_free() -> None:
    first = an_event(2, Kind.REDRAWN, 20, 1, consent_id="cs_1")
    again = an_event(3, Kind.REDRAWN, 21, 1, consent_id="cs_1")
    undo = an_event(4, Kind.WITHDRAWN, 22, withdraws="k2")
    last = an_event(5, Kind.REDRAWN, 23, 1, consent_id="cs_1")
    (used,) = missing_consent(again, LoanFile((OUT, first, again), (LEAVE,)))
    assert (used.code, "was used by k2" in used.en) == ("consent-used", True)
    assert missing_consent(last, LoanFile((OUT, first, undo, last), (LEAVE,))) == ()


BANK = st.lists(st.tuples(st.integers(0, 10_000), st.booleans()), max_size=6)


@settings(max_examples=60, deadline=None)
@given(BANK, st.integers(0, 97))
def test_the_room_is_the_last_fen_that_is_tolerated(
    book: list[tuple[int, bool]], percent: int
) -> None:
    accounts = []
    for minor, bad in book:
        grade = LoanClass.DOUBTFUL if bad else LoanClass.SPECIAL_MENTION
        out = an_event(1, Kind.DISBURSED, 0, minor)
        accounts.append(account([out, an_event(2, Kind.RECLASSIFIED, 1, loan_class=grade)]))
    found = tolerance(accounts, Fraction(percent, 100))
    owed, bad = sum(minor for minor, _ in book), sum(minor for minor, bad in book if bad)
    assert (found.owed, found.bad, found.loans) == (owed, bad, sum(m > 0 for m, _ in book))
    if owed == 0:
        assert (found.within, npl_finding(found).code) == (None, "npl-no-loans")
        return
    assert found.within is (100 * bad <= (percent + 3) * owed)
    most = bad + found.room
    assert 100 * most <= (percent + 3) * owed < 100 * (most + 1)
    wanted = "npl-tolerated" if found.within else "npl-above-tolerance"
    assert npl_finding(found).code == wanted

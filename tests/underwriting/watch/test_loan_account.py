"""The account of a loan against a second one that keeps a plain list of what was moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from builders import a_risk, cny, some_inputs
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from underwriting.pricing.plan import Plan, outstanding
from underwriting.products import product
from underwriting.receipt import price
from underwriting.rules.contract import Contract
from underwriting.rules.earning_cover import owed, sum_insured_on
from underwriting.watch.account import Account, LoanState, account
from underwriting.watch.counting import counting
from underwriting.watch.loan_checks import event_faults
from underwriting.watch.loan_event import LoanClass, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind
from underwriting.watch.repaid import repaid, repaid_by_day
from underwriting.watch.schedule import Due, planned, schedule
from underwriting.watch.standing import standing

START = date(2025, 3, 10)
LOAN = Money(1_000, "CNY")
LAST = START + timedelta(days=120)


def a_contract(**parts: object) -> Contract:
    risk = a_risk(**parts)
    return price(product(risk.product), some_inputs(risk)).contract


def an_event(seq: int, kind: Kind, day: int, **stated: object) -> LoanEvent:
    at = datetime(2025, 3, 10, tzinfo=UTC) + timedelta(hours=seq)
    stated = {"key": f"k{seq}", "known_at": at, **stated}
    return LoanEvent(seq=seq, kind=kind, happened_on=START + timedelta(days=day), **stated)


def takes(known: Sequence[LoanEvent], event: LoanEvent) -> bool:
    return not list(event_faults(event, known, place="e", loan=LOAN, on=LAST))


class Slow:
    """A second account: every day is played again from the first, move by move."""

    def __init__(self) -> None:
        self.moves: list[tuple[date, int, str, int, str]] = []

    def fits(self, seq: int, kind: Kind, day: date, amount: int, key: str) -> bool:
        if kind is Kind.WITHDRAWN:
            rest = [move for move in self.moves if move[4] != key]
            return len(rest) < len(self.moves) and self._plays(rest)
        return self._plays([*self.moves, (day, seq, kind.value, amount, f"k{seq}")])

    def add(self, seq: int, kind: Kind, day: date, amount: int, key: str) -> None:
        if kind is Kind.WITHDRAWN:
            self.moves = [move for move in self.moves if move[4] != key]
        else:
            self.moves.append((day, seq, kind.value, amount, f"k{seq}"))

    @staticmethod
    def _plays(moves: list[tuple[date, int, str, int, str]]) -> bool:
        """Every move by one line of a table: must hold before, and what it does."""
        out, left, late = 0, 0, False
        for _, _, kind, amount, _ in sorted(moves):
            allowed, out, left, late = {
                "disbursed": (out + amount <= LOAN.minor, out + amount, left + amount, late),
                "redrawn": (out > 0, out + amount, left + amount, late),
                "repaid": (out > 0 and amount <= left, out, left - amount, late),
                "prepaid": (out > 0 and amount <= left, out, left - amount, late),
                "overdue": (out > 0 and amount <= left, out, left, True),
                "cured": (late, out, left, False),
            }[kind]
            if not allowed:
                return False
        return True

    def owed(self, on: date) -> int:
        sign = {"disbursed": 1, "redrawn": 1, "repaid": -1, "prepaid": -1}
        return sum(
            sign.get(kind, 0) * amount for day, _, kind, amount, _ in self.moves if day <= on
        )

    def late(self, on: date) -> bool:
        marks = [kind for day, _, kind, _, _ in sorted(self.moves)
                 if day <= on and kind in ("overdue", "cured")]  # fmt: skip
        return bool(marks) and marks[-1] == "overdue"


STEP = st.tuples(
    st.sampled_from(
        [Kind.DISBURSED, Kind.REPAID, Kind.PREPAID, Kind.OVERDUE, Kind.CURED, Kind.REDRAWN,
         Kind.WITHDRAWN]
    ),
    st.integers(0, 120),
    st.integers(1, 700),
    st.integers(1, 12),
)  # fmt: skip


@given(st.lists(STEP, max_size=25), st.integers(0, 130))
def test_balances_and_states_agree_with_a_second_account(
    steps: list[tuple[Kind, int, int, int]], look: int
) -> None:
    known: list[LoanEvent] = []
    slow = Slow()
    for seq, (kind, day, amount, target) in enumerate(steps, start=1):
        moved = 0 if kind in (Kind.CURED, Kind.WITHDRAWN) else amount
        key = f"k{target}"
        more = {"since": START} if kind is Kind.OVERDUE else {}
        if kind is Kind.WITHDRAWN:
            more = {"withdraws": key}
        event = an_event(seq, kind, day, principal=moved, **more)
        fits = slow.fits(seq, kind, event.happened_on, moved, key)
        assert takes(known, event) is fits
        if fits:
            known.append(event)
            slow.add(seq, kind, event.happened_on, moved, key)
    on = START + timedelta(days=look)
    now = account(counting(known, on))
    assert now.owed == slow.owed(on) >= 0
    assert (now.overdue_since is not None) is slow.late(on)
    by_day = repaid_by_day(known)
    if known:
        assert by_day is not None
        drawn = sum(one.principal for one in counting(known, on) if one.kind is Kind.REDRAWN)
        assert sum(m for day, m in by_day.items() if day <= on) == now.repaid - drawn


@given(st.permutations(range(1, 7)))
def test_the_order_of_telling_does_not_change_what_happened(order: list[int]) -> None:
    told = {
        1: (Kind.DISBURSED, 0, 1000), 2: (Kind.REPAID, 10, 100), 3: (Kind.PREPAID, 20, 300),
        4: (Kind.REPAID, 40, 50), 5: (Kind.REPAID, 80, 25), 6: (Kind.RECLASSIFIED, 90, 0),
    }  # fmt: skip
    events = []
    for seq, which in enumerate(order, start=1):
        kind, day, minor = told[which]
        grade = LoanClass.SUBSTANDARD if kind is Kind.RECLASSIFIED else None
        events.append(an_event(seq, kind, day, principal=minor, loan_class=grade))
    found = account(counting(events))
    assert found == Account(disbursed=1000, repaid=475, loan_class=LoanClass.SUBSTANDARD)
    assert found.state is LoanState.NON_PERFORMING


def test_what_is_known_later_is_not_known_before() -> None:
    out = an_event(1, Kind.DISBURSED, 0, principal=1000)
    back = an_event(2, Kind.REPAID, 1, principal=400)
    undo = an_event(3, Kind.WITHDRAWN, 1, withdraws="k2")
    known = (out, back, undo)
    assert [account(counting(known, known=one.known_at)).owed for one in known] == [1000, 600, 1000]
    assert back.said() == replace(back, seq=9, known_at=None).said()


@pytest.mark.parametrize("plan", ["bullet", "equal_principal", "annuity"])
@pytest.mark.parametrize("grace", [0, 3])
def test_the_schedule_repays_the_plan_to_the_fen(plan: str, grace: int) -> None:
    contract = a_contract(loan={"plan": plan, "grace_months": grace})
    plan_of = schedule(contract)
    loan = contract.lent
    left = outstanding(Plan(plan), loan.amount.minor, Fraction(435, 10000), 12, grace)
    assert sum(due.principal for due in plan_of) == loan.amount.minor
    for month, balance in enumerate(left, start=1):
        eve = contract.lent.drawdown.replace(day=9)
        day = date(eve.year + (eve.month - 1 + month) // 12, (eve.month - 1 + month) % 12 + 1, 9)
        assert loan.amount.minor - planned(plan_of, day) == balance == owed(loan, day)


def test_tranches_are_repaid_as_they_are_drawn() -> None:
    contract = a_contract(
        loan={
            "plan": "equal_principal",
            "drawdowns": [
                {"on": "2025-03-10", "amount": cny("1800000.00")},
                {"on": "2025-06-20", "amount": cny("1200000.00")},
            ],
        }
    )
    plan_of = schedule(contract)
    first, later = 1_800_000_00 // 12, 1_200_000_00 / 9
    assert [due.principal for due in plan_of[:3]] == [first] * 3
    assert all(abs(due.principal - first - later) <= 1 for due in plan_of[3:])
    assert sum(due.principal for due in plan_of) == contract.lent.amount.minor


PLAN = (Due(START + timedelta(days=30), 400), Due(START + timedelta(days=60), 600))


@pytest.mark.parametrize(
    ("paid", "day", "arrears", "days", "state", "ahead"),
    [
        (0, 30, 400, 0, LoanState.CURRENT, -400),
        (0, 31, 400, 1, LoanState.OVERDUE, -400),
        (399, 45, 1, 15, LoanState.OVERDUE, -1),
        (400, 45, 0, 0, LoanState.CURRENT, 0),
        (500, 45, 0, 0, LoanState.CURRENT, 100),
        (500, 61, 500, 1, LoanState.OVERDUE, -500),
        (1000, 90, 0, 0, LoanState.REPAID, 0),
    ],
)
def test_arrears_and_days_overdue_by_the_plan(
    paid: int, day: int, *, arrears: int, days: int, state: LoanState, ahead: int
) -> None:
    events = [an_event(1, Kind.DISBURSED, 0, principal=1000)]
    if paid:
        events.append(an_event(2, Kind.REPAID, 20, principal=paid))
    on = START + timedelta(days=day)
    found = standing(PLAN, counting(events, on), on)
    assert (found.arrears, found.days_overdue, found.state) == (arrears, days, state)
    assert found.ahead == ahead == repaid(events, PLAN, on).ahead


def test_an_overdue_keeps_its_first_day_and_the_last_amount() -> None:
    events = (
        an_event(1, Kind.DISBURSED, 0, principal=1000),
        an_event(2, Kind.OVERDUE, 40, since=START + timedelta(days=30), principal=400),
        an_event(3, Kind.OVERDUE, 50, since=START + timedelta(days=45), principal=350, interest=9),
    )
    now = account(counting(events))
    assert now.overdue_since == START + timedelta(days=30)
    assert (now.overdue_principal, now.overdue_interest) == (350, 9)


def test_cover_falls_with_what_is_repaid_by_the_events() -> None:
    contract = a_contract()
    whole = contract.lent.amount.minor
    out = an_event(1, Kind.DISBURSED, 0, principal=whole)
    half = an_event(2, Kind.PREPAID, 50, principal=whole // 2)
    found = repaid_by_day([out, half])
    before, after = START + timedelta(days=50), START + timedelta(days=51)
    assert sum_insured_on(contract, before, found) == contract.sum_insured
    assert sum_insured_on(contract, after, found).minor == contract.sum_insured.minor // 2
    again = an_event(3, Kind.REDRAWN, 60, principal=whole // 2)
    back = repaid_by_day([out, half, again])
    assert sum_insured_on(contract, LAST, back) == contract.sum_insured
    assert repaid_by_day([]) is None

"""A loan account worked out again against a bank that keeps it day by day, and closed forms."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from bank_ledger import Bank
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.rules.interest import BY_DAY, Rate, rate_time
from claims.rules.transcript.account import worked
from claims.rules.transcript.findings import Signed, transcript_findings
from claims.rules.transcript.lending import OWED, Lending, Overdue
from claims.rules.transcript.line import LineKind, StatementLine
from claims.rules.transcript.read import read_statement
from claims.rules.transcript.worked_out import Asked, WorkedOut, work_out
from kernel.money import round_half_up
from kernel.period import add_months
from underwriting.pricing.day_count import DayCount
from underwriting.pricing.plan import Plan, outstanding
from underwriting.watch.schedule import Due

OPENS = date(2025, 1, 31)
LOAN = 300_000_000
RATE = Fraction(435, 10_000)


def monthly(months: int, opens: date = OPENS) -> list[date]:
    return [add_months(opens, month) for month in range(1, months + 1)]


def a_lending(**changes: Any) -> Lending:
    """A year's bullet loan of 3,000,000.00 at 4.35 %, interest each month."""
    lending = Lending(
        currency="CNY",
        drawdowns=(Due(OPENS, LOAN),),
        plan=(Due(add_months(OPENS, 12), LOAN),),
        charge_days=tuple(monthly(24)),
        rates=(Rate(OPENS, RATE),),
        day_count=DayCount.ACTUAL_360,
        penalty_factor=Fraction(3, 2),
    )
    return replace(lending, **changes)


def equal_principal(principal: int, days: list[date]) -> tuple[Due, ...]:
    """As equal parts as whole units allow, the rest with the last."""
    part = principal // len(days)
    last = principal - part * (len(days) - 1)
    return (*(Due(day, part) for day in days[:-1]), Due(days[-1], last))


def paid(on: date, minor: int) -> StatementLine:
    return StatementLine(1, on, LineKind.REPAYMENT, 0, minor)


@dataclass
class Drawn:
    """A random course: terms, payments, a bank that ran it."""

    lending: Lending
    bank: Bank
    moves: dict[date, list[tuple[str, int]]]
    until: date


def a_course(seed: int) -> Drawn:
    dice = random.Random(seed)
    opens = date(2024, 1, 1) + timedelta(days=dice.randrange(800))
    months = dice.randrange(1, 25)
    loan = dice.randrange(100_00, 2_000_000_000)
    days = monthly(months, opens)
    plan = _a_plan(dice, days, loan)
    step = dice.choice((1, 3))
    ends = opens + timedelta(days=dice.randrange(1, 31 * months + 200))
    charges = frozenset(d for d in monthly(months + 12, opens)[step - 1 :: step]) | {days[-1], ends}
    rates = {opens: Fraction(dice.randrange(0, 1500), 10_000)}
    for _ in range(dice.randrange(3)):
        rates[opens + timedelta(days=dice.randrange(1, 700))] = Fraction(
            dice.randrange(1, 1500), 10_000
        )
    order = list(OWED)
    dice.shuffle(order)
    called = dice.choice((None, opens + timedelta(days=dice.randrange(1, 400))))
    stops = dice.choice((None, None, opens + timedelta(days=dice.randrange(1, 500))))
    whole, compound = dice.random() < 0.5, dice.random() < 0.7
    factor = dice.choice((Fraction(1), Fraction(13, 10), Fraction(3, 2)))
    count = dice.choice(BY_DAY)
    second = opens + timedelta(days=dice.randrange(1, 25))
    first = dice.randrange(1, loan + 1)
    out = {opens: first, second: loan - first} if first < loan else {opens: loan}
    moves: dict[date, list[tuple[str, int]]] = {}
    for _ in range(dice.randrange(12)):
        day = second + timedelta(days=dice.randrange(400))
        kind = dice.choice(("repayment", "repayment", "repayment", "costs", "damages"))
        most = loan // 3 if kind == "repayment" else loan // 100
        moves.setdefault(day, []).append((kind, dice.randrange(1, max(2, most))))
    lending = Lending(
        currency="CNY",
        drawdowns=tuple(Due(*one) for one in out.items()),
        plan=plan,
        charge_days=tuple(charges - {ends} if ends not in days else charges),
        rates=tuple(Rate(*one) for one in sorted(rates.items())),
        day_count=count,
        penalty_factor=factor,
        overdue=Overdue.WHOLE if whole else Overdue.SURCHARGE,
        compound=compound,
        order=tuple(order),
        accelerated_on=called,
        stops_on=stops,
    )
    due: dict[date, int] = {}
    for one in plan:
        due[one.on] = due.get(one.on, 0) + one.principal
    bank = Bank(
        out, due, rates, count.value, charges, factor,
        whole=whole, compound=compound, order=order, called_on=called, stops_on=stops,
    )  # fmt: skip
    return Drawn(lending, bank, moves, ends)


def _a_plan(dice: random.Random, days: list[date], loan: int) -> tuple[Due, ...]:
    kind = dice.choice(("bullet", "equal", "annuity"))
    if kind == "bullet":
        return (Due(days[-1], loan),)
    if kind == "equal":
        return equal_principal(loan, days)
    left = [*outstanding(Plan.ANNUITY, loan, Fraction(6, 100), len(days)), 0]
    return tuple(
        Due(day, before - after)
        for day, before, after in zip(days, left, left[1:], strict=False)
        if before > after
    )


def out_of(course: Drawn, *, language: str = "en", encoding: str = "utf-8") -> WorkedOut:
    content = course.bank.csv(language=language).encode(encoding)
    statement = read_statement(content, "CNY").statement
    return work_out(statement, course.lending, Asked(course.until, 0))


def ran(seed: int) -> tuple[Drawn, dict[str, int]] | None:
    """Run a course; None where nothing was paid out by its end."""
    course = a_course(seed)
    owed = course.bank.run(course.moves, course.until)
    return (course, owed) if len(course.bank.lines) else None


@pytest.mark.parametrize("block", range(8))
def test_a_thousand_transcripts_come_back_without_a_difference(block: int) -> None:
    """Penalty and compound interest in them: written, parsed, worked out: nothing differs."""
    with_penalty = 0
    for seed in range(125 * block, 125 * (block + 1)):
        course, owed = ran(seed)
        language, encoding = [("en", "utf-8"), ("zh", "gb18030"), ("zh", "utf-8")][seed % 3]
        found = out_of(course, language=language, encoding=encoding)
        assert found.differing == (), f"seed {seed}"
        assert found.broken == (), f"seed {seed}"
        now = found.account.on(course.until, course.lending)
        closes = found.statement.closes_on
        if closes == course.until:
            assert {n: now.standing(n) for n in (*now.owed, "principal")} == owed, f"seed {seed}"
        with_penalty += bool(found.stripped)
    assert with_penalty > 25


@settings(max_examples=150)
@given(seed=st.integers(1000, 10**9), cut=st.integers(0, 400))
def test_any_day_of_an_account_is_what_a_bank_says_on_that_day(seed: int, cut: int) -> None:
    """The account runs on, and its state on any earlier day is the bank's of that day."""
    course = a_course(seed)
    day = min(course.lending.opens_on + timedelta(days=cut), course.until)
    lines = as_lines(course, until=course.until)
    closed = course.until if course.until not in course.lending.charge_days else None
    account = worked(course.lending, lines, course.until, closes_on=closed)
    then = account.on(day, course.lending)
    owed = a_course(seed).bank.run(course.moves, day)
    assert {name: then.standing(name) for name in (*then.owed, "principal")} == owed


def as_lines(course: Drawn, until: date) -> list[StatementLine]:
    """What the bank took and charged that nobody can work out."""
    a_bank = replace(course.bank, lines=[])
    a_bank.run(course.moves, until)
    kinds = {"repayment", "costs", "damages"}
    return [
        StatementLine(row, day, LineKind(kind), debit, credit)
        for row, (day, kind, debit, credit) in enumerate(a_bank.lines, 2)
        if kind in kinds
    ]


def test_a_bullet_in_closed_form() -> None:
    """P r d / 360 in all, each month rounded by itself."""
    account = worked(a_lending(), [], date(2025, 4, 30))
    days = [28, 31, 30]
    assert [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)] == list(account.charged)
    assert [one["interest"] for one in account.charged.values()] == [
        round_half_up(LOAN * RATE * d / 360) for d in days
    ]


def test_equal_principal_in_closed_form() -> None:
    """Of n equal parts, month k bears interest on n - k + 1 of them: 30/360, paid as due."""
    days = monthly(12, date(2025, 1, 15))
    plan, month = equal_principal(LOAN, days), RATE / 12
    lending = a_lending(
        drawdowns=(Due(date(2025, 1, 15), LOAN),), plan=plan, charge_days=tuple(days),
        rates=(Rate(date(2025, 1, 15), RATE),), day_count=DayCount.THIRTY_360,
    )  # fmt: skip
    owed = [LOAN * (12 - k) // 12 for k in range(12)]
    interest = [round_half_up(minor * month) for minor in owed]
    lines = [paid(day, LOAN // 12 + minor) for day, minor in zip(days, interest, strict=True)]
    account = worked(lending, lines, days[-1])
    assert [account.charged[day]["interest"] for day in days] == interest
    assert sum(interest) == pytest.approx(float(LOAN * month * 13 / 2), abs=12)
    assert account.last.balance == 0
    assert account.last.overdue_since is None


def test_an_annuity_in_closed_form() -> None:
    """Equal payments of P i / (1 - (1 + i)^-n): paid as due, nothing is left."""
    opens, months = date(2025, 1, 15), 24
    days, i = monthly(months, opens), RATE / 12
    left = [*outstanding(Plan.ANNUITY, LOAN, RATE, months), 0]
    plan = tuple(Due(d, a - b) for d, a, b in zip(days, left, left[1:], strict=False))
    lending = a_lending(
        drawdowns=(Due(opens, LOAN),), plan=plan, charge_days=tuple(days),
        rates=(Rate(opens, RATE),), day_count=DayCount.THIRTY_360,
    )  # fmt: skip
    payment = float(LOAN * i / (1 - (1 + i) ** -months))
    lines = []
    for day, before, due in zip(days, left, plan, strict=False):
        lines.append(paid(day, due.principal + round_half_up(before * i)))
        assert lines[-1].credit == pytest.approx(payment, abs=1.01)
    account = worked(lending, lines, days[-1])
    assert account.last.balance == 0
    assert account.last.surplus == 0


@given(st.lists(st.integers(0, 2000), min_size=2, max_size=6, unique=True), st.sampled_from(BY_DAY))
def test_interest_adds_up_however_it_is_cut(cuts: list[int], count: DayCount) -> None:
    first = date(2024, 2, 29)
    days = [first + timedelta(days=cut) for cut in sorted(cuts)]
    rates = (Rate(first, RATE), Rate(date(2025, 7, 31), Fraction(1, 10)))
    parts = [
        rate_time(rates, count, start=a, end=b) for a, b in pairwise(days)
    ]  # fmt: skip
    assert sum(parts) == rate_time(rates, count, start=days[0], end=days[-1])


def test_a_year_of_thirty_day_months_bears_the_rate_itself() -> None:
    """Where actual/360 bears 365/360 of it."""
    rates, year = (Rate(date(2025, 1, 1), RATE),), (date(2025, 1, 1), date(2026, 1, 1))
    worth = [rate_time(rates, count, start=year[0], end=year[1]) / RATE for count in BY_DAY]
    assert worth == [Fraction(365, 360), 1, 1]


def test_interest_of_claim_runs_through_the_waiting_period_at_the_contract_rate() -> None:
    """Bullet of 3,000,000.00, due and unpaid: 80 days at 4.35 % over 360; half of it again."""
    due = add_months(OPENS, 12)
    bank = Bank(
        {OPENS: LOAN}, {due: LOAN}, {OPENS: RATE}, "actual/360", frozenset(monthly(14)),
        Fraction(3, 2), whole=True, compound=True, order=OWED,
    )  # fmt: skip
    until = due + timedelta(days=59)
    interest = [
        round_half_up(LOAN * RATE * d / 360)
        for d in (28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31)
    ]
    moves = {day: [("repayment", minor)] for day, minor in zip(monthly(12), interest, strict=True)}
    bank.run(moves, until)
    statement = read_statement(bank.csv().encode(), "CNY").statement
    found = work_out(statement, a_lending(overdue=Overdue.WHOLE), Asked(due, 80))
    assert found.differing == ()
    claimed = found.claimed
    assert claimed.lines["principal"] == LOAN
    assert claimed.interest_to_default == 0
    exact = LOAN * RATE * 80 / 360
    assert abs(claimed.lines["interest"] - exact) <= 3  # three charges rounded
    assert abs(claimed.lines["penalty"] - exact / 2) <= 3
    assert {line.kind for line in found.stripped} == {LineKind.PENALTY}
    codes = {one.code for one in transcript_findings(found, Signed("branch manager", until))}
    assert codes == {"penalty-stripped"}


def test_nothing_accrues_once_a_bankruptcy_is_accepted() -> None:
    due = add_months(OPENS, 12)
    stop = due + timedelta(days=10)
    found = worked(a_lending(stops_on=stop), [], due + timedelta(days=80)).last
    at_stop = worked(a_lending(), [], stop).last
    for name in ("interest", "penalty", "compound_interest"):
        assert abs(found.standing(name) - at_stop.standing(name)) <= 3
        assert found.standing(name) > 0


def test_a_bank_that_charges_too_much_is_named_by_day() -> None:
    course, _ = ran(3)
    lines = [list(one) for one in course.bank.lines]
    place = next(i for i, one in enumerate(lines) if one[1] == "interest")
    lines[place][2] += 12_345
    course.bank.lines = [tuple(one) for one in lines]
    found = out_of(course)
    (wrong,) = found.differing
    assert (wrong.on, wrong.differs_by) == (lines[place][0], 12_345)
    codes = [one.code for one in transcript_findings(found, None)]
    assert codes[:2] == ["transcript-unsigned", "interest-differs"]

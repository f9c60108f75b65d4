"""Every finding on a transcript, raised by the one thing that is wrong, and by nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from claims.rules.transcript.defaults import assumed_source
from claims.rules.transcript.findings import Signed, transcript_findings
from claims.rules.transcript.form import (
    AccountForm,
    Lent,
    RateForm,
    assumed_for,
    lending_of,
)
from claims.rules.transcript.line import LineKind, Statement, StatementLine
from claims.rules.transcript.worked_out import Asked, work_out
from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from kernel.money import round_half_up
from kernel.period import add_months
from underwriting.pricing.day_count import DayCount
from underwriting.watch.schedule import Due

OUT = date(2025, 1, 15)
DUE = date(2025, 4, 15)
LOAN, RATE = 100_000_000, Fraction(6, 100)
LENT = Lent("CNY", (Due(OUT, LOAN),), (Due(DUE, LOAN),), RATE, DayCount.ACTUAL_365)
Lines = list[StatementLine]


def interest(days: int) -> int:
    return round_half_up(LOAN * RATE * days / 365)


def good() -> Lines:
    """Three months of interest, two of them paid, the loan not repaid; a month of penalty."""
    moves: list[tuple[date, LineKind, int, int]] = [(OUT, LineKind.DRAWDOWN, LOAN, 0)]
    for month, days in ((1, 31), (2, 28)):
        day = add_months(OUT, month)
        moves.append((day, LineKind.INTEREST, interest(days), 0))
        moves.append((day, LineKind.REPAYMENT, 0, interest(days)))
    moves.append((DUE, LineKind.INTEREST, interest(31), 0))
    lines, balance = [], 0
    for row, (on, kind, debit, credit_) in enumerate(moves, 2):
        balance += debit - credit_
        lines.append(StatementLine(row, on, kind, debit, credit_, balance))
    return lines


def found(
    lines: Lines,
    *,
    form: AccountForm | None = None,
    default_on: date = DUE,
    signed: Signed | None = Signed("manager", DUE),  # noqa: B008 - frozen
    totals: tuple[int, int] | None = None,
) -> tuple[Finding, ...]:
    debits, credits_ = totals or (None, None)
    statement = Statement(tuple(lines), debits, credits_)
    lending = lending_of(LENT, form or AccountForm(), DUE + timedelta(days=200))
    return transcript_findings(work_out(statement, lending, Asked(default_on, 60)), signed)


def line(on: date, kind: LineKind, debit: int = 0, credit_: int = 0) -> StatementLine:
    return StatementLine(99, on, kind, debit, credit_)


def test_a_good_transcript_has_no_finding() -> None:
    assert found(good()) == ()


def _dropped(lines: Lines) -> Lines:
    return [one for one in lines if (one.on, one.kind) != (add_months(OUT, 1), LineKind.REPAYMENT)]


CASES: dict[str, Callable[[], tuple[Finding, ...]]] = {
    "transcript-unsigned": lambda: found(good(), signed=None),
    "signed-before-close": lambda: found(good(), signed=Signed("x", OUT)),
    "balance-broken": lambda: found(_dropped(good())),
    "total-differs": lambda: found(good(), totals=(1, 1)),
    "line-twice": lambda: found([*good(), *[line(DUE, LineKind.COSTS, 5)] * 2]),
    "days-out-of-order": lambda: found([*good()[1:], good()[0]]),
    "transcript-too-early": lambda: found(good()[:3]),
    "not-overdue-worked-out": lambda: found(
        [*good(), line(DUE, LineKind.REPAYMENT, 0, LOAN + interest(31))]
    ),
    "overdue-before-default": lambda: found(good(), default_on=DUE + timedelta(days=2)),
    "paid-beyond": lambda: found([*good(), line(DUE, LineKind.REPAYMENT, 0, 2 * LOAN)]),
    "interest-stopped": lambda: found(
        good(), form=AccountForm(bankrupt_on=DUE + timedelta(days=5))
    ),
    "damages-stripped": lambda: found([*good(), line(DUE, LineKind.DAMAGES, 7)]),
    "interest-differs": lambda: found([*good(), line(DUE, LineKind.INTEREST, 7)]),
    "penalty-differs": lambda: found([*good(), line(DUE, LineKind.PENALTY, 7)]),
    "drawdown-differs": lambda: found([*good(), line(DUE, LineKind.DRAWDOWN, 7)]),
}


@pytest.mark.parametrize("code", CASES)
def test_each_is_found_with_words_in_both_languages(code: str) -> None:
    raised = {one.code: one for one in CASES[code]()}
    assert code in raised
    assert raised[code].en
    assert raised[code].zh
    assert raised[code].clause


def test_only_a_missing_signature_or_an_early_end_makes_wait() -> None:
    waits = {
        one.code for case in CASES.values() for one in case() if one.effect is Effect.WAIT
    }  # fmt: skip
    assert waits == {"transcript-unsigned", "transcript-too-early"}


def test_the_next_day_is_the_same_default() -> None:
    """What falls due on a day may be called overdue from the next."""
    codes = [one.code for one in found(good(), default_on=DUE + timedelta(days=1))]
    assert codes == ["transcript-too-early"]  # of the statement's end, not of the day overdue


def test_what_nothing_states_is_named_with_source_and_grade() -> None:
    names = assumed_for(LENT, AccountForm())
    assert names == ("interest_every", "penalty_factor", "overdue", "compound", "order")
    for name in (*names, "day_count", "interest_stops"):
        source, grade = assumed_source(name)
        assert source
        assert grade in "CK"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"penalty_factor": "5"}, "account.penalty_factor"),
        ({"penalty_factor": "1/2"}, "account.penalty_factor"),
        ({"order": ("costs", "costs")}, "account.order"),
        ({"rates": (RateForm(from_on=OUT, annual="0.05"),)}, "account.rates[0].from_on"),
    ],
)
def test_terms_that_cannot_be_are_refused(form: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        lending_of(LENT, AccountForm(**form), DUE)
    assert refused.value.faults[0].field == field


def test_days_of_interest_do_not_drift_from_the_end_of_a_month() -> None:
    """From 31 January: 28 February, 31 March; not the 28th for ever after."""
    lent = Lent("CNY", (Due(date(2025, 1, 31), 1),), (Due(date(2026, 1, 31), 1),), RATE)
    days = lending_of(lent, AccountForm(), date(2025, 5, 1)).charge_days
    assert days[:3] == (date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30))
    quarters = lending_of(
        lent, AccountForm(interest_every="quarter", first_interest_on=date(2025, 3, 21)),
        date(2025, 12, 31),
    ).charge_days  # fmt: skip
    assert quarters[:4] == tuple(date(2025, month, 21) for month in (3, 6, 9, 12))
    assert lending_of(lent, AccountForm(interest_every="end"), DUE).charge_days == (
        date(2026, 1, 31),
    )  # fmt: skip


def test_a_rate_that_changes_is_met_on_its_day() -> None:
    """Half of a period at 6 %, half at 3 %."""
    change = OUT + timedelta(days=10)
    form = AccountForm(rates=(RateForm(from_on=change, annual="0.03"),))
    lending = lending_of(LENT, form, DUE)
    statement = Statement(tuple(good()[:1]))
    account = work_out(statement, lending, Asked(add_months(OUT, 1), 0))
    expected = round_half_up(LOAN * (RATE * 10 + RATE / 2 * 21) / 365)
    assert account.claimed.lines["interest"] == expected


def test_a_payment_meets_costs_then_interest_then_principal() -> None:
    """Civil Code art. 561: 1,000 of costs, all interest, and what is left of principal."""
    paid = 1_000 + interest(31) + 5_000
    moved = [
        *good(), line(DUE, LineKind.COSTS, 1_000), line(DUE, LineKind.DAMAGES, 400),
        line(DUE, LineKind.REPAYMENT, 0, paid),
    ]  # fmt: skip
    lending = lending_of(LENT, AccountForm(), DUE)
    account = work_out(Statement(tuple(moved)), lending, Asked(DUE, 0)).account
    assert account.payments[-1].met == {
        "costs": 1_000, "interest": interest(31), "principal": 5_000,
    }  # fmt: skip
    turned = ("damages", "principal", "costs", "interest", "penalty", "compound_interest")
    lending = lending_of(LENT, AccountForm(order=turned), DUE)
    account = work_out(Statement(tuple(moved)), lending, Asked(DUE, 0)).account
    assert account.payments[-1].met == {"damages": 400, "principal": paid - 400}


def test_a_loan_that_is_called_is_due_at_once() -> None:
    called = OUT + timedelta(days=40)
    lending = lending_of(LENT, AccountForm(accelerated_on=called), DUE)
    account = work_out(Statement(tuple(good())), lending, Asked(called, 0)).account
    assert account.on(called, lending).overdue_since == called
    assert account.last.owed["penalty"] > 0


def test_lines_before_the_first_day_of_the_loan_are_refused_and_named() -> None:
    """A payment before the drawdown would meet nothing and be lost without a word."""
    eve = OUT - timedelta(days=1)
    early = [line(eve, LineKind.REPAYMENT, 0, 500), line(eve, LineKind.COSTS, 5)]
    for lines, named in ((early, 2), ([*good(), early[0]], 1)):
        with pytest.raises(Invalid) as refused:
            found(lines)
        assert refused.value.code == "transcript"
        assert len(refused.value.faults) == named
        for fault in refused.value.faults:
            assert fault.field == f"line {early[0].row}"
            assert f"before the loan's first day, {OUT}" in fault.problem
            assert fault.cure


def test_a_default_before_the_first_day_of_the_loan_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        found(good(), default_on=OUT - timedelta(days=400))
    assert refused.value.faults[0].field == "default_date"

"""Bulk reports with wrong rows, keys sent twice, and what the stored rows come to."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import a_risk
from lending import DUE, HALFWAY, STARTS, Lending, a_form, minor, paid_out

from kernel.money import Money
from underwriting.loan_events.bank_npl import bank_npl
from underwriting.loan_events.store import event_rows, loan_file
from underwriting.record_event import record_events
from underwriting.state_npl import state_npl
from underwriting.watch.level import Level
from underwriting.watch.npl import npl_finding

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = timedelta(days=1)


def repaid(key: str, on: date, amount: str, kind: str = "repaid") -> dict[str, Any]:
    return {"key": key, "kind": kind, "happened_on": on, "principal": amount}


def balance(lending: Lending, policy: Any, on: date) -> int:
    """What is owed, summed from the stored rows by a rule of its own."""
    rows = lending.read(lambda s: event_rows(s, policy.id))
    gone = {row.withdraws for row in rows}
    sign = {"disbursed": 1, "redrawn": 1, "repaid": -1, "prepaid": -1}
    return sum(
        sign.get(row.kind, 0) * row.principal_minor
        for row in rows
        if row.key not in gone and row.happened_on <= on
    )


def test_events_of_one_report_stand_on_each_other_in_the_order_of_their_days(
    lending: Lending,
) -> None:
    policy = lending.policy()
    early = repaid("a", HALFWAY - DAY, "1000000.00")
    refused = lending.refuse(
        "loan-events", record_events, policy.id, [a_form(**early), a_form(**paid_out())], on=DUE
    )
    assert [(one.field, one.cure) for one in refused.faults] == [
        ("events[0].kind", "report the disbursement")
    ]
    lending.report(
        policy, paid_out(), repaid("b", HALFWAY, "2000000.00"), early,
        {"key": "undo", "kind": "withdrawn", "happened_on": HALFWAY, "withdraws": "a"},
        repaid("c", HALFWAY - DAY, "999999.99", "prepaid"),
    )  # fmt: skip
    rows = lending.read(lambda s: event_rows(s, policy.id))
    assert [(row.seq, row.key) for row in rows] == list(
        enumerate([f"out-{STARTS}", "b", "a", "undo", "c"], start=1)
    )
    for on in (STARTS - DAY, STARTS, HALFWAY - DAY, HALFWAY, DUE):
        standing = lending.today(policy, on).standing
        assert standing.account.owed == balance(lending, policy, on)
    assert balance(lending, policy, DUE) == 1


def test_a_wrong_row_in_the_middle_keeps_out_those_before_and_after(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    sent = [
        a_form(**repaid("r1", HALFWAY, "2999999.99")),
        a_form(**repaid("r2", HALFWAY, "0.02")),
        a_form(**repaid("r3", HALFWAY, "0.01")),
        a_form(**repaid("r3", HALFWAY, "0.02")),
        a_form(**repaid("r1", HALFWAY, "2999999.99")),
    ]
    refused = lending.refuse("loan-events", record_events, policy.id, sent, on=DUE)
    assert [one.field for one in refused.faults] == ["events[1].principal", "events[3].key"]
    assert "CNY 0.02; CNY 0.01 is owed" in refused.faults[0].problem
    assert balance(lending, policy, DUE) == minor("3000000.00")
    done = lending.do(record_events, policy.id, [sent[0], sent[2], sent[4]], on=DUE)
    assert done.new == ("r1", "r3")
    assert [row.key for row in done.rows] == ["r1", "r3", "r1"]
    assert balance(lending, policy, DUE) == 0


def test_a_breach_is_remembered_once_and_ends_with_its_event(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    released = {"key": "rel", "kind": "collateral_released", "happened_on": HALFWAY}
    for _ in range(2):
        lending.report(policy, released, on=HALFWAY + DAY)
    (breach,) = lending.read(lambda s: loan_file(s, policy.id)).breaches
    assert breach.found_on == HALFWAY + DAY
    assert lending.kinds("policy", policy.id).count("changed_without_consent") == 1
    (alert,) = lending.watch(policy, DUE).open
    assert (alert.noted.deadline, alert.noted.name) == (HALFWAY + 11 * DAY, "2026-001")
    undo = {"key": "u", "kind": "withdrawn", "happened_on": DUE, "withdraws": "rel"}
    lending.report(policy, undo)
    assert lending.watch(policy, DUE).level is Level.GREEN
    assert len(lending.read(lambda s: loan_file(s, policy.id)).breaches) == 1, "it stays on record"


@pytest.mark.parametrize(
    ("left", "code"), [("150000.00", "npl-tolerated"), ("150000.01", "npl-above-tolerance")]
)
def test_a_bank_at_its_tolerance_and_one_fen_above(lending: Lending, left: str, code: str) -> None:
    bank = lending.client_id
    assert lending.read(lambda s: bank_npl(s, bank, DUE)).by_currency == {}
    sick, sound = lending.policy(), lending.policy(a_risk(loan={"contract": "2"}))
    lending.lent(sick)
    lending.lent(sound)
    paid = Money(minor("3000000.00") - minor(left), "CNY").text
    bad = {"key": "n", "kind": "reclassified", "happened_on": HALFWAY, "loan_class": "doubtful"}
    lending.report(sick, bad, repaid("b", HALFWAY, paid, "prepaid"))
    own = Fraction(15, 315) - Fraction(3, 100)  # 150,000 of 3,150,000, less three points
    lending.do(state_npl, bank, own, HALFWAY, "annual report", on=DUE)
    assert lending.read(lambda s: bank_npl(s, bank, HALFWAY - DAY)).own is None
    (found,) = lending.read(lambda s: bank_npl(s, bank, DUE)).by_currency.values()
    assert found.bad == minor(left) == balance(lending, sick, DUE)
    assert found.owed == found.bad + balance(lending, sound, DUE)
    assert npl_finding(found).code == code

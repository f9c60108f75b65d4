"""Reports of a loan: once, all or none, by two clocks; and what a change without leave leaves."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from builders import SAMPLES, a_desk
from lending import DUE, HALFWAY, STARTS, Lending, a_form, minor, paid_out

from kernel.db.engine import transact
from kernel.wire import MoneyWire
from underwriting.loan_events.store import loan_file, repaid_of
from underwriting.loan_events.tables import ConsentBreachRow
from underwriting.products import product
from underwriting.record_event import record_events
from underwriting.watch.account import LoanState
from underwriting.watch.change_consented import change_consented
from underwriting.watch.loan_event import LoanEventKind
from underwriting.watch.loan_form import LoanEventForm

EARLY = {
    "key": "back-1", "kind": "prepaid", "happened_on": HALFWAY, "principal": "1000000.00",
    "interest": "21750.00",
}  # fmt: skip


def test_what_is_reported_twice_by_its_key_counts_once(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    first = lending.report(policy, EARLY)
    again = lending.report(policy, paid_out(), EARLY, on=DUE + timedelta(days=1))
    assert first.new == ("back-1",)
    assert again.new == ()
    assert [row.key for row in again.rows] == [f"out-{STARTS}", "back-1"]
    standing = lending.today(policy, DUE).standing
    assert standing.account.owed == minor("2000000.00")
    assert standing.account.interest_paid == minor("21750.00")
    assert lending.kinds("policy", policy.id).count("loan_reported") == 2


def test_a_bad_row_keeps_all_out_and_every_row_says_why(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    rows = [
        a_form(**EARLY),
        a_form(key="much", kind="repaid", happened_on=DUE, principal="2000000.01"),
        a_form(key="ahead", kind="repaid", happened_on=DUE + timedelta(days=9), principal="1"),
        a_form(key="back-1", kind="repaid", happened_on=DUE, principal="1"),
        a_form(key="cured", kind="cured", happened_on=DUE),
        a_form(key="late", kind="overdue", happened_on=DUE, principal="1"),
        a_form(key="none", kind="prepaid", happened_on=DUE),
        a_form(key="gone", kind="withdrawn", happened_on=DUE, withdraws="nothing"),
        a_form(key="long", kind="extended", happened_on=DUE, until=DUE,
               consent_id="cs_abcdefgh2345abcdefgh2345ab"),
        a_form(key="twice", kind="disbursed", happened_on=DUE, principal="0.01"),
    ]  # fmt: skip
    refused = lending.refuse("loan-events", record_events, policy.id, rows, on=DUE)
    assert [fault.field for fault in refused.faults] == [
        "events[1].principal", "events[2].happened_on", "events[3].key", "events[4].kind",
        "events[5].since", "events[6].principal", "events[7].withdraws", "events[8].consent_id",
        "events[9].principal",
    ]  # fmt: skip
    assert lending.today(policy, DUE).standing.account.owed == minor("3000000.00")


def test_an_earlier_day_is_told_later_and_both_clocks_are_kept(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.report(policy, EARLY, on=DUE)
    before = a_desk(DUE - timedelta(days=1)).at
    assert lending.today(policy, DUE).standing.account.owed == minor("2000000.00")
    assert lending.today(policy, DUE, known=before).standing.account.owed == minor("3000000.00")
    assert lending.today(policy, HALFWAY - timedelta(days=1)).standing.account.repaid == 0


def test_an_earlier_repayment_may_not_leave_a_later_one_without_ground(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.report(policy, {**EARLY, "principal": "2500000.00"}, on=DUE)
    day = date(2025, 6, 10)
    late = a_form(key="older", kind="repaid", happened_on=day, principal="500000.01")
    refused = lending.refuse("loan-events", record_events, policy.id, [late], on=DUE)
    assert "back-1 of 2025-09-10 would not stand" in refused.faults[0].problem
    fits = {"key": "older", "kind": "repaid", "happened_on": day, "principal": "500000.00"}
    assert lending.report(policy, fits, on=DUE).new == ("older",)


def test_what_is_taken_back_counts_no_longer_and_stays_on_record(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.report(policy, EARLY, on=DUE)
    back = {"key": "undo", "kind": "withdrawn", "happened_on": DUE, "withdraws": "back-1"}
    lending.report(policy, back, on=DUE)
    assert lending.today(policy, DUE).standing.account.owed == minor("3000000.00")
    file = lending.read(lambda s: loan_file(s, policy.id))
    assert [one.key for one in file.events] == [f"out-{STARTS}", "back-1", "undo"]


def test_a_loan_that_nobody_reports_is_not_taken_for_unpaid(lending: Lending) -> None:
    policy = lending.policy()
    assert lending.today(policy, HALFWAY).standing is None
    assert lending.read(lambda s: repaid_of(s, policy.id)) is None
    lending.lent(policy)
    assert lending.read(lambda s: repaid_of(s, policy.id)) == {}
    lending.report(policy, EARLY)
    repaid = lending.read(lambda s: repaid_of(s, policy.id))
    assert repaid == {HALFWAY: minor("1000000.00")}


def test_another_currency_is_refused(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    stated = {"key": "x", "kind": LoanEventKind.REPAID, "happened_on": DUE}
    usd = LoanEventForm(**stated, principal=MoneyWire(amount="1.00", currency="USD"))
    refused = lending.refuse("loan-events", record_events, policy.id, [usd], on=DUE)
    assert refused.faults[0].field == "events[0].principal.currency"


def test_a_policy_that_guarantees_no_loan_has_no_events(lending: Lending) -> None:
    form = product("infringement_loss").risk
    policy = lending.policy(form.model_validate(SAMPLES["infringement_loss"], strict=False))
    sent = [a_form(**paid_out())]
    lending.refuse("no-loan", record_events, policy.id, sent, on=DUE)


def test_overdue_and_bad_loans_stand_so_until_cured(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    late = DUE + timedelta(days=20)
    stated = {"key": "od", "kind": "overdue", "happened_on": late, "since": DUE,
              "principal": "3000000.00", "interest": "10875.00"}  # fmt: skip
    lending.report(policy, stated, on=late)
    standing = lending.today(policy, late).standing
    assert (standing.state, standing.days_overdue) == (LoanState.OVERDUE, 20)
    assert standing.arrears == minor("3000000.00")
    bad = {"key": "npl", "kind": "reclassified", "happened_on": late, "loan_class": "doubtful"}
    lending.report(policy, bad, on=late)
    assert lending.today(policy, late).standing.state is LoanState.NON_PERFORMING
    paid = late + timedelta(days=2)
    lending.report(
        policy,
        {"key": "all", "kind": "repaid", "happened_on": paid, "principal": "3000000.00"},
        {"key": "ok", "kind": "cured", "happened_on": paid},
        {"key": "up", "kind": "reclassified", "happened_on": paid, "loan_class": "normal"},
        on=paid,
    )
    assert lending.today(policy, paid).standing.state is LoanState.REPAID


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("extended", {"until": date(2026, 9, 10)}),
    ("rescheduled", {}),
    ("redrawn", {"principal": "500000.00"}),
    ("refinanced", {"reference": "2026-099"}),
    ("use_changed", {}),
    ("collateral_substituted", {}),
    ("collateral_released", {}),
]


@pytest.mark.parametrize(("kind", "stated"), CHANGES)
def test_a_change_without_leave_is_remembered(
    lending: Lending, kind: str, stated: dict[str, Any]
) -> None:
    policy = lending.policy()
    lending.lent(policy)
    done = lending.report(policy, {"key": "c1", "kind": kind, "happened_on": HALFWAY, **stated})
    assert [one.code for one in done.findings] == ["change-without-consent"]
    (finding,) = lending.read(lambda s: change_consented(loan_file(s, policy.id), DUE))
    assert finding.code == "change-without-consent"
    assert finding.clause
    assert finding.cure
    assert lending.read(lambda s: change_consented(loan_file(s, policy.id), STARTS)) == ()
    assert "changed_without_consent" in lending.kinds("policy", policy.id)


@pytest.mark.parametrize("table", ["loan_event", "consent_breach"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET policy_id = policy_id", "DELETE FROM {}"])
def test_what_is_remembered_only_grows(lending: Lending, table: str, verb: str) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.report(policy, {"key": "c1", "kind": "use_changed", "happened_on": HALFWAY})
    assert ConsentBreachRow.__tablename__ == "consent_breach"
    with pytest.raises(sa.exc.IntegrityError, match="only grows"):
        transact(lending.engine, lambda s: s.exec(sa.text(verb.format(table))))

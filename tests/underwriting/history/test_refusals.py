"""ACTS on a policy that are refused, with nothing written, and the audit that sees tampering."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import QUOTED, SETTLED, a_desk, a_risk, cny
from living import DUE, HALFWAY, SAID, STARTS, Living
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from kernel.db.engine import read, transact
from kernel.errors import Conflict, Refusal
from underwriting import store
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.history.audit import verify_history
from underwriting.history.done import Outside
from underwriting.history.issue import record_issue
from underwriting.history.proposal import Terms
from underwriting.history.store import contract_on
from underwriting.reinstate import Reinstatement, reinstate
from underwriting.renew import Renewal, renew
from underwriting.reverse import Reversal, reverse
from underwriting.rules.history_loan import Principal
from underwriting.rules.history_step import Statement

NEXT = {"drawdown": DUE.isoformat(), "refinancing": True, "contract": "2026-002"}
FRESH = {"appraised_on": "2026-01-20"}


def asks(day: date = HALFWAY, **parts: Any) -> Change:
    return Change(Terms(risk=a_risk(**parts)), day, "as asked")


@pytest.mark.parametrize(
    ("day", "parts", "code"),
    [
        (STARTS - timedelta(days=1), {}, "not-in-force"),
        (date(2026, 4, 10), {}, "not-in-force"),
        (date(2025, 12, 24), {}, "invalid"),
        (HALFWAY, {"loan": {"drawdown": "2025-04-10"}}, "other-period"),
        (HALFWAY, {"borrower": {"register_id": "91442000MA4OTHER01"}}, "another-policy"),
        (HALFWAY, {"cover": {"scheme": "zhongshan-2021"}}, "another-policy"),
    ],
)
def test_a_change_of_another_day_or_policy_is_refused(
    quick: Living, day: date, parts: dict[str, Any], code: str
) -> None:
    policy = quick.policy()
    quick.refuse(code, change, policy.id, asks(day, **parts), on=HALFWAY)


def test_a_quote_of_one_policy_changes_no_other_and_makes_no_new_one(quick: Living) -> None:
    one = quick.policy()
    other = quick.policy(a_risk(borrower={"register_id": "91442000MA4OTHER01"}))
    seen = quick.ask(one, change, asks(loan={"amount": cny("2400000.00")}), on=HALFWAY)
    quick.do(approve, seen.quote_id, "looked into", on=HALFWAY)
    asked = Change(Terms(quote_id=seen.quote_id), HALFWAY, "as asked")
    quick.refuse("quote-of-another", change, other.id, asked, on=HALFWAY)
    quick.refuse("quote-of-another", change, one.id, with_quote(quick), on=HALFWAY)
    with pytest.raises(Conflict, match="quote-of-amendment"):
        transact(quick.engine, lambda s: _bind_and_record(s, seen.quote_id))


def with_quote(quick: Living) -> Change:
    return Change(Terms(quote_id=quick.quote().id), HALFWAY, "as asked")


def _bind_and_record(session: Session, quote_id: str) -> None:
    """What binding does: it must refuse a quote that amends a policy."""
    policy = bind(session, quote_id, desk=a_desk(HALFWAY))
    record_issue(session, policy, None, desk=a_desk(HALFWAY))  # type: ignore[arg-type] # refused first


def test_a_lapsed_quote_changes_nothing(quick: Living) -> None:
    policy = quick.policy()
    seen = quick.ask(policy, change, asks(), on=HALFWAY)
    quick.do(approve, seen.quote_id, "looked into", on=HALFWAY)
    asked = Change(Terms(quote_id=seen.quote_id), HALFWAY, "as asked")
    late = HALFWAY + timedelta(days=31)
    quick.refuse("quote-lapsed", change, policy.id, asked, on=late)


def test_a_policy_is_cancelled_once_and_on_a_day_of_its_cover(quick: Living) -> None:
    policy = quick.policy()
    asked = Cancellation(date(2026, 4, 10), "loan_repaid", "repaid", SAID)
    quick.refuse("not-in-force", cancel, policy.id, asked, on=HALFWAY)
    rescinds = replace(asked, effective_on=HALFWAY, ground="nondisclosure_intended")
    quick.refuse("invalid", cancel, policy.id, rescinds, on=HALFWAY)
    quick.cancel(policy, on=HALFWAY)
    earlier = replace(asked, effective_on=date(2025, 6, 10))
    quick.refuse("cancelled-already", cancel, policy.id, earlier, on=HALFWAY)
    quick.refuse("not-in-force", change, policy.id, asks(HALFWAY), on=HALFWAY)


def test_an_open_claim_stops_all_but_a_change(quick: Living) -> None:
    policy = quick.policy()
    (issue,) = quick.past(policy).rows
    known = Outside(open_claims=("CL-1",))
    ends = Cancellation(HALFWAY, "loan_repaid", "repaid", SAID)
    again = Reinstatement("a mistake", SAID)
    next_ = Renewal(Terms(risk=a_risk()), "goes on", Principal.STILL_OWED)
    undo = Reversal(issue.id, "in error")
    for act, asked in ((cancel, ends), (reinstate, again), (renew, next_), (reverse, undo)):
        refused = quick.refuse("claim-open", act, policy.id, asked, on=QUOTED, outside=known)
        assert "CL-1" in refused.faults[0].problem


def test_reinstatement_has_its_window_and_its_declaration(quick: Living) -> None:
    policy = quick.policy()
    asked = Reinstatement("a mistake", Statement("示范银行", HALFWAY, "D-1"))
    quick.refuse("not-cancelled", reinstate, policy.id, asked, on=HALFWAY)
    quick.cancel(policy, on=HALFWAY)
    early = Reinstatement("a mistake", Statement("示范银行", STARTS, "D-1"))
    quick.refuse("invalid", reinstate, policy.id, early, on=HALFWAY)
    late = HALFWAY + timedelta(days=31)
    quick.refuse("window-over", reinstate, policy.id, asked, on=late)
    quick.reinstate(policy, on=HALFWAY + timedelta(days=30))


def test_a_reversal_has_its_window_and_is_done_once(quick: Living) -> None:
    policy = quick.policy()
    done = quick.cancel(policy, on=HALFWAY)
    undo = Reversal(done.row.id, "in error")
    quick.refuse("window-over", reverse, policy.id, undo, on=HALFWAY + timedelta(days=31))
    quick.refuse("no-such-transaction", reverse, policy.id, Reversal("tx_" + "a" * 26, "no"))
    back = quick.reverse(policy, done.row.id, on=HALFWAY + timedelta(days=30))
    on = HALFWAY + timedelta(days=30)
    quick.refuse("undone-already", reverse, policy.id, undo, on=on)
    quick.refuse("not-reversible", reverse, policy.id, Reversal(back.row.id, "no"), on=on)


def test_what_something_rests_on_is_not_undone(quick: Living) -> None:
    policy = quick.policy()
    (issue,) = quick.past(policy).rows
    quick.cancel(policy, on=QUOTED, day=STARTS)
    quick.refuse("rested-upon", reverse, policy.id, Reversal(issue.id, "in error"))


def test_nothing_is_undone_on_a_policy_that_is_void(quick: Living) -> None:
    policy = quick.policy()
    (issue,) = quick.past(policy).rows
    quick.cancel(policy, on=QUOTED, day=STARTS)
    back = quick.reinstate(policy, on=QUOTED)
    quick.reverse(policy, issue.id, on=QUOTED)
    assert quick.row(policy).state == "void"
    for id_ in (back.row.id, issue.id):
        quick.refuse("void", reverse, policy.id, Reversal(id_, "in error"))
    ends = Cancellation(STARTS, "loan_repaid", "repaid", SAID)
    quick.refuse("not-in-force", cancel, policy.id, ends)
    quick.refuse("not-in-force", change, policy.id, asks(STARTS))
    renewal = Renewal(Terms(risk=a_risk()), "goes on", Principal.STILL_OWED)
    quick.refuse("not-in-force", renew, policy.id, renewal)


@pytest.mark.parametrize(
    ("parts", "stated", "code"),
    [
        ({}, Principal.STILL_OWED, "other-period"),
        ({"loan": NEXT}, None, "principal-not-plain"),
        ({"loan": {**NEXT, "refinancing": False}}, Principal.STILL_OWED, "principal-not-plain"),
        ({"loan": NEXT}, Principal.REPAID, "principal-not-plain"),
        (
            {"loan": {**NEXT, "amount": cny("3000000.01")}},
            Principal.STILL_OWED,
            "more-than-owed",
        ),
        ({"loan": {**NEXT, "drawdown": "2026-05-10"}}, Principal.REPAID, "principal-not-plain"),
    ],
)
def test_a_renewal_that_is_not_plain_is_refused(
    quick: Living, parts: dict[str, Any], stated: Principal | None, code: str
) -> None:
    policy = quick.policy()
    asked = Renewal(Terms(risk=a_risk(**parts, right=FRESH)), "goes on", stated, SAID)
    quick.refuse(code, renew, policy.id, asked, on=date(2026, 3, 2))


def test_a_renewal_leaves_no_gap_and_comes_in_time(quick: Living) -> None:
    policy = quick.policy()
    later = {**NEXT, "drawdown": "2026-05-10", "refinancing": False}
    risk = a_risk(loan=later, right=FRESH)
    asked = Renewal(Terms(risk=risk), "goes on", Principal.REPAID, SAID)
    quick.refuse("gap-in-cover", renew, policy.id, asked, on=date(2026, 3, 2))
    quick.refuse("cover-ended", renew, policy.id, asked, on=date(2026, 5, 2))
    quick.cancel(policy, on=HALFWAY)
    quick.refuse("not-in-force", renew, policy.id, asked, on=HALFWAY)


def test_what_was_paid_stays_insured_and_is_earned(living: Living) -> None:
    policy = living.policy()
    living.settled(policy)
    paid = living.row(policy).paid_minor
    assert paid > 0
    left = {"loan": {"amount": cny("2400000.00")}}
    asked = asks(date(2026, 4, 9), **left)
    seen = living.ask(policy, change, asked, on=SETTLED)
    living.do(approve, seen.quote_id, "looked into", on=SETTLED)
    again = Change(Terms(quote_id=seen.quote_id), date(2026, 4, 9), "as asked")
    living.refuse("paid-above-sum-insured", change, policy.id, again, on=SETTLED)
    renewal = Renewal(Terms(risk=a_risk(loan=NEXT)), "goes on", Principal.STILL_OWED)
    living.refuse("has-paid", renew, policy.id, renewal, on=date(2026, 4, 9))


def test_an_event_is_measured_by_the_terms_of_its_day(quick: Living) -> None:
    policy = quick.policy()
    quick.change(policy, on=HALFWAY, loan={"amount": cny("2400000.00")})

    def insured(day: date) -> str:
        return quick.read(lambda s: contract_on(s, policy.id, day)).sum_insured.text

    assert insured(date(2025, 9, 9)) == "3130500.00"
    assert insured(HALFWAY) == insured(date(2030, 1, 1)) == "2504400.00"


def test_two_at_once_are_done_one_after_the_other(living: Living) -> None:
    policy = living.policy()
    asked = Cancellation(HALFWAY, "loan_repaid", "repaid early", SAID)

    def run(_: int) -> str:
        try:
            transact(
                living.engine, lambda s: cancel(s, policy.id, asked, desk=a_desk(HALFWAY)).committed
            )
        except Refusal as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(run, range(4)))
    assert outcomes == ["cancelled-already"] * 3 + ["done"]
    living.audit()


@pytest.mark.parametrize("table", ["policy_transaction", "amendment"])
def test_what_is_written_is_never_altered(living: Living, table: str) -> None:
    policy = living.policy()
    living.ask(policy, change, asks(), on=HALFWAY)
    for statement in (f"UPDATE {table} SET kind = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="only grows"):
            transact(living.engine, lambda s, words=statement: s.execute(text(words)))


TAMPERED = {
    "is not what was sealed": "UPDATE policy_transaction SET reason = 'other' WHERE seq = 2",
    "does not follow": "UPDATE policy_transaction SET prev_hash = hash WHERE seq = 2",
    "was charged": "UPDATE policy_transaction SET delta_minor = delta_minor + 1 WHERE seq = 2",
    "in the journal": "UPDATE posting SET amount_minor = amount_minor + 1",
    "as agreed": "UPDATE policy SET premium_minor = premium_minor + 1",
    "shows other terms": "UPDATE policy SET ends_on = '2030-01-01'",
    "where 2 should be": "UPDATE policy_transaction SET seq = 3 WHERE seq = 2",
    "no transaction that issued": "DELETE FROM policy_transaction",
}


@pytest.mark.parametrize("words", TAMPERED)
def test_the_audit_sees_what_was_tampered_with(quick: Living, words: str) -> None:
    policy = quick.policy()
    quick.cancel(policy, on=HALFWAY)
    with quick.engine.begin() as connection:
        for table in ("policy_transaction", "posting"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if quick.engine.dialect.name == "postgresql" else ""
                connection.execute(text(f"DROP TRIGGER {table}_no_{verb}{on}"))
        connection.execute(text(TAMPERED[words]))
    faults = read(quick.engine, verify_history)
    assert any(words in fault.problem for fault in faults), faults
    assert all(policy.number in fault.field for fault in faults)


def test_quotes_of_amendments_are_on_record_with_the_policy(quick: Living) -> None:
    policy = quick.policy()
    done = quick.change(policy, on=HALFWAY, loan={"amount": cny("2400000.00")})
    quoted = quick.read(lambda s: store.quote(s, done.quote_id))
    assert quoted.state == "bound"
    assert quick.kinds("quote", quoted.id) == ["quoted", "approved", "bound"]

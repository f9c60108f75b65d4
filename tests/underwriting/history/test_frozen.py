"""What is frozen stays so: seals, return terms, prices as offered, instants in order."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import a_desk, a_risk, cny
from living import DUE, HALFWAY, SAID, STARTS, Living

from kernel.db import books
from kernel.db.engine import transact
from kernel.money import Money
from underwriting.approve import approve
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.history import on_the_day
from underwriting.history.proposal import Terms
from underwriting.history.record import Draft
from underwriting.history.seal import FIRST, transaction_hash
from underwriting.history.store import PolicyTransactionRow, kept_json, kept_of
from underwriting.holdings import store as holdings
from underwriting.override import override
from underwriting.rules.history import Kept, Kind
from underwriting.rules.history_state import Status
from underwriting.rules.returns import return_terms

LESS = {"loan": {"amount": cny("2400000.00")}}


def a_row(**changes: Any) -> PolicyTransactionRow:
    stated: dict[str, Any] = {
        "id": "tx_" + "a" * 26, "created_at": datetime(2025, 3, 3, 2, tzinfo=UTC),
        "number": "CX-20250910-AAAAAAAAAAAA", "policy_id": "po_" + "b" * 26, "seq": 2,
        "kind": "cancellation", "effective_on": HALFWAY, "booked_on": HALFWAY, "actor": "clerk",
        "reason": "提前还款 repaid early", "agreed": {"ground": {"code": "loan_repaid"}},
        "currency": "CNY", "delta_minor": -100, "delta_tax_minor": -6, "delta_subsidy_minor": 0,
        "prev_hash": FIRST, "hash": "",
    }  # fmt: skip
    return PolicyTransactionRow(**(stated | changes))


def test_the_form_of_the_seal_is_never_changed() -> None:
    sealed = "3bc272a72a7e417c8678b847e84204edb0b9a029858b9f1afa48a1c439843d2b"
    assert transaction_hash(a_row()) == sealed


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "else"},
        {"delta_minor": -101},
        {"effective_on": STARTS},
        {"booked_on": STARTS},
        {"created_at": datetime(2025, 3, 3, 3, tzinfo=UTC)},
        {"prev_hash": "1" * 64},
        {"agreed": {}},
        {"after": {}},
        {"reverses_id": "tx_" + "c" * 26},
    ],
)
def test_whatever_is_altered_breaks_the_seal(changes: dict[str, Any]) -> None:
    assert transaction_hash(a_row(**changes)) != transaction_hash(a_row())


@pytest.mark.parametrize("kept", [Kept(), Kept(share=Fraction(1, 3), floor=5)])
def test_what_is_kept_reads_back(kept: Kept) -> None:
    frozen = json.loads(json.dumps(kept_json(kept)))
    assert kept_of(frozen) == kept


def test_return_terms_are_those_of_the_issue(
    quick: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = quick.policy()
    other = {**return_terms(), "ahead_days": 0, "grounds": []}
    monkeypatch.setattr(on_the_day, "return_terms", lambda: other)
    done = quick.cancel(policy, on=HALFWAY, day=HALFWAY + timedelta(days=60))
    assert done.committed
    assert quick.state(policy, HALFWAY).status is Status.IN_FORCE


def test_a_policy_without_frozen_return_terms_has_those_of_today(quick: Living) -> None:
    found = quick.past(quick.policy())
    bare = replace(found, rows=tuple(a_row(kind="issue", agreed={}) for _ in found.rows))
    assert on_the_day.return_terms_of(bare, HALFWAY) == return_terms()


def test_a_change_costs_what_was_offered(quick: Living) -> None:
    policy = quick.policy()
    asked = Change(Terms(risk=a_risk(**LESS)), HALFWAY, "partly repaid")
    first = quick.ask(policy, change, asked, on=HALFWAY)
    quick.do(approve, first.quote_id, "looked into", on=HALFWAY)
    offer = Money.of("60000.00", "CNY")
    quick.do(override, first.quote_id, offer, "as agreed", on=HALFWAY)
    again = Change(Terms(quote_id=first.quote_id), HALFWAY, "partly repaid")
    done = quick.do(change, policy.id, again, on=HALFWAY)
    assert done.row.premium_minor == offer.minor
    assert done.step.change.total == (policy.premium_minor + offer.minor + 1) // 2 - (
        policy.premium_minor
    )


def test_a_clock_that_was_set_back_does_not_rewrite_what_was_known(quick: Living) -> None:
    policy = quick.policy()
    quick.cancel(policy, on=HALFWAY)
    known = quick.past(policy).past[-1].known_at
    quick.reinstate(policy, on=HALFWAY)
    back = Draft(kind=Kind.REVERSAL, effective_on=HALFWAY, reason="x", undoes="t")
    late = back.transaction(quick.past(policy).past, a_desk(STARTS))
    assert late.known_at == quick.past(policy).past[-1].known_at >= known


def test_what_accumulates_follows_the_policy(quick: Living) -> None:
    policy = quick.policy()

    def held() -> tuple[set[int], set[date], int]:
        rows = quick.read(lambda s: holdings.of_policy(s, policy.id))
        kept = quick.read(lambda s: holdings.kept_of_policy(s, policy.id))
        return {row.minor for row in rows}, {row.ends_on for row in rows}, kept[0]

    first = held()
    quick.change(policy, on=HALFWAY, **LESS)
    assert held()[0] == {2_400_000_00 * 10435 // 10000}
    assert held()[2] < first[2]
    quick.cancel(policy, on=HALFWAY, day=HALFWAY + timedelta(days=20))
    assert held()[1:] == ({HALFWAY + timedelta(days=19)}, 0)
    quick.reinstate(policy, on=HALFWAY + timedelta(days=20))
    assert held()[1] == {policy.ends_on}


def test_a_policy_may_be_cancelled_again_after_it_was_reinstated(quick: Living) -> None:
    policy = quick.policy()
    first = quick.cancel(policy, on=HALFWAY)
    quick.reinstate(policy, on=HALFWAY)
    later = quick.cancel(policy, on=date(2025, 12, 10))
    assert 0 < -later.step.change.total < -first.step.change.total
    papers = quick.read(lambda s: books.documents(s, books.Subject("policy", policy.id)))
    assert len({paper.number for paper in papers}) == 4


def test_the_short_rate_is_dearer_than_pro_rata_and_both_are_foreseen(quick: Living) -> None:
    policy = quick.policy()

    def back(ground: str) -> int:
        asked = Cancellation(HALFWAY, ground, "no longer wanted", SAID)
        seen = transact(
            quick.engine,
            lambda s: cancel(s, policy.id, asked, desk=a_desk(HALFWAY), keep=False),
        )
        assert seen.findings[0].code == ground
        return -seen.step.change.total

    pro_rata, short = back("agreement"), back("policyholder_request")
    assert pro_rata == policy.premium_minor - (policy.premium_minor + 1) // 2
    assert short < pro_rata
    assert back("risk_increased") == pro_rata


def test_an_early_renewal_returns_what_the_old_period_has_not_earned(quick: Living) -> None:
    policy = quick.policy()
    start = date(2026, 2, 10)
    loan = {"drawdown": start.isoformat(), "refinancing": True, "contract": "2026-002"}
    done = quick.renew(policy, on=date(2026, 2, 2), loan=loan, right={"appraised_on": "2026-01-20"})
    earned = quick.row(policy).premium_minor - done.row.premium_minor
    assert abs(earned - policy.premium_minor * 11 / 12) <= 1
    assert done.step.change.total == done.row.premium_minor - (policy.premium_minor - earned)
    assert quick.state(policy, DUE).contract.lent.contract == "2026-002"


def test_terms_above_the_authority_at_the_desk_are_not_agreed(quick: Living) -> None:
    start = date(2025, 6, 10)
    policy = quick.policy(a_risk(loan={"drawdown": start.isoformat()}))
    more = {"drawdown": start.isoformat(), "amount": cny("8000000.00")}
    larger = a_risk(loan=more, right={"appraised": cny("30000000.00")})
    asked = Change(Terms(risk=larger), start, "a larger loan")
    on = date(2025, 3, 4)
    seen = transact(
        quick.engine, lambda s: change(s, policy.id, asked, desk=a_desk(on), keep=False)
    )
    assert seen.outcome.value == "accepted"
    quick.refuse("above-authority", change, policy.id, asked, on=on, authority="clerk")
    assert quick.do(change, policy.id, asked, on=on, authority="chief").committed

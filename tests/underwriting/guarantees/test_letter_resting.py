"""A letter rests on its policy: neither ends, nor goes further, without the other."""

from datetime import date
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, a_use, an_end
from sqlmodel import Session

from kernel.db.engine import read, transact
from underwriting import store as contracts
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import accept_letter, refuse_letter
from underwriting.approve_letter import approve_letter
from underwriting.cancel import Cancellation, cancel
from underwriting.end_letter import withdraw_letter
from underwriting.guarantees.stated import ChangeStated
from underwriting.history.store import transactions
from underwriting.reserve_tax import reserve_tax
from underwriting.reverse import Reversal, reverse
from underwriting.rules.history_step import Statement
from underwriting.send_letter import send_letter

SAID = Statement("a customs district", QUOTED, "C-1")
MARCH_12, APRIL_1 = date(2025, 3, 12), date(2025, 4, 1)


def a_change(**parts: Any) -> ChangeStated:
    return ChangeStated.model_validate({"reason": "as asked", **parts}, strict=False)


def _cancelled(
    issuer: Any, policy_id: str, ground: str = "policyholder_request"
) -> tuple[Any, ...]:
    starts = read(issuer.engine, lambda s: contracts.policy(s, policy_id)).starts_on
    return cancel, policy_id, Cancellation(starts, ground, "as asked", SAID)


def _undone(issuer: Any, policy_id: str) -> tuple[Any, ...]:
    issue = read(issuer.engine, lambda s: transactions(s, policy_id))[0]
    return reverse, policy_id, Reversal(issue.id, "by mistake")


def _done(issuer: Any, on: date, act: Any, *args: Any, **named: Any) -> Any:
    """What an act on a policy did, the books audited after it."""
    done = transact(issuer.engine, lambda s: act(s, *args, desk=a_desk(on, "clerk"), **named))
    issuer.house.audit()
    return done


@pytest.mark.parametrize("ends", [_cancelled, _undone])
@pytest.mark.parametrize("keep", [True, False])
def test_a_policy_does_not_end_under_an_open_letter(issuer: Any, ends: Any, keep: bool) -> None:  # noqa: FBT001 - the parameter is the case
    policy = issuer.policy()
    letter = issuer.drafted(policy)
    act, *args = ends(issuer, policy.id)
    refused = issuer.refuse("letter-open", act, *args, on=QUOTED, keep=keep)
    (fault,) = refused.faults
    assert (fault.field, fault.cure) == ("policy", "release or withdraw the letter first")
    assert letter.number in fault.problem
    issuer.do(withdraw_letter, letter.id, "by mistake", on=QUOTED)
    assert _done(issuer, QUOTED, act, *args, keep=keep).committed is keep


def test_a_policy_is_not_rescinded_under_a_letter_in_force(issuer: Any) -> None:
    letter = issuer.accepted()
    act, *args = _cancelled(issuer, letter.policy_id, "nondisclosure_intended")
    issuer.refuse("letter-open", act, *args, on=MARCH_12)
    issuer.release(letter, an_end(), MARCH_12)
    _done(issuer, MARCH_12, act, *args)
    policy = read(issuer.engine, lambda s: contracts.policy(s, letter.policy_id))
    assert policy.state == "cancelled"


def _cancel_behind(issuer: Any, letter: Any) -> None:
    """A policy that ended in books of an earlier release, which did not look at letters."""

    def act(session: Session) -> None:
        contracts.policy(session, letter.policy_id, lock=True).state = "cancelled"

    transact(issuer.engine, act)


@pytest.mark.parametrize("state", ["drafted", "signed", "sent"])
def test_a_letter_goes_no_further_when_its_policy_ended(issuer: Any, state: str) -> None:
    letter = issuer.drafted() if state == "drafted" else issuer.signed()
    if state == "sent":
        issuer.do(send_letter, letter.id, on=QUOTED)
    act, args, named = {
        "drafted": (approve_letter, ("in order",), {"actor": "second"}),
        "signed": (send_letter, (), {}),
        "sent": (accept_letter, ("GRN1", QUOTED), {}),
    }[state]
    _cancel_behind(issuer, letter)
    issuer.refuse("policy-not-in-force", act, letter.id, *args, on=QUOTED, **named)


def test_a_letter_in_force_takes_no_more_when_its_policy_ended(issuer: Any) -> None:
    letter = issuer.accepted()
    _cancel_behind(issuer, letter)
    change = a_change(claim_until="2026-08-09", consent="C-1")
    issuer.refuse("policy-not-in-force", amend_letter, letter.id, change, on=MARCH_12)
    issuer.refuse("policy-not-in-force", reserve_tax, letter.id, a_use(), on=MARCH_12)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"usable_until": "2026-03-10"}, {"usable_until", "letter.usable-too-long"}),
        (
            {"usable_until": "2026-09-01", "claim_until": "2027-01-01"},
            {"usable_until", "claim_until", "letter.usable-too-long"},
        ),
        (
            {"claim_until": "2026-03-20", "consent": "C-1"},
            {"letter.claim-until-too-early"},
        ),
        (
            {"usable_until": "2025-03-01", "consent": "C-1"},
            {"letter.days-out-of-order"},
        ),
    ],
)
def test_the_new_days_are_held_by_the_policy_and_by_the_grounds(
    issuer: Any, change: Any, fields: set[str]
) -> None:
    letter = issuer.accepted()
    refused = issuer.refuse(
        "letter-not-amended", amend_letter, letter.id, a_change(**change), on=MARCH_12
    )
    assert {one.field for one in refused.faults} == fields


def test_earlier_days_leave_customs_less_to_wait_for(issuer: Any) -> None:
    letter = issuer.accepted()
    change = a_change(usable_until="2025-12-09", claim_until="2026-06-09", consent="C-1")
    version = issuer.do(amend_letter, letter.id, change, on=MARCH_12)
    assert (version.kind, version.terms["claim_until"]) == ("amendment", "2026-06-09")


@pytest.mark.parametrize("answer", [accept_letter, refuse_letter])
@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2025, 3, 2)])
def test_customs_answers_no_letter_before_it_was_sent(issuer: Any, answer: Any, day: date) -> None:
    letter = issuer.signed()
    issuer.do(send_letter, letter.id, on=QUOTED)
    said = "GRN1" if answer is accept_letter else ["unclear"]
    (fault,) = issuer.refuse("invalid", answer, letter.id, said, day, on=MARCH_12).faults
    assert (fault.field, str(QUOTED) in fault.cure) == ("on", True)
    issuer.do(answer, letter.id, said, QUOTED, on=MARCH_12)


def test_an_amendment_is_answered_from_its_own_sending_on(issuer: Any) -> None:
    letter = issuer.accepted()
    change = a_change(amount={"amount": "2900000.00", "currency": "CNY"}, consent="C-1")
    issuer.do(amend_letter, letter.id, change, on=MARCH_12)
    issuer.signed(on=MARCH_12, letter=letter)
    issuer.do(send_letter, letter.id, on=APRIL_1)
    issuer.refuse("invalid", accept_letter, letter.id, "GRN1", MARCH_12, on=APRIL_1)
    assert issuer.do(accept_letter, letter.id, "GRN1", APRIL_1, on=APRIL_1).edition == 2


def test_no_declaration_reserves_from_before_customs_accepted(issuer: Any) -> None:
    letter = issuer.accepted(on=date(2025, 3, 14))
    early, first = a_use(on="2025-03-13"), a_use(on="2025-03-14")
    (fault,) = issuer.refuse("not-usable", reserve_tax, letter.id, early, on=APRIL_1).faults
    assert "2025-03-14" in fault.cure
    issuer.reserve(letter, first, on=APRIL_1)


def test_nothing_is_reserved_once_customs_can_demand_no_more(issuer: Any) -> None:
    letter = issuer.accepted()
    last, late = date(2026, 9, 9), date(2026, 9, 10)
    issuer.refuse("not-usable", reserve_tax, letter.id, a_use(), on=late)
    issuer.reserve(letter, a_use(), on=last)

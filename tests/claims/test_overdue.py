"""An overdue loan before its claim: notice, letters, ends, lapse; on the loan's own record."""

import json
from datetime import date, timedelta
from typing import Any

import builders
import pytest
from builders import House, a_desk, a_house, a_notice, a_risk, cny
from sqlalchemy import Engine

from claims.claim_overdue import Claiming, claim_overdue
from claims.dun import Demand, dun
from claims.end_overdue import End, Ending, end_overdue
from claims.overdue import store
from claims.overdue.case import overdue_case
from claims.overdue.duties import duties, duties_of
from claims.record_service import Service, record_service
from claims.report_overdue import OverdueNotice, report_overdue
from claims.rules.overdue import State, Step, stands
from kernel.db import books
from kernel.db.engine import transact
from underwriting.answer_consent import ConsentAnswer, answer_consent
from underwriting.ask_consent import AskedConsent, ask_consent
from underwriting.loan_events.consents import answer_to
from underwriting.record_event import record_events
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.loan_form import LoanEventForm

SINCE = date(2026, 3, 10)
TOLD = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each act owes on paper."""
    owed = {
        report_overdue: "overdue_receipt",
        dun: "dunning_letter",
        claim_overdue: "claim_receipt",
    }
    for act, kind in owed.items():
        monkeypatch.setitem(builders._PAPER_OF, act, kind)


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def events(house: House, policy: Any, *forms: dict[str, Any], on: date = TOLD) -> Any:
    read = [LoanEventForm.model_validate_json(json.dumps(one)) for one in forms]
    return house.do(record_events, policy.id, read, on=on)


OUT = {
    "key": "SLIP-1",
    "kind": "disbursed",
    "happened_on": "2025-03-10",
    "principal": cny("3000000.00"),
}
LATE = {
    "key": "OD-1", "kind": "overdue", "happened_on": "2026-03-11", "since": SINCE.isoformat(),
    "principal": cny("3000000.00"), "interest": cny("10150.00"),
}  # fmt: skip
PAID = {"key": "PAID-1", "kind": "cured", "happened_on": "2026-03-20"}


def reported(house: House, *, on: date = TOLD, risk: Any = None) -> Any:
    """A policy whose loan is overdue, and the case of it."""
    policy = house.policy(risk or a_risk(loan={"contract": "HT-1"}))
    events(house, policy, OUT, LATE, on=on)
    return policy, house.do(report_overdue, OverdueNotice(policy.id, "OD-1", SINCE), on=on)


def test_a_notice_opens_a_case_with_its_clocks(house: House) -> None:
    policy, row = reported(house)
    assert (row.state, row.since, row.principal_minor) == ("reported", SINCE, 300_000_000)
    assert row.notice_by == SINCE + timedelta(days=policy.contract["notice_days"])
    assert row.waiting_ends == SINCE + timedelta(days=policy.contract["waiting_days"])
    assert row.claim_by == date(2028, 3, 10)
    assert house.kinds("policy", policy.id)[-1] == "overdue_reported"
    case = house.read(lambda s: overdue_case(s, row.id, TOLD))
    assert case.findings() == ()
    assert case.days.payable_from == row.waiting_ends + timedelta(days=1)
    codes = [one.code for one in duties_of(row, (), TOLD)]
    assert codes == ["overdue_notice", "dunning_bank", "dunning_joint", "waiting_period", "claim"]
    assert not any(one.late(TOLD) for one in duties_of(row, (), TOLD))


def test_a_notice_stands_on_the_record_of_the_loan(house: House) -> None:
    """Nothing is overdue that is not reported so; a report taken back is seen."""
    policy = house.policy(a_risk(loan={"contract": "HT-1"}))
    notice = OverdueNotice(policy.id, "OD-1", SINCE)
    house.refuse("invalid", report_overdue, notice, on=TOLD)
    events(house, policy, OUT, LATE)
    row = house.do(report_overdue, notice, on=TOLD)
    back = {"key": "BACK", "kind": "withdrawn", "happened_on": "2026-03-12", "withdraws": "OD-1"}
    events(house, policy, back)
    case = house.read(lambda s: overdue_case(s, row.id, TOLD))
    assert [one.code for one in case.findings()] == ["overdue-taken-back"]


def test_one_case_for_a_loan_and_first_day(house: House) -> None:
    policy, row = reported(house)
    house.refuse("overdue-twice", report_overdue, OverdueNotice(policy.id, "OD-1", SINCE), on=TOLD)
    later = {**LATE, "key": "OD-2", "since": "2026-03-11"}
    events(house, policy, later)
    notice = OverdueNotice(policy.id, "OD-2", TOLD)
    house.refuse("overdue-open", report_overdue, notice, on=TOLD)
    events(house, policy, {**PAID, "happened_on": "2026-03-12"})
    house.do(end_overdue, row.id, Ending(End.CURED, "PAID-1"), on=TOLD)
    second = house.do(report_overdue, notice, on=TOLD)
    assert second.since == date(2026, 3, 11)


@pytest.mark.parametrize("known", [TOLD + timedelta(days=1), SINCE - timedelta(days=1)])
def test_days_that_cannot_be_are_refused(house: House, known: date) -> None:
    policy = house.policy(a_risk(loan={"contract": "HT-1"}))
    events(house, policy, OUT, LATE)
    house.refuse("invalid", report_overdue, OverdueNotice(policy.id, "OD-1", known), on=TOLD)


def test_a_late_notice_is_a_finding_and_no_refusal(house: House) -> None:
    late = date(2026, 7, 1)
    _, row = reported(house, on=late)
    case = house.read(lambda s: overdue_case(s, row.id, late))
    assert {one.code for one in case.findings()} == {"overdue-notice-late", "waiting-over"}
    assert {one.code for one in duties_of(row, (), late) if one.late(late)} >= {
        "overdue_notice", "dunning_bank", "dunning_joint",
    }  # fmt: skip


def test_the_bank_demands_first_then_both(house: House) -> None:
    policy, row = reported(house)
    joint, bank = Demand(Step.JOINT, "courier"), Demand(Step.BANK, "registered_post")
    house.refuse("dunning-order", dun, row.id, joint, on=TOLD)
    first = house.do(dun, row.id, bank, on=TOLD)
    assert (first.sequence, first.pay_by) == (1, TOLD + timedelta(days=7))
    house.refuse("dunning-order", dun, row.id, bank, on=TOLD)
    second = house.do(dun, row.id, joint, on=date(2026, 3, 22))
    assert second.number == f"{row.number}-L2"
    house.do(record_service, row.id, 1, Service(date(2026, 3, 14), "EMS-77"), on=date(2026, 3, 22))
    proof = Service(date(2026, 3, 14), "EMS-78")
    house.refuse("already-served", record_service, row.id, 1, proof, on=date(2026, 3, 22))
    early = Service(date(2026, 3, 21), "EMS-79")
    house.refuse("invalid", record_service, row.id, 2, early, on=date(2026, 3, 22))
    kept = house.read(lambda s: store.letters(s, row.id))
    waiting = {one.code: one for one in duties_of(row, kept, date(2026, 3, 22))}
    assert waiting["dunning_bank"].done_on == date(2026, 3, 14)
    assert waiting["dunning_joint"].done_on is None
    assert waiting["pay_demand_2"].due == date(2026, 4, 1)
    assert house.read(lambda s: store.overdue(s, row.id)).state == "dunned"
    papers = house.read(lambda s: books.documents(s, books.Subject("policy", policy.id)))
    assert [one.kind for one in papers].count("dunning_letter") == 2


@pytest.mark.parametrize(
    "change",
    [
        {"method": "shouting"},
        {"sent_on": TOLD + timedelta(days=1)},
        {"sent_on": SINCE - timedelta(days=1)},
        {"pay_by": TOLD},
    ],
)
def test_a_letter_that_cannot_be_is_refused(house: House, change: dict[str, Any]) -> None:
    _, row = reported(house)
    demand = Demand(**{"step": Step.BANK, "method": "courier", **change})
    house.refuse("invalid", dun, row.id, demand, on=TOLD)


def test_what_is_paid_ends_the_case_also_when_it_is_learnt_late(house: House) -> None:
    policy, row = reported(house)
    on = date(2026, 5, 1)
    house.refuse("invalid", end_overdue, row.id, Ending(End.CURED, "PAID-1"), on=on)
    events(house, policy, PAID, on=on)
    ended = house.do(end_overdue, row.id, Ending(End.CURED, "PAID-1"), on=on)
    assert (ended.state, ended.ended_on) == ("cured", date(2026, 3, 20))
    assert "claim" not in [one.code for one in duties_of(ended, (), on)]
    house.refuse("overdue-ended", dun, row.id, Demand(Step.BANK, "courier"), on=on)
    house.refuse("overdue-ended", claim_overdue, row.id, Claiming(), on=on)


def test_leave_to_extend_must_be_there_and_granted(house: House) -> None:
    _, row = reported(house)
    ending = Ending(End.EXTENDED, "cs_aaaaaaaaaaaaaaaaaaaaaaaaaa")
    house.refuse("invalid", end_overdue, row.id, ending, on=TOLD)


def leave(house: House, policy: Any, months: int, *, on: date) -> str:
    """Leave to extend the loan from a day on, granted by the rules or by a second person."""
    asked = AskedConsent(
        ConsentKind.EXTENSION, on, "more time",
        a_risk(loan={"contract": "HT-1", "term_months": months}),
    )  # fmt: skip
    row = transact(house.engine, lambda s: ask_consent(s, policy.id, asked, desk=a_desk(on)))
    if house.read(lambda s: answer_to(s, row.id)) is None:
        said, desk = ConsentAnswer(granted=True, reason="looked into"), a_desk(on, "second")
        transact(house.engine, lambda s: answer_consent(s, row.id, said, desk=desk))
    return row.id


def test_leave_of_before_the_day_due_ends_no_case(house: House) -> None:
    """The loan was put off to 10 June 2026; it is unpaid then, and put off once more."""
    policy = house.policy(a_risk(loan={"contract": "HT-1"}))
    events(house, policy, OUT, on=SINCE)
    old = leave(house, policy, 15, on=date(2025, 9, 10))
    since, on = date(2026, 6, 11), date(2026, 6, 12)
    late = {**LATE, "happened_on": str(on), "since": str(since)}
    events(house, policy, late, on=on)
    row = house.do(report_overdue, OverdueNotice(policy.id, "OD-1", since), on=on)
    refused = house.refuse("invalid", end_overdue, row.id, Ending(End.EXTENDED, old), on=on)
    (fault,) = refused.faults
    assert (fault.field, "2026-06-10" in fault.cure) == ("consent_id", True)
    new = leave(house, policy, 18, on=on)
    ended = house.do(end_overdue, row.id, Ending(End.EXTENDED, new), on=on)
    assert (ended.state, ended.ended_on) == ("extended", on)


def test_a_case_that_nobody_claims_lapses_after_two_years(house: House) -> None:
    _, row = reported(house)
    assert stands(row.state, row.claim_by, date(2028, 3, 10)) is State.REPORTED
    assert stands(row.state, row.claim_by, date(2028, 3, 11)) is State.LAPSED
    house.refuse("overdue-ended", claim_overdue, row.id, Claiming(), on=date(2028, 3, 11))


def test_a_default_that_has_a_claim_is_linked_to_it(house: House) -> None:
    policy = house.policy(a_risk(loan={"contract": "HT-1"}))
    events(house, policy, OUT, LATE)
    claim = house.claim(policy, default_date=SINCE, known_on=SINCE)
    row = house.do(report_overdue, OverdueNotice(policy.id, "OD-1", SINCE), on=TOLD)
    assert (row.state, row.claim_id) == ("claimed", claim.id)
    found = house.read(lambda s: duties(s, claim.id, TOLD))
    assert {one.code for one in found} == {"overdue_notice", "waiting_period", "claim"}
    house.refuse("claim-twice", builders.notify, a_notice(policy, default_date=SINCE), on=TOLD)

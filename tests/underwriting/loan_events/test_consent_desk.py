"""The consent desk: granted by the rules with a price, referred to a second person, or refused."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from builders import a_desk, a_risk, cny
from lending import DUE, HALFWAY, LONGER, STARTS, Lending

from kernel.db import books
from underwriting import store
from underwriting.answer_consent import ConsentAnswer, answer_consent
from underwriting.ask_consent import AskedConsent, ask_consent
from underwriting.endorse import Change, change
from underwriting.history.done import Outside
from underwriting.history.proposal import Terms
from underwriting.loan_events.store import loan_file
from underwriting.watch.change_consented import change_consented
from underwriting.watch.consent_kind import ConsentKind

NEW_DUE = date(2026, 6, 10)
YES = ConsentAnswer(granted=True, reason="looked into")


def _codes(row: Any) -> set[str]:
    return {one["code"] for one in row.findings if one["effect"] != "inform"}


def _papers(lending: Lending, policy: Any) -> list[str]:
    subject = books.Subject("policy", policy.id)
    return sorted(paper.kind for paper in lending.read(lambda s: books.documents(s, subject)))


def test_an_extension_within_the_rules_is_granted_at_its_price(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    wanted = Change(Terms(risk=a_risk(**LONGER)), HALFWAY, "as asked")
    desk = a_desk(HALFWAY)
    seen = lending.read(lambda s: change(s, policy.id, wanted, desk=desk, keep=False))
    row, answer = lending.ask_leave(policy)
    assert (answer.outcome, answer.decided_by) == ("granted", "rules"), row.findings
    assert row.number.startswith("CN-20250910-")
    difference = seen.step.change.total
    assert row.new_minor - row.old_minor == difference > 0
    assert row.change_policyholder_minor + row.change_subsidy_minor == difference
    assert row.old_minor == policy.premium_minor
    assert (row.due, answer.valid_until) == (NEW_DUE, HALFWAY + timedelta(days=30))
    now = lending.row(policy)
    assert now.premium_minor == row.new_minor
    assert now.ends_on == NEW_DUE + timedelta(days=30)
    assert lending.past(policy).rows[-1].id == answer.transaction_id
    assert len(answer.conditions) == 2
    assert _papers(lending, policy) == ["consent_letter", "endorsement", "policy_schedule"]
    assert lending.kinds("policy", policy.id)[-3:] == [
        "consent_asked",
        "changed",
        "consent_granted",
    ]


def test_a_public_payer_bears_its_part_of_the_difference(lending: Lending) -> None:
    payer = {"payer": "示范市财政局", "share": "1/2", "cap": None}
    policy = lending.policy(a_risk(subsidy=payer))
    lending.lent(policy)
    row, _ = lending.ask_leave(policy, **LONGER, subsidy=payer)
    difference = row.new_minor - row.old_minor
    assert row.change_subsidy_minor in (difference // 2, (difference + 1) // 2)
    assert row.change_policyholder_minor == difference - row.change_subsidy_minor


def test_what_leave_covers_is_evidence_and_what_goes_beyond_it_is_a_breach(
    lending: Lending,
) -> None:
    policy = lending.policy()
    lending.lent(policy)
    row, _ = lending.ask_leave(policy)
    day = HALFWAY + timedelta(days=5)
    extended = {
        "key": "ext", "kind": "extended", "happened_on": day, "until": NEW_DUE,
        "consent_id": row.id,
    }  # fmt: skip
    assert lending.report(policy, extended, on=day).findings == ()
    (finding,) = lending.read(lambda s: change_consented(loan_file(s, policy.id), DUE))
    assert finding.code == "change-consented"
    assert row.number in finding.en
    again = {**extended, "key": "ext-2", "until": NEW_DUE + timedelta(days=1)}
    codes = [one.code for one in lending.report(policy, again, on=day).findings]
    assert codes == ["consent-exceeded", "consent-used"]


@pytest.mark.parametrize(
    ("late", "kind", "code"),
    [(40, "extended", "consent-lapsed"), (-1, "extended", "before-consent"),
     (5, "rescheduled", "consent-of-other-kind")],
)  # fmt: skip
def test_leave_holds_for_its_change_and_its_days(
    lending: Lending, late: int, kind: str, code: str
) -> None:
    policy = lending.policy()
    lending.lent(policy)
    row, _ = lending.ask_leave(policy)
    day = HALFWAY + timedelta(days=late)
    event = {"key": "e", "kind": kind, "happened_on": day, "consent_id": row.id, "until": NEW_DUE}
    found = lending.report(policy, event, on=DUE).findings
    assert [one.code for one in found] == [code]


def test_leave_that_is_given_afterwards_does_not_wipe_the_breach(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    event = {"key": "e", "kind": "extended", "happened_on": HALFWAY, "until": NEW_DUE}
    lending.report(policy, event, on=HALFWAY)
    on = HALFWAY + timedelta(days=3)
    row, answer = lending.ask_leave(policy, on=on, effective_on=HALFWAY)
    assert answer is None
    assert {"after-the-fact", "changed-before"} <= _codes(row)
    lending.answer(row, on=on)
    found = lending.read(lambda s: change_consented(loan_file(s, policy.id), DUE))
    assert [one.code for one in found] == ["change-without-consent"]


def test_a_second_person_of_enough_authority_answers(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    other_use = {"loan": {"purpose": "设备采购 equipment"}}
    row, answer = lending.ask_leave(policy, "change_of_use", actor="asker", **other_use)
    assert answer is None
    assert _codes(row) == {"person-decides"}
    assert row.need == "underwriter"
    assert lending.row(policy).premium_minor == row.old_minor
    refused = lending.refuse("own-consent", answer_consent, row.id, YES, on=HALFWAY, actor="asker")
    assert refused.faults[0].field == "actor"
    lending.refuse(
        "above-authority", answer_consent, row.id, YES, on=HALFWAY, actor="b", authority="clerk"
    )
    late = HALFWAY + timedelta(days=31)
    lending.refuse("consent-old", answer_consent, row.id, YES, on=late, actor="b")
    more = (("invoices within 30 days", "三十日内提交发票"),)
    answer = lending.answer(row, conditions=more, authority="underwriter")
    assert (answer.outcome, answer.decided_by, answer.actor) == ("granted", "person", "second")
    assert ["invoices within 30 days", "三十日内提交发票"] in answer.conditions
    assert lending.row(policy).premium_minor == row.new_minor
    lending.refuse("consent-answered", answer_consent, row.id, YES, on=HALFWAY, actor="b")
    assert _papers(lending, policy) == ["consent_letter", "endorsement", "policy_schedule"]


def test_a_person_may_refuse_and_the_offer_is_withdrawn(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    row, _ = lending.ask_leave(policy, "change_of_use", loan={"purpose": "股权投资 equity"})
    answer = lending.answer(row, granted=False)
    assert (answer.outcome, answer.valid_until, answer.conditions) == ("refused", None, [])
    assert lending.read(lambda s: store.quote(s, row.quote_id)).state == "withdrawn"
    assert len(lending.past(policy).rows) == 1
    assert _papers(lending, policy) == ["consent_letter", "policy_schedule"]


def test_while_one_request_is_open_there_is_no_second(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.ask_leave(policy, "change_of_use", loan={"purpose": "设备采购 equipment"})
    asked = AskedConsent(ConsentKind.EXTENSION, HALFWAY, "x", a_risk(**LONGER))
    lending.refuse("consent-open", ask_consent, policy.id, asked, on=HALFWAY)


def test_a_new_loan_for_an_old_one_goes_under_its_own_name(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    hidden = {"loan": {"term_months": 15, "refinancing": True}}
    row, answer = lending.ask_leave(policy, "extension", **hidden)
    assert answer.outcome == "refused"
    assert "old-for-new-not-stated" in _codes(row)
    plain, answer = lending.ask_leave(policy, "old_for_new", **LONGER)
    assert answer.outcome == "refused"
    assert "no-new-loan" in _codes(plain)
    open_ = {"loan": {"contract": "2026-002", "refinancing": True, "term_months": 15}}
    row, answer = lending.ask_leave(policy, "old_for_new", **open_)
    assert answer is None
    assert {"old-for-new", "person-decides"} <= _codes(row)
    assert row.loan == "2026-002"
    refinanced = {"key": "r", "kind": "refinanced", "happened_on": HALFWAY, "reference": "2026-002",
                  "consent_id": row.id}  # fmt: skip
    found = lending.report(policy, refinanced, on=HALFWAY).findings
    assert [one.code for one in found] == ["consent-not-given"]


def test_more_than_is_owed_is_no_old_debt(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    back = {"key": "b", "kind": "prepaid", "happened_on": HALFWAY, "principal": "0.01"}
    lending.report(policy, back, on=HALFWAY)
    sent = {"loan": {"contract": "2026-002", "refinancing": True}}
    row, answer = lending.ask_leave(policy, "old_for_new", **sent)
    assert (answer.outcome, "more-than-owed" in _codes(row)) == ("refused", True)


@pytest.mark.parametrize(
    ("parts", "kind", "effect", "code"),
    [
        ({"loan": {"term_months": 25}}, "extension", "decline", "extension-long"),
        ({"loan": {"term_months": 15, "amount": cny("3100000.00")}}, "extension", "refer",
         "changes-more"),
        ({"cover": {"waiting_days": 80}}, "extension", "refer", "changes-more"),
        ({}, "extension", "decline", "changes-nothing"),
        ({"loan": {"amount": cny("3300000.00")}}, "redraw", "refer", "person-decides"),
    ],
)  # fmt: skip
def test_the_terms_must_be_what_they_are_asked_as(
    lending: Lending, parts: dict[str, Any], kind: str, effect: str, code: str
) -> None:
    policy = lending.policy()
    lending.lent(policy)
    asked = AskedConsent(ConsentKind(kind), HALFWAY, "x", a_risk(**parts))
    row = lending.do(ask_consent, policy.id, asked, on=HALFWAY)
    found = {one["code"]: one for one in row.findings}
    if parts == {"cover": {"waiting_days": 80}}:
        assert "changes-nothing" not in found
        return
    assert found[code]["effect"] == effect, sorted(found)
    assert found[code]["clause"]
    assert found[code]["cure"]


def test_all_that_stands_against_it_is_said_at_once(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    late = {"key": "od", "kind": "overdue", "happened_on": HALFWAY, "since": date(2025, 5, 10),
            "interest": "10875.00"}  # fmt: skip
    bad = {"key": "npl", "kind": "reclassified", "happened_on": HALFWAY, "loan_class": "loss"}
    lending.report(policy, late, bad, on=HALFWAY)
    outside = {"outside": Outside(("CL-1",))}
    row, answer = lending.ask_leave(policy, more=outside, **LONGER)
    assert answer.outcome == "refused"
    assert _codes(row) >= {"loan-non-performing", "loan-overdue", "claim-open", "watch-critical"}
    assert len(lending.past(policy).rows) == 1


def test_without_a_record_of_the_loan_a_person_looks_at_it(lending: Lending) -> None:
    row, answer = lending.ask_leave(lending.policy())
    assert answer is None
    assert _codes(row) == {"no-loan-record"}


def test_a_second_extension_is_for_a_person(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    assert lending.ask_leave(policy)[1].outcome == "granted"
    row, answer = lending.ask_leave(policy, loan={"term_months": 18})
    assert answer is None
    assert "extended-before" in _codes(row)
    lending.answer(row)
    third, answer = lending.ask_leave(policy, loan={"term_months": 25})
    assert answer.outcome == "refused", "thirteen months in all, of a loan of twelve"
    assert "extension-long" in _codes(third)


def test_other_collateral_is_priced_with_it(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    dear = json.loads(json.dumps(a_risk().model_dump(mode="json")["rights"]))
    dear[0]["number"], dear[0]["appraised"] = "ZL202010000002.8", cny("12000000.00")
    row, answer = lending.ask_leave(policy, "substitution", rights=dear)
    assert answer.outcome == "granted", row.findings
    assert row.new_minor < row.old_minor, "more secures it"
    assert row.change_policyholder_minor == row.new_minor - row.old_minor


def test_too_early_is_refused_with_the_last_day(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    asked = AskedConsent(ConsentKind.EXTENSION, HALFWAY, "x", a_risk(**LONGER))
    refused = lending.refuse("invalid", ask_consent, policy.id, asked, on=STARTS)
    assert refused.faults[0].field == "effective_on"

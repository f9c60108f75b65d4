"""Leave asked for every kind of change, who may answer it, until when, and rights in common."""

from datetime import timedelta
from typing import Any

import pytest
from builders import a_risk, cny
from lending import HALFWAY, STARTS, Lending

from underwriting.answer_consent import ConsentAnswer, answer_consent
from underwriting.loan_events.listed import watch_list
from underwriting.loan_events.rights import totals
from underwriting.watch.consent_law import consent_law
from underwriting.watch.level import Level

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
YES = ConsentAnswer(granted=True, reason="looked into")
NO = ConsentAnswer(granted=False, reason="not shown")
ASKED: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("extension", {"loan": {"term_months": 15}}, {"kind": "extended", "until": "2026-06-10"}, True),
    ("reschedule", {"loan": {"annual_rate": "0.04"}}, {"kind": "rescheduled"}, True),
    ("redraw", {"loan": {"amount": cny("3100000.00")}},
     {"kind": "redrawn", "principal": "100000.00"}, False),
    ("old_for_new", {"loan": {"contract": "2026-002", "refinancing": True}},
     {"kind": "refinanced", "reference": "2026-002"}, False),
    ("change_of_use", {"loan": {"purpose": "设备采购 equipment"}}, {"kind": "use_changed"}, False),
    ("substitution", {"right": {"number": "ZL202010000002.8"}},
     {"kind": "collateral_substituted"}, True),
    ("release", {"right": {"number": "ZL202010000002.8"}}, {"kind": "collateral_released"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "parts", "event", "alone"), ASKED, ids=[row[0] for row in ASKED])
def test_each_leave_covers_its_own_change_and_carries_its_conditions(
    lending: Lending, kind: str, parts: dict[str, Any], event: dict[str, Any], *, alone: bool
) -> None:
    policy = lending.policy()
    lending.lent(policy)
    row, answer = lending.ask_leave(policy, kind, **parts)
    codes = {one["code"]: one for one in row.findings}
    assert ("person-decides" in codes) is not alone
    if answer is None:
        answer = lending.answer(row, conditions=(("send the slip", "提交凭证"),))
        assert answer.conditions[-1] == ["send the slip", "提交凭证"]
    else:
        assert alone
    stated = [list(one) for one in consent_law().conditions(row.kind)]
    assert answer.conditions[: len(stated)] == stated
    assert answer.outcome == "granted"
    assert answer.valid_until == HALFWAY + 30 * DAY
    resting = {"key": "c", "happened_on": HALFWAY, "consent_id": row.id, **event}
    late = {**resting, "key": "d", "happened_on": answer.valid_until + DAY}
    assert lending.report(policy, resting, on=HALFWAY).findings == ()
    found = lending.report(policy, late, on=HALFWAY + 60 * DAY).findings
    assert {"consent-lapsed", "consent-used"} <= {one.code for one in found}


def test_who_may_answer_and_until_when(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    row, _ = lending.ask_leave(policy, "change_of_use", actor="asker", **ASKED[4][1])
    for said in (YES, NO):
        own = lending.refuse("own-consent", answer_consent, row.id, said, on=HALFWAY, actor="asker")
        assert own.faults[0].cure == "let a second person answer"
    assert lending.answer_of(row) is None
    low = {"actor": "second", "authority": "clerk"}
    lending.refuse("above-authority", answer_consent, row.id, YES, on=HALFWAY, **low)
    old = lending.refuse(
        "consent-old", answer_consent, row.id, YES, on=HALFWAY + 31 * DAY, actor="second"
    )
    assert (old.faults[0].field, old.faults[0].cure) == ("consent_id", "ask leave again")
    answer = lending.answer(row, granted=False, on=HALFWAY + 31 * DAY)
    assert (answer.outcome, answer.transaction_id) == ("refused", None)
    again = lending.refuse(
        "consent-answered", answer_consent, row.id, NO, on=HALFWAY + 31 * DAY, actor="second"
    )
    assert row.number in again.faults[0].problem
    used = {"key": "u", "kind": "use_changed", "happened_on": HALFWAY, "consent_id": row.id}
    (finding,) = lending.report(policy, used, on=HALFWAY + 32 * DAY).findings
    assert (finding.code, "was refused" in finding.en) == ("consent-not-given", True)


def test_a_right_of_three_policies_lists_and_hits_each_once(lending: Lending) -> None:
    policies = [
        lending.policy(
            a_risk(
                borrower={"name": f"示范企业{n}", "register_id": f"91442000MA4EXAM{n:03}"},
                right={"owner": f"示范企业{n}", "family": "F-1"},
                loan={"contract": f"c{n}", "amount": cny(f"{n}000000.00")},
            )
        )
        for n in (1, 3, 2)
    ]
    told = lending.note("seized", key="S", family="F-1")
    largest = [policies[n].id for n in (1, 2, 0)]
    assert [one.policy.id for one in told.hits] == largest
    assert [one.minor for one in totals(told.hits)] == [sum(p.sum_insured_minor for p in policies)]
    again = lending.note("seized", key="S", family="F-1")
    assert ([one.policy.id for one in again.hits], again.new) == (largest, False)
    for policy in policies:
        assert lending.kinds("policy", policy.id).count("watch_noted") == 1
    lending.note("second_pledge")
    found = lending.read(lambda s: watch_list(s, HALFWAY, client_id=None, limit=50))
    assert sorted(one.policy.id for one in found) == sorted(largest)
    assert {one.kinds for one in found} == {("seized", "second_pledge")}
    assert {one.next_deadline for one in found} == {HALFWAY + 15 * DAY}
    lending.note("seizure_lifted", on=HALFWAY + DAY)
    for policy in policies:
        assert lending.watch(policy, HALFWAY + DAY).level is Level.ALERT
        assert lending.watch(policy, STARTS).level is Level.GREEN

"""The watch over rights and obligors: what one event hits, when it must be cured, what it moves."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import sqlalchemy as sa
from builders import a_desk, a_risk
from lending import DUE, HALFWAY, NUMBER, STARTS, Lending, minor

from kernel.db.engine import transact
from underwriting.loan_events.bank_npl import bank_npl
from underwriting.loan_events.listed import watch_list
from underwriting.loan_events.rights import index_rights, right_name, totals
from underwriting.note_collateral import ToNote, note_collateral
from underwriting.state_npl import state_npl
from underwriting.watch.kinds import On
from underwriting.watch.level import Level

OBLIGOR = "91442000MA4EXAMPL1"


def another(lending: Lending, place: int, **right: Any) -> Any:
    """A policy of another borrower on the same right, or on one that is stated."""
    who = {"name": f"示范企业{place}", "register_id": f"91442000MA4EXAM{place:03}"}
    return lending.policy(a_risk(borrower=who, right={"owner": who["name"], **right}))


def listed(lending: Lending, on: date, **named: Any) -> list[Any]:
    asked = {"client_id": None, "limit": 50, **named}
    return list(lending.read(lambda s: watch_list(s, on, **asked)))


def test_one_event_hits_every_policy_of_the_family(lending: Lending) -> None:
    same = [lending.policy(a_risk(right={"family": "F-1"})), another(lending, 1, family="F-1")]
    kin = another(lending, 2, number="ZL202010000009.9", family="F-1")
    other = another(lending, 3, number="ZL202010000008.8")
    told = lending.note("invalidation_filed")
    assert {one.policy.id: one.direct for one in told.hits} == {
        same[0].id: True, same[1].id: True, kin.id: False,
    }  # fmt: skip
    insured = same[0].sum_insured_minor
    assert [one.minor for one in totals(told.hits)] == [3 * insured]
    assert all("watch_noted" in lending.kinds("policy", one.policy.id) for one in told.hits)
    assert "watch_noted" not in lending.kinds("policy", other.id)


def test_the_clause_the_cure_and_its_day_are_named(lending: Lending) -> None:
    policy = lending.policy()
    told = lending.note("annuity_missed", happened_on=HALFWAY)
    assert told.row.deadline == date(2026, 3, 10)
    assert lending.note("transfer_recorded").row.deadline == HALFWAY + timedelta(days=15)
    seen = lending.watch(policy, HALFWAY)
    assert seen.level is Level.CRITICAL
    assert [one.noted.kind for one in seen.open] == ["transfer_recorded", "annuity_missed"]
    for one in seen.open:
        finding = one.finding(HALFWAY)
        assert finding.clause
        assert str(one.noted.deadline) in finding.cure


def test_told_again_it_counts_once_and_a_key_names_one_thing(lending: Lending) -> None:
    lending.policy()
    first = lending.note("seized", key="R-1")
    again = lending.note("seized", key="R-1", on=HALFWAY, happened_on=HALFWAY)
    assert (first.new, again.new, again.row.id) == (True, False, first.row.id)
    name = right_name("CN", NUMBER)
    other = ToNote(subject=On.RIGHT, name=name, key="R-1", kind="lapsed", happened_on=HALFWAY,
                   told_by="x")  # fmt: skip
    lending.refuse("watch-key-reused", note_collateral, other, on=HALFWAY)
    for kind in ("revenue_fallen", "loan_overdue", "nothing"):
        wrong = ToNote(subject=On.RIGHT, name=name, key="R-2", kind=kind, happened_on=HALFWAY,
                       told_by="x")  # fmt: skip
        lending.refuse("invalid", note_collateral, wrong, on=HALFWAY)
    ahead = ToNote(subject=On.RIGHT, name=name, key="R-3", kind="lapsed", happened_on=DUE,
                   told_by="x")  # fmt: skip
    lending.refuse("invalid", note_collateral, ahead, on=HALFWAY)


def test_a_policy_moves_up_late_and_down_again_and_its_history_stays(lending: Lending) -> None:
    policy = lending.policy()
    lending.note("invalidation_filed", on=STARTS)
    lending.note("invalidation_maintained", on=HALFWAY)
    seen = lending.watch(policy, HALFWAY)
    assert seen.level is Level.GREEN
    late = STARTS + timedelta(days=31)
    assert [(one.on, one.after.value, one.because) for one in seen.moves] == [
        (STARTS, "alert", ("invalidation_filed",)),
        (late, "critical", ("invalidation_filed",)),
        (HALFWAY, "green", ("invalidation_filed",)),
    ]
    assert lending.watch(policy, late).level is Level.CRITICAL
    assert [one.policy.id for one in listed(lending, late)] == [policy.id]
    assert listed(lending, HALFWAY) == []


def test_the_pledge_is_scored_again_and_the_loan_to_value_rises(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    before = lending.watch(policy, HALFWAY).pledge
    assert (
        before.before
        == before.after
        == pytest.approx(minor("3000000.00") / before.scores[0].secured_before)
    )
    lending.note("invalidation_filed")
    after = lending.watch(policy, HALFWAY).pledge
    assert after.after > after.before
    lending.note("invalidated_wholly", on=HALFWAY + timedelta(days=1))
    dead = lending.watch(policy, HALFWAY + timedelta(days=1))
    assert (dead.pledge.after, dead.pledge.above, dead.level) == (None, True, Level.CRITICAL)
    back = {"key": "b", "kind": "prepaid", "happened_on": HALFWAY, "principal": "3000000.00"}
    lending.report(policy, back, on=DUE)
    assert lending.watch(policy, DUE).pledge.after == 0.0, "nothing is owed"


def test_above_the_limit_a_green_policy_is_on_alert(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    lending.note("invalidated_partly")
    lending.note("security_added", on=HALFWAY + timedelta(days=1))
    seen = lending.watch(policy, HALFWAY + timedelta(days=1))
    assert seen.open == ()
    assert seen.pledge.limit == 0.5 < seen.pledge.after
    assert seen.level is Level.ALERT


def test_an_obligor_in_trouble_takes_its_grade_and_all_its_policies_along(
    lending: Lending,
) -> None:
    policies = [
        lending.policy(),
        lending.policy(a_risk(right={"number": "ZL202010000009.9"}, loan={"contract": "2"})),
    ]
    told = lending.note("arrears_elsewhere", obligor=OBLIGOR)
    assert {one.policy.id for one in told.hits} == {one.id for one in policies}
    seen = lending.watch(policies[0], HALFWAY)
    assert (seen.grade, seen.grade_now) == ("BB", "B")
    lending.note("arrears_paid", obligor=OBLIGOR, on=HALFWAY + timedelta(days=1))
    assert lending.watch(policies[0], HALFWAY + timedelta(days=1)).grade_now == "BB"


def test_the_loan_itself_raises_the_watch(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    late = {"key": "od", "kind": "overdue", "happened_on": HALFWAY, "since": HALFWAY,
            "interest": "1.00"}  # fmt: skip
    lending.report(policy, late, on=HALFWAY)
    assert lending.watch(policy, HALFWAY).level is Level.ALERT
    after = HALFWAY + timedelta(days=91)
    assert lending.watch(policy, after).level is Level.CRITICAL
    cured = {"key": "ok", "kind": "cured", "happened_on": after}
    changed = {"key": "use", "kind": "use_changed", "happened_on": after}
    lending.report(policy, cured, on=after)
    assert lending.watch(policy, after).level is Level.GREEN
    lending.report(policy, changed, on=after)
    seen = lending.watch(policy, after)
    assert [one.noted.kind for one in seen.open] == ["change_without_consent"]
    assert seen.level is Level.CRITICAL


def test_the_list_is_gravest_first_and_of_one_client(lending: Lending) -> None:
    first, second = lending.policy(), another(lending, 1, number="ZL202010000009.9")
    lending.note("licence_recorded")
    lending.note("seized", number="ZL202010000009.9")
    found = listed(lending, HALFWAY)
    assert [(one.policy.id, one.level.value) for one in found] == [
        (second.id, "critical"), (first.id, "watch"),
    ]  # fmt: skip
    assert found[0].next_deadline == HALFWAY + timedelta(days=15)
    assert listed(lending, HALFWAY, client_id=lending.client_id) == found
    assert listed(lending, HALFWAY, client_id=lending.firm_id) == []
    assert listed(lending, HALFWAY, limit=1) == found[:1]


def test_a_policy_that_is_bound_after_the_event_is_on_the_list_too(lending: Lending) -> None:
    lending.note("seized", on=STARTS - timedelta(days=7))
    policy = lending.policy()
    assert [one.policy.id for one in listed(lending, HALFWAY)] == [policy.id]
    count = transact(lending.engine, lambda s: index_rights(s, at=a_desk(HALFWAY).at))
    assert count == 1
    assert transact(lending.engine, lambda s: index_rights(s, at=a_desk(HALFWAY).at)) == 0
    assert [one.policy.id for one in listed(lending, HALFWAY)] == [policy.id]


def test_a_bank_is_held_against_its_own_ratio_and_three_points(lending: Lending) -> None:
    policies = [lending.policy(), another(lending, 1, number="ZL202010000009.9")]
    for one in policies:
        lending.lent(one)
    bad = {"key": "n", "kind": "reclassified", "happened_on": HALFWAY, "loan_class": "loss"}
    back = {"key": "b", "kind": "prepaid", "happened_on": HALFWAY, "principal": "2850000.00"}
    lending.report(policies[0], bad, back, on=HALFWAY)
    bank = lending.client_id
    unstated = lending.read(lambda s: bank_npl(s, bank, HALFWAY)).by_currency["CNY"]
    assert (unstated.bad, unstated.owed) == (minor("150000.00"), minor("3150000.00"))
    assert (unstated.ratio, unstated.within) == (Fraction(1, 21), None)
    lending.do(state_npl, bank, Fraction("0.0177"), HALFWAY, "annual report", on=HALFWAY)
    stated = lending.read(lambda s: bank_npl(s, bank, HALFWAY))
    assert stated.by_currency["CNY"].within is True, "4.7619 % of 4.77 %"
    twice = (bank, Fraction("0.01"), HALFWAY, "annual report")
    lending.refuse("measure-twice", state_npl, *twice, on=HALFWAY)
    lending.refuse("invalid", state_npl, *twice[:2], DUE, "annual report", on=HALFWAY)
    lending.refuse("invalid", state_npl, lending.firm_id, *twice[1:], on=HALFWAY)
    assert lending.read(lambda s: bank_npl(s, bank, STARTS)).by_currency["CNY"].bad == 0
    assert lending.read(lambda s: bank_npl(s, lending.firm_id, HALFWAY)).by_currency == {}


def test_what_was_noted_only_grows(lending: Lending) -> None:
    lending.policy()
    lending.note("seized")
    for verb in ("UPDATE watch_event SET note = 'x'", "DELETE FROM watch_event"):
        with pytest.raises(sa.exc.IntegrityError, match="only grows"):
            transact(lending.engine, lambda s, v=verb: s.exec(sa.text(v)))

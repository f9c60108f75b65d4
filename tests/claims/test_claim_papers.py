"""ACTS on papers of claims and accounts of schemes, against the records they came from."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from builders import (
    ASSESSED,
    GOOD_CONDUCT,
    NOTIFIED,
    RECOVERED,
    SETTLED,
    House,
    a_desk,
    a_risk,
    shipped,
    yuan,
)

from claims.answer_call import answer_call
from claims.assess import Assessment, assess
from claims.calls.store import of_settlement as calls
from claims.issue_bordereau import bordereau_sheets, issue_bordereau
from claims.issue_claim_paper import KINDS, issue_claim_paper
from claims.papers.recourse import RECOURSE
from claims.reports.account import Account
from claims.settle import settle
from claims.store import claim_named, shares
from documents.forms.bordereau import Bordereau
from documents.forms.decision_letter import DecisionLetter
from documents.forms.request_for_papers import RequestForPapers
from documents.forms.subrogation_assignment import SubrogationAssignment
from documents.stated import read_stated
from kernel.db.engine import transact
from kernel.errors import NotFound
from kernel.money import Money
from underwriting.guarantees.paper import Drawn
from underwriting.products import products
from underwriting.tables import PolicyRow

SCHEME = "zhongshan-2021"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FORMS: dict[str, Any] = {}
"""Id of a bordereau that was issued -> what it says."""


def a_policy(house: House, **parts: Any) -> PolicyRow:
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.policy(a_risk(cover={"scheme": SCHEME, **parts}))


def paper(house: House, id_: str, kind: str, on: date = SETTLED) -> Any:
    row = transact(house.engine, lambda s: issue_claim_paper(s, id_, kind, desk=a_desk(on)))
    house.audit()
    return row, read_stated(row.stated)


def test_a_request_lists_all_that_is_missing_once(house: House) -> None:
    policy = a_policy(house)
    codes = list(policy.contract["papers"])
    claim = house.claim(policy, papers=tuple(codes[:3]))
    house.refuse("not-yet", issue_claim_paper, claim.id, "request_for_papers", on=ASSESSED)
    house.do(assess, claim.id, Assessment(), on=ASSESSED)
    row, form = paper(house, claim.id, "request_for_papers", ASSESSED)
    assert isinstance(form, RequestForPapers)
    names = policy.contract["papers"]
    missing = [one.name for one in form.papers if one.received_on is None]
    assert missing == [names[code] for code in codes[3:]]
    assert [one.received_on for one in form.papers if one.received_on] == [NOTIFIED] * 3
    assert form.days_left == 30 - (ASSESSED - NOTIFIED).days == 26
    assert form.answer_by == date(2028, 3, 11), "two years from knowing of the default"
    assert form.issued_on == ASSESSED
    house.do(assess, claim.id, Assessment(papers=(codes[3],)), on=date(2026, 3, 20))
    again, _ = paper(house, claim.id, "request_for_papers", date(2026, 3, 20))
    assert again.id == row.id, "it is asked once, whatever has come in since"


def test_an_acceptance_states_what_was_asked_adjusted_and_approved(house: House) -> None:
    asked = {"principal": 300_000_000, "interest": 1_000_000, "penalty": 50_000}
    claim = house.claim(a_policy(house), asked=asked)
    made = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (290_000_000, "已还 repaid")})
    house.do(assess, claim.id, made, on=ASSESSED)
    stored = house.read(lambda s: claim_named(s, claim.number))
    _, form = paper(house, claim.id, "decision_letter", ASSESSED)
    assert isinstance(form, DecisionLetter)
    assert form.decision == "accepted"
    assert [line.asked.minor for line in form.lines] == list(asked.values())
    assert form.lines[0].adjusted.minor == 290_000_000
    assert form.lines[0].reason == "已还 repaid: -CNY 100,000.00"
    assert form.pays is not None
    assert form.pays.minor < form.approved.minor
    told = form.blocks()[1].lines[2]
    assert f"Of it the insurer pays {form.pays} by 2026-06-10." in told
    assert form.approved.minor == sum(stored.approved.values())
    assert [line.approved.minor for line in form.lines] == [stored.approved[code] for code in asked]
    assert form.act_by == date(2026, 6, 10), "ten days after the waiting period"


def test_the_letter_says_the_same_after_the_settlement(house: House) -> None:
    claim = house.accepted(a_policy(house))
    first, _ = paper(house, claim.id, "decision_letter", ASSESSED)
    house.do(settle, claim.id, on=SETTLED)
    later, _ = paper(house, claim.id, "decision_letter")
    assert later.id == first.id


def test_a_denial_states_every_ground_with_clause_and_cure(house: House) -> None:
    claim = house.claim(a_policy(house))
    conduct = {**GOOD_CONDUCT, "fraud_by_insured": True, "pledge_registered": False}
    house.do(assess, claim.id, Assessment(conduct=conduct), on=ASSESSED)
    stored = house.read(lambda s: claim_named(s, claim.id))
    grounds = [one for one in stored.findings if one["effect"] == "decline"]
    _, form = paper(house, claim.id, "decision_letter", ASSESSED)
    assert form.decision == "denied"
    assert len(grounds) >= 2
    assert [one.code for one in form.grounds] == [one["code"] for one in grounds]
    for one, kept in zip(form.grounds, grounds, strict=True):
        assert one.clause == kept["clause"]
        assert one.cure.endswith(f" {kept['cure']}"), "after the same in Chinese"
    assert form.approved == Money(0, "CNY")
    assert form.act_by == date(2026, 3, 19), "three days after the decision"


def test_an_assignment_is_of_what_was_paid(house: House) -> None:
    claim = house.accepted(a_policy(house))
    refused = house.refuse("not-yet", issue_claim_paper, claim.id, "subrogation_assignment")
    assert refused.faults[0].cure == "settle the claim first"
    house.do(settle, claim.id, on=SETTLED)
    _, form = paper(house, claim.id, "subrogation_assignment")
    assert isinstance(form, SubrogationAssignment)
    settlement = house.settlement(claim)
    assert form.paid.minor == settlement.paid_to_bank_minor == 48_000_000
    assert [one.amount.minor for one in form.borne] == [
        minor for minor in house.shares(claim).values() if minor
    ]
    assert not {one.party for one in form.borne} & {"fund", "insurer", "bank"}
    assert form.paid_on == (SETTLED,)
    assert form.loss.minor == settlement.eligible_minor
    assert (form.assignor, form.debtor) == ("示范银行", "示范机械有限公司")
    assert [one.number for one in form.rights] == ["ZL202010000001.X"]
    assert "2026-001" in form.basis
    assert "第五百四十七条" in "".join(form.recourse)


def test_every_product_but_the_customs_letter_has_its_recourse() -> None:
    assert set(RECOURSE) == set(products()) - {"customs_guarantee"}
    assert [code for code, one in RECOURSE.items() if one.pledged] == ["pledge_guarantee"]


def test_a_kind_that_is_none_is_refused(house: House) -> None:
    claim = house.claim(a_policy(house))
    refused = house.refuse("invalid", issue_claim_paper, claim.id, "cover_note")
    assert refused.faults[0].cure == f"use one of {', '.join(KINDS)}"
    with pytest.raises(NotFound):
        house.read(lambda s: claim_named(s, "CL-none"))


def account(house: House, party: str, days: tuple[date, date] = YEAR, on: date = RECOVERED) -> Any:
    of = Account(scheme=SCHEME, party=party, currency="CNY", opens_on=days[0],
                 closes_on=min(days[1], on))  # fmt: skip
    found = accounted(house, of, on)
    house.audit()
    return found


def accounted(house: House, of: Account, on: date, scheme: Any = None) -> Any:
    """Issue an account as the house does, its bytes stood for by its number; row and form."""
    desk, scheme = a_desk(on), scheme or shipped(SCHEME).scheme
    sheets = house.read(lambda s: bordereau_sheets(s, of, scheme, desk=desk))
    bytes_of = {one.number: one.number.encode() for one in sheets}
    papers = [
        Drawn(one, bytes_of[one.number], sha256(bytes_of[one.number]).hexdigest(), "1")
        for one in sheets
    ]
    act = issue_bordereau
    row = transact(house.engine, lambda s: act(s, of, scheme, papers, desk=desk))
    for one in sheets:
        FORMS[row.id] = one.form
    assert isinstance(FORMS[row.id], Bordereau)
    return row, FORMS[row.id]


def booked(house: House) -> Mapping[str, int]:
    return house.balances()


def test_the_accounts_of_all_parties_are_the_settlement(house: House) -> None:
    """What all parties bear is the loss; what they get back is the net recovery."""
    claim = house.settled(a_policy(house))
    house.recover(claim, "100001.00", "10001.00")
    forms = {party: account(house, party)[1] for party in shipped(SCHEME).scheme.parties}
    settlement = house.settlement(claim)
    borne = {party: form.totals.own_loss.minor for party, form in forms.items()}
    assert borne == house.shares(claim)
    assert sum(borne.values()) == settlement.eligible_minor
    assert all(form.totals.whole.minor == settlement.eligible_minor for form in forms.values())
    back = {party: form.totals.own_recovery.minor for party, form in forms.items()}
    assert sum(back.values()) == 9_000_000
    rows = house.read(lambda s: shares(s, settlement.id))
    assert back == {row.party: row.given_back_minor for row in rows}


def test_an_account_agrees_with_the_journal(house: House) -> None:
    claim = house.settled(a_policy(house))
    house.recover(claim, "100001.00", "10001.00")
    books = booked(house)
    fund, insurer = (account(house, party)[1].totals for party in ("fund", "insurer"))
    assert fund.called.minor == fund.unpaid.minor == books["memo_call:fund"]
    assert insurer.own_loss.minor == books["claims_paid:insurer"]
    assert insurer.own_recovery.minor == -books["recovery_income:insurer"]
    assert fund.own_recovery.minor == -books["recovery_payable:fund"]
    assert insurer.called.minor == 0, "the house calls nobody for its own share"


def test_premium_is_the_issuers_and_of_the_year_it_was_booked_in(house: House) -> None:
    a_policy(house)
    net = -booked(house)["premium_income"]
    then = (date(2025, 1, 1), date(2025, 12, 31))
    insurer, fund = (account(house, party, then)[1] for party in ("insurer", "fund"))
    assert insurer.totals.premium.minor == insurer.totals.own_premium.minor == net
    assert (fund.totals.premium.minor, fund.totals.own_premium.minor) == (net, 0)
    assert account(house, "insurer")[1].policies == (), "nothing was booked a year later"


def test_a_call_that_was_paid_in_time_is_not_unpaid(house: House) -> None:
    claim = house.settled(a_policy(house))
    settlement = house.settlement(claim)
    owed = house.read(lambda s: calls(s, settlement.id))
    (call,) = [one for one in owed if one.party == "fund"]
    house.do(answer_call, call.id, date(2026, 6, 10), on=date(2026, 6, 10))
    before = account(house, "fund", (date(2026, 1, 1), date(2026, 6, 9)))[1].totals
    after = account(house, "fund")[1].totals
    assert before.unpaid.minor == before.called.minor == call.amount_minor
    assert (after.called.minor, after.unpaid.minor) == (call.amount_minor, 0)


def test_the_same_account_is_the_same_paper_until_more_is_booked(house: House) -> None:
    claim = house.settled(a_policy(house))
    first, second = (account(house, "fund")[0] for _ in "ab")
    assert first.id == second.id
    house.recover(claim, "100001.00", "10001.00")
    third, form = account(house, "fund")
    assert third.id != first.id
    assert third.number == form.number == f"{first.number}-2"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("party", {"party": "nobody"}),
        ("closes_on", {"closes_on": date(2025, 12, 31)}),
        ("closes_on", {"closes_on": date(2027, 1, 1)}),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    house: House, field: str, changes: dict[str, Any]
) -> None:
    asked = {"party": "fund", "opens_on": YEAR[0], "closes_on": SETTLED, **changes}
    of = Account(scheme=SCHEME, currency="CNY", **asked)
    scheme = shipped(SCHEME).scheme
    refused = house.refuse("invalid", bordereau_sheets, of, scheme, on=SETTLED)
    assert refused.faults[0].field == field


def test_the_lead_calls_on_the_others_as_receivables(house: House) -> None:
    """What is called stands in the journal as owed to the house, until it is paid."""
    claim = house.settled(a_policy(house, settles="lead"))
    _, form = account(house, "fund")
    books = booked(house)
    assert form.totals.called.minor == books["share_receivable:fund"] == house.shares(claim)["fund"]
    _, assigned = paper(house, claim.id, "subrogation_assignment")
    settlement = house.settlement(claim)
    assert assigned.paid.minor == settlement.paid_to_bank_minor == -books["cash"]
    assert assigned.paid.minor > house.shares(claim)["insurer"], "it paid for the others too"


def test_what_nobody_bears_is_the_banks_in_an_assignment(house: House) -> None:
    """A fund of one million for a share of 1.62 million: the rest is uncovered."""
    house.pool(shipped(SCHEME), "fund", yuan("1000000.00"))
    risk = a_risk(cover={"scheme": SCHEME})
    claim = house.settled(house.policy(risk))
    _, form = paper(house, claim.id, "subrogation_assignment")
    named = {one.party: one.amount.minor for one in form.borne}
    assert named["未覆盖部分 uncovered"] == house.settlement(claim).uncovered_minor == 62_000_000
    assert sum(named.values()) == form.loss.minor
    every = [account(house, party)[1].totals for party in shipped(SCHEME).scheme.parties]
    assert sum(one.own_loss.minor for one in every) == form.loss.minor - 62_000_000


def test_an_account_of_another_scheme_or_currency_is_empty(house: House) -> None:
    house.settled(a_policy(house))
    other = shipped("qingdao-2015").scheme
    for scheme, currency in ((other, "CNY"), (shipped(SCHEME).scheme, "USD")):
        of = Account(scheme=scheme.code, party="insurer", currency=currency,
                     opens_on=date(2025, 1, 1), closes_on=SETTLED)  # fmt: skip
        _, form = accounted(house, of, SETTLED, scheme)
        assert (form.policies, form.losses, form.calls, form.recoveries) == ((), (), (), ())
        assert form.totals.balance == Money(0, currency)


def test_a_claim_on_a_changed_policy_is_assigned_with_the_rights_it_was_bound_on(
    house: House,
) -> None:
    """The pledge of the proposal follows the claim, right by right, with its appraised value."""
    claim = house.settled(a_policy(house))
    _, form = paper(house, claim.id, "subrogation_assignment")
    (right,) = form.rights
    assert right.appraised_value == Money(860_000_000, "CNY")
    assert right.owner == "示范机械有限公司"

"""A claim is held to the loan's own record: what is owed, what was repaid, what interest is due."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    ASSESSED,
    DEFAULT,
    GOOD_CONDUCT,
    NOTIFIED,
    SETTLED,
    House,
    a_desk,
    a_notice,
    a_risk,
    cny,
    shipped,
    yuan,
)

from claims import store
from claims.assess import Assessment, assess
from claims.deciding.lines import decided_lines
from claims.facts import case_of
from claims.issue_claim_paper import issue_claim_paper
from claims.notify import notify
from claims.pay_on_account import pay_on_account
from claims.propose_reserves import Proposed, propose_reserves
from claims.readiness import readiness
from claims.reports.moved import Whose
from claims.reports.reserved import reserved_on
from claims.reserving.view import side_by_side
from claims.rules.line import Line
from claims.rules.purpose import Purpose
from claims.rules.reserve.lines import Reserves
from claims.settle import settle
from documents.forms.decision_letter import DecisionLetter
from documents.stated import read_stated
from kernel.db.engine import transact
from underwriting.loan_events.loan_today import loan_today
from underwriting.record_event import record_events
from underwriting.tables import PolicyRow
from underwriting.watch.loan_form import LoanEventForm

START = date(2025, 3, 10)
WHOLE = 300_000_000
GOOD = Assessment(conduct=GOOD_CONDUCT)
ZHONGSHAN = "zhongshan-2021"


def told(house: House, policy: PolicyRow, *forms: dict[str, Any], on: date = ASSESSED) -> None:
    """The loan is paid out on the first day, and what `forms` say happens to it."""
    out = {"key": "OUT", "kind": "disbursed", "happened_on": START, "principal": cny("3000000.00")}
    read = [
        LoanEventForm.model_validate_json(json.dumps(one, default=str)) for one in (out, *forms)
    ]
    house.do(record_events, policy.id, read, on=on)


def back(amount: str, on: date, key: str = "BACK") -> dict[str, Any]:
    return {"key": key, "kind": "repaid", "happened_on": on, "principal": cny(amount)}


def lines(house: House, claim: Any) -> dict[str, Line]:
    found = house.read(lambda s: decided_lines(case_of(s, claim.id)))
    return {one.code: one for one in found}


def pooled(house: House) -> PolicyRow:
    house.pool(shipped(ZHONGSHAN), "fund", yuan("70000000.00"))
    return house.policy(a_risk(cover={"scheme": ZHONGSHAN}))


@pytest.mark.parametrize(
    ("amount", "day", "left"),
    [
        ("3000000.00", DEFAULT - timedelta(days=6), 0),
        ("3000000.00", DEFAULT, 0),
        ("2000000.00", DEFAULT - timedelta(days=6), 100_000_000),
        ("2000000.00", DEFAULT + timedelta(days=2), 100_000_000),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_what_was_repaid_is_not_paid_again(
    house: House, amount: str, day: date, left: int, *, late: bool
) -> None:
    """Reported before the notice or after it: loan, readiness and decision agree."""
    policy = house.policy()
    claim = None if late else house.claim(policy, on=ASSESSED - timedelta(days=1))
    told(house, policy, back(amount, day))
    claim = claim or house.claim(policy, on=ASSESSED)
    owing = house.read(lambda s: loan_today(s, policy.id, ASSESSED)).standing.account.owed
    desk = a_desk(ASSESSED)
    ready = house.read(lambda s: readiness(s, policy.id, DEFAULT, desk=desk))
    assert owing == ready.case.claim.asked["principal"] == left
    done = house.do(assess, claim.id, GOOD, on=ASSESSED)
    assert done.approved["principal"] == left
    (found,) = (one for one in done.findings if one["code"] == "principal-repaid")
    assert (found["effect"], found["evidence"]) == ("cut", f"loan event BACK of {day}")
    why = lines(house, claim)["principal"].reason
    assert why.startswith("贷款记录未偿本金 principal owed by the loan's own record")
    assert f"loan event BACK of {day}" in why
    house.do(settle, claim.id, on=SETTLED)
    assert house.settlement(claim).paid_to_bank_minor == left * 60 // 100


def test_a_loan_that_is_behind_its_plan_is_owed_by_the_plan(house: House) -> None:
    """Twelve instalments, none repaid: the policy covers what the plan leaves, and no more."""
    policy = house.policy(a_risk(loan={"plan": "equal_principal"}))
    told(house, policy)
    claim = house.accepted(policy)
    assert claim.approved["principal"] == 25_000_000
    assert "under the plan" in lines(house, claim)["principal"].reason
    assert "principal-repaid" not in {one["code"] for one in claim.findings}


def test_money_after_the_settlement_is_a_recovery(house: House) -> None:
    """What is repaid later lowers no loss; what is learnt late does once the claim is revised."""
    policy = house.policy()
    told(house, policy)
    claim = house.settled(policy)
    later = SETTLED + timedelta(days=5)
    told(house, policy, back("500000.00", later), back("1000000.00", DEFAULT, "LATE"), on=later)
    assert lines(house, claim)["principal"].approved == WHOLE, "as it was decided"
    house.again(claim, on=later + timedelta(days=1))
    assert house.settlement(claim).eligible_minor == 200_000_000


def test_what_is_repaid_after_the_decision_is_not_paid_out(house: House) -> None:
    policy = house.policy()
    told(house, policy)
    claim = house.accepted(policy)
    told(house, policy, back("3000000.00", ASSESSED + timedelta(days=3)), on=SETTLED)
    house.do(settle, claim.id, on=SETTLED)
    assert house.settlement(claim).paid_to_bank_minor == 0


def test_interest_that_was_paid_is_not_paid_again(house: House) -> None:
    """366 days and 80 at 4.35 % on 3,000,000.00, less ten instalments of 10,875.00."""
    policy = house.policy(a_risk(cover={"scheme": "own-account"}))
    paid = [
        {
            "key": f"I{month}", "kind": "repaid", "interest": cny("10875.00"),
            "happened_on": START + timedelta(days=30 * month),
        }
        for month in range(1, 11)
    ]  # fmt: skip
    told(house, policy, *paid)
    claim = house.accepted(policy, asked={"principal": WHOLE, "interest": 13_500_000})
    left = round(WHOLE * 0.0435 * (366 + 80) / 365) - 10_875_000
    assert claim.approved["interest"] == left
    why = lines(house, claim)["interest"].reason
    assert "less CNY 108,750.00 paid" in why
    assert "10 loan events, the last I10" in why
    desk = a_desk(ASSESSED)
    ready = house.read(lambda s: readiness(s, policy.id, DEFAULT, desk=desk))
    assert ready.case.claim.asked["interest"] == left


def test_interest_ends_on_principal_when_it_is_repaid(house: House) -> None:
    """All of it on every day to ten days after the default, a third of it from then on."""
    policy = house.policy(a_risk(cover={"scheme": "own-account"}))
    told(house, policy, back("2000000.00", DEFAULT + timedelta(days=10)), on=SETTLED)
    claim = house.claim(policy, asked={"principal": WHOLE, "interest": 20_000_000})
    by_day = WHOLE * (366 + 10) + WHOLE // 3 * 70
    assert lines(house, claim)["interest"].approved == round(by_day * 0.0435 / 365)


def test_a_default_before_the_drawdown_bears_no_interest_backwards(house: House) -> None:
    """16 % of 3,000,000.00 is reserved, and parties bear no more than the rest."""
    policy = pooled(house)
    day = START - timedelta(days=100)
    asked = {"principal": WHOLE, "interest": 3_000_000}
    claim = house.claim(policy, default_date=day, known_on=day, asked=asked)
    assert lines(house, claim)["interest"].approved == 0
    assert claim.reserve_minor == 48_000_000
    fund = Whose(ZHONGSHAN, "fund", "CNY")
    (one,) = house.read(lambda s: reserved_on(s, fund, NOTIFIED))
    assert one.issuer + one.party <= WHOLE
    assert one.party == 162_000_000


def test_a_party_is_expected_to_bear_no_more_than_its_share(house: House) -> None:
    """However high the reserve of the issuer is set."""
    claim = house.claim(pooled(house))
    high = Proposed(Reserves(indemnity=9 * claim.reserve_minor), "as high as can be")
    house.do(propose_reserves, claim.id, high, on=NOTIFIED)
    fund = Whose(ZHONGSHAN, "fund", "CNY")
    (one,) = house.read(lambda s: reserved_on(s, fund, NOTIFIED))
    assert one.issuer == 9 * claim.reserve_minor
    assert one.party == 162_000_000


def test_the_model_reserves_no_more_than_can_be_approved(house: House) -> None:
    policy = pooled(house)
    claim = house.do(notify, a_notice(policy, asked={"principal": 10**17 - 1}), on=NOTIFIED)
    found = house.read(lambda s: side_by_side(s, claim.id, a_desk(ASSESSED)))
    assert found.standing.indemnity == found.modelled.indemnity == 48_000_000


@pytest.mark.parametrize(("gross", "costs"), [("999999999999999.99", "0"), ("1", "30000000.01")])
def test_a_recovery_beyond_all_measure_is_refused(house: House, gross: str, costs: str) -> None:
    """Ten times the loan of 3,000,000.00 is the most that one states."""
    claim = house.settled(house.policy())
    with pytest.raises(Exception, match=r"above CNY 30,000,000\.00") as refused:
        house.recover(claim, gross, costs)
    assert refused.value.code == "invalid"
    house.recover(claim, "30000000.00")


def letter(house: House, claim: Any, on: date) -> DecisionLetter:
    row = transact(
        house.engine, lambda s: issue_claim_paper(s, claim.id, "decision_letter", desk=a_desk(on))
    )
    form = read_stated(row.stated)
    assert isinstance(form, DecisionLetter)
    return form


def test_the_letter_says_what_was_paid_on_account(house: House) -> None:
    """A third on account: what was paid, what remains, the same after the settlement."""
    claim = house.claim(pooled(house))
    amounts = {"principal": WHOLE // 3}
    house.do(pay_on_account, claim.id, amounts, Purpose.ADVANCE, on=SETTLED)
    house.do(assess, claim.id, GOOD, on=SETTLED)
    form = letter(house, claim, SETTLED)
    said = " ".join(form.blocks()[1].lines)
    assert "其中已先行支付 CNY 160,000.00，尚应支付 CNY 320,000.00。" in said
    assert "CNY 160,000.00 was paid on account; CNY 320,000.00 remains to be paid." in said
    house.do(settle, claim.id, on=SETTLED)
    assert letter(house, claim, SETTLED) == form


def test_a_line_that_the_scheme_does_not_share_says_so(house: House) -> None:
    """Zhongshan shares principal alone: on the line, on the statement, in the letter."""
    asked = {"principal": WHOLE, "interest": 3_000_000}
    claim = house.settled(pooled(house), asked=asked)
    why = {code: one.reason for code, one in lines(house, claim).items()}
    assert "分担方案不分担此项" in why["interest"]
    assert "not shared by the scheme of the policy: nothing of it is paid" in why["interest"]
    assert why["principal"] == ""
    kept = {one["code"]: one["reason"] for one in house.settlement(claim).lines}
    assert kept["interest"] == why["interest"]
    form = letter(house, claim, SETTLED)
    assert [one.reason for one in form.lines] == ["", why["interest"]]
    assert house.read(lambda s: store.claim(s, claim.id)).approved["interest"] == 3_000_000

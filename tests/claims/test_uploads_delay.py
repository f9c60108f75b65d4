"""A payment after its last day brings damages of the house's own; a second refusal says no more."""

from datetime import date
from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, NOTIFIED, SETTLED, House, a_desk

from claims.assess import Assessment, assess
from claims.close import close, reopen
from claims.issue_claim_paper import issue_claim_paper
from claims.receive_paper import Arrived, receive_paper
from claims.request_papers import NewFact, Request, request_papers
from claims.settle import settle
from claims.store import settlement_of
from claims.tables import ClaimRow
from claims.uploads.forms import TXT
from documents.forms.decision_letter import DecisionLetter
from documents.forms.request_for_papers import RequestForPapers
from documents.stated import read_stated
from kernel.db.engine import transact
from underwriting import store as policies

DENIED = {**GOOD_CONDUCT, "fraud_by_insured": True}


def paper(house: House, claim: ClaimRow, kind: str, on: date) -> Any:
    row = transact(house.engine, lambda s: issue_claim_paper(s, claim.id, kind, desk=a_desk(on)))
    return read_stated(row.stated)


def test_a_payment_in_time_brings_no_damages(house: House) -> None:
    """Ten days after the waiting period: Wednesday 10 June is the last day."""
    claim = house.accepted(house.policy())
    house.do(settle, claim.id, on=date(2026, 6, 10))
    assert "damages_for_delay" not in house.balances()


def test_a_late_payment_brings_damages_that_nobody_shares(house: House) -> None:
    """Twenty days at 3.00 % a year on what the house pays; shares and calls stay as they are."""
    policy = house.policy()
    claim = house.accepted(policy)
    house.do(settle, claim.id, on=date(2026, 6, 30))
    paid = house.read(lambda s: settlement_of(s, claim.id)).paid_out_minor
    cost = round(paid * 0.03 * 20 / 365)
    balances = house.balances()
    assert balances["damages_for_delay"] == cost > 0
    assert house.read(lambda s: policies.policy(s, policy.id)).paid_minor == 300_000_000
    assert house.kinds("claim", claim.id).count("damages_for_delay") == 1


def test_a_second_refusal_brings_no_new_ground(house: House) -> None:
    claim = house.claim(house.policy())
    house.do(assess, claim.id, Assessment(conduct=DENIED), on=ASSESSED)
    house.do(close, claim.id, "refused", on=ASSESSED)
    house.do(reopen, claim.id, "new evidence", on=date(2026, 4, 1))
    more = Assessment(conduct={**DENIED, "use_as_agreed": False})
    refused = house.refuse("precluded", assess, claim.id, more, on=date(2026, 4, 2))
    assert {fault.field for fault in refused.faults} == {"grounds.misused-loan"}
    house.do(assess, claim.id, Assessment(conduct=DENIED), on=date(2026, 4, 2))


def test_the_letter_says_grounds_evidence_and_that_it_came_late(house: House) -> None:
    claim = house.claim(house.policy())
    late = date(2026, 5, 20)
    house.do(assess, claim.id, Assessment(conduct=DENIED), on=late)
    letter = paper(house, claim, "decision_letter", late)
    assert isinstance(letter, DecisionLetter)
    assert all("证据 evidence: " in one.words and one.clause for one in letter.grounds)
    assert "late-assess" in {one.code for one in letter.findings}
    printed = str(letter.blocks())
    assert "除上列理由外，保险人不再以其他理由拒绝赔付" in printed
    assert "No ground beyond those above will be raised" in printed


def test_a_letter_in_part_says_what_is_denied(house: House) -> None:
    claim = house.claim(house.policy(), asked={"principal": 300_000_000, "penalty": 50_000})
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=ASSESSED)
    letter = paper(house, claim, "decision_letter", ASSESSED)
    assert letter.refused.minor == 50_000
    printed = str(letter.blocks())
    assert "accepted in part" in printed
    assert "不再以其他理由拒绝赔付" in printed
    assert "late-assess" not in {one.code for one in letter.findings}
    whole = house.accepted(house.policy(), default_date=date(2026, 3, 10), known_on=NOTIFIED)
    full = paper(house, whole, "decision_letter", SETTLED)
    assert full.refused.minor == 0
    assert "accepted in part" not in str(full.blocks())


def test_a_second_request_is_a_paper_of_its_own(house: House) -> None:
    policy = house.policy()
    claim = house.claim(policy, papers=tuple(policy.contract["papers"])[1:])
    house.do(request_papers, claim.id, Request(), on=ASSESSED)
    first = paper(house, claim, "request_for_papers", ASSESSED)
    (out,) = (one for one in first.papers if one.received_on is None)
    code = next(code for code, name in policy.contract["papers"].items() if name == out.name)
    arrived = Arrived(b"form", "ab" * 32, TXT)
    house.do(receive_paper, claim.id, code, arrived, on=date(2026, 3, 20))
    fact = NewFact("冻结裁定 a freezing order", date(2026, 3, 21))
    more = Request(extra={"freezing_order": "冻结裁定 freezing order"}, fact=fact)
    house.do(request_papers, claim.id, more, on=date(2026, 3, 22))
    second = paper(house, claim, "request_for_papers", date(2026, 3, 22))
    assert isinstance(second, RequestForPapers)
    assert second.number == f"{first.number}-2"
    (asked,) = (one for one in second.papers if one.received_on is None)
    assert asked.name == "冻结裁定 freezing order"
    assert fact.words in asked.clause
    assert second.days_left == 30 - 10 + 4


@pytest.mark.parametrize("days", [0, 1, 100])
def test_damages_grow_with_the_delay(house: House, days: int) -> None:
    claim = house.accepted(house.policy())
    on = date.fromordinal(date(2026, 6, 10).toordinal() + days)
    house.do(settle, claim.id, on=on)
    assert (house.balances().get("damages_for_delay", 0) > 0) == bool(days)

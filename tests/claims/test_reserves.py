"""Reserves by line: set within authority, proposed above it, approved by another, in the books."""

from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, SETTLED, House, a_desk, cny
from sqlalchemy import text
from sqlmodel import Session

from api.schemas.reserves import ReserveRequest
from claims import store as claims
from claims.answer_call import answer_call
from claims.assess import Assessment, assess
from claims.calls import store as called
from claims.close import close
from claims.propose_reserves import Proposed, answer_reserves, propose_reserves
from claims.reserving import store
from claims.reserving.audit import verify_reserves
from claims.reserving.view import side_by_side
from claims.rules.reserve.lines import Reserves
from claims.rules.reserve.modelled import Closed
from claims.settle import settle
from kernel.db.engine import transact

TWIN = (
    "INSERT INTO reserve (id, created_at, claim_id, sequence, currency, indemnity_minor,"
    " defence_minor, adjustment_minor, recovery_minor, cause, reason, actor)"
    " SELECT 'rv_x', created_at, id, 9, currency, reserve_minor, 0, 7, 0, 'claim', '', 'x'"
    " FROM claim"
)
SET = Reserves(indemnity=150_000_000, adjustment=3_000_000, recovery=10_000_000)


def proposed(reserves: Reserves = SET) -> Proposed:
    """With a reason."""
    return Proposed(reserves, "the pledge is worth less than stated")


def standing(house: House, claim: Any) -> Reserves:
    """What stands, with the audit clean."""

    def act(session: Session) -> Reserves:
        assert verify_reserves(session) == ()
        return store.standing(session, claims.claim(session, claim.id)).lines

    found: Reserves = house.read(act)
    return found


def test_a_notice_reserves_indemnity(house: House) -> None:
    """60 % of 3,000,000.00, on the account that it always had."""
    claim = house.claim(house.policy())
    assert standing(house, claim) == Reserves(indemnity=180_000_000)
    assert house.balances("case_reserve") == {"case_reserve": -180_000_000}


def test_a_person_sets_every_line_within_authority(house: House) -> None:
    """The journal moves by the change of each line; the claim shows what is owed."""
    claim = house.claim(house.policy())
    assert house.do(propose_reserves, claim.id, proposed(), on=ASSESSED) is None
    assert standing(house, claim) == SET
    assert house.balances("case_reserve") == {
        "case_reserve": -150_000_000, "case_reserve:adjustment": -3_000_000,
    }  # fmt: skip
    assert house.balances("recovery_reserve") == {"recovery_reserve": 10_000_000}
    assert house.balances("reserve_expense") == {"reserve_expense": 143_000_000}
    assert house.read(lambda s: claims.claim(s, claim.id)).reserve_minor == 150_000_000


def test_above_authority_waits_for_a_second_person(house: House) -> None:
    """1,530,000.00 in place of 1,800,000.00: not for a clerk, nor for who proposed it."""
    claim = house.claim(house.policy())
    waiting = house.do(propose_reserves, claim.id, proposed(), on=ASSESSED, authority="clerk")
    assert waiting.need == "underwriter"
    assert standing(house, claim) == Reserves(indemnity=180_000_000)
    house.refuse("proposal-waits", propose_reserves, claim.id, proposed(), on=ASSESSED)
    answer = (answer_reserves, waiting.id, "in order")
    house.refuse("own-proposal", *answer, approved=True, on=ASSESSED)
    house.refuse(
        "above-authority", *answer, approved=True, on=ASSESSED, actor="x", authority="clerk"
    )
    done = house.do(*answer, approved=True, on=ASSESSED, actor="second", authority="senior")
    assert done.outcome == "approved"
    assert standing(house, claim) == SET
    *_, last = house.read(lambda s: store.sets(s, claim.id))
    assert (last.cause, last.actor, last.approver) == ("person", "clerk", "second")
    house.refuse("answered", *answer, approved=True, on=ASSESSED, actor="third")


def test_to_let_go_of_much_asks_as_much(house: House) -> None:
    """Down to nothing from 1,800,000.00 is not for a clerk."""
    claim = house.claim(house.policy())
    down = proposed(Reserves())
    assert house.do(propose_reserves, claim.id, down, on=ASSESSED, authority="clerk") is not None


@pytest.mark.parametrize(
    "wanted",
    [Reserves(indemnity=600_000_000, recovery=590_000_000), Reserves(recovery=50_000_001)],
)
def test_what_is_expected_back_opens_no_authority(house: House, wanted: Reserves) -> None:
    """Net 100,000.00, but 6 million set aside; or nothing set aside, but 500,000.01 expected."""
    claim = house.claim(house.policy())
    low = proposed(Reserves(indemnity=50_000_000, recovery=50_000_000))
    assert house.do(propose_reserves, claim.id, low, on=ASSESSED) is None
    assert house.do(propose_reserves, claim.id, low, on=ASSESSED, authority="clerk") is None
    waiting = house.do(propose_reserves, claim.id, proposed(wanted), on=ASSESSED, authority="clerk")
    assert waiting is not None
    assert standing(house, claim) == low.reserves


def test_a_refused_proposal_changes_nothing(house: House) -> None:
    """And another may be made."""
    claim = house.claim(house.policy())
    waiting = house.do(propose_reserves, claim.id, proposed(), on=ASSESSED, authority="clerk")
    house.do(answer_reserves, waiting.id, "no", approved=False, on=ASSESSED, actor="second")
    assert standing(house, claim) == Reserves(indemnity=180_000_000)
    assert house.do(propose_reserves, claim.id, proposed(), on=ASSESSED) is None


def test_a_proposal_is_overtaken_by_the_claim(house: House) -> None:
    """Settled meanwhile: approval finds other reserves than it was made on, and says so."""
    policy = house.policy()
    claim = house.accepted(policy)
    waiting = house.do(propose_reserves, claim.id, proposed(), on=ASSESSED, authority="clerk")
    house.do(settle, claim.id, on=SETTLED)
    overtaken(house, claim, waiting)


def end(house: House, claim: Any) -> None:
    """Pay every call and close."""
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    house.do(close, claim.id, "done", on=SETTLED)


def test_a_claim_on_which_reserves_are_proposed_is_not_closed(house: House) -> None:
    """Answered, it is; nothing is set aside on it any more."""
    claim = house.settled(house.policy())
    waiting = house.do(propose_reserves, claim.id, proposed(), on=SETTLED, authority="clerk")
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    refused = house.refuse("reserves-proposed", close, claim.id, "done", on=SETTLED)
    assert [fault.field for fault in refused.faults] == [f"reserves.{waiting.id}"]
    house.do(answer_reserves, waiting.id, "no", approved=False, on=SETTLED, actor="second")
    end(house, claim)
    assert standing(house, claim) == Reserves()


def test_what_waits_is_overtaken_when_a_claim_without_reserves_is_denied(house: House) -> None:
    claim = house.claim(house.policy())
    house.do(propose_reserves, claim.id, proposed(Reserves()), on=ASSESSED)
    waiting = house.do(propose_reserves, claim.id, proposed(), on=ASSESSED, authority="clerk")
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    assert house.do(assess, claim.id, fraud, on=ASSESSED).state == "denied"
    overtaken(house, claim, waiting)


def overtaken(house: House, claim: Any, waiting: Any) -> None:
    """It is not approved, nothing is reserved, and nothing waits; refused, it is answered so."""
    answer = (answer_reserves, waiting.id, "late")
    assert house.read(lambda s: store.waiting(s, claims.claim(s, claim.id))) == ()
    house.refuse("overtaken", *answer, approved=True, on=SETTLED, actor="second")
    done = house.do(*answer, approved=False, on=SETTLED, actor="second")
    assert done.outcome == "overtaken"
    assert standing(house, claim) == Reserves()
    assert house.read(lambda s: store.open_proposals(s, claim.id)) == ()


@pytest.mark.parametrize("left", [Reserves(adjustment=5), Reserves(indemnity=5)])
def test_closing_lets_go_of_every_line(house: House, left: Reserves) -> None:
    """Nothing is expected of a closed claim; and no reserve is set on it."""
    claim = house.settled(house.policy())
    house.do(propose_reserves, claim.id, proposed(left), on=SETTLED)
    end(house, claim)
    assert standing(house, claim) == Reserves()
    house.refuse("claim-over", propose_reserves, claim.id, proposed(), on=SETTLED)


def test_the_model_stands_beside_the_case(house: House) -> None:
    """60 % of 3,000,000.00 asked, all of it expected; a tenth back; 2 % for adjusting."""
    claim = house.claim(house.policy())
    found = house.read(lambda s: side_by_side(s, claim.id, a_desk(ASSESSED)))
    assert found.standing == Reserves(indemnity=180_000_000)
    assert found.modelled == Reserves(180_000_000, 0, 3_600_000, 18_000_000)
    assert found.closed.claims == 0


def test_closed_claims_of_the_house_count(house: House) -> None:
    """One closed claim, paid as asked, weighs 1 in 21 beside the prior; nothing came back."""
    claim = house.settled(house.policy())
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    house.do(close, claim.id, "done", on=SETTLED)
    own = house.read(lambda s: store.closed(s, "pledge_guarantee", "CNY"))
    asked = sum(claim.asked.values())
    assert own == Closed(1, asked * 60 // 100, 180_000_000, 0)
    assert house.read(lambda s: store.closed(s, "pledge_guarantee", "USD")) == Closed()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE claim SET reserve_minor = reserve_minor + 1", "its lines"),
        (TWIN, "a set of reserves is missing"),
    ],
)
def test_the_audit_finds_what_disagrees(house: House, statement: str, problem: str) -> None:
    """A planted difference is named."""
    house.claim(house.policy())
    transact(house.engine, lambda s: s.connection().execute(text(statement)))
    faults = house.read(verify_reserves)
    assert any(problem in fault.problem for fault in faults)


def test_amounts_on_the_wire_are_texts() -> None:
    """The form of the proposal reads what the others do."""
    sent = {name: cny("1.00") for name in ("indemnity", "defence", "adjustment", "recovery")}
    form = ReserveRequest.model_validate({**sent, "reason": "x"})
    assert form.reserves("CNY") == Reserves(100, 100, 100, 100)

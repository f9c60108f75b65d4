"""An appeal is heard by a new panel, on the same ledger."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, SETTLED, House, a_desk, a_risk, shipped, yuan
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims import store as claims
from claims.answer_appeal import answer_appeal
from claims.appeal import appeal
from claims.assess import Assessment, assess
from claims.hear_appeal import hear_appeal
from claims.revise import revise
from claims.room import store
from claims.room.duties import duties
from claims.room.terms import appeal_terms
from claims.room.view import Side, View
from claims.settle import settle
from kernel.db.engine import transact

SCHEME = "zhongshan-2021"
INSURED = View(Side.INSURED, frozenset({"bank"}))
FUND = View(Side.SEAT, frozenset({"fund"}))
LOWER = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (50_000_000, "已还款 repaid")})
ON, AFTER = date(2026, 6, 10), date(2026, 6, 11)


@pytest.fixture
def settled(house: House) -> Any:
    return house.settled(house.policy(a_risk()))


@pytest.fixture
def shared(house: House) -> Any:
    """Settled under a scheme of four."""
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))


@pytest.fixture
def denied(house: House) -> Any:
    claim = house.claim(house.policy(a_risk()))
    bad = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    return house.do(assess, claim.id, bad, on=ASSESSED)


def filed(house: House, claim: Any, on: date = ON, **more: Any) -> Any:
    named = {"view": INSURED, "party_id": house.client_id, "on": on, **more}
    return house.do(appeal, claim.id, "本金未还 nothing was repaid", **named)


def heard(house: House, row: Any, outcome: str, *actors: str, on: date = ON) -> None:
    for actor in actors:
        said = (row.id, outcome, "看过全部材料 all papers were read")
        house.do(hear_appeal, *said, name=f"成员{actor}", actor=actor, on=on)


def answered(house: House, row: Any, outcome: str, found: Any = None, **more: Any) -> Any:
    named = {"assessment": found, "actor": "third", "on": ON, **more}
    return house.do(answer_appeal, row.id, outcome, "合议 the panel met", **named)


def refused(house: House, code: str, row: Any, outcome: str, found: Any = None, **more: Any) -> Any:
    named = {"assessment": found, "actor": "third", "on": ON, **more}
    return house.refuse(code, answer_appeal, row.id, outcome, "words", **named)


def test_a_changed_decision_is_settled_on_the_same_ledger(house: House, shared: Any) -> None:
    """The fund says that less was owed, and is heard."""
    settled, paid = shared, house.settlement(shared).paid_to_bank_minor
    first_share = house.shares(settled)["fund"]
    row = filed(house, settled, view=FUND)
    heard(house, row, "changed", "third", "fourth")
    done = answered(house, row, "changed", LOWER)
    assert (done.outcome, done.answered_on) == ("changed", ON)
    assert set(done.panel) == {"成员third", "成员fourth"}
    house.do(settle, settled.id, on=ON)
    first, second = house.settlements(settled)
    assert (second.sequence, second.eligible_minor) == (2, 50_000_000)
    assert second.overpaid_minor == paid - second.paid_to_bank_minor > 0
    assert house.shares(settled)["fund"] < first_share
    assert house.kinds("claim", settled.id)[-6:].count("appeal_changed") == 1
    assert first.id != second.id


def test_a_refusal_is_changed_and_paid(house: House, denied: Any) -> None:
    row = filed(house, denied, on=ASSESSED)
    heard(house, row, "changed", "third", "fourth")
    refused(house, "nothing-changed", row, "changed", Assessment())
    answered(house, row, "changed", Assessment(conduct=GOOD_CONDUCT))
    claim = house.read(lambda s: claims.claim(s, denied.id))
    assert claim.state == "accepted"
    house.do(settle, denied.id, on=SETTLED)
    assert house.settlement(denied).paid_to_bank_minor > 0


@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_what_is_not_changed_stands(house: House, settled: Any, outcome: str) -> None:
    row = filed(house, settled)
    (open_,) = _appeals(house, settled, ON)
    assert (open_.whose, open_.due) == ("insurer", ON + timedelta(days=30))
    assert open_.late(ON + timedelta(days=31))
    heard(house, row, outcome, "third", "fourth")
    before = house.balances()
    answered(house, row, outcome)
    assert house.balances() == before
    assert len(house.settlements(settled)) == 1
    assert _appeals(house, settled, ON)[0].done_on == ON
    refused(house, "appeal-answered", row, outcome)


def _appeals(house: House, claim: Any, on: date) -> Any:
    found = house.read(lambda s: duties(s, claim.id, on))
    return [one for one in found if one.code.startswith("appeal_")]


def test_who_decided_before_hears_nothing(house: House, settled: Any) -> None:
    """Nor under another token, nor a member twice, nor a level too low."""
    row = filed(house, settled)
    said = (row.id, "upheld", "words")
    house.refuse("own-decision", hear_appeal, *said, name="x", actor="clerk", on=ON)
    low = {"name": "x", "actor": "third", "authority": "underwriter", "on": ON}
    house.refuse("level-too-low", hear_appeal, *said, **low)
    heard(house, row, "upheld", "third")
    house.refuse("opinion-twice", hear_appeal, *said, name="x", actor="third", on=ON)
    refused(house, "panel-too-small", row, "upheld")
    refused(house, "own-decision", row, "upheld", actor="clerk")
    refused(house, "not-of-the-panel", row, "upheld", actor="fourth")
    heard(house, row, "dismissed", "fourth")
    refused(house, "panel-too-small", row, "upheld")
    heard(house, row, "upheld", "fifth")
    assert answered(house, row, "upheld").outcome == "upheld"


def test_another_token_of_who_decided_is_that_person(house: House, settled: Any) -> None:
    row = filed(house, settled)
    desk = a_desk(ON, "ac_2")
    desk = type(desk)(desk.at, ON, "ac_2", desk.insurer, desk.calendar, "chief", {"clerk"})
    with pytest.raises(Exception, match="own-decision"):
        transact(
            house.engine,
            lambda s: hear_appeal(s, row.id, "upheld", "words", name="x", desk=desk),
        )


def test_the_days_to_appeal_end(house: House, settled: Any) -> None:
    terms = appeal_terms()
    last = SETTLED + timedelta(days=terms.appeal_days)
    named = {"view": INSURED, "party_id": house.client_id}
    late = last + timedelta(days=1)
    house.refuse("appeal-late", appeal, settled.id, "words", on=late, **named)
    filed(house, settled, on=last)
    house.refuse("appeal-open", appeal, settled.id, "words", on=last, **named)


def test_the_house_does_not_appeal_and_nothing_is_appealed_before(house: House) -> None:
    claim = house.claim(house.policy(a_risk()))
    named = {"party_id": house.client_id, "on": ON}
    office = View(Side.HOUSE, frozenset({"insurer"}))
    house.refuse("not-permitted", appeal, claim.id, "words", view=office, **named)
    house.refuse("not-decided", appeal, claim.id, "words", view=INSURED, **named)


def test_a_change_comes_with_an_assessment_alone(house: House, settled: Any) -> None:
    row = filed(house, settled)
    heard(house, row, "changed", "third", "fourth")
    (fault,) = refused(house, "invalid", row, "changed").faults
    assert (fault.field, "is missing" in fault.problem) == ("assessment", True)
    (fault,) = refused(house, "invalid", row, "upheld", LOWER).faults
    assert "leave it out" in fault.cure


def test_an_appeal_leaves_the_insured_no_worse_off(house: House, settled: Any) -> None:
    """It asked for more: less, or a refusal, is the house's own act and no answer to it."""
    row = filed(house, settled)
    heard(house, row, "changed", "third", "fourth")
    fault = refused(house, "worse-for-appellant", row, "changed", LOWER).faults[0]
    assert "revision" in fault.cure
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    refused(house, "worse-for-appellant", row, "changed", fraud)


def test_nor_a_party_that_would_bear_more(house: House, shared: Any) -> None:
    """Settled at 500,000.00 after a revision; the fund appeals, and the whole is no answer."""
    house.do(revise, shared.id, "2,500,000.00 was repaid", on=SETTLED)
    house.do(assess, shared.id, LOWER, on=SETTLED)
    house.do(settle, shared.id, on=SETTLED)
    row = filed(house, shared, view=FUND)
    heard(house, row, "changed", "third", "fourth")
    refused(house, "worse-for-appellant", row, "changed", Assessment(conduct=GOOD_CONDUCT))
    answered(house, row, "changed", replace(LOWER, adjusted={"principal": (1, "repaid")}))


def test_each_party_appeals_once_against_a_decision(house: House, shared: Any) -> None:
    """Others meanwhile; again against the decision that takes the place of the first."""
    own, fund = filed(house, shared), filed(house, shared, view=FUND)
    assert [own.sequence, fund.sequence] == [1, 2]
    named = {"view": INSURED, "party_id": house.client_id, "on": ON}
    house.refuse("appeal-open", appeal, shared.id, "words", **named)
    heard(house, own, "dismissed", "third", "fourth")
    answered(house, own, "dismissed")
    house.refuse("appeal-twice", appeal, shared.id, "words", **named)
    heard(house, fund, "changed", "third", "fourth")
    answered(house, fund, "changed", LOWER)
    house.do(settle, shared.id, on=AFTER)
    assert filed(house, shared, on=AFTER).sequence == 3


def test_what_was_decided_anew_is_settled_before_another_appeal_is_granted(
    house: House, shared: Any
) -> None:
    own, fund = filed(house, shared), filed(house, shared, view=FUND)
    heard(house, fund, "changed", "third", "fourth")
    answered(house, fund, "changed", LOWER)
    heard(house, own, "changed", "third", "fourth")
    full = Assessment(conduct=GOOD_CONDUCT)
    assert refused(house, "not-decided", own, "changed", full).faults[0].cure == "settle it first"
    house.do(settle, shared.id, on=AFTER)
    answered(house, own, "changed", full, on=AFTER)


def test_what_was_said_is_never_changed(house: House, settled: Any) -> None:
    row = filed(house, settled)
    heard(house, row, "upheld", "third")
    assert len(house.read(lambda s: store.opinions(s, row.id))) == 1
    for statement in ("UPDATE appeal_opinion SET words = 'x'", "DELETE FROM appeal_opinion"):
        with pytest.raises(DBAPIError, match="only grows"):
            transact(house.engine, lambda s, t=statement: s.execute(text(t)))

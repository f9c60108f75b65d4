"""What a timeline says beside what was noted: days of then, costs, surplus, a clock's standing."""

from datetime import date, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

import builders
import pytest
from builders import RECOVERED, SETTLED, House, a_desk, a_risk, shipped, yuan
from sqlmodel import Session

from claims.answer_call import answer_call
from claims.calls import store as calls
from claims.close import close
from claims.dispute_call import Dispute, dispute_call
from claims.facts import case_of
from claims.recover import Receipts, recover
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.room.duties import duties
from claims.room.said import told_of
from claims.room.story import story
from claims.room.view import Side, View
from claims.rules.timeline import tell
from claims.rules.timeline.words import Names
from kernel.db import books
from kernel.db.engine import transact
from kernel.db.papers import counted

SCHEME = "zhongshan-2021"
HOUSE = View(Side.HOUSE, frozenset())
NAMES = Names("CNY", {})


@pytest.fixture
def claim(house: House) -> Any:
    """Settled under a scheme of four, its calls open."""
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))


def told(house: House, claim: Any, kind: str, view: View = HOUSE) -> list[str]:
    every = house.read(lambda s: story(s, case_of(s, claim.id), view))
    return [one.en for one in every if one.kind == kind]


def test_a_call_is_told_with_the_day_that_stood_then(
    house: House, claim: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To be paid by 15 June; upheld on 8 June, which gives until the 23rd."""
    (call,) = [one for one in house.read(lambda s: calls.unpaid(s, claim.id))
               if one.party == "appraiser"]  # fmt: skip
    monkeypatch.setitem(builders._PAPER_OF, dispute_call, "call_dispute")
    before = [one for one in told(house, claim, "call_raised") if "appraiser" in one]
    assert "to be paid by 15 June 2026" in before[0]
    house.do(dispute_call, call.id, Dispute(yuan("1.00"), "why", "layers"), on=SETTLED)
    upheld = Resolution(Outcome.UPHELD, "the scheme says so")
    house.do(resolve_call, call.id, upheld, on=date(2026, 6, 8), actor="another")
    assert house.read(lambda s: calls.call(s, call.id)).due_on == date(2026, 6, 23)
    assert [one for one in told(house, claim, "call_raised") if "appraiser" in one] == before


def test_a_cost_is_no_money_that_came_back(house: House, claim: Any) -> None:
    cost = Receipts("BILL", "counsel", RECOVERED, yuan("0"), yuan("7500.00"))
    house.do(recover, claim.id, cost, on=RECOVERED)
    (said,) = told(house, claim, "recovered")
    assert "A cost of recovery of CNY 7,500.00 was recorded" in said
    (seat,) = told(house, claim, "recovered", View(Side.SEAT, frozenset({"fund"})))
    assert "A cost of recovery was recorded" in seat
    assert "7,500" not in seat


def test_surplus_is_told_where_it_is_made(house: House, claim: Any) -> None:
    """3,000,100.00 came on a loss of 3,000,000.00; 50.00 of July come to light: 150.00 are over."""
    house.recover(claim, "3000100.00")
    (said,) = told(house, claim, "recovered")
    assert "CNY 100.00 is over, which is the policyholder's" in said
    late = Receipts("LATE", "debtor", date(2026, 7, 1), yuan("50.00"), yuan("0"))
    house.do(recover, claim.id, late, on=RECOVERED)
    (anew,) = told(house, claim, "recoveries_replayed")
    assert "in all CNY 150.00 is over, which is the policyholder's" in anew
    assert "is over" not in told(house, claim, "recovered")[1]


def case(**file: Any) -> Any:
    kind = SimpleNamespace(pays_from="cash")
    return SimpleNamespace(kind=kind, claim=SimpleNamespace(file={"papers": {}, **file}))


def sentence(kind: str, on: date, noted: dict[str, Any], of: Any) -> str:
    one = told_of(kind, on, noted, of, {})
    return tell(one.kind, one.on, one.noted, NAMES).en


def test_service_is_told_on_its_own_day() -> None:
    noted = {"letter": "L1", "proof": "EMS-1", "served_on": "2026-03-14"}
    said = sentence("demand_served", date(2026, 3, 20), noted, case())
    assert said.startswith("On 14 March 2026: Letter of demand L1 was served")
    assert said.endswith("which was shown on 20 March 2026.")
    same = sentence("demand_served", date(2026, 3, 14), noted, case())
    assert "shown on" not in same
    without = {"letter": "L1", "proof": "EMS-1"}
    assert sentence("demand_served", date(2026, 3, 20), without, case()).startswith("On 20 March")


def test_a_clock_runs_on_only_where_it_had_stood_still() -> None:
    on = date(2026, 3, 30)
    assert sentence("papers_complete", on, {}, case()) == "On 30 March 2026: All papers were here."
    asked = {"asked_on": "2026-03-24", "papers": ["x"], "answered_on": "2026-03-30"}
    assert "had stood still since 24 March 2026, ran on" in sentence(
        "papers_complete", on, {}, case(requests=[asked])
    )
    loose = case(requests=[{**asked, "stops": False}])
    assert "ran on" not in sentence("papers_complete", on, {}, loose)


def test_nobody_gives_notice_of_a_demand_that_the_house_paid() -> None:
    noted = {"default_date": "2025-04-08", "asked": {"tax": 100}}
    said = sentence("notified", date(2025, 4, 15), noted, case(demand={"reference": "C2"}))
    assert "gave notice" not in said
    assert "what it had paid customs on the demand of 8 April 2025" in said
    assert "gave notice" in sentence("notified", date(2025, 4, 15), noted, case())


def test_who_bears_all_has_nobody_to_sign_for(house: House) -> None:
    alone = house.settled(house.policy(a_risk(cover={"scheme": "own-account"})))
    assert list(house.shares(alone).values()) == [house.settlement(alone).paid_to_bank_minor]
    assert house.read(lambda s: duties(s, alone.id, SETTLED)) == ()


def test_nobody_is_waited_for_after_the_close(house: House, claim: Any) -> None:
    assert len(house.read(lambda s: duties(s, claim.id, SETTLED))) == 4
    for call in house.read(lambda s: calls.unpaid(s, claim.id)):
        house.do(answer_call, call.id, SETTLED, None, on=SETTLED)
    house.do(close, claim.id, "all is paid", on=SETTLED)
    assert house.read(lambda s: duties(s, claim.id, SETTLED)) == ()


def test_papers_of_one_instant_stand_by_their_number(house: House) -> None:
    subject, at = books.Subject("claim", "cl_x"), a_desk(SETTLED).at
    for number in ("A-C10", "A-S1", "A-C2", "A-C1"):
        filing = partial(file_claim_paper, subject=subject, number=number, at=at)
        transact(house.engine, filing)
    found = [one.number for one in house.read(lambda s: books.documents(s, subject))]
    assert found == ["A-C1", "A-C2", "A-C10", "A-S1"] == sorted(found, key=counted)


def file_claim_paper(session: Session, subject: books.Subject, number: str, at: datetime) -> None:
    books.file_form(session, subject, "claim_receipt", number=number, stated="{}", at=at)

"""A call from its letter to its receipt: accepted, disputed, paid in parts, in default, cured."""

import json
from datetime import date
from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, SETTLED, House, a_risk, shipped, yuan
from calls_floor import ZHONGSHAN, act, call_on, file_of, settled

from claims.accept_call import accept_call
from claims.answer_call import answer_call
from claims.assess import Assessment, assess
from claims.calls import store
from claims.calls.duties import duties
from claims.calls.moves import MOVES, OPEN, State, move
from claims.default_call import default_call
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.receipt_call import receipt_call
from claims.request_papers import Request, request_papers
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.settle import settle
from claims.tables import ClaimRow
from claims.warn_party import warn_party
from kernel.db import books
from kernel.errors import Conflict, Refusal

DUE = date(2026, 6, 15)
OVERDUE = date(2026, 6, 16)
CURED_BY = date(2026, 7, 1)
AFTER = date(2026, 7, 2)
SECOND = {"actor": "second"}


def paying(amount: str, reference: str = "W1", on: date = SETTLED) -> CallPayment:
    return CallPayment(yuan(amount), on, reference)


def disputed(house: House, amount: str = "600000.00") -> tuple[ClaimRow, str]:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    dispute = Dispute(
        yuan(amount), "池内尚有在途赔付 other claims are on their way", "第十二条 art. 12"
    )
    act(house, dispute_call, row.id, dispute, on=date(2026, 6, 3))
    return claim, row.id


def stated_of(house: House, claim: ClaimRow, kind: str) -> dict[str, Any]:
    papers = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    said = [json.loads(paper.stated) for paper in papers if paper.kind == kind]
    return said[-1]["form"]


def test_a_call_is_a_letter_whose_lines_make_the_amount(house: House) -> None:
    """A pool of 1,000,000.00: 1,620,000.00 by the layers less 620,000.00 by its cap."""
    claim = settled(house, "1000000.00")
    row = call_on(house, claim, "fund")
    assert (row.amount_minor, row.due_on, row.state, row.direction) == (
        100_000_000, DUE, "raised", "call",
    )  # fmt: skip
    assert "cap on fund (pool balance) cuts CNY 620,000.00" in row.clause
    letters = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    said = [json.loads(one.stated)["form"] for one in letters if one.kind == "call_letter"]
    letter = next(one for one in said if one["called"]["party"].endswith("public fund"))
    amounts = [line["amount"]["minor"] for line in letter["reckoned"]]
    assert amounts == [162_000_000, -62_000_000]
    assert "上限" in letter["reckoned"][1]["words"]
    attached = [paper["name"] for paper in letter["papers"]]
    assert attached[0].startswith("赔款理算书")
    assert len(attached) > 5
    assert letter["pay_by"] == "2026-06-15"


def test_a_paper_that_was_asked_for_besides_lies_with_the_call(house: House) -> None:
    house.pool(shipped(ZHONGSHAN), "fund", yuan("70000000.00"))
    claim = house.claim(house.policy(a_risk(cover={"scheme": ZHONGSHAN})))
    more = Request(extra={"freezing_order": "冻结裁定 freezing order"})
    house.do(request_papers, claim.id, more, on=ASSESSED)
    came = Assessment(papers=("freezing_order",), conduct=GOOD_CONDUCT)
    house.do(assess, claim.id, came, on=ASSESSED)
    house.do(settle, claim.id, on=SETTLED)
    letter = stated_of(house, claim, "call_letter")
    attached = {paper["name"]: paper["number"] for paper in letter["papers"]}
    assert attached["冻结裁定 freezing order"] == ASSESSED.isoformat()


def test_a_call_is_accepted_paid_in_parts_and_receipted(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, accept_call, row.id, "letter 17", on=date(2026, 6, 3))
    first = paying("1000000.00", "W1", date(2026, 6, 4))
    act(house, pay_call, row.id, first, on=date(2026, 6, 4))
    half = call_on(house, claim, "fund")
    assert (half.state, half.paid_minor, half.open_minor) == ("accepted", 100_000_000, 62_000_000)
    assert house.balances("memo_call:fund") == {"memo_call:fund": 62_000_000}
    with pytest.raises(Refusal, match=r"CNY 620,000\.00 is open"):
        act(house, pay_call, row.id, paying("620000.01", "W2"), on=DUE)
    with pytest.raises(Conflict, match="payment-twice"):
        act(house, pay_call, row.id, paying("1.00", "W1", DUE), on=DUE)
    with pytest.raises(Conflict, match="call-move-not-allowed"):
        act(house, receipt_call, row.id, on=DUE)
    act(house, pay_call, row.id, paying("620000.00", "W2", date(2026, 6, 9)), on=DUE)
    paid = call_on(house, claim, "fund")
    assert (paid.state, paid.paid_on) == ("paid", date(2026, 6, 9))
    act(house, receipt_call, row.id, on=DUE)
    receipt = stated_of(house, claim, "call_receipt")
    assert [one["reference"] for one in receipt["parts"]] == ["W1", "W2"]
    assert call_on(house, claim, "fund").state == "receipted"
    words = house.read(lambda s: store.answers(s, row.id))
    assert [word.kind for word in words] == ["raised", "accepted", "paid", "paid", "receipted"]
    with pytest.raises(Conflict, match="call-paid"):
        act(house, answer_call, row.id, DUE, on=DUE)


@pytest.mark.parametrize("amount", ["0.00", "1620000.01"])
def test_nobody_pays_nothing_or_more_than_is_open(house: House, amount: str) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    early = CallPayment(yuan(amount), date(2026, 5, 1), "W1")
    with pytest.raises(Refusal) as refused:
        act(house, pay_call, row.id, early, on=DUE)
    assert [fault.field for fault in refused.value.faults] == ["amount", "value_date"]
    assert call_on(house, claim, "fund").paid_minor == 0


def test_a_dispute_stops_the_clock_of_default(house: House) -> None:
    claim, call_id = disputed(house)
    row = call_on(house, claim, "fund")
    assert (row.state, row.disputed_minor) == ("disputed", 60_000_000)
    notice = stated_of(house, claim, "call_dispute")
    assert notice["undisputed"]["minor"] == 102_000_000
    assert notice["clause"] == "第十二条 art. 12"
    with pytest.raises(Conflict, match="call-move-not-allowed"):
        act(house, warn_party, call_id, on=OVERDUE)
    with pytest.raises(Refusal):
        act(house, dispute_call, call_id, Dispute(yuan("1.00"), "again", "x"), on=OVERDUE)
    paid = paying("1020000.00", on=DUE)
    act(house, pay_call, call_id, paid, on=DUE)
    assert call_on(house, claim, "fund").disputed_minor == 60_000_000


def test_four_eyes_resolve_a_dispute(house: House) -> None:
    _, call_id = disputed(house)
    upheld = Resolution(Outcome.UPHELD, "the cap counts what was paid, not what may be")
    with pytest.raises(Refusal, match="own-call"):
        act(house, resolve_call, call_id, upheld, on=DUE)
    row = act(house, resolve_call, call_id, upheld, on=DUE, **SECOND)
    assert (row.state, row.disputed_minor, row.due_on) == ("upheld", 0, date(2026, 6, 30))
    with pytest.raises(Conflict):
        act(house, dispute_call, call_id, Dispute(yuan("1.00"), "again", "x"), on=DUE)


def test_who_took_the_dispute_down_does_not_give_in_to_it(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, dispute_call, row.id, Dispute(yuan("1.00"), "why", "x"), **SECOND)
    with pytest.raises(Refusal, match="own-dispute"):
        act(house, resolve_call, row.id, Resolution(Outcome.LOWERED, "they are right"), **SECOND)


@pytest.mark.parametrize("outcome", [Outcome.LOWERED, Outcome.WITHDRAWN])
def test_the_house_gives_nothing_away_by_a_word(house: House, outcome: Outcome) -> None:
    """Nothing has changed, so the same is owed: the dispute stays as it is."""
    claim, call_id = disputed(house)
    with pytest.raises(Conflict, match="nothing-changed"):
        act(house, resolve_call, call_id, Resolution(outcome, "be kind"), on=DUE, **SECOND)
    assert call_on(house, claim, "fund").state == "disputed"


def test_default_follows_notice_and_days_to_cure(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    with pytest.raises(Conflict, match="call-not-overdue"):
        act(house, warn_party, row.id, on=DUE)
    with pytest.raises(Conflict, match="call-move-not-allowed"):
        act(house, default_call, row.id, on=OVERDUE)
    warned = act(house, warn_party, row.id, on=OVERDUE)
    assert warned.cure_until == CURED_BY
    notice = stated_of(house, claim, "call_default")
    assert (notice["owed"]["minor"], notice["cure_until"]) == (162_000_000, "2026-07-01")
    with pytest.raises(Conflict, match="cure-period"):
        act(house, default_call, row.id, on=CURED_BY)
    assert house.kinds("claim", claim.id)[-1] == "call_noticed"


def test_a_cure_in_time_ends_it(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, warn_party, row.id, on=OVERDUE)
    act(house, answer_call, row.id, CURED_BY, on=CURED_BY)
    assert call_on(house, claim, "fund").state == "paid"
    assert "defaulted" not in file_of(house, claim)


def test_duties_say_whose_turn_it_is(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    code = f"call-{row.sequence}"

    def turn(on: date) -> tuple[str, str, date | None]:
        due = house.read(lambda s: duties(s, claim.id, on))
        (mine,) = [one for one in due if one.code.startswith(code)]
        return mine.code, mine.whose, mine.due

    assert turn(SETTLED) == (f"{code}-pay", "fund", DUE)
    act(house, warn_party, row.id, on=OVERDUE)
    assert turn(OVERDUE) == (f"{code}-pay", "fund", CURED_BY)
    assert turn(AFTER) == (f"{code}-default", "insurer", None)
    other = call_on(house, claim, "appraiser")
    act(house, dispute_call, other.id, Dispute(yuan("1.00"), "why", "x"))
    found = house.read(lambda s: duties(s, claim.id, SETTLED))
    assert {(one.whose, one.zh) for one in found} >= {("insurer", "复核 appraiser 的争议")}


def test_every_state_but_the_ends_leads_on_and_no_call_is_left_open() -> None:
    """The table is closed: from each open state money or a new settlement ends it."""
    assert set(MOVES) == set(State)
    for state in OPEN:
        assert {State.PAID, State.SUPERSEDED} <= set(MOVES[state])
    for ended in (State.RECEIPTED, State.SUPERSEDED, State.WITHDRAWN):
        assert MOVES[ended] == ()
    with pytest.raises(Conflict, match="it has ended"):
        move("superseded", State.PAID)

"""Every lot comes to an end and every disposal closes; money put right keeps within its limits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import builders
import pytest
from builders import House, a_risk, shipped, yuan

from claims import store
from claims.award_disposal import Forfeit, award_lot, default_award
from claims.close_disposal import close_disposal, close_lot
from claims.correct_recovery import Correction, correct_recovery
from claims.disposal import lots
from claims.disposal.ended import results
from claims.experience import experience
from claims.note_disposal import BidMade, Listed, Valued, bid_on, list_lot, value_lot
from claims.note_expense import Expense, note_expense
from claims.open_disposal import LotStated, Opening, open_disposal
from claims.receive_proceeds import Proceeds, receive_proceeds
from claims.sell_lot import Agreed, license_lot, sell_lot
from claims.subrogate import Taking, subrogate
from kernel.db import books

TAKEN, LISTED, AFTER = date(2026, 6, 10), date(2026, 7, 1), date(2026, 8, 3)
OPENS = datetime(2026, 8, 1, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)
DUE, LATE = date(2026, 9, 2), date(2026, 9, 3)
SALE = Agreed("买受人", yuan("1000000.00"), DUE)


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(builders._PAPER_OF, subrogate, "recourse_notice")
    for act in (receive_proceeds, note_expense):
        monkeypatch.setitem(builders._PAPER_OF, act, "recovery_statement")


def enforced(house: House, *values: str) -> tuple[str, str, list[str]]:
    """Claim and disposal of 3,000,000.00 under Zhongshan; its lots, valued."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    house.do(subrogate, claim.id, Taking(yuan("0")), on=TAKEN)
    named = tuple(LotStated(f"ZL-{n}", "invention", "第三人") for n in range(len(values)))
    row = house.do(open_disposal, claim.id, Opening(named, True), on=TAKEN)
    ids = [one.id for one in house.read(lambda s: lots.lots(s, row.id))]
    for lot, amount in zip(ids, values, strict=True):
        house.do(value_lot, lot, Valued("示范评估", "income", TAKEN, yuan(amount)), on=TAKEN)
    return claim.id, row.id, ids


def offered(house: House, lot: str, *bids: tuple[str, str]) -> None:
    """Listed at 70 per cent of 3,000,000.00, bid for."""
    listing = Listed("法院网拍", OPENS, CLOSES, yuan("2100000.00"), yuan("210000.00"))
    house.do(list_lot, lot, listing, on=LISTED)
    for who, amount in bids:
        house.do(bid_on, lot, BidMade(who, yuan(amount), OPENS, deposit_paid=True), on=AFTER)


def paid(house: House, lot: str, amount: str, reference: str = "S1") -> Any:
    return house.do(receive_proceeds, lot, Proceeds(reference, DUE, yuan(amount)), on=DUE)


def close(house: House, lot: str, on: date = LATE) -> str:
    """Close a lot; what the trail says became of it."""
    house.do(close_lot, lot, "it has to end", on=on)
    row = house.read(lambda s: lots.lot(s, lot))
    claim = house.read(lambda s: lots.disposal(s, row.disposal_id)).claim_id
    told = house.read(lambda s: books.events(s, books.Subject("claim", claim)))[-1]
    assert (told.kind, row.state, row.closed_on) == ("lot_closed", "closed", on)
    return str(told.payload["result"])


def test_a_disposal_closes_whatever_became_of_its_lots(house: House) -> None:
    """Sold, licensed, half paid, never paid, no bids, withdrawn, never tried: seven ends."""
    claim, disposal, ids = enforced(house, *["3000000.00"] * 7)
    sold, licensed, half, silent, no_bids, withdrawn, untried = ids
    for lot in (sold, half, silent):
        house.do(sell_lot, lot, SALE, on=AFTER)
    house.do(license_lot, licensed, SALE, on=AFTER)
    paid(house, sold, "1000000.00", "S1")
    paid(house, half, "400000.00", "S2")
    for lot in (no_bids, withdrawn):
        offered(house, lot)
    house.do(award_lot, no_bids, on=AFTER)
    refused = house.refuse("lots-open", close_disposal, disposal, "done", on=AFTER)
    assert len(refused.faults) == 7
    for lot in (half, silent):
        house.refuse("price-not-due", close_lot, lot, "too early", on=DUE)
    became = [close(house, lot) for lot in ids]
    assert became == ["sold", "licensed", "part_paid", "unsold", "unsold", "withdrawn", "withdrawn"]
    row = house.do(close_disposal, disposal, "all has ended", on=LATE)
    assert (row.state, row.closed_on) == ("closed", LATE)
    told = house.read(lambda s: books.events(s, books.Subject("claim", claim)))[-1]
    named = dict(zip([f"ZL-{n}" for n in range(7)], became, strict=True))
    assert told.payload["results"] == named
    assert {n: one.value for n, one in house.read(lambda s: results(s, row)).items()} == named
    assert house.read(lambda s: lots.awards(s, silent))[-1].state == "defaulted"
    seen = [one.gross_minor for one in house.read(experience)]
    assert seen == [100_000_000, 0, 40_000_000, 0, 0, 0, 0], "what came in, and no more"
    assert withdrawn != untried


def test_a_lot_with_a_bid_or_a_deposit_ends_by_its_own_act_first(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, disposal, (lot,) = enforced(house, "3000000.00")
    offered(house, lot, ("甲", "2100000.00"))
    house.refuse("bid-stands", close_lot, lot, "withdrawn", on=AFTER)
    house.do(award_lot, lot, on=AFTER)
    house.refuse("deposit-not-kept", close_lot, lot, "nobody pays", on=LATE)
    monkeypatch.setitem(builders._PAPER_OF, default_award, "recovery_statement")
    house.do(default_award, lot, Forfeit("silent", "D1", LATE), on=LATE)
    assert close(house, lot) == "unsold", "a deposit that was kept is no price"
    assert house.do(close_disposal, disposal, "done", on=LATE).state == "closed"


def test_an_expense_counts_once_for_its_lot_and_for_all(house: House) -> None:
    """Travel: 1 % of 3,000,000.00 and of 1,000,000.00: 40,000.00 for all, 10,000.00 of it apart."""
    _, disposal, (first, second) = enforced(house, "3000000.00", "1000000.00")

    def spent(reference: str, amount: str, lot: str | None = None) -> tuple[int, str]:
        bill = Expense("travel", reference, AFTER, yuan(amount), lot)
        row = house.do(note_expense, disposal, bill, on=AFTER)
        return row.allowed_minor, row.why

    assert spent("B1", "25000.00") == (2_500_000, "")
    allowed, why = spent("B2", "12000.00", second)
    assert (allowed, why.endswith("of the lot")) == (1_000_000, True)
    allowed, why = spent("B3", "30000.00", first)
    assert (allowed, why.endswith("of all lots")) == (500_000, True), "not 30,000.00 once more"
    rows = house.read(lambda s: lots.costs_now(s, disposal))
    assert sum(now for _, now in rows) == 4_000_000


def test_money_put_right_keeps_within_price_bill_and_cap(house: House) -> None:
    claim, disposal, (lot,) = enforced(house, "3000000.00")
    house.do(sell_lot, lot, SALE, on=AFTER)
    sale = paid(house, lot, "1000000.00")
    bill = Expense("travel", "B1", AFTER, yuan("40000.00"), lot)
    row = house.do(note_expense, disposal, bill, on=AFTER)
    assert row.allowed_minor == 3_000_000

    def refused(code: str, recovery: str, **wrong: str) -> str:
        right = Correction("x", **{name: yuan(amount) for name, amount in wrong.items()})
        (fault,) = house.refuse(code, correct_recovery, recovery, right, on=LATE).faults
        return f"{fault.field} {fault.problem} {fault.cure}"

    assert "0.01 more than the price" in refused(
        "price-overpaid", sale.recovery_id, gross="1000000.01"
    )
    assert "expenses" in refused("invalid", sale.recovery_id, costs="0.01")
    assert "at most CNY 30,000.00" in refused("invalid", row.recovery_id, costs="30000.01")
    assert "CNY 40,000.00" in refused("invalid", row.recovery_id, costs="40000.01")
    assert "proceeds" in refused("invalid", row.recovery_id, gross="0.01")
    less = Correction("half of it was another's", costs=yuan("10000.00"))
    house.do(correct_recovery, row.recovery_id, less, on=LATE)
    more = Expense("travel", "B2", AFTER, yuan("40000.00"))
    assert house.do(note_expense, disposal, more, on=LATE).allowed_minor == 2_000_000
    assert len(house.read(lambda s: store.recoveries(s, claim))) == 3


def test_a_price_that_is_whole_no_more_is_awaited_again(house: House) -> None:
    _, disposal, (lot,) = enforced(house, "3000000.00")
    house.do(sell_lot, lot, SALE, on=AFTER)
    sale = paid(house, lot, "1000000.00")

    def state() -> tuple[str, str]:
        award = house.read(lambda s: lots.awards(s, lot))[-1]
        return house.read(lambda s: lots.lot(s, lot)).state, award.state

    assert state() == ("paid", "paid")
    wrong = Correction("a cheque bounced", gross=yuan("600000.00"))
    house.do(correct_recovery, sale.recovery_id, wrong, on=LATE)
    assert state() == ("awarded", "standing")
    paid(house, lot, "300000.00", "S2")
    right = Correction("700,000.00 did come in", gross=yuan("700000.00"))
    house.do(correct_recovery, sale.recovery_id, right, on=LATE)
    assert state() == ("paid", "paid")
    assert close(house, lot) == "sold"
    last = Correction("it bounced after all", gross=yuan("600000.00"))
    house.do(correct_recovery, sale.recovery_id, last, on=LATE)
    row = house.do(close_disposal, disposal, "done", on=LATE)
    assert house.read(lambda s: results(s, row))["ZL-0"] == "part_paid", "the money tells"


def test_a_deposit_put_right_is_no_more_than_the_deposit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, _, (lot,) = enforced(house, "3000000.00")
    offered(house, lot, ("甲", "2100000.00"))
    house.do(award_lot, lot, on=AFTER)
    monkeypatch.setitem(builders._PAPER_OF, default_award, "recovery_statement")
    house.do(default_award, lot, Forfeit("silent", "D1", LATE), on=LATE)
    (kept,) = house.read(lambda s: store.recoveries(s, claim))
    over = Correction("x", gross=yuan("210000.01"))
    house.refuse("price-overpaid", correct_recovery, kept.id, over, on=LATE)
    house.do(correct_recovery, kept.id, Correction("x", gross=yuan("200000.00")), on=LATE)


def test_a_price_put_right_to_nothing_leaves_the_buyer_to_default(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, disposal, (lot,) = enforced(house, "3000000.00")
    offered(house, lot, ("甲", "2100000.00"))
    award = house.do(award_lot, lot, on=AFTER)
    booked = paid(house, lot, "500000.00")
    house.refuse("price-partly-paid", default_award, lot, Forfeit("x", "D1", LATE), on=LATE)
    another = Correction("it was paid on another lot", gross=yuan("0"))
    house.do(correct_recovery, booked.recovery_id, another, on=LATE)
    house.refuse("deposit-not-kept", close_lot, lot, "nobody pays", on=LATE)
    monkeypatch.setitem(builders._PAPER_OF, default_award, "recovery_statement")
    house.do(default_award, lot, Forfeit("silent", "D1", LATE), on=LATE)
    seen = house.read(lambda s: lots.awards(s, lot))
    assert [(one.id, one.state) for one in seen] == [(award.id, "defaulted")]
    assert close(house, lot) == "unsold"
    assert house.do(close_disposal, disposal, "done", on=LATE).state == "closed"

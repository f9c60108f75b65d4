"""Lots in a house: every act in every state, bids that count, defaults, caps, several rights."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import builders
import pytest
from builders import House, a_risk, shipped, yuan

from claims import store
from claims.award_disposal import Forfeit, award_lot, default_award
from claims.close_disposal import close_lot
from claims.disposal import lots
from claims.disposal.audit import verify_recoveries
from claims.experience import Experience, experience
from claims.note_disposal import BidMade, Listed, Valued, bid_on, list_lot, value_lot
from claims.note_expense import Expense, note_expense
from claims.open_disposal import LotStated, Opening, open_disposal
from claims.receive_proceeds import Proceeds, receive_proceeds
from claims.sell_lot import Agreed, license_lot, sell_lot
from claims.subrogate import Taking, subrogate
from claims.tables import ClaimRow
from kernel.money import Money

TAKEN, LISTED, AFTER = date(2026, 6, 10), date(2026, 7, 1), date(2026, 8, 3)
OPENS = datetime(2026, 8, 1, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)
SALE = Agreed("买受人", yuan("1000000.00"), AFTER)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lot's money and its costs are recoveries: each leaves the statement of one."""
    monkeypatch.setitem(builders._PAPER_OF, subrogate, "recourse_notice")
    for act in (receive_proceeds, note_expense):
        monkeypatch.setitem(builders._PAPER_OF, act, "recovery_statement")


@pytest.fixture
def deposits(monkeypatch: pytest.MonkeyPatch) -> None:
    """So does a deposit that is kept."""
    monkeypatch.setitem(builders._PAPER_OF, default_award, "recovery_statement")


def enforced(house: House, rights: int = 1) -> tuple[ClaimRow, str, list[str]]:
    """A claim of 3,000,000.00 under Zhongshan, its disposal, its lots."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    house.do(subrogate, claim.id, Taking(yuan("0")), on=TAKEN)
    named = tuple(LotStated(f"ZL-{n}", "invention", "第三人") for n in range(rights))
    row = house.do(open_disposal, claim.id, Opening(named, True), on=TAKEN)
    return claim, row.id, [one.id for one in house.read(lambda s: lots.lots(s, row.id))]


def value(house: House, lot: str, amount: str = "3000000.00") -> None:
    valued = Valued("示范评估", "income", TAKEN, yuan(amount))
    house.do(value_lot, lot, valued, on=TAKEN)


def offer(reserve: str = "2100000.00", later: int = 0, deposit: str = "210000.00") -> Listed:
    wait = later * DAY
    return Listed("法院网拍", OPENS + wait, CLOSES + wait, yuan(reserve), yuan(deposit))


def bid(who: str, amount: str, at: datetime, *, deposit: bool = True) -> BidMade:
    return BidMade(who, yuan(amount), at, deposit)


def state(house: House, lot: str) -> str:
    return str(house.read(lambda s: lots.lot(s, lot)).state)


FEE = Proceeds("X", AFTER, yuan("1.00"))
TRIES: dict[str, Callable[[House, str], tuple[Any, ...]]] = {
    "value": lambda _, lot: (value_lot, lot, Valued("x", "cost", AFTER, yuan("1.00"))),
    "list": lambda _, lot: (list_lot, lot, offer(later=60)),
    "bid": lambda _, lot: (bid_on, lot, bid("x", "1.00", OPENS)),
    "award": lambda _, lot: (award_lot, lot),
    "default": lambda _, lot: (default_award, lot, Forfeit("x", "D", AFTER)),
    "sell": lambda _, lot: (sell_lot, lot, SALE),
    "license": lambda _, lot: (license_lot, lot, SALE),
    "proceeds": lambda _, lot: (receive_proceeds, lot, FEE),
    "close": lambda _, lot: (close_lot, lot, "x"),
}
NO_BIDS = {"bid": "lot-not-listed", "award": "lot-not-listed"}
NOT_SOLD = {"default": "lot-not-awarded", "proceeds": "lot-not-awarded"}
NOT_FREE = {"sell": "lot-not-free", "license": "lot-not-free"}
FIXED = {"value": "lot-move-not-allowed", "list": "lot-move-not-allowed"}
STUCK = {"close": "lot-move-not-allowed"}
REFUSED: dict[str, dict[str, str]] = {
    "opened": {"list": "lot-not-valued", **NO_BIDS, **NOT_SOLD, **NOT_FREE},
    "valued": {**NO_BIDS, **NOT_SOLD},
    "listed": {**FIXED, "award": "bidding-open", **NOT_SOLD, **NOT_FREE},
    "unsold": {**NO_BIDS, **NOT_SOLD},
    "awarded": {
        **FIXED, **NO_BIDS, "default": "price-not-due", "close": "price-not-due", **NOT_FREE,
    },
    "licensed": {
        **FIXED, **NO_BIDS, "default": "lot-not-awarded", **NOT_FREE, "proceeds": "invalid",
    },
    "paid": {**FIXED, **NO_BIDS, **NOT_SOLD, **NOT_FREE},
    "closed": {**FIXED, **NO_BIDS, **NOT_SOLD, **NOT_FREE, **STUCK},
}  # fmt: skip
"""State -> what is refused there, and how; every other act is free."""


def brought(house: House, of: dict[str, str]) -> None:
    """Bring each lot to the state of its name, as of 3 August."""
    for name in set(of) - {"opened"}:
        value(house, of[name])
    for name in ("unsold", "awarded"):
        house.do(list_lot, of[name], offer(), on=LISTED)
    house.do(list_lot, of["listed"], offer(later=30), on=LISTED)
    house.do(bid_on, of["awarded"], bid("甲", "2100000.00", OPENS), on=AFTER)
    for name in ("unsold", "awarded"):
        house.do(award_lot, of[name], on=AFTER)
    house.do(license_lot, of["licensed"], SALE, on=AFTER)
    house.do(sell_lot, of["paid"], SALE, on=AFTER)
    house.do(receive_proceeds, of["paid"], Proceeds("P", AFTER, SALE.price), on=AFTER)
    house.do(close_lot, of["closed"], "nobody wants it", on=AFTER)
    assert {name: state(house, lot) for name, lot in of.items()} == {name: name for name in of}


def test_every_act_in_every_state(house: House) -> None:
    _, _, ids = enforced(house, len(REFUSED))
    of = dict(zip(REFUSED, ids, strict=True))
    brought(house, of)
    for name, refused in REFUSED.items():
        for act, code in refused.items():
            house.refuse(code, *TRIES[act](house, of[name]), on=AFTER)
            assert state(house, of[name]) == name, act
    house.do(*TRIES["value"](house, of["valued"]), on=AFTER)
    house.do(*TRIES["list"](house, of["unsold"]), on=AFTER)
    house.do(*TRIES["close"](house, of["opened"]), on=AFTER)
    house.do(*TRIES["close"](house, of["licensed"]), on=AFTER)
    house.do(*TRIES["close"](house, of["listed"]), on=AFTER)
    names = ("valued", "unsold", "opened", "licensed", "listed")
    assert [state(house, of[name]) for name in names] == [
        "valued", "listed", "closed", "closed", "closed",
    ]  # fmt: skip


def test_bids_that_do_not_count_and_buyers_who_do_not_pay(house: House, deposits: None) -> None:
    """Two default: 420,000.00 are kept by 54 / 26 / 16 / 4; at 80 per cent it is sold."""
    del deposits
    claim, _, (lot,) = enforced(house)
    value(house, lot, "3000000.05")
    house.refuse("listing-not-allowed", list_lot, lot, offer("2100000.03"), on=LISTED)
    house.do(list_lot, lot, offer("2100000.04"), on=LISTED)
    minute = timedelta(minutes=1)
    for made in (
        bid("甲", "2100000.03", OPENS),
        bid("乙", "9000000.00", CLOSES + minute),
        bid("丙", "8000000.00", OPENS - minute),
        bid("丁", "7000000.00", OPENS, deposit=False),
        bid("戊", "2100000.04", CLOSES),
        bid("己", "2100000.04", CLOSES - minute),
    ):
        house.do(bid_on, lot, made, on=AFTER)
    house.refuse("invalid", bid_on, lot, bid("庚", "1.00", CLOSES + 9 * DAY), on=AFTER)
    house.refuse("invalid", bid_on, lot, bid("庚", "0.00", OPENS), on=AFTER)
    house.refuse(
        "invalid", bid_on, lot, BidMade("庚", Money(1, "EUR"), OPENS, deposit_paid=True), on=AFTER
    )
    award = house.do(award_lot, lot, on=AFTER)
    assert (award.buyer, award.deposit_minor, award.pay_by) == ("己", 21_000_000, AFTER + 30 * DAY)
    first, second = AFTER + 31 * DAY, AFTER + 62 * DAY
    house.do(default_award, lot, Forfeit("silent", "D1", first), on=first)
    assert house.read(lambda s: lots.awards(s, lot))[-1].buyer == "戊"
    house.refuse("recovery-twice", default_award, lot, Forfeit("x", "D1", second), on=second)
    house.do(default_award, lot, Forfeit("silent", "D2", second), on=second)
    assert state(house, lot) == "unsold"
    kept = house.read(lambda s: store.recoveries(s, claim.id))
    sums = {party: sum(row.parts[party] for row in kept) for party in kept[0].parts}
    assert sums == {
        "fund": 22_680_000, "bank": 10_920_000, "insurer": 6_720_000, "appraiser": 1_680_000,
    }  # fmt: skip
    _sold_lower(house, lot, second)
    (row,) = house.read(experience)
    assert (row.gross_minor, row.listings, row.way) == (210_000_003, 2, "auction")
    assert row.price_ratio == Fraction(210_000_003, 300_000_005)


def _sold_lower(house: House, lot: str, on: date) -> None:
    """Who defaulted bids no more, not even at the second auction."""
    house.refuse("listing-not-allowed", list_lot, lot, offer("1680000.02", later=90), on=on)
    house.do(list_lot, lot, offer("1680000.03", later=90), on=on)
    then = AFTER + 90 * DAY
    for made in (
        bid("己", "2000000.00", OPENS + 90 * DAY),
        bid("戊", "2000000.00", OPENS + 90 * DAY),
        bid("甲", "1680000.03", CLOSES + 90 * DAY),
    ):
        house.do(bid_on, lot, made, on=then)
    assert house.do(award_lot, lot, on=then).buyer == "甲"
    house.do(receive_proceeds, lot, Proceeds("S", then, yuan("1680000.03")), on=then)


def test_a_price_that_comes_in_parts(house: House) -> None:
    """630,000.00 after 150 days and 1,470,000.00 after 190: on average after 178."""
    _, _, (lot,) = enforced(house)
    value(house, lot)
    house.do(list_lot, lot, offer(), on=LISTED)
    house.do(bid_on, lot, bid("甲", "2100000.00", OPENS), on=AFTER)
    house.do(award_lot, lot, on=AFTER)
    days = [date(2026, 3, 11) + n * DAY for n in (150, 190, 191)]
    house.do(receive_proceeds, lot, Proceeds("S1", days[0], yuan("630000.00")), on=days[1])
    over = AFTER + 31 * DAY
    house.refuse("price-partly-paid", default_award, lot, Forfeit("x", "D", over), on=over)
    period = Proceeds("S2", days[1], yuan("1.00"), (days[1], days[1]))
    house.refuse("invalid", receive_proceeds, lot, period, on=days[1])
    again = Proceeds("S1", days[1], yuan("1.00"))
    house.refuse("recovery-twice", receive_proceeds, lot, again, on=days[1])
    assert house.read(experience) == ()
    rest = Proceeds("S2", days[1], yuan("1470000.01"))
    assert "0.01" in house.refuse(
        "price-overpaid", receive_proceeds, lot, rest, on=days[1]
    ).faults[0].problem  # fmt: skip
    house.do(receive_proceeds, lot, Proceeds("S2", days[1], yuan("1470000.00")), on=days[1])
    assert state(house, lot) == "paid"
    (row,) = house.read(experience)
    assert row.days_to_money == (3 * 150 + 7 * 190) // 10 == 178


def test_several_rights_share_what_was_spent_on_all(house: House) -> None:
    """1,000.01 for all by 3 : 1 is 750.01 and 250.00; 500.00 are the second's own."""
    _, disposal, (first, second) = enforced(house, 2)
    value(house, first)
    value(house, second, "1000000.00")

    def spend(kind: str, reference: str, amount: str, lot: str | None) -> Any:
        bill = Expense(kind, reference, AFTER, yuan(amount), lot)
        return house.do(note_expense, disposal, bill, on=AFTER)

    early = Expense("auction_commission", "B0", AFTER, yuan("1.00"), first)
    house.refuse("invalid", note_expense, disposal, early, on=AFTER)
    stray = Expense("court_fee", "B0", AFTER, yuan("1.00"), "lo_none")
    house.refuse("invalid", note_expense, disposal, stray, on=AFTER)
    spend("court_fee", "B1", "1000.01", None)
    spend("upkeep", "B2", "500.00", second)
    assert spend("travel", "B3", "9999.99", second).why == ""
    capped = spend("travel", "B4", "5.00", second)
    assert (capped.asked_minor, capped.allowed_minor) == (500, 1)
    taken = Expense("upkeep", "B4", AFTER, yuan("1.00"))
    house.refuse("expense-twice", note_expense, disposal, taken, on=AFTER)
    house.refuse("invalid", note_expense, disposal,
                 Expense("upkeep", "B5", AFTER, Money(1, "EUR")), on=AFTER)  # fmt: skip
    for lot, reference in ((first, "S1"), (second, "S2")):
        house.do(sell_lot, lot, SALE, on=AFTER)
        house.do(receive_proceeds, lot, Proceeds(reference, AFTER, SALE.price), on=AFTER)
    assert spend("auction_commission", "B6", "60000.00", first).allowed_minor == 5_000_000
    rows = house.read(experience)
    assert [row.costs_minor for row in rows] == [75_001 + 5_000_000, 25_000 + 50_000 + 1_000_000]
    assert {one.name for one in fields(Experience)} == {
        "right_kind", "way", "currency", "appraised_minor", "method", "gross_minor",
        "costs_minor", "listings", "days_to_money", "year",
    }  # fmt: skip


def test_a_bill_of_which_nothing_counts_moves_no_money(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, disposal, (lot,) = enforced(house)
    value(house, lot, "100.00")
    house.do(note_expense, disposal, Expense("counsel", "B1", AFTER, yuan("10.00")), on=AFTER)
    monkeypatch.delitem(builders._PAPER_OF, note_expense)
    before = house.balances()
    row = house.do(note_expense, disposal, Expense("counsel", "B2", AFTER, yuan("1")), on=AFTER)
    assert (row.allowed_minor, row.recovery_id) == (0, None)
    assert house.balances() == before
    assert house.read(verify_recoveries) == ()


def test_a_licence_is_paid_period_by_period_and_may_pay_nothing(house: House) -> None:
    _, _, (paying, silent) = enforced(house, 2)
    value(house, paying)
    value(house, silent)
    until = AFTER + 99 * DAY
    for lot in (paying, silent):
        house.do(license_lot, lot, Agreed("被许可人", yuan("300.00"), until), on=AFTER)

    def fee(reference: str, start: int, end: int, amount: str = "100.00") -> Proceeds:
        return Proceeds(reference, AFTER, yuan(amount), (AFTER + start * DAY, AFTER + end * DAY))

    for wrong in (fee("F", -1, 5), fee("F", 5, 4), fee("F", 90, 100)):
        house.refuse("invalid", receive_proceeds, paying, wrong, on=until)
    house.do(receive_proceeds, paying, fee("F2", 40, 69), on=until)
    for taken in (fee("F", 0, 40), fee("F", 69, 99), fee("F", 50, 50), fee("F", 0, 99)):
        house.refuse("period-paid", receive_proceeds, paying, taken, on=until)
    house.do(receive_proceeds, paying, fee("F1", 0, 39), on=until)
    house.do(receive_proceeds, paying, fee("F3", 70, 99), on=until)
    for lot in (paying, silent):
        house.do(close_lot, lot, "the term is over", on=until)
    house.refuse("lot-not-awarded", receive_proceeds, silent, fee("F9", 0, 1), on=until)
    first, second = house.read(experience)
    assert (first.gross_minor, first.cost_rate) == (30_000, 0)
    assert (second.gross_minor, second.cost_rate) == (0, None)
    assert second.days_to_money == (until - date(2026, 3, 11)).days

"""Enforcement of a pledge as a case: from the taking over to the last fee."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import builders
import pytest
from builders import SETTLED, House, a_risk, shipped, yuan

from claims import store
from claims.award_disposal import Forfeit, award_lot, default_award
from claims.close_disposal import close_disposal, close_lot
from claims.disposal import lots
from claims.disposal.duties import duties
from claims.disposal.recourse import notices, subrogation_of
from claims.experience import experience
from claims.note_disposal import BidMade, Listed, Valued, bid_on, list_lot, value_lot
from claims.note_expense import Expense, note_expense
from claims.open_disposal import LotStated, Opening, open_disposal
from claims.receive_proceeds import Proceeds, receive_proceeds
from claims.rules.disposal.recourse import Waiver
from claims.sell_lot import Agreed, license_lot, sell_lot
from claims.subrogate import Liable, Taking, note_pledgee, subrogate
from claims.tables import ClaimRow
from kernel.db import books
from kernel.money import Money

TAKEN = date(2026, 6, 10)
LISTED = date(2026, 7, 1)
OPENS = datetime(2026, 8, 1, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)
AFTER = date(2026, 8, 3)
PAID = date(2026, 8, 20)


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The papers that these acts owe."""
    owed = {
        **builders._PAPER_OF,
        subrogate: "recourse_notice",
        receive_proceeds: "recovery_statement",
        note_expense: "recovery_statement",
        default_award: "recovery_statement",
    }
    monkeypatch.setattr(builders, "_PAPER_OF", owed)


def taken_over(house: House, **taking: Any) -> ClaimRow:
    """A settled claim under Zhongshan that was taken over: 480,000.00 of 3,000,000.00."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    house.do(subrogate, claim.id, Taking(**{"received": yuan("0"), **taking}), on=TAKEN)
    return claim


def opened(house: House, claim: ClaimRow, *stated: LotStated, agreed: bool = False) -> list[str]:
    row = house.do(open_disposal, claim.id, Opening(stated, agreed), on=TAKEN)
    return [one.id for one in house.read(lambda s: lots.lots(s, row.id))]


def valued(house: House, lot: str, amount: str = "3000000.00") -> None:
    stated = Valued("示范评估", "income", date(2026, 6, 20), yuan(amount))
    house.do(value_lot, lot, stated, on=date(2026, 6, 20))


def listed(house: House, lot: str, reserve: str = "2100000.00", **more: Any) -> None:
    deposit = Money(yuan(reserve).minor // 10, "CNY")
    named = {"venue": "法院网拍", "opens_at": OPENS, "closes_at": CLOSES, **more}
    asked = Listed(reserve=yuan(reserve), deposit=deposit, **named)
    house.do(list_lot, lot, asked, on=LISTED)


def bid(house: House, lot: str, who: str, amount: str, minutes: int, **more: Any) -> None:
    at = OPENS + timedelta(minutes=minutes)
    made = BidMade(who, yuan(amount), at, more.get("deposit", True))
    house.do(bid_on, lot, made, on=AFTER)


def test_an_auction_from_valuation_to_close(house: House) -> None:
    claim = taken_over(house)
    (lot,) = opened(house, claim)
    valued(house, lot)
    listed(house, lot)
    house.refuse("bidding-open", award_lot, lot, on=LISTED)
    bid(house, lot, "甲", "2200000.00", 5)
    bid(house, lot, "乙", "2300000.00", 9)
    bid(house, lot, "丙", "2300000.00", 7)
    bid(house, lot, "丁", "2900000.00", 8, deposit=False)
    award = house.do(award_lot, lot, on=AFTER)
    assert (award.buyer, award.price_minor) == ("丙", 230_000_000)
    house.refuse("price-overpaid", receive_proceeds, lot,
                 Proceeds("S1", PAID, yuan("2300000.01")), on=PAID)  # fmt: skip
    house.do(receive_proceeds, lot, Proceeds("S1", PAID, yuan("300000.00")), on=PAID)
    assert house.read(lambda s: lots.lot(s, lot)).state == "awarded"
    house.do(receive_proceeds, lot, Proceeds("S2", PAID, yuan("2000000.00")), on=PAID)
    recovered = house.read(lambda s: store.recoveries(s, claim.id))
    assert sum(row.gross_minor for row in recovered) == 230_000_000
    assert sum(sum(row.parts.values()) for row in recovered) == 230_000_000
    disposal = house.read(lambda s: lots.disposals(s, claim.id))[0]
    house.refuse("lots-open", close_disposal, disposal.id, "done", on=PAID)
    house.do(close_lot, lot, "paid", on=PAID)
    assert house.do(close_disposal, disposal.id, "done", on=PAID).state == "closed"
    house.refuse("disposal-closed", close_lot, lot, "again", on=PAID)
    kinds = house.kinds("claim", claim.id)
    assert [kind for kind in kinds if kind.startswith(("lot", "disp", "taken"))] == [
        "taken_over", "disposal_opened", "lot_valued", "lot_listed", *["lot_bid"] * 4,
        "lot_awarded", "lot_part_paid", "lot_paid", "lot_closed", "disposal_closed",
    ]  # fmt: skip
    trail = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))
    void = [one.payload["void"] for one in trail if one.kind == "lot_bid"]
    assert void == ["", "", "", "no deposit was paid"]
    (part,) = [one.payload for one in trail if one.kind == "lot_part_paid"]
    assert part["lot"] == house.read(lambda s: lots.lot(s, lot)).number


def test_a_buyer_who_does_not_pay_loses_its_deposit_and_the_next_bid_wins(house: House) -> None:
    claim = taken_over(house)
    (lot,) = opened(house, claim)
    valued(house, lot)
    listed(house, lot)
    bid(house, lot, "甲", "2200000.00", 5)
    bid(house, lot, "乙", "2500000.00", 9)
    bid(house, lot, "乙", "2600000.00", 11)
    house.do(award_lot, lot, on=AFTER)
    over = AFTER + timedelta(days=31)
    forfeit = Forfeit("buyer is silent", "DEPOSIT-1", over)
    house.refuse("price-not-due", default_award, lot, forfeit, on=AFTER + timedelta(days=30))
    house.do(default_award, lot, forfeit, on=over)
    first, second = house.read(lambda s: lots.awards(s, lot))
    assert (first.buyer, first.state, second.buyer) == ("乙", "defaulted", "甲")
    (kept,) = house.read(lambda s: store.recoveries(s, claim.id))
    assert (kept.gross_minor, kept.reference) == (21_000_000, "DEPOSIT-1")
    again = Forfeit("so is this one", "DEPOSIT-2", over + timedelta(days=40))
    house.do(default_award, lot, again, on=over + timedelta(days=40))
    assert house.read(lambda s: lots.lot(s, lot)).state == "unsold"


def test_nobody_buys_and_it_is_listed_lower_then_sold(house: House) -> None:
    """Appraised at 300万 and sold for 20万, as was published: 6.7 % of the valuation."""
    claim = taken_over(house)
    (lot,) = opened(house, claim)
    valued(house, lot)
    listed(house, lot)
    assert house.do(award_lot, lot, on=AFTER) is None
    low = Listed(
        "法院网拍", OPENS + timedelta(days=40), OPENS + timedelta(days=41),
        yuan("1679999.99"), yuan("100000.00"),
    )  # fmt: skip
    refused = house.refuse("listing-not-allowed", list_lot, lot, low, on=AFTER)
    assert [fault.field for fault in refused.faults] == ["reserve"]
    second = Listed(
        "法院网拍", OPENS + timedelta(days=40), OPENS + timedelta(days=41),
        yuan("1680000.00"), yuan("100000.00"),
    )  # fmt: skip
    house.do(list_lot, lot, second, on=AFTER)
    later = AFTER + timedelta(days=60)
    house.do(award_lot, lot, on=later)
    third = Listed(
        "法院网拍", OPENS + timedelta(days=140), OPENS + timedelta(days=141),
        yuan("1680000.00"), yuan("100000.00"),
    )  # fmt: skip
    refused = house.refuse("listing-not-allowed", list_lot, lot, third, on=later)
    assert "lot" in [fault.field for fault in refused.faults]
    house.do(sell_lot, lot, Agreed("乙", yuan("200000.00"), later), on=later)
    house.do(receive_proceeds, lot, Proceeds("S1", later, yuan("200000.00")), on=later)
    house.do(close_lot, lot, "sold", on=later)
    (row,) = house.read(experience)
    assert (row.way, row.listings, row.right_kind) == ("agreed_sale", 2, "invention")
    assert row.price_ratio == Fraction(20, 300)
    assert round(float(row.price_ratio), 3) == 0.067
    assert row.days_to_money == (later - claim.default_date).days
    assert not {"debtor", "owner", "name", "claim_id"} & set(type(row).__slots__)


def test_a_licence_pays_three_years_and_what_is_over_is_the_debtors(house: House) -> None:
    claim = taken_over(house)
    (lot,) = opened(house, claim)
    valued(house, lot)
    until = date(2029, 6, 30)
    house.do(license_lot, lot, Agreed("许可人", yuan("3600000.00"), until), on=LISTED)
    periods = [(date(2026 + n, 7, 1), date(2027 + n, 6, 30)) for n in range(3)]
    for n, (start, end) in enumerate(periods):
        fee = Proceeds(f"FEE-{n}", end, yuan("1200000.00"), (start, end))
        house.do(receive_proceeds, lot, fee, on=end)
    rows = house.read(lambda s: store.recoveries(s, claim.id))
    assert [row.surplus_minor for row in rows] == [0, 0, 60_000_000]
    assert house.balances("surplus") == {"surplus_payable:policyholder": -60_000_000}
    again = Proceeds("FEE-9", until, yuan("1.00"), (date(2028, 6, 30), date(2028, 7, 2)))
    house.refuse("period-paid", receive_proceeds, lot, again, on=until)
    house.refuse("invalid", receive_proceeds, lot, Proceeds("F", until, yuan("1.00")), on=until)
    outside = Proceeds("F", until, yuan("1.00"), (until, until + timedelta(days=1)))
    house.refuse("invalid", receive_proceeds, lot, outside, on=until)
    assert house.read(experience) == ()
    house.do(close_lot, lot, "the term is over", on=until)
    (row,) = house.read(experience)
    days = [(end - claim.default_date).days for _, end in periods]
    assert (row.way, row.days_to_money) == ("licence", sum(days) // 3)


def test_expenses_are_capped_and_come_off_in_their_place(house: House) -> None:
    claim = taken_over(house)
    (lot,) = opened(house, claim)
    disposal = house.read(lambda s: lots.disposals(s, claim.id))[0].id
    unknown = Expense("counsel", "B0", TAKEN, yuan("1.00"))
    house.refuse("invalid", note_expense, disposal, unknown, on=TAKEN)
    valued(house, lot)
    house.do(sell_lot, lot, Agreed("乙", yuan("1000000.00"), PAID), on=LISTED)
    house.do(receive_proceeds, lot, Proceeds("S1", PAID, yuan("1000000.00")), on=PAID)
    counsel = Expense("counsel", "B1", LISTED, yuan("350000.00"))
    row = house.do(note_expense, disposal, counsel, on=PAID)
    assert (row.allowed_minor, row.why) == (
        30_000_000, "counsel: at most 1/10 of the valuation",
    )  # fmt: skip
    sale = house.read(lambda s: store.recoveries(s, claim.id))[0]
    assert sale.net_minor == 70_000_000
    house.refuse("expense-twice", note_expense, disposal, counsel, on=PAID)
    house.do(close_lot, lot, "sold", on=PAID)
    (seen,) = house.read(experience)
    assert (seen.costs_minor, seen.cost_rate) == (30_000_000, Fraction(3, 10))


THIRD = LotStated("ZL202099999999.9", "trademark", "第三人")


def test_the_debtors_own_right_goes_first_unless_agreed(house: House) -> None:
    claim = taken_over(house)
    policy = house.read(lambda s: s.get(builders.PolicyRow, claim.policy_id))
    own = LotStated("ZL202010000001.X", "invention", policy.contract["policyholder"])
    mine, theirs = opened(house, claim, own, THIRD)
    valued(house, theirs, "1000000.00")
    sale = Agreed("乙", yuan("900000.00"), PAID)
    refused = house.refuse("debtor-first", sell_lot, theirs, sale, on=LISTED)
    assert "392" in refused.faults[0].problem
    valued(house, mine)
    house.do(sell_lot, mine, Agreed("甲", yuan("1.00"), PAID), on=LISTED)
    house.do(receive_proceeds, mine, Proceeds("S1", PAID, yuan("1.00")), on=PAID)
    assert house.do(sell_lot, theirs, sale, on=LISTED).price_minor == 90_000_000


def test_an_agreed_order_holds(house: House) -> None:
    claim = taken_over(house)
    policy = house.read(lambda s: s.get(builders.PolicyRow, claim.policy_id))
    own = LotStated("ZL202010000001.X", "invention", policy.contract["policyholder"])
    _, theirs = opened(house, claim, own, THIRD, agreed=True)
    valued(house, theirs, "1000000.00")
    house.do(sell_lot, theirs, Agreed("乙", yuan("900000.00"), PAID), on=LISTED)


def test_what_was_paid_passes_less_what_the_insured_had(house: House) -> None:
    waiver = Waiver(date(2026, 5, 1), yuan("30000.00").minor)
    late = Waiver(date(2026, 6, 5), yuan("500.00").minor)
    claim = taken_over(house, received=yuan("50000.00"), waivers=(waiver, late))
    row = house.read(lambda s: subrogation_of(s, claim.id))
    assert (row.paid_minor, row.received_minor, row.taken_minor) == (
        48_000_000, 5_000_000, 40_000_000,
    )  # fmt: skip
    assert [one["code"] for one in row.findings] == ["waiver-before-payment", "waiver-void"]
    (told,) = house.read(lambda s: notices(s, row.id))
    assert (told.role, told.amount_minor) == ("debtor", 40_000_000)
    again = Taking(yuan("0"))
    house.refuse("taken-over", subrogate, claim.id, again, on=TAKEN)


def test_co_guarantors_are_told_their_agreed_shares(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "_BESIDE", (*builders._BESIDE, "recourse_notice"))
    monkeypatch.setattr(builders, "_PAPER_OF", {
        act: kind for act, kind in builders._PAPER_OF.items() if act is not subrogate
    })  # fmt: skip
    shares = (Liable("co_guarantor", "甲担保", Fraction(1, 3)),
              Liable("co_guarantor", "乙担保", Fraction(1, 6)))  # fmt: skip
    claim = taken_over(house, liable=shares)
    row = house.read(lambda s: subrogation_of(s, claim.id))
    told = house.read(lambda s: notices(s, row.id))
    assert [one.amount_minor for one in told] == [48_000_000, 16_000_000, 8_000_000]


@pytest.mark.parametrize(
    "wrong",
    [
        {"received": Money(1, "EUR")},
        {"liable": (Liable("friend", "x"),)},
        {"liable": (Liable("co_guarantor", "x", Fraction(2, 3)),
                    Liable("co_guarantor", "y", Fraction(2, 3)))},
        {"waivers": (Waiver(TAKEN, -1),)},
    ],
)  # fmt: skip
def test_a_taking_over_that_is_wrong_is_refused(house: House, wrong: dict[str, Any]) -> None:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    taking = Taking(**{"received": yuan("0"), **wrong})
    house.refuse("invalid", subrogate, claim.id, taking, on=TAKEN)


def test_nothing_is_enforced_before_it_is_taken_over(house: House) -> None:
    claim = house.settled(house.policy())
    house.refuse("not-taken-over", open_disposal, claim.id, Opening(), on=SETTLED)
    house.refuse("no-pledge-passed", note_pledgee, claim.id, "R", SETTLED, on=SETTLED)


def test_one_disposal_at_a_time_and_each_right_once(house: House) -> None:
    claim = taken_over(house)
    house.refuse("invalid", open_disposal, claim.id, Opening((THIRD, THIRD)), on=TAKEN)
    (lot,) = opened(house, claim)
    house.refuse("disposal-open", open_disposal, claim.id, Opening(), on=TAKEN)
    listing = Listed("v", OPENS, CLOSES, yuan("1.00"), yuan("0.10"))
    house.refuse("lot-not-valued", list_lot, lot, listing, on=LISTED)
    house.refuse("lot-not-listed", award_lot, lot, on=LISTED)
    house.refuse("lot-not-awarded", receive_proceeds, lot,
                 Proceeds("S", TAKEN, yuan("1.00")), on=TAKEN)  # fmt: skip
    house.refuse("lot-not-free", sell_lot, lot, Agreed("x", yuan("1.00"), PAID), on=TAKEN)
    house.refuse("no-such-lot", award_lot, "lo_none", on=TAKEN)


def open_duties(house: House, claim: ClaimRow, on: date) -> list[str]:
    found = house.read(lambda s: duties(s, claim.id, on))
    return [one.code for one in found if one.done_on is None]


def test_duties_say_what_comes_next(house: House) -> None:
    claim = taken_over(house)
    assert open_duties(house, claim, TAKEN) == ["note_pledgee"]
    house.do(note_pledgee, claim.id, "GJ-1", date(2026, 6, 12), on=date(2026, 6, 12))
    house.refuse("pledgee-noted", note_pledgee, claim.id, "X", TAKEN, on=date(2026, 6, 13))
    (lot,) = opened(house, claim)
    assert open_duties(house, claim, TAKEN) == ["lot_opened"]
    valued(house, lot)
    listed(house, lot)
    found = house.read(lambda s: duties(s, claim.id, LISTED))
    assert [(one.code, one.due) for one in found if not one.done_on] == [
        ("lot_listed", date(2026, 8, 2)),
    ]  # fmt: skip
    assert found[1].due == date(2026, 6, 25)  # ten working days, the Dragon Boat days left out
    house.do(award_lot, lot, on=AFTER)
    house.do(sell_lot, lot, Agreed("乙", yuan("100.00"), PAID), on=AFTER)
    house.do(receive_proceeds, lot, Proceeds("S1", PAID, yuan("100.00")), on=PAID)
    assert open_duties(house, claim, PAID) == [
        "lot_paid", "set_off_appraiser", "give_back_bank", "set_off_fund",
    ]  # fmt: skip

"""What is offered on a lot is what its acts take: each asks the act's own check."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import builders
import pytest
from builders import House, a_desk, a_risk, shipped, yuan

from api.offered_children import of_disposals
from claims.award_disposal import award_lot
from claims.close_disposal import close_lot
from claims.disposal import lots
from claims.note_disposal import BidMade, Listed, Valued, bid_on, list_lot, value_lot
from claims.open_disposal import LotStated, Opening, open_disposal
from claims.sell_lot import Agreed, sell_lot
from claims.subrogate import Taking, subrogate

TAKEN, LISTED, AFTER = date(2026, 6, 10), date(2026, 7, 1), date(2026, 8, 3)
OPENS = datetime(2026, 8, 1, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)
DUE, LATE = date(2026, 9, 2), date(2026, 9, 3)
SCHEME = "zhongshan-2021"


@pytest.fixture
def lot(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """One right of a settled claim that was taken over, valued at 3,000,000.00."""
    monkeypatch.setitem(builders._PAPER_OF, subrogate, "recourse_notice")
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))
    house.do(subrogate, claim.id, Taking(yuan("0")), on=TAKEN)
    stated = Opening((LotStated("ZL-1", "invention", "第三人"),), True)
    row = house.do(open_disposal, claim.id, stated, on=TAKEN)
    (one,) = house.read(lambda s: lots.lots(s, row.id))
    valued = Valued("示范评估", "income", TAKEN, yuan("3000000.00"))
    house.do(value_lot, one.id, valued, on=TAKEN)
    return str(one.id)


def listed(house: House, lot: str) -> None:
    asked = Listed("法院网拍", OPENS, CLOSES, yuan("2100000.00"), yuan("210000.00"))
    house.do(list_lot, lot, asked, on=LISTED)


def offered(house: House, lot: str, on: date, at: datetime | None = None) -> set[str]:
    desk = a_desk(on)
    desk = replace(desk, at=at or desk.at)

    def found(session: Any) -> set[str]:
        claim_id = lots.disposal(session, lots.lot(session, lot).disposal_id).claim_id
        every = of_disposals(session, claim_id, desk)
        return {name for name, path in every if path.startswith(f"/v1/lots/{lot}/")}

    return house.read(found)


def test_a_buyer_by_agreement_who_never_pays_leaves_a_lot_to_close(house: House, lot: str) -> None:
    house.do(sell_lot, lot, Agreed("买受人", yuan("1000000.00"), DUE), on=AFTER)
    assert offered(house, lot, DUE) == {"receive_proceeds"}
    assert offered(house, lot, LATE) == {"receive_proceeds", "close_lot"}
    house.do(close_lot, lot, "nobody pays", on=LATE)
    assert offered(house, lot, LATE) == set()


def test_a_listing_may_be_closed_until_a_valid_bid_stands(house: House, lot: str) -> None:
    listed(house, lot)
    assert "close_lot" in offered(house, lot, AFTER)
    made = BidMade("甲", yuan("2100000.00"), OPENS, deposit_paid=True)
    house.do(bid_on, lot, made, on=AFTER)
    assert offered(house, lot, AFTER) == {"bid_on_lot", "award_lot"}
    house.do(award_lot, lot, on=AFTER)
    pay_by = house.read(lambda s: lots.awards(s, lot))[-1].pay_by
    assert offered(house, lot, pay_by) == {"receive_proceeds"}
    late = pay_by + timedelta(days=1)  # its deposit is taken in before the lot may end
    assert offered(house, lot, late) == {"receive_proceeds", "default_award"}


def test_a_lot_is_awarded_from_the_instant_at_which_bidding_closes(house: House, lot: str) -> None:
    listed(house, lot)
    on, soon = date(2026, 8, 2), timedelta(seconds=1)
    assert "award_lot" not in offered(house, lot, on, CLOSES - soon)
    assert "award_lot" in offered(house, lot, on, CLOSES)

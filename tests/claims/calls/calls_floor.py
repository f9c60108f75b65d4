"""What the tests of calls share: acts at a desk, each followed by the audit of calls."""

from collections.abc import Callable
from datetime import date
from typing import Any

from builders import SETTLED, House, a_desk, a_risk, shipped, yuan

from claims import store as claim_store
from claims.calls import store
from claims.calls.audit import verify_calls
from claims.calls.tables import CallRow
from claims.tables import ClaimRow
from kernel.db.engine import transact

ZHONGSHAN = "zhongshan-2021"


def act(
    house: House, does: Callable[..., Any], *args: Any, on: date = SETTLED, actor: str = "clerk"
) -> Any:
    """Do one act in a transaction, then audit the house and its calls."""
    done = transact(house.engine, lambda s: does(s, *args, desk=a_desk(on, actor)))
    audited(house)
    return done


def audited(house: House) -> None:
    house.audit()
    assert house.read(verify_calls) == ()


def settled(house: House, money: str = "70000000.00", **cover: Any) -> ClaimRow:
    """A settled claim of 3,000,000.00: fund 54, bank 26, insurer 16, appraiser 4 in a hundred."""
    house.pool(shipped(ZHONGSHAN), "fund", yuan(money))
    claim = house.settled(house.policy(a_risk(cover={"scheme": ZHONGSHAN, **cover})))
    audited(house)
    return claim


def calls_on(house: House, claim: ClaimRow, party: str) -> list[CallRow]:
    """The calls and refunds of a party in the order raised."""
    rows = house.read(lambda s: store.of_claim(s, claim.id))
    return [row for row in rows if row.party == party]


def call_on(house: House, claim: ClaimRow, party: str) -> CallRow:
    return calls_on(house, claim, party)[-1]


def file_of(house: House, claim: ClaimRow) -> dict[str, Any]:
    return house.read(lambda s: claim_store.claim(s, claim.id)).file

"""Payments of one call that come at one time: exactly its amount is taken, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from builders import SETTLED, House, a_desk, yuan
from calls_floor import audited, call_on, settled

from claims.calls import store
from claims.pay_call import CallPayment, pay_call
from claims.recompute import share_anew
from kernel.db.engine import transact
from kernel.errors import Refusal
from kernel.money import Money

CLERKS = 20


def together(acts: list[Callable[[], Any]]) -> list[bool]:
    """Run acts at one time, each in a thread; returns which were done."""

    def attempt(act: Callable[[], Any]) -> bool:
        try:
            act()
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as clerks:
        return list(clerks.map(attempt, acts))


def paying(house: House, call_id: str, amount: Money, reference: str) -> Callable[[], Any]:
    payment, desk = CallPayment(amount, SETTLED, reference), a_desk(SETTLED)
    return lambda: transact(house.engine, lambda s: pay_call(s, call_id, payment, desk=desk))


def test_twenty_payments_of_one_call_take_exactly_its_amount(house: House) -> None:
    """120,000.00 are called for; twenty clerks record 10,000.00 each."""
    claim = settled(house, settles="lead")
    row = call_on(house, claim, "appraiser")
    part = yuan("10000.00")
    done = together([paying(house, row.id, part, f"W{n}") for n in range(CLERKS)])
    assert sum(done) == row.amount_minor // part.minor == 12
    paid = call_on(house, claim, "appraiser")
    assert (paid.paid_minor, paid.state) == (12_000_000, "paid")
    assert len(house.read(lambda s: store.payments(s, row.id))) == 12
    assert house.balances("share_receivable:appraiser") == {"share_receivable:appraiser": 0}
    audited(house)


def test_one_transfer_is_recorded_once(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    same = paying(house, row.id, yuan("10.00"), "W1")
    assert sum(together([same] * 5)) == 1
    assert call_on(house, claim, "fund").paid_minor == 1000
    audited(house)


def test_a_payment_and_a_new_settlement_queue(house: House) -> None:
    """Whoever comes second sees what the first did; no cent is called for twice."""
    claim = settled(house, settles="lead")
    row, desk = call_on(house, claim, "fund"), a_desk(SETTLED)
    again = [
        lambda: transact(house.engine, lambda s: share_anew(s, claim.id, "again", desk=desk))
    ] * 2
    pays = [paying(house, row.id, yuan("100000.00"), f"W{n}") for n in range(4)]
    assert all(together([*again, *pays]))
    assert call_on(house, claim, "fund").open_minor == 162_000_000 - 40_000_000
    audited(house)

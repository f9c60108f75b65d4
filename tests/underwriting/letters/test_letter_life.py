"""One letter from draft to release on paper: three declarations, an amendment, a call, a payment.

Figures worked by hand, in yuan: limit 5,000,000. Declarations A 1,200,000, B 900,000 and
C 2,000,000. A and B are paid by the importer; of C customs demands 2,000,000 and 21,000 of late
surcharge, within the amount. The limit is raised to 6,000,000 before.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from letters_sample import a_letter

from kernel.errors import Conflict
from kernel.money import Money
from kernel.working_days import load_calendar
from underwriting.letters.amendments import amendment_faults, changes
from underwriting.letters.clocks import accept_by
from underwriting.letters.content import content_hash
from underwriting.letters.declared import Held, Standing, answer, demand, release, reserve
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.guards import (
    check_claimable,
    check_district,
    check_releasable,
    check_revocable,
    check_usable,
)
from underwriting.letters.moves import State, move
from underwriting.letters.usage import Account, Use, after

CALENDAR = load_calendar()
LETTER = a_letter(
    issued_on=date(2026, 2, 27),
    usable_from=date(2026, 3, 2),
    usable_until=date(2026, 8, 31),
    claim_until=date(2026, 12, 18),
)


def left(account: Account) -> tuple[Money, Money]:
    """Return what is left of a limit, and what is open of that."""
    return Money(account.limit - account.drawn, "CNY"), Money(account.reserved, "CNY")


def walk(*path: State) -> str:
    here = State.DRAFT.value
    for to in path:
        here = move(here, to)
    return here


def drawn_by(account: Account, yuan: int, on: date) -> Held:
    check_usable(LETTER, on)
    check_district(LETTER, "2248")
    return reserve(account, yuan * 100)


def test_issue_and_acceptance() -> None:
    assert walk(State.APPROVED, State.SIGNED, State.SENT, State.ACCEPTED) == "accepted"
    assert accept_by(date(2026, 2, 27), LETTER.mode, CALENDAR) == date(2026, 3, 12)
    check_revocable(LETTER, State.SENT, written_release=False)
    with pytest.raises(Conflict):
        check_revocable(LETTER, State.ACCEPTED, written_release=False)


def test_three_declarations_an_amendment_a_call_and_the_end() -> None:
    account = Account(limit=LETTER.amount.minor)
    account, a = drawn_by(account, 1_200_000, date(2026, 3, 2))
    account, b = drawn_by(account, 900_000, date(2026, 4, 15))
    assert account.available == 2_900_000_00
    account, a = release(account, a, 1_200_000_00, restored=LETTER.restored)
    account, c = drawn_by(account, 2_000_000, date(2026, 8, 31))
    assert account.available == 2_100_000_00

    second = replace(LETTER, version=2, amount=Money(6_000_000_00, "CNY"))
    taken = account.reserved + account.drawn
    assert amendment_faults(LETTER, second, taken=taken, consent=False) == ()
    assert [one.field for one in changes(LETTER, second)] == ["amount"]
    assert content_hash(second) != content_hash(LETTER)
    account = after(account, Use.AMEND, second.amount.minor, restored=True)
    assert account.available == 3_100_000_00

    account, b = release(account, b, 900_000_00, restored=LETTER.restored)
    check_claimable(LETTER, date(2026, 10, 9))
    clock = DemandClock.of(date(2026, 10, 9), LETTER.demands, CALENDAR)
    assert (clock.refuse_by, clock.pay_by) == (date(2026, 10, 15), date(2026, 10, 22))
    account, c = demand(account, c, 2_000_000_00, 21_000_00)
    with pytest.raises(Conflict):
        check_releasable(*left(account), written_release=False)
    account, c = answer(account, c, Use.PAY)

    assert account == Account(limit=6_000_000_00, reserved=0, drawn=2_021_000_00)
    assert [one.standing for one in (a, b, c)] == [
        Standing.RELEASED, Standing.RELEASED, Standing.PAID,
    ]  # fmt: skip
    check_releasable(*left(account), written_release=True)
    path = (State.APPROVED, State.SIGNED, State.SENT, State.ACCEPTED, State.IN_USE)
    assert walk(*path, State.DEMANDED, State.PAID, State.RELEASED) == "released"


def test_nothing_is_drawn_once_use_has_ended_and_demands_still_come() -> None:
    day_after = LETTER.usable_until + timedelta(days=1)
    with pytest.raises(Conflict):
        drawn_by(Account(limit=1_00), 1, day_after)
    check_claimable(LETTER, day_after)

"""Money between the parties of a claim: calls that are paid, recoveries that are handed over."""

from datetime import date

from builders import RECOVERED, SETTLED, House

from claims.answer_call import answer_call
from claims.calls import store as called
from claims.disposal.owed_first import to_give
from claims.facts import case_of
from claims.pay_recovery import Payment, pay_recovery
from claims.tables import ClaimRow
from kernel.money import Money


def collect(house: House, claim: ClaimRow, *, on: date = SETTLED) -> None:
    """Every call on a claim is paid."""
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        house.do(answer_call, call.id, on, on=on)


def hand_over(house: House, claim: ClaimRow, *, on: date = RECOVERED) -> None:
    """Every payee is given what it is due of recoveries."""
    case = house.read(lambda s: case_of(s, claim.id))
    for one in house.read(lambda s: to_give(s, case)):
        sum_, reference = Money(one.out, claim.currency), f"OUT-{one.payee}-{on}"
        house.do(pay_recovery, claim.id, Payment(one.payee, "out", sum_, on, reference), on=on)

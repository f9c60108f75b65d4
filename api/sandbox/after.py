"""What happens after a settlement: calls, recovery, pools that wait for the final loss, the end."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any, Final

from sqlmodel import Session

from api.sandbox.called import call_items
from api.sandbox.item import Item
from api.sandbox.told import Told
from claims import store
from claims.calls import store as calls
from claims.close import close, unsettled
from claims.disposal.owed_first import to_give
from claims.facts import Case
from claims.file_with_pool import FinalLoss, file_with_pool, fix_final_loss
from claims.pay_recovery import Payment, pay_recovery
from claims.recover import Receipts, recover
from kernel.desk import Desk
from kernel.money import Money, round_half_up

_GIVEN_AFTER: Final = timedelta(days=3)
_FINAL_AFTER: Final = timedelta(days=6)
_CLOSES_AFTER: Final = timedelta(days=30)


def after_settling(session: Session, told: Told) -> Iterator[Item]:
    """Yield the next things of a settled claim."""
    case = told.case
    assert case is not None, "a settled claim is there"
    standing = case.standing
    assert standing is not None, "a settled claim has a settlement"
    yield from call_items(session, told, case.claim.id)
    first = min(row.settled_on for row in store.settlements(session, case.claim.id))
    last, received = first, store.recoveries(session, case.claim.id)
    if told.scenario.recovers:
        on = first + timedelta(days=told.scenario.recovers.after_days)
        if not received:
            back, minor = partial(_recover, told, case), _recovered(told, case)
            yield told.item("recovered", on, back, role="adjuster", minor=minor)
            return
    if received:
        last = max(row.value_date for row in received)
        yield from _given(session, told, case, last + _GIVEN_AFTER)
    yield from _final(session, told, case, last + _FINAL_AFTER)
    if not any(unsettled(session, case)):
        act = partial(_close, case)
        yield told.item("closed", last + _CLOSES_AFTER, act, role="second")


def _recovered(told: Told, case: Case) -> int:
    """Return what the scenario recovers, minor units."""
    stated = told.scenario.recovers
    assert stated is not None, "the scenario recovers"
    return round_half_up(Fraction(stated.share_of_principal) * case.claim.asked["principal"])


def _recover(told: Told, case: Case, session: Session, desk: Desk) -> str:
    currency = case.claim.currency
    receipts = Receipts(
        reference=f"SB-{case.claim.number}",
        source="借款人 the debtor",
        value_date=desk.on,
        gross=Money(_recovered(told, case), currency),
        costs=Money(0, currency),
        origin="debtor",
    )
    return f"/v1/recoveries/{recover(session, case.claim.id, receipts, desk=desk).id}"


def _given(session: Session, told: Told, case: Case, on: date) -> Iterator[Item]:
    for one in to_give(session, case):  # who owes on its call is given nothing until it has paid
        if one.out and not one.kept:
            act = partial(_give, case, one.payee, one.out)
            part: dict[str, Any] = {"of": one.payee, "party": one.payee, "minor": one.out}
            yield told.item("given_back", on, act, role="second", **part)


def _give(case: Case, payee: str, minor: int, session: Session, desk: Desk) -> None:
    payment = Payment(
        payee, "out", Money(minor, case.claim.currency), desk.on, f"SB-{payee}-{desk.on}"
    )
    pay_recovery(session, case.claim.id, payment, desk=desk)


def _final(session: Session, told: Told, case: Case, on: date) -> Iterator[Item]:
    """Yield the final loss and its filing with each pool that waits for it."""
    waiting = [row for row in calls.filings(session, case.claim.id) if row.amount_minor]
    if any(row.state == "waiting" for row in waiting):
        yield told.item("loss_final", on, partial(_fix, case), role="adjuster")
    for row in waiting:
        if row.state == "fixed":
            act = partial(_file, case, row.party)
            part: dict[str, Any] = {"of": row.party, "party": row.party, "minor": row.amount_minor}
            yield told.item("pool_filed", on, act, role="adjuster", **part)


def _fix(case: Case, session: Session, desk: Desk) -> None:
    final = FinalLoss(desk.on, "recoveries_ended", "the scenario has no more to recover")
    fix_final_loss(session, case.claim.id, final, desk=desk)


def _file(case: Case, party: str, session: Session, desk: Desk) -> None:
    file_with_pool(session, case.claim.id, party, desk=desk)


def _close(case: Case, session: Session, desk: Desk) -> None:
    close(session, case.claim.id, "the scenario ends", desk=desk)

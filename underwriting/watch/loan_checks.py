"""Whether a loan event fits what is known of the loan: order, balance, one event by one name."""

from collections.abc import Iterator, Sequence
from datetime import date

from kernel.errors import Fault
from kernel.money import Money
from underwriting.watch.account import Account
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

_BEFORE_MONEY = (Kind.EXTENSION_ASKED, Kind.WITHDRAWN, Kind.DISBURSED)
"""Kinds that may come before the loan is paid out."""


def known_as(event: LoanEvent, past: Sequence[LoanEvent]) -> LoanEvent | None:
    """Return the event that is known by the same key, if any."""
    return next((one for one in past if one.key == event.key), None)


def event_faults(
    event: LoanEvent, past: Sequence[LoanEvent], *, place: str, loan: Money, on: date
) -> Iterator[Fault]:
    """Yield why an event cannot have happened, given all that is known; `on` is today.

    The whole course is tried with it in its place, so that an event of an earlier day may not
    take more back than was owed then, nor leave a later one without ground.
    """
    same = known_as(event, past)
    if same is not None:
        if same.said() != event.said():
            words = f"{event.key} names another event, of {same.happened_on}"
            yield Fault(f"{place}.key", words, "give each event a name of its own")
        return
    if event.happened_on > on:
        yield Fault(
            f"{place}.happened_on", f"{event.happened_on} lies ahead", "state what happened"
        )
        return
    if event.kind is Kind.WITHDRAWN:
        yield from _withdrawal(event, past, place)
    yield from _course((*past, event), place, loan, event.seq)


def _withdrawal(event: LoanEvent, past: Sequence[LoanEvent], place: str) -> Iterator[Fault]:
    counts = {one.key for one in counting(past)}
    if event.withdraws not in counts:
        words = f"{event.withdraws} is no event that counts"
        yield Fault(f"{place}.withdraws", words, "name one that is on record and not taken back")


def _course(events: Sequence[LoanEvent], place: str, loan: Money, seq: int) -> Iterator[Fault]:
    """Yield the first thing that cannot be, blamed on the event `seq` that is being added."""
    now = Account()
    for one in counting(events):
        wrong = _wrong(one, now, loan)
        if wrong is not None:
            field, words, cure = wrong
            late = "" if one.seq == seq else f"; {one.key} of {one.happened_on} would not stand"
            yield Fault(f"{place}.{field}", f"{words}{late}", cure)
            return
        now = now.after(one)


def _wrong(event: LoanEvent, now: Account, loan: Money) -> tuple[str, str, str] | None:
    unit = loan.currency
    if now.disbursed == 0 and event.kind not in _BEFORE_MONEY:
        return "kind", f"nothing is disbursed by {event.happened_on}", "report the disbursement"
    if event.kind is Kind.DISBURSED and now.disbursed + event.principal > loan.minor:
        words = f"brings what is paid out to {Money(now.disbursed + event.principal, unit)}"
        return "principal", f"{words}, above the loan of {loan}", "report what is beyond as redrawn"
    if event.kind in (Kind.REPAID, Kind.PREPAID) and event.principal > now.owed:
        words = f"is {Money(event.principal, unit)}; {Money(now.owed, unit)} is owed"
        return "principal", f"{words} on {event.happened_on}", "repay no more than is owed"
    if event.kind is Kind.OVERDUE and event.principal > now.owed:
        words = f"is {Money(event.principal, unit)}; {Money(now.owed, unit)} is owed"
        return "principal", words, "state the principal that is unpaid"
    if event.kind is Kind.CURED and now.overdue_since is None:
        return "kind", f"nothing is overdue on {event.happened_on}", "report what was overdue first"
    return None

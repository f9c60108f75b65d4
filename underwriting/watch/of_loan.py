"""What the events of the loan add to the watch: overdue, non-performing, changed without leave."""

from collections.abc import Iterator
from datetime import date, timedelta

from underwriting.watch.account import Account
from underwriting.watch.alert import Alert, Noted
from underwriting.watch.change_consented import LoanFile
from underwriting.watch.counting import counting
from underwriting.watch.kinds import On, watch_kinds
from underwriting.watch.loan_event import LoanEvent


def alerts_of_loan(file: LoanFile, contract: str, on: date) -> tuple[Alert, ...]:
    """Return what the loan raises until a day, each closed when it ended; deadlines by the day."""
    known = counting(file.events, on)
    found = [
        *_while(known, contract, "loan_overdue"),
        *_while(known, contract, "loan_non_performing"),
    ]
    return (*found, *_breaches(file, known, contract))


def _while(events: tuple[LoanEvent, ...], name: str, kind: str) -> Iterator[Alert]:
    """Yield one alert for each stretch in which the account is as `kind` says."""
    now, begun = Account(), None
    for event in events:
        now = now.after(event)
        if _is(now, kind) and begun is None:
            begun = event
        elif not _is(now, kind) and begun is not None:
            yield Alert(_noted(begun, name, kind), event.happened_on)
            begun = None
    if begun is not None:
        yield Alert(_noted(begun, name, kind))


def _is(now: Account, kind: str) -> bool:
    if kind == "loan_overdue":
        return now.overdue_since is not None
    return now.loan_class is not None and not now.loan_class.performing


def _noted(event: LoanEvent, name: str, kind: str) -> Noted:
    days = watch_kinds()[kind].days
    assert days is not None, "both kinds count days"
    start = event.since or event.happened_on
    return Noted(
        seq=event.seq,
        kind=kind,
        subject=On.LOAN,
        name=name,
        happened_on=start,
        noted_on=event.happened_on,
        deadline=start + timedelta(days=days),
        key=event.key,
        told_by="loan events",
    )


def _breaches(file: LoanFile, known: tuple[LoanEvent, ...], name: str) -> Iterator[Alert]:
    """Yield one alert for each breach; leave that is given later does not close it."""
    counts = {one.id: one for one in known}
    days = watch_kinds()["change_without_consent"].days
    assert days is not None, "the kind counts days"
    for breach in file.breaches:
        event = counts.get(breach.event_id)
        if event is not None:
            yield Alert(
                Noted(
                    seq=event.seq,
                    kind="change_without_consent",
                    subject=On.LOAN,
                    name=name,
                    happened_on=event.happened_on,
                    noted_on=breach.found_on,
                    deadline=breach.found_on + timedelta(days=days),
                    key=event.key,
                    told_by="loan events",
                )
            )

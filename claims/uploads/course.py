"""The whole course of a claim for its clocks: pauses, agreed days, acknowledgements, filings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from claims import store
from claims.calls.store import filings
from claims.calls.waiting import waits_for_loss
from claims.facts import Case, clock_file
from claims.rules.clocks import ClaimFile, Deadline, Filing, deadlines
from claims.rules.purpose import ON_ACCOUNT, Purpose
from claims.tables import SettlementRow
from kernel.working_days import Calendar


def course(
    session: Session, case: Case, settled: Sequence[SettlementRow] | None = None
) -> ClaimFile:
    """Return all that is known of a claim's course.

    `settled` are its settlements, first to newest, where they were read already.

    An agreement on the amount, and each payment, acknowledges the claim.
    """
    file = clock_file(case)
    settled = store.settlements(session, case.claim.id) if settled is None else settled
    paid = [row for row in settled if row.paid_out_minor]
    advances = (row.settled_on for row in paid if Purpose(row.purpose) in ON_ACCOUNT)
    return replace(
        file,
        advanced_on=min(advances, default=None),
        acknowledged=tuple(sorted({*_acknowledged(file), *(row.settled_on for row in paid)})),
        notice_days=case.contract.notice_days,
        filings=tuple(
            Filing(row.party, row.file_by, row.filed_on)
            for row in (filings(session, case.claim.id) if waits_for_loss(case) else ())
            if row.fixed_on
        ),
    )


def clocks(
    session: Session, case: Case, settled: Sequence[SettlementRow] | None = None
) -> tuple[Deadline, ...]:
    """Return every clock of a claim that runs or has run; `settled` as in `course`."""
    return deadlines(course(session, case, settled))


def last_day(due: date, calendar: Calendar) -> date:
    """Return the day by which it may still be done: a last day of rest moves on.

    Civil Code art. 203: where the last day is a statutory day of rest, the day after the rest is
    the last. Beyond the table of working days no day is taken for a day of rest.
    """
    return calendar.earliest_worked(due)


def _acknowledged(file: ClaimFile) -> Iterator[date]:
    if file.agreed_on:
        yield file.agreed_on

"""Which loan events count: known by then, happened by then, and not taken back."""

from collections.abc import Iterable
from datetime import date, datetime

from underwriting.watch.loan_event import LoanEvent, LoanEventKind


def counting(
    events: Iterable[LoanEvent], on: date | None = None, known: datetime | None = None
) -> tuple[LoanEvent, ...]:
    """Return the events that count, in order of their days.

    Of two on one day the one known first comes first. An event that was taken back does not
    count, nor does what took it back; a withdrawal counts from the instant that it is known,
    whatever day it names.
    """
    seen = [
        one
        for one in events
        if known is None or one.known_at is None or one.known_at <= known
    ]  # fmt: skip
    gone = {one.withdraws for one in seen if one.kind is LoanEventKind.WITHDRAWN}
    kept = [
        one
        for one in seen
        if one.key not in gone
        and one.kind is not LoanEventKind.WITHDRAWN
        and (on is None or one.happened_on <= on)
    ]
    return tuple(sorted(kept, key=lambda one: (one.happened_on, one.seq)))

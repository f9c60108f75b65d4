"""The end of a business day, as an instant: what the books knew by then."""

from datetime import UTC, date, datetime, time

from kernel.clock import SHANGHAI


def known_by(on: date) -> datetime:
    """Return the last instant of a day in Shanghai, aware, UTC.

    >>> known_by(date(2026, 3, 2)).isoformat()
    '2026-03-02T15:59:59.999999+00:00'
    """
    return datetime.combine(on, time.max, SHANGHAI).astimezone(UTC)

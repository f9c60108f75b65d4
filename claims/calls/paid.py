"""What parties have paid on a claim, worked out from its calls and refunds."""

from collections.abc import Iterable

from claims.calls.moves import OPEN, State
from claims.calls.tables import CallRow

CALL = "call"
REFUND = "refund"


def net_paid(rows: Iterable[CallRow]) -> int:
    """Return what was paid on calls less what was paid back, minor units."""
    return sum(row.paid_minor if row.direction == CALL else -row.paid_minor for row in rows)


def awaited(rows: Iterable[CallRow]) -> int:
    """Return what is still awaited on open calls, less open refunds, minor units."""
    left = [row for row in rows if row.state in OPEN]
    return sum(row.open_minor if row.direction == CALL else -row.open_minor for row in left)


def in_default(rows: Iterable[CallRow]) -> int:
    """Return what parties in default owe, minor units."""
    return sum(row.open_minor for row in rows if row.state == State.DEFAULTED)


def replaced(rows: Iterable[CallRow]) -> int:
    """Return what was called for, was not paid, and is called for no more, minor units."""
    gone = (State.SUPERSEDED, State.WITHDRAWN)
    return sum(row.open_minor for row in rows if row.direction == CALL and row.state in gone)

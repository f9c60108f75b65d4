"""Numbers for people: kind, date, eight letters of the id. Unique because the id is."""

from datetime import date


def number(kind: str, id_: str, on: date) -> str:
    """Return a number that can be read out on the telephone.

    >>> number("QT", "qt_abcdefgh2345abcdefgh2345ab", date(2026, 3, 2))
    'QT-20260302-ABCDEFGH2345'
    """
    return f"{kind}-{on:%Y%m%d}-{id_.partition('_')[2][:12].upper()}"

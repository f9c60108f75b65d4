"""Amounts and days as a bank's statement writes them, read strictly: what is odd is refused."""

import re
from datetime import date
from typing import Final

from kernel.errors import Invalid
from kernel.money import parse_minor
from kernel.wire import FIRST_DAY, LAST_DAY

_GROUPED: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
_PADDED: Final = re.compile(r"(?P<whole>[0-9]+)(?P<part>\.[0-9]+)?", re.ASCII)
_DAYS: Final = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})", re.ASCII),
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})", re.ASCII),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", re.ASCII),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII),
)
FORMULA: Final = ("=", "+", "@", "-", "\t")
"""How a cell begins that a spreadsheet would work out."""


class UnreadError(ValueError):
    """A cell that cannot be read: why, and how to write it."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.cure = cure


def read_amount(text: str, currency: str) -> int:
    """Read an amount into minor units; an empty cell is nothing.

    Thousands may be grouped by commas, all of them or none.

    Raises:
        UnreadError: it is negative, a formula, or no plain decimal of the currency.

    >>> read_amount("1,234.50", "CNY"), read_amount("0.07", "CNY"), read_amount("", "CNY")
    (123450, 7, 0)
    """
    if not text:
        return 0
    if text.startswith("-") and _PADDED.fullmatch(text[1:].replace(",", "")):
        cure = "state it as a plus; in an account, on the other side"
        raise UnreadError(f"{_shown(text)} is below nought", cure)
    if text.startswith(FORMULA):
        raise UnreadError(f"{_shown(text)} is a formula", "state the figure itself")
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    found = _PADDED.fullmatch(plain)
    if not found:
        raise UnreadError(f"{_shown(text)} is no amount", 'write digits, such as "1234.50"')
    part = (found["part"] or "").rstrip("0").rstrip(".")
    try:
        return parse_minor(f"{found['whole'].lstrip('0') or '0'}{part}", currency)
    except Invalid as refused:
        fault = refused.faults[0]
        raise UnreadError(f"{_shown(text)} {fault.problem}", fault.cure) from None


def read_day(text: str) -> date:
    """Read a day of the calendar, year first.

    Raises:
        UnreadError: it is none.

    >>> read_day("2026年3月2日") == read_day("2026/3/2") == read_day("20260302")
    True
    """
    cure = "write it as 2026-03-02"
    found = next((match for form in _DAYS if (match := form.fullmatch(text))), None)
    if not found:
        raise UnreadError(f"{_shown(text)} is no day" if text else "the day is missing", cure)
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise UnreadError(f"{_shown(text)} is not in the calendar", cure) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UnreadError(f"{_shown(text)} is not between 1990 and 2100", cure)
    return day


def _shown(text: str) -> str:
    """Quote a cell, cut short; what cannot be printed is escaped."""
    most = 40
    return ascii(text[:most]) if not text[:most].isprintable() else repr(text[:most])

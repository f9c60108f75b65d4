"""A figure of a report as text, exact: what it is, of which row, and whether the books hold it."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from io import StringIO
from typing import Final

from kernel.money import Money, round_half_up

NOTHING_BELOW: Final = "分母为零 nothing to divide by"
"""What is said of a ratio whose denominator is nought."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        row: what it is of, in words; the same for all figures of one row.
        code: stable, for programs.
        zh: what it is, in Chinese.
        en: the same in English.
        unit: `count`, `money`, `ratio`, `number`, `text` or `day`.
        value: exact text; an amount without its currency; empty where it is not recorded.
        currency: of an amount; else empty.
        recorded: do the books hold it?
        note: what is left out of it, or what would record it.
    """

    row: str
    code: str
    zh: str
    en: str
    unit: str
    value: str
    currency: str = ""
    recorded: bool = True
    note: str = ""

    @property
    def words(self) -> str:
        """The value as it is printed.

        >>> Figure("r", "c", "", "", "ratio", "1/32").words
        '3.13 %'
        >>> Figure("r", "c", "", "", "money", "1234.50", "CNY").words
        'CNY 1,234.50'
        >>> Figure("r", "c", "", "", "ratio", "", recorded=False, note=NOTHING_BELOW).words
        '分母为零 nothing to divide by'
        """
        if not self.recorded and self.note.startswith(NOTHING_BELOW):
            return NOTHING_BELOW
        if not self.recorded or not self.value:
            return "未记录 not recorded" if not self.recorded else "无 none"
        if self.unit == "money":
            money = Money.of(self.value.removeprefix("-"), self.currency)
            return str(-money if self.value.startswith("-") else money)
        if self.unit == "ratio":
            return f"{round_half_up(Fraction(self.value) * 10_000) / 100:.2f} %"
        if self.unit == "number":
            return f"{round_half_up(Fraction(self.value) * 100) / 100:.2f}"
        return self.value


def csv_of(figures: Sequence[Figure]) -> bytes:
    """Return figures as CSV in UTF-8 with a mark of order, one line each, headings first.

    A text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.name for one in fields(Figure)])
    for figure in figures:
        writer.writerow([_safe(str(value)) for value in asdict(figure).values()])
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Disarm a formula; a plain number below nothing stays what it is."""
    plain = text.removeprefix("-").replace(".", "").replace("/", "").isdigit()
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not plain else text

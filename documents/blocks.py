"""The vocabulary of paper: what a form may say. Values only; `setting/` gives them a shape."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kernel.money import Money

NOTHING: Final = "—"
"""What stands where a value is not given: missing is not zero."""


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Chinese and in English; printed in that order."""

    zh: str
    en: str


Value = str | int | date | Money | Label | None
"""What can be printed. None, and text of spaces only, print as `NOTHING`."""


def written(value: Value) -> str:
    """Return `value` as it is printed.

    >>> written(Money(123456789, "CNY")), written(date(2026, 1, 31)), written(None)
    ('CNY 1,234,567.89', '2026-01-31', '—')
    """
    if isinstance(value, Label):
        return f"{value.zh} {value.en}"
    if isinstance(value, date):
        return value.isoformat()
    return NOTHING if value is None else str(value).strip() or NOTHING


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the document, with an optional line under it."""

    label: Label
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: Label
    value: Value


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in two columns; one that is too long for a column takes the whole line."""

    heading: Label
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table whose headings come again on every page; money stands on the right.

    Attributes:
        rows: one tuple a row, as long as `columns`.
        total: a last row in bold; an empty string leaves a cell blank. Where it has an
            amount, that is the sum of its column; else the caller is wrong: asserted.
        empty: what is said when there are no rows.
    """

    heading: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    empty: Label = Label("无", "None")

    def __post_init__(self) -> None:
        lines = (*self.rows, self.total) if self.total else self.rows
        for row in lines:
            assert len(row) == len(self.columns), f"{self.heading.en}: a row misses a column"
        for place, amount in enumerate(self.total or ()):
            if isinstance(amount, Money):
                assert amount == self._sum(place, amount.currency), (
                    f"{self.heading.en}: {self.columns[place].en} does not add up to {amount}"
                )

    def _sum(self, place: int, currency: str) -> Money:
        added = Money(0, currency)
        for row in self.rows:
            if isinstance(amount := row[place], Money):
                added += amount
        return added


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the wording.

    Attributes:
        is_exemption: it takes cover away or lowers what is paid (exclusions, deductibles,
            coinsurance); it must stand out or has no effect (Insurance Law, article 17).
    """

    heading: str
    text: str
    is_exemption: bool = False


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses, numbered in their order; exemptions stand in a box."""

    heading: Label
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found, with its stable code, its clause and what would cure it."""

    code: str
    words: str
    clause: str
    cure: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings at once."""

    heading: Label
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """The one thing that a hurried reader must see, such as a decision or a payment."""

    label: Label
    value: str
    tone: Literal["good", "care", "bad", "plain"] = "plain"
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Numbered lines of text; nothing is printed when there are none."""

    heading: Label
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Room for the seals and names of the parties, with place and date."""

    place: str
    on: date
    parties: tuple[tuple[Label, str], ...]


Block = Title | Facts | Listing | Clauses | Findings | Banner | Note | Signature

"""The vocabulary of paper: what a form may say. Values only; `setting/` gives them a shape."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kernel.errors import invalid
from kernel.money import Money

NOTHING: Final = "—"
"""What stands where a value is not given: missing is not zero."""
LONGEST_CODE: Final = 300
"""Characters that a QR code of 27 mm holds and a telephone still reads."""


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Chinese and in English; printed in that order."""

    zh: str
    en: str

    @property
    def words(self) -> tuple[str, ...]:
        """What is printed of it: Chinese, then English; once where both say the same.

        >>> Label("担保人", "Guarantor").words, Label("ACME Ltd.", "ACME Ltd.").words
        (('担保人', 'Guarantor'), ('ACME Ltd.',))
        """
        said = {one.strip(): one for one in (self.en, self.zh) if one.strip()}
        return tuple(reversed(said.values()))


Value = str | int | date | Money | Label | None
"""What can be printed. None, and text of spaces only, print as `NOTHING`."""


def written(value: Value) -> str:
    """Return `value` as it is printed.

    >>> written(Money(123456789, "CNY")), written(date(2026, 1, 31)), written(None)
    ('CNY 1,234,567.89', '2026-01-31', '—')
    """
    if isinstance(value, Label):
        return " ".join(value.words) or NOTHING
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
    """A label and what it says.

    Attributes:
        in_words: an amount is followed by its capital words in both languages, which are made
            of the same integer and never typed.
    """

    label: Label
    value: Value
    in_words: bool = False

    def __post_init__(self) -> None:
        assert not self.in_words or isinstance(self.value, Money), "only an amount has words"


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in two columns; one that is too long for a column takes the whole line.

    Attributes:
        deed: set closely, and what is empty is struck through: nothing can be added.
    """

    heading: Label
    facts: tuple[Fact, ...]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table whose headings come again on every page; money stands on the right.

    Attributes:
        rows: one tuple a row, as long as `columns`.
        total: a last row in bold; an empty string leaves a cell blank. Where it has an
            amount, that is the sum of its column; else the caller is wrong: asserted.
        empty: what is said when there are no rows.
        deed: as of `Facts`.
    """

    heading: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    empty: Label = Label("无", "None")
    deed: bool = False

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
    """Clauses, numbered in their order; exemptions stand in a box.

    Attributes:
        deed: set closely, each beside its heading.
    """

    heading: Label
    clauses: tuple[Clause, ...]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found, with its stable code, its clause and what would cure it."""

    code: str
    words: str
    clause: str
    cure: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings at once.

    Attributes:
        deed: as of `Facts`.
    """

    heading: Label
    findings: tuple[Finding, ...]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """The one thing that a hurried reader must see, such as a decision or a payment."""

    label: Label
    value: str
    tone: Literal["good", "care", "bad", "plain"] = "plain"
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Numbered lines of text; nothing is printed when there are none.

    Attributes:
        deed: set closely.
    """

    heading: Label
    lines: tuple[str, ...]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Room for the seals and names of the parties, with place and date."""

    place: str
    on: date
    parties: tuple[tuple[Label, str], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, with what it holds printed beside it as text.

    Attributes:
        label: what a reader finds there.
        url: what the code holds: an address of at most `LONGEST_CODE` characters.
        lines: what is said besides.

    Raises:
        Invalid: `code-unfit`, an address too long, or with a character that no address has.
    """

    label: Label
    url: str
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        odd = next((char for char in self.url if not "!" <= char <= "~"), None)
        if odd is not None:
            problem = f"holds U+{ord(odd):04X}, which no address has"
            raise invalid("code_url", problem, "write it as %XX", code="code-unfit")
        if not 0 < len(self.url) <= LONGEST_CODE:
            problem = f"is no address of 1 to {LONGEST_CODE} characters"
            raise invalid("code_url", problem, "give a shorter one", code="code-unfit")


@dataclass(frozen=True, slots=True)
class Seal:
    """Who seals, where and when, beside the room for the seal.

    Attributes:
        party: in which part, and its name.
        signatory: who signs for it, with post; None where a seal alone is set.
        place: where.
        on: date.
        code: by which the paper is checked; None where there is none.
    """

    party: tuple[Label, str]
    signatory: str | None
    place: str
    on: date
    code: Code | None = None


Block = (
    Title | Facts | Listing | Clauses | Findings | Banner | Note | Signature | Code | Seal
)  # fmt: skip

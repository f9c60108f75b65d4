"""The lines of a letter's tables: districts, what a demand holds, declarations, rights pledged."""

from dataclasses import dataclass
from datetime import date

from documents.blocks import Label, Listing
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A customs district in whose favour the letter is.

    Attributes:
        code: of the district.
        name: in both languages.
        role: of the debtor's registration, of its declarations, or both.
    """

    code: str
    name: Label
    role: Label


@dataclass(frozen=True, slots=True)
class DemandTerms:
    """How payment is demanded.

    Attributes:
        papers: what a demand must hold, and nothing else.
        paid_within: days to payment, in words.
        examined_within: days in which a demand may be refused, in words.
        place: where it is presented.
        medium: in which form.
        parts: whether in part and more than once, in words.
    """

    papers: tuple[Label, ...]
    paid_within: Label
    examined_within: Label
    place: Label
    medium: Label
    parts: Label


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """A declaration that a single letter is for."""

    number: str
    on: date
    tax: Money


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """A right behind the letter; printed only where customs asks.

    Attributes:
        number: of the right.
        title: of the right.
        registration: number of the pledge; None where it is not registered yet.
        expires: of the right.
        rank: 1 is first.
        value: appraised.
    """

    number: str
    title: str
    registration: str | None
    expires: date
    rank: int
    value: Money


def pledge_listing(heading: Label, pledged: tuple[PledgeLine, ...]) -> Listing:
    """The table of rights pledged."""
    columns = (
        Label("权利号", "Right"),
        Label("名称", "Title"),
        Label("质押登记号", "Pledge registration"),
        Label("届满日", "Expires"),
        Label("顺位", "Rank"),
        Label("评估价值", "Appraised"),
    )
    rows = tuple(
        (one.number, one.title, one.registration, one.expires, one.rank, one.value)
        for one in pledged
    )
    return Listing(heading, columns, rows, deed=True)

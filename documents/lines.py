"""What a paper reads, line by line: labels and values in both languages, however it is set."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from documents.blocks import Clauses, Fact, Label, Listing, written
from documents.foot import foot_of
from documents.render import Form
from documents.words import in_chinese, in_english
from kernel.money import Money

BETWEEN: Final = " | "
"""Between the cells of a row."""


def lines_of(form: Form) -> tuple[str, ...]:
    """Return the lines of a form in the order in which they stand on the paper.

    How a line breaks on the page, its size and its colour are left out.
    """
    head = (form.insurer_name, written(form.title), form.number)
    foot = (
        "".join(line.text for cell in row.cells for line in cell.lines)
        for row in foot_of(form).rows
    )
    return (*head, *(line for block in form.blocks() for line in _lines(block)), *foot)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, Fact):
        yield from _fact(value)
    elif isinstance(value, Listing):
        yield from _listing(value)
    elif isinstance(value, Clauses):
        yield from _clauses(value)
    elif isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, Label | Money | date):
        yield written(value)
    elif isinstance(value, tuple):
        yield from _several(value)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "tone":  # a colour
                yield from _lines(getattr(value, field.name))


def _several(values: tuple[Any, ...]) -> Iterator[str]:
    """Yield what a tuple says; a label with a text beside it is one line."""
    match values:
        case (Label() as label, str() as text):
            yield f"{written(label)}: {written(text)}"
        case _:
            for value in values:
                yield from _lines(value)


def _fact(fact: Fact) -> Iterator[str]:
    yield f"{written(fact.label)}: {written(fact.value)}"
    if fact.in_words and isinstance(fact.value, Money):
        yield in_chinese(fact.value)
        yield in_english(fact.value)


def _listing(listing: Listing) -> Iterator[str]:
    yield written(listing.heading)
    if not listing.rows:
        yield written(listing.empty)
        return
    yield _row(listing.columns)
    yield from (_row(row) for row in listing.rows)
    if listing.total:
        yield _row(listing.total)


def _row(cells: Iterable[Any]) -> str:
    return BETWEEN.join("" if one == "" else written(one) for one in cells)


def _clauses(clauses: Clauses) -> Iterator[str]:
    yield written(clauses.heading)
    for place, clause in enumerate(clauses.clauses, start=1):
        yield f"{place}. {clause.heading}"
        yield from _lines(clause.text)

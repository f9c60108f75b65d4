"""Words that many schemas share: the base of answers, lists, findings, problems."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kernel.money import Money
from kernel.wire import Code, Identifier, LongWords, MoneyWire, Wire

_DIGITS = re.compile(r"[0-9]{1,3}", re.ASCII)


class Answer(BaseModel):
    """Base of all that goes out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Identified(Protocol):
    """A row with an id."""

    id: str


Item = TypeVar("Item", bound=BaseModel)
RowT = TypeVar("RowT", bound=Identified)


class Listing(Answer, Generic[Item]):
    """One page of a list."""

    items: tuple[Item, ...]
    next: str | None = Field(description="Ask with `after` set to this; null at the end")


def listing(rows: Sequence[RowT], limit: int, item: Callable[[RowT], Item]) -> Listing[Item]:
    """Return a page of at most `limit` rows; one row more says that there is another page."""
    shown = rows[:limit]
    return Listing(
        items=tuple(item(row) for row in shown),
        next=shown[-1].id if len(rows) > limit else None,
    )


def _nothing(text: str) -> bool:
    """Say whether a text is empty."""
    return not text


class Finding(Answer):
    """What a rule saw, with the clause it rests on and what would change it."""

    code: str
    effect: str
    words: str
    words_zh: str
    clause: str
    cure: str
    evidence: str = Field(
        "",
        description="The record that shows it; left out where none is named",
        exclude_if=_nothing,
    )


class ProblemError(Answer):
    """One thing that is wrong."""

    field: str = Field(description="Dotted path in what was sent")
    problem: str
    cure: str


class Problem(Answer):
    """A refusal (RFC 9457); it always has at least one error."""

    type: str
    title: str
    status: int
    code: str = Field(description="Stable, for programs")
    detail: str
    errors: tuple[ProblemError, ...] = Field(min_length=1)


class ReasonRequest(Wire):
    """Why an act is done; it stays on record."""

    reason: LongWords


def _digits(text: object) -> object:
    """Let plain digits pass: no sign, no blank, no underscore."""
    return "" if isinstance(text, str) and not _DIGITS.fullmatch(text) else text


Limit = Annotated[
    int, BeforeValidator(_digits), Query(ge=1, le=200, description="Most rows of one page")
]
After = Annotated[Identifier | None, Query(description="`next` of the page before")]
PathId = Annotated[Identifier, Path(description="Id as an answer gave it")]
PathCode = Annotated[Code, Path(description="Code as a list gives it")]


def money(minor: int, currency: str) -> MoneyWire:
    """Return minor units as they cross the wire."""
    return MoneyWire.of(Money(minor, currency))

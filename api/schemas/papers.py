"""Prints and differences of papers on the wire."""

from typing import Literal

from pydantic import Field

from api.paper_bytes import Reprint
from api.schemas.common import Answer
from documents.differ import Passage
from kernel.db.tables import DocumentRow


class ReprintAnswer(Answer):
    """A paper printed again from what it says."""

    document_id: str
    number: str
    stated_sha256: str = Field(description="Of what it says")
    sha256: str | None = Field(description="Of the print that is kept; null if never printed")
    edition: str | None = Field(description="Of the house that made the kept print")
    reprint_sha256: str = Field(description="Of the paper printed again just now; not kept")
    reprint_edition: str = Field(description="Of the house that printed just now")
    same: bool | None = Field(
        description="Are both the same bytes? The same edition always prints the same; "
        "null if never printed before"
    )


class LineAnswer(Answer):
    """One line of either paper."""

    mark: Literal["kept", "removed", "added"]
    text: str


class PassageAnswer(Answer):
    """A change, with the lines around it."""

    before: int = Field(description="Number of its first line in the earlier paper, from 1")
    after: int = Field(description="Number of its first line in the later paper, from 1")
    lines: tuple[LineAnswer, ...]


class DifferenceAnswer(Answer):
    """In what one paper reads otherwise than another."""

    document_id: str
    against: str
    same: bool
    removed: int = Field(description="Lines that only the earlier paper has")
    added: int = Field(description="Lines that only the later paper has")
    passages: tuple[PassageAnswer, ...]


def reprint_answer(paper: DocumentRow, again: Reprint) -> ReprintAnswer:
    """Return what printing again showed."""
    assert paper.stated_sha256 is not None, "what is printed again says something"
    kept = again.kept_sha256
    return ReprintAnswer(
        document_id=paper.id,
        number=paper.number,
        stated_sha256=paper.stated_sha256,
        sha256=kept,
        edition=again.kept_edition,
        reprint_sha256=again.sha256,
        reprint_edition=again.edition,
        same=None if kept is None else kept == again.sha256,
    )


def difference_answer(
    later: DocumentRow, earlier: DocumentRow, passages: tuple[Passage, ...]
) -> DifferenceAnswer:
    """Return how `later` reads against `earlier`."""
    marks = [line.mark.value for one in passages for line in one.lines]
    return DifferenceAnswer(
        document_id=later.id,
        against=earlier.id,
        same=not passages,
        removed=marks.count("removed"),
        added=marks.count("added"),
        passages=tuple(
            PassageAnswer(
                before=one.before,
                after=one.after,
                lines=tuple(LineAnswer(mark=line.mark.value, text=line.text) for line in one.lines),
            )
            for one in passages
        ),
    )

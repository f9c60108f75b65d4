"""The bytes of a paper: as it was filed, as it was printed before, or printed now, for good."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from documents.press import Press
from documents.printed import stated_of
from documents.render import Form
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.db.tables import DocumentRow
from kernel.errors import Conflict, Fault, Invalid


@dataclass(frozen=True, slots=True)
class PaperBytes:
    """A paper as it leaves the house.

    Attributes:
        content: the bytes.
        sha256: of them.
    """

    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """A paper printed again, beside the print that is kept.

    Attributes:
        sha256: of the new print, which is not kept.
        kept_sha256: of the kept print; None where it was never printed.
        edition: of the house that prints now.
        kept_edition: of the house that made the kept print.
    """

    sha256: str
    kept_sha256: str | None
    edition: str
    kept_edition: str | None


def bytes_of(engine: Engine, press: Press, paper: DocumentRow, *, at: datetime) -> PaperBytes:
    """Return the bytes of a paper; it is printed the first time, and kept.

    Raises:
        Unavailable: `press-busy`.
    """
    if paper.content is not None:
        assert paper.sha256 is not None, "bytes have their hash"
        return PaperBytes(paper.content, paper.sha256)
    kept = read(engine, lambda session: books.print_of(session, paper.id))
    if kept is None:
        drawn = press.print(_said(paper))
        kept = transact(
            engine,
            lambda session: books.keep_print(
                session, paper, drawn.content, pages=drawn.pages, edition=press.edition, at=at
            ),
        )
    return PaperBytes(kept.content, kept.sha256)


def reprint(engine: Engine, press: Press, paper: DocumentRow) -> Reprint:
    """Print a paper again from what it says, and keep nothing.

    Raises:
        Conflict: `filed-as-bytes`, the paper was signed or filed before papers were kept as what
            they say.
        Unavailable: `press-busy`.
    """
    if paper.content is not None:
        fault = Fault("document_id", "was filed as finished bytes", "compare its sha256 instead")
        raise Conflict("filed-as-bytes", fault)
    kept = read(engine, lambda session: books.print_of(session, paper.id))
    drawn = press.print(_said(paper))
    return Reprint(
        sha256=drawn.sha256,
        kept_sha256=kept.sha256 if kept else None,
        edition=press.edition,
        kept_edition=kept.edition if kept else None,
    )


def form_said(paper: DocumentRow, field: str) -> Form:
    """Return the form that a paper says, from the row or from the bytes that carry it.

    Raises:
        Conflict: `says-nothing`: bytes without what they say, as filed in earlier years.
    """
    if paper.content is None:
        return read_stated(_said(paper))
    try:
        return read_stated(stated_of(paper.content))
    except Invalid as trouble:
        cure = "compare papers that carry form.json"
        fault = Fault(field, f"paper {paper.number} does not carry what it says", cure)
        raise Conflict("says-nothing", fault) from trouble


def _said(paper: DocumentRow) -> str:
    assert paper.stated is not None, "a paper without bytes says what it says"
    return paper.stated

"""The step to papers kept as what they say: nothing that was filed is lost, up or down."""

from collections.abc import Iterator
from functools import partial

import pytest
from alembic import command
from sqlalchemy import Engine, Row, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import make_engine, read, transact
from kernel.db.revisions import alembic_config, check_schema
from kernel.db.tables import DocumentRow
from kernel.db.verify import verify_documents

BEFORE = "4a10c0de0006"
_POLICY = Subject("policy", "po_1")


@pytest.fixture
def later(engine: Engine) -> Iterator[Engine]:
    """The same database, opened again after a step."""
    again = make_engine(_url(engine))
    yield again
    again.dispose()


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _fill(engine: Engine, clock: FixedClock) -> None:
    """A paper of bytes, one that was printed, one that was not."""

    def act(session: Session) -> None:
        books.file(session, _POLICY, "k", number="bytes", content=b"\x00old", at=clock.now())
        for number in ("printed", "said"):
            row = books.file_form(
                session, _POLICY, "k", number=number, stated=f'"保 {number}"', at=clock.now()
            )
            if number == "printed":
                books.keep_print(session, row, b"%PDF", pages=1, edition="e", at=clock.now())

    transact(engine, act)
    engine.dispose()


def _rows(columns: str, session: Session) -> dict[str, Row[tuple[bytes, ...]]]:
    found = session.connection().execute(text(f"SELECT number, {columns} FROM document"))
    return {row[0]: row[1:] for row in found}


def test_down_keeps_every_byte_and_every_word(
    engine: Engine, later: Engine, clock: FixedClock
) -> None:
    _fill(engine, clock)
    command.downgrade(alembic_config(_url(engine)), BEFORE)
    rows = read(later, partial(_rows, "content, media_type"))
    assert {number: bytes(row[0]) for number, row in rows.items()} == {
        "bytes": b"\x00old",
        "printed": b"%PDF",
        "said": '"保 said"'.encode(),
    }
    assert rows["bytes"][1] == rows["printed"][1] == "application/pdf"
    with pytest.raises(IntegrityError, match="document only grows"):
        transact(later, lambda s: s.connection().execute(text("DELETE FROM document")))


def test_down_and_up_again_is_all_there(engine: Engine, later: Engine, clock: FixedClock) -> None:
    _fill(engine, clock)
    command.downgrade(alembic_config(_url(engine)), BEFORE)
    command.upgrade(alembic_config(_url(engine)), "head")
    check_schema(later)
    papers = {one.number: one for one in read(later, lambda s: books.documents(s, _POLICY))}
    assert (papers["bytes"].content, papers["printed"].content) == (b"\x00old", b"%PDF")
    assert (papers["said"].stated, papers["said"].content) == ('"保 said"', None)
    assert {one.media_type for one in papers.values()} == {"application/pdf"}
    assert read(later, verify_documents) == ()
    for table in ("document", "print"):
        with pytest.raises(IntegrityError, match=f"{table} only grows"):
            transact(
                later,
                partial(_delete_after_print, table, papers["said"], clock),
            )


def _delete_after_print(
    table: str, paper: DocumentRow, clock: FixedClock, session: Session
) -> None:
    books.keep_print(session, paper, b"x", pages=1, edition="e", at=clock.now())
    session.connection().execute(text(f"DELETE FROM {table}"))

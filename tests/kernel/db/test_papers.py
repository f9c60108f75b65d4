"""Papers: what one says is kept with its hash, one print stands, nothing half-said gets in."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import read, transact
from kernel.db.tables import DocumentRow, PrintRow

_POLICY = Subject("policy", "po_1")
_SAID = '{"form":{"甲":1}}'


def _filed(engine: Engine, clock: FixedClock) -> DocumentRow:
    return transact(
        engine,
        lambda s: books.file_form(
            s, _POLICY, "schedule", number="Z-1", stated=_SAID, at=clock.now()
        ),
    )


def _print(engine: Engine, paper: DocumentRow, content: bytes, clock: FixedClock) -> PrintRow:
    at, words = clock.now(), {"pages": 2, "edition": "e1"}
    return transact(engine, lambda s: books.keep_print(s, paper, content, at=at, **words))


def test_what_a_paper_says_is_kept_with_its_hash(engine: Engine, clock: FixedClock) -> None:
    _filed(engine, clock)
    (paper,) = read(engine, lambda s: books.documents(s, _POLICY))
    assert paper.stated == _SAID
    assert paper.stated_sha256 == hashlib.sha256(_SAID.encode()).hexdigest()
    assert (paper.content, paper.sha256, paper.media_type) == (None, None, "application/pdf")
    assert read(engine, lambda s: books.print_of(s, paper.id)) is None
    assert read(engine, lambda s: books.copies(s, [paper])) == {}


def test_the_first_print_stands(engine: Engine, clock: FixedClock) -> None:
    paper = _filed(engine, clock)
    first = _print(engine, paper, b"first", clock)
    again = _print(engine, paper, b"second", clock)
    assert (again.content, again.sha256) == (b"first", first.sha256)
    kept = read(engine, lambda s: books.print_of(s, paper.id))
    assert kept is not None
    assert (kept.content, kept.pages, kept.edition) == (b"first", 2, "e1")
    assert kept.sha256 == hashlib.sha256(b"first").hexdigest()


def test_of_many_prints_at_once_one_stands(engine: Engine, clock: FixedClock) -> None:
    paper = _filed(engine, clock)
    with ThreadPoolExecutor(8) as hands:
        prints = list(hands.map(lambda n: _print(engine, paper, b"%d" % n, clock), range(16)))
    assert len({one.sha256 for one in prints}) == 1
    assert read(engine, lambda s: s.connection().scalar(text("SELECT count(*) FROM print"))) == 1


def test_what_is_known_of_the_bytes(engine: Engine, clock: FixedClock) -> None:
    said, content = _filed(engine, clock), b"signed elsewhere"
    _print(engine, said, b"0123456789", clock)
    at = clock.now() + timedelta(1)
    signed = transact(
        engine,
        lambda s: books.file(s, _POLICY, "letter", number="L-1", content=content, at=at),
    )
    papers = read(engine, lambda s: books.documents(s, _POLICY))
    found = read(engine, lambda s: books.copies(s, papers))
    assert found == {
        said.id: books.Copy(hashlib.sha256(b"0123456789").hexdigest(), 10, 2),
        signed.id: books.Copy(hashlib.sha256(content).hexdigest(), len(content), None),
    }


def test_a_paper_filed_as_bytes_is_not_printed(engine: Engine, clock: FixedClock) -> None:
    signed = transact(
        engine,
        lambda s: books.file(s, _POLICY, "letter", number="L-1", content=b"x", at=clock.now()),
    )
    with pytest.raises(AssertionError, match="filed as bytes"):
        _print(engine, signed, b"y", clock)


_WHOLE = {
    "sha256": None, "content": None, "stated": "{}", "stated_sha256": "a" * 64,
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"stated": None, "stated_sha256": None},
        {"stated_sha256": None},
        {"stated": None},
        {"stated_sha256": "a"},
        {"content": b"x"},
        {"sha256": "a" * 64},
        {"content": b"x", "sha256": "a"},
    ],
)
def test_nothing_half_said_is_kept(
    engine: Engine, change: dict[str, Any], clock: FixedClock
) -> None:
    def act(session: Session) -> None:
        common = {"subject_type": "policy", "subject_id": "p", "kind": "k", "number": "n"}
        medium = {"media_type": "application/pdf", "language": "zh-CN", "created_at": clock.now()}
        session.add(DocumentRow(id="dc_1", **common, **medium, **{**_WHOLE, **change}))
        session.flush()

    with pytest.raises(IntegrityError):
        transact(engine, act)


@pytest.mark.parametrize(
    "change", [{"pages": 0}, {"content": b""}, {"sha256": "a"}, {"document_id": "x"}]
)
def test_no_impossible_print_is_kept(
    engine: Engine, change: dict[str, Any], clock: FixedClock
) -> None:
    paper = _filed(engine, clock)
    whole = {
        "document_id": paper.id, "printed_at": clock.now(), "sha256": "a" * 64, "content": b"x",
        "pages": 1, "edition": "e1",
    }  # fmt: skip

    def act(session: Session) -> None:
        session.add(PrintRow(**{**whole, **change}))
        session.flush()

    with pytest.raises(IntegrityError):
        transact(engine, act)

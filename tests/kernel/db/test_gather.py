"""Pages that are gathered are those that would be written one by one, and nobody reads without."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import read, transact
from kernel.db.gather import flush, gathered, gathering, row_of
from kernel.db.tables import JournalRow, OutboxRow, PostingRow
from kernel.db.verify import verify_events, verify_journal
from kernel.errors import Conflict
from kernel.journal import entry

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
ONE, TWO = Subject("claim", "cl_one"), Subject("claim", "cl_two")


def post(session: Session, key: str, minor: int = 100) -> JournalRow | None:
    posting = entry("a payment", date(2026, 3, 2), "CNY", [("cash", -minor), ("claims", minor)])
    return books.post(session, posting, subject=ONE, key=key, at=AT)


def pages(session: Session) -> None:
    """Write some of every kind of page, on two subjects in turn."""
    for number in range(3):
        for subject in (ONE, TWO):
            books.note(session, subject, f"step_{number}", {"n": number}, actor="a", at=AT)
            books.enqueue(session, subject, "told", {"n": number}, at=AT)
        books.file_form(session, ONE, "letter", number=f"L{number}", stated="{}", at=AT)
        post(session, f"pay:{number}")


def told(session: Session) -> tuple[Any, ...]:
    """Return what stands in the books, ids and hashes left out."""
    return (
        [[(e.sequence, e.kind, e.payload) for e in books.events(session, s)] for s in (ONE, TWO)],
        sorted((m.subject_id, m.sequence, m.topic) for m in books.unsent(session)),
        sorted((d.kind, d.number) for d in books.documents(session, ONE)),
        books.balances(session),
    )


def test_gathered_pages_are_those_written_one_by_one(engine: Engine) -> None:
    def at_once(session: Session) -> None:
        with gathered(session):
            pages(session)

    def stray(session: Session) -> None:
        books.note(session, ONE, "before", {}, actor="a", at=AT)

    transact(engine, stray)
    transact(engine, at_once)
    events, messages, papers, balances = transact(engine, told)
    assert [number for number, _, _ in events[0]] == [1, 2, 3, 4]
    assert [number for number, _, _ in events[1]] == [1, 2, 3]
    assert [number for id_, number, _ in messages if id_ == ONE.id] == [1, 2, 3]
    assert papers == [("letter", f"L{number}") for number in range(3)]
    assert balances == {("cash", "CNY"): -300, ("claims", "CNY"): 300}
    for verify in (verify_journal, verify_events):
        assert read(engine, verify) == ()


def test_each_table_is_written_once(engine: Engine) -> None:
    said: list[str] = []

    def act(session: Session) -> None:
        with gathered(session):
            pages(session)

    listen = lambda *words: said.append(words[2])  # noqa: E731 - one that can be taken away
    event.listen(engine, "before_cursor_execute", listen)
    transact(engine, act)
    event.remove(engine, "before_cursor_execute", listen)
    written = [words.split()[2] for words in said if words.startswith("INSERT")]
    assert sorted(written) == ["document", "event", "journal", "outbox", "posting"]


def test_who_reads_in_between_sees_what_waits(engine: Engine) -> None:
    def act(session: Session) -> tuple[Any, ...]:
        with gathered(session):
            pages(session)
            seen = told(session)
            pages_after = books.note(session, ONE, "after", {}, actor="a", at=AT)
            assert pages_after.sequence == 4
        return seen

    seen = transact(engine, act)
    assert [len(rows) for rows in seen[0]] == [3, 3]
    assert seen[3] == {("cash", "CNY"): -300, ("claims", "CNY"): 300}
    assert len(transact(engine, told)[0][0]) == 4
    assert read(engine, verify_events) == ()


@pytest.mark.parametrize("before", [True, False])
def test_a_key_that_has_posted_is_refused_and_nothing_is_written(
    engine: Engine, *, before: bool
) -> None:
    def act(session: Session) -> None:
        with gathered(session):
            books.note(session, TWO, "lost", {}, actor="a", at=AT)
            post(session, "pay:new")
            post(session, "pay:old")
            if not before:
                post(session, "pay:old")

    if before:
        transact(engine, lambda s: post(s, "pay:old"))
    with pytest.raises(Conflict) as refused:
        transact(engine, act)
    assert refused.value.code == "already-posted"
    assert len(read(engine, lambda s: books.events(s, TWO))) == 0
    assert sum(read(engine, books.balances).values()) == 0


def test_an_act_that_fails_writes_nothing(engine: Engine) -> None:
    def act(session: Session) -> None:
        with gathered(session):
            pages(session)
            raise KeyError

    with pytest.raises(KeyError):
        transact(engine, act)
    assert transact(engine, told) == ([[], []], [], [], {})


def test_a_block_within_a_block_waits_for_the_outer_end(engine: Engine) -> None:
    def act(session: Session) -> None:
        with gathered(session) as outer:
            with gathered(session) as inner:
                assert inner is outer
                post(session, "pay:1")
            flush(session)
            assert len(outer.waiting(JournalRow)) == 1
        assert gathering(session) is None
        assert books.posted(session, "pay:1") is not None

    transact(engine, act)


def test_a_row_made_quickly_is_the_row(engine: Engine) -> None:
    del engine
    quick = row_of(PostingRow, entry_id="je", line=1, account="a", currency="CNY", amount_minor=1)
    slow = PostingRow(entry_id="je", line=1, account="a", currency="CNY", amount_minor=1)
    assert quick.model_dump() == slow.model_dump()
    message = row_of(
        OutboxRow, id="ob", created_at=AT, subject_type="a", subject_id="b", sequence=1,
        topic="t", payload={},
    )  # fmt: skip
    assert message.sent_at is None

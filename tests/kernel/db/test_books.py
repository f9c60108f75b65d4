"""What is written into the books stands there, once, and nobody writes over it."""

import hashlib
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import make_engine, read, transact
from kernel.db.row import NAMES
from kernel.db.tables import JournalRow, OutboxRow, PostingRow
from kernel.errors import Conflict
from kernel.journal import Entry, Posting, reverse

_POLICY = Subject("policy", "po_1")
_PREMIUM = Entry(
    "premium written",
    date(2026, 3, 2),
    (
        Posting("premium_receivable:bank", "CNY", 10**17 - 1),
        Posting("premium:insurer", "CNY", 1 - 10**17),
        Posting("premium_receivable:bank", "USD", 7),
        Posting("premium:insurer", "USD", -7),
    ),
)


def _post(engine: Engine, clock: FixedClock, entry: Entry | None, key: str) -> JournalRow | None:
    return transact(
        engine, lambda s: books.post(s, entry, subject=_POLICY, key=key, at=clock.now())
    )


def test_an_entry_is_kept_posting_by_posting(engine: Engine, clock: FixedClock) -> None:
    head = _post(engine, clock, _PREMIUM, "po_1:premium:1")
    assert head is not None
    assert (head.booked_on, head.memo) == (_PREMIUM.on, _PREMIUM.memo)
    assert (head.subject_type, head.subject_id) == ("policy", "po_1")
    assert head.created_at == clock.now()
    in_order = select(PostingRow).order_by(col(PostingRow.line))
    rows = read(engine, lambda session: session.exec(in_order).all())
    assert tuple(Posting(r.account, r.currency, r.amount_minor) for r in rows) == _PREMIUM.postings
    assert {row.entry_id for row in rows} == {head.id}
    assert read(engine, lambda session: books.posted(session, "po_1:premium:1")) == head


def test_balances_follow_from_the_postings(engine: Engine, clock: FixedClock) -> None:
    _post(engine, clock, _PREMIUM, "po_1:premium:1")
    assert read(engine, books.balances) == {
        ("premium:insurer", "CNY"): 1 - 10**17,
        ("premium:insurer", "USD"): -7,
        ("premium_receivable:bank", "CNY"): 10**17 - 1,
        ("premium_receivable:bank", "USD"): 7,
    }
    receivable = read(engine, lambda s: books.balances(s, "premium_receivable:"))
    assert list(receivable) == [
        ("premium_receivable:bank", "CNY"),
        ("premium_receivable:bank", "USD"),
    ]
    assert read(engine, lambda s: books.balances(s, "PREMIUM")) == {}
    assert read(engine, lambda s: books.balances(s, "premium%")) == {}
    assert read(engine, lambda s: books.balance(s, "premium:insurer", "USD")) == -7
    assert read(engine, lambda s: books.balance(s, "premium", "USD")) == 0


def test_a_reversal_brings_every_balance_to_nothing(engine: Engine, clock: FixedClock) -> None:
    _post(engine, clock, _PREMIUM, "po_1:premium:1")
    _post(engine, clock, reverse(_PREMIUM, date(2026, 3, 3)), "po_1:premium:1:reversal")
    assert set(read(engine, books.balances).values()) == {0}


def test_one_act_posts_once(engine: Engine, clock: FixedClock) -> None:
    _post(engine, clock, _PREMIUM, "po_1:premium:1")
    with pytest.raises(Conflict, match="has posted already") as refusal:
        _post(engine, clock, _PREMIUM, "po_1:premium:1")
    assert refusal.value.code == "already-posted"
    assert len(read(engine, lambda session: session.exec(select(JournalRow)).all())) == 1


def test_nothing_to_move_posts_nothing(engine: Engine, clock: FixedClock) -> None:
    assert _post(engine, clock, None, "po_1:premium:1") is None
    assert read(engine, books.balances) == {}


def test_events_run_in_order_within_their_subject(engine: Engine, clock: FixedClock) -> None:
    def act(session: Session) -> None:
        for kind in ("policy.quoted", "policy.bound"):
            books.note(session, _POLICY, kind, {"kind": kind}, actor="pa_1", at=clock.now())
            books.note(session, Subject("claim", "po_1"), kind, {}, actor="pa_2", at=clock.now())

    transact(engine, act)
    first, second = read(engine, lambda session: books.events(session, _POLICY))
    assert (first.sequence, first.kind, first.actor) == (1, "policy.quoted", "pa_1")
    assert (second.sequence, second.kind, second.payload) == (
        2,
        "policy.bound",
        {"kind": "policy.bound"},
    )
    assert (first.prev_hash, second.prev_hash) == ("0" * 64, first.hash)
    assert len(read(engine, lambda session: books.events(session, Subject("claim", "po_1")))) == 2


def test_a_paper_is_kept_byte_for_byte(engine: Engine, clock: FixedClock) -> None:
    content = bytes(range(256)) * 9

    def act(session: Session) -> None:
        books.file(session, _POLICY, "schedule", number="Z-1", content=content, at=clock.now())
        books.file(
            session,
            _POLICY,
            "terms",
            number="Z-1",
            content=b"{}",
            at=clock.now() + timedelta(1),
            media_type="application/json",
            language="en",
        )

    transact(engine, act)
    paper, terms = read(engine, lambda session: books.documents(session, _POLICY))
    assert paper.content == content
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert (paper.media_type, paper.language) == ("application/pdf", "zh-CN")
    assert (terms.media_type, terms.language) == ("application/json", "en")


def test_a_number_is_printed_on_one_paper_of_a_kind(engine: Engine, clock: FixedClock) -> None:
    def act(session: Session) -> None:
        books.file(session, _POLICY, "schedule", number="Z-1", content=b"1", at=clock.now())
        books.file(session, _POLICY, "schedule", number="Z-1", content=b"2", at=clock.now())

    with pytest.raises(IntegrityError):
        transact(engine, act)
    assert read(engine, lambda session: books.documents(session, _POLICY)) == ()


def _remember(session: Session, clock: FixedClock, scope: str, key: str) -> None:
    books.remember(
        session,
        scope=scope,
        key=key,
        request_sha256="a" * 64,
        status=201,
        response=b'{"id":"\x00"}',
        content_type="application/json",
        at=clock.now(),
    )


def test_an_answer_is_given_again_byte_for_byte(engine: Engine, clock: FixedClock) -> None:
    transact(engine, lambda session: _remember(session, clock, "pa_1/bind", "k1"))
    row = read(
        engine, lambda s: books.recall(s, scope="pa_1/bind", key="k1", request_sha256="a" * 64)
    )
    assert row is not None
    assert (row.status, row.response, row.content_type) == (
        201,
        b'{"id":"\x00"}',
        "application/json",
    )


def test_a_key_belongs_to_its_scope_and_its_request(engine: Engine, clock: FixedClock) -> None:
    transact(engine, lambda session: _remember(session, clock, "pa_1/bind", "k1"))
    for scope, key in (("pa_2/bind", "k1"), ("pa_1/settle", "k1"), ("pa_1/bind", "k2")):
        found = read(
            engine,
            partial(books.recall, scope=scope, key=key, request_sha256="a" * 64),
        )
        assert found is None
        assert not read(engine, partial(books.is_kept, scope=scope, key=key))
    assert read(engine, partial(books.is_kept, scope="pa_1/bind", key="k1"))
    with pytest.raises(Conflict, match="send a new key") as refusal:
        read(
            engine, lambda s: books.recall(s, scope="pa_1/bind", key="k1", request_sha256="b" * 64)
        )
    assert refusal.value.code == "idempotency-key-reused"


def test_the_floor_holds_one_answer_for_a_key(engine: Engine, clock: FixedClock) -> None:
    transact(engine, lambda session: _remember(session, clock, "pa_1/bind", "k1"))
    with pytest.raises(IntegrityError):
        transact(engine, lambda session: _remember(session, clock, "pa_1/bind", "k1"))


def test_messages_leave_in_order_and_once_marked_no_more(engine: Engine, clock: FixedClock) -> None:
    for topic in ("quoted", "bound", "issued"):
        transact(
            engine,
            partial(
                books.enqueue,
                subject=_POLICY,
                topic=topic,
                payload={"topic": topic},
                at=clock.now(),
            ),
        )
        clock.advance(seconds=1)

    def send_one(session: Session) -> str:
        row = books.unsent(session, limit=1)[0]
        books.mark_sent(session, row, clock.now())
        return row.topic

    assert [transact(engine, send_one) for _ in range(2)] == ["quoted", "bound"]
    (left,) = transact(engine, books.unsent)
    assert (left.topic, left.sequence, left.payload) == ("issued", 3, {"topic": "issued"})


def _fill(engine: Engine, clock: FixedClock) -> None:
    def act(session: Session) -> None:
        books.post(session, _PREMIUM, subject=_POLICY, key="k", at=clock.now())
        books.note(session, _POLICY, "policy.bound", {}, actor="pa_1", at=clock.now())
        books.file(session, _POLICY, "schedule", number="Z-1", content=b"x", at=clock.now())
        said = books.file_form(
            session, _POLICY, "schedule", number="Z-2", stated="{}", at=clock.now()
        )
        books.keep_print(session, said, b"%PDF", pages=1, edition="e1", at=clock.now())
        books.enqueue(session, _POLICY, "bound", {}, at=clock.now())
        _remember(session, clock, "pa_1/bind", "k1")

    transact(engine, act)


def _run(statement: str, session: Session) -> None:
    session.connection().execute(text(statement))


_UPDATES = {
    "journal": "memo = 'another'",
    "posting": "amount_minor = amount_minor + 1",
    "event": "actor = 'another'",
    "document": "content = content",
    "print": "edition = 'another'",
    "idempotency": "status = 500",
    "outbox": "payload = '{}'",
}


@pytest.mark.parametrize("table", sorted(_UPDATES))
def test_the_database_refuses_to_change_or_delete(
    engine: Engine, clock: FixedClock, table: str
) -> None:
    _fill(engine, clock)
    for statement in (f"UPDATE {table} SET {_UPDATES[table]}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match=f"{table} only grows"):
            transact(engine, partial(_run, statement))


def test_all_books_are_tried_above() -> None:
    kernel_tables = {
        m.class_.__table__.name
        for m in JournalRow._sa_registry.mappers
        if m.class_.__module__ == "kernel.db.tables"
    }
    assert kernel_tables == set(_UPDATES)
    assert kernel_tables <= set(NAMES.tables)


@pytest.mark.parametrize("table", sorted(_UPDATES))
def test_postgresql_refuses_to_truncate(postgresql_url: str, clock: FixedClock, table: str) -> None:
    engine = make_engine(postgresql_url)
    with pytest.raises(IntegrityError, match="only grows"):
        transact(engine, lambda s: s.connection().execute(text(f"TRUNCATE {table} CASCADE")))
    engine.dispose()


def test_sqlite_refuses_to_replace(sqlite_url: str, clock: FixedClock) -> None:
    engine = make_engine(sqlite_url)
    _fill(engine, clock)
    words = "INSERT OR REPLACE INTO outbox SELECT * FROM outbox"
    with pytest.raises(IntegrityError, match="only grows"):
        transact(engine, lambda s: s.connection().execute(text(words)))
    engine.dispose()


@pytest.mark.parametrize(
    "words",
    [
        "INSERT INTO posting VALUES ('je_1', 1, 'a', 'CNY', 0)",
        "INSERT INTO posting VALUES ('je_1', 1, 'a', 'YUAN', 1)",
        "INSERT INTO posting VALUES ('je_1', 0, 'a', 'CNY', 1)",
        "INSERT INTO posting VALUES ('je_none', 1, 'a', 'CNY', 1)",
    ],
)
def test_the_floor_refuses_impossible_postings(engine: Engine, words: str) -> None:
    head = "INSERT INTO journal VALUES ('je_1', 1, '2026-03-02', 'm', 'policy', 'po_1', 'k', :hash)"

    def act(session: Session) -> None:
        session.connection().execute(text(head), {"hash": "0" * 64})
        session.connection().execute(text(words))

    with pytest.raises(IntegrityError):
        transact(engine, act)
    assert read(engine, books.balances) == {}


def test_only_sent_at_of_a_message_may_change(engine: Engine, clock: FixedClock) -> None:
    _fill(engine, clock)

    def act(session: Session) -> OutboxRow:
        (row,) = books.unsent(session)
        books.mark_sent(session, row, clock.now())
        return row

    assert transact(engine, act).sent_at == clock.now()
    assert transact(engine, books.unsent) == ()

"""The auditor finds every change made behind the books' back, and nothing in honest books."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.append_only import unprotect
from kernel.db.books import Subject
from kernel.db.engine import read, transact
from kernel.db.seal import FIRST, Sealed, entry_sha256, event_hash
from kernel.db.verify import event_heads, verify_documents, verify_events, verify_journal
from kernel.journal import Entry, Posting

_FILED = "number Z-2 is not the paper that was filed"
_SAID = "number R-2 does not say what was filed"
_PRINTED = "number R-2 is not the paper that was printed"
_BOOKS = ("journal", "posting", "event", "document", "print")


@pytest.fixture
def written(engine: Engine, clock: FixedClock) -> Engine:
    """Three policies with three events, an entry and a paper each; no trigger watches."""

    def act(session: Session) -> None:
        for n in range(1, 4):
            policy = Subject("policy", f"po_{n}")
            entry = Entry(
                "premium", date(2026, 3, 2), (Posting("a", "CNY", n), Posting("b", "CNY", -n))
            )
            books.post(session, entry, subject=policy, key=f"k{n}", at=clock.now())
            for kind in ("quoted", "bound", "issued"):
                books.note(session, policy, kind, {"n": n}, actor="pa_1", at=clock.now())
            content = b"%d" % n
            books.file(
                session, policy, "schedule", number=f"Z-{n}", content=content, at=clock.now()
            )
            said = books.file_form(
                session, policy, "receipt", number=f"R-{n}", stated=f"[{n}]", at=clock.now()
            )
            books.keep_print(session, said, content * 2, pages=1, edition="e1", at=clock.now())
        for table in _BOOKS:
            for statement in unprotect(table, engine.dialect.name):
                session.connection().exec_driver_sql(statement)

    transact(engine, act)
    return engine


def _tamper(engine: Engine, *statements: str) -> None:
    def act(session: Session) -> None:
        for statement in statements:
            session.connection().exec_driver_sql(statement)

    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")
            for statement in statements:
                connection.exec_driver_sql(statement)
            connection.commit()
    else:
        transact(engine, act)


def test_honest_books_have_no_findings(written: Engine) -> None:
    assert read(written, verify_journal) == ()
    assert read(written, verify_events) == ()
    assert read(written, verify_documents) == ()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE posting SET amount_minor = 5 WHERE amount_minor = 2", "out of balance by 3 minor"),
        ("UPDATE posting SET amount_minor = -amount_minor WHERE abs(amount_minor) = 2", "sealed"),
        ("UPDATE posting SET account = 'c' WHERE amount_minor = 2", "sealed"),
        ("UPDATE posting SET currency = 'USD' WHERE abs(amount_minor) = 2", "sealed"),
        ("UPDATE journal SET memo = 'gift' WHERE key = 'k2'", "sealed"),
        ("UPDATE journal SET booked_on = '2026-03-03' WHERE key = 'k2'", "sealed"),
        ("DELETE FROM posting WHERE amount_minor = 2", "out of balance by -2 minor"),
        ("DELETE FROM posting WHERE abs(amount_minor) = 2", "has no postings"),
    ],
)
def test_a_changed_entry_is_found(written: Engine, statement: str, problem: str) -> None:
    _tamper(written, statement)
    faults = read(written, verify_journal)
    assert any(problem in fault.problem for fault in faults)
    assert len({fault.field for fault in faults}) == 1


def test_postings_without_a_head_are_found(written: Engine) -> None:
    cut = "ALTER TABLE posting DROP CONSTRAINT fk_posting_entry_id"
    kept = ("DELETE FROM journal WHERE key = 'k2'",)
    _tamper(written, *((cut, *kept) if written.dialect.name == "postgresql" else kept))
    (fault,) = read(written, verify_journal)
    assert fault.problem == "has postings but no head"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE event SET actor = 'pa_2'", "event 2 that is not what was sealed"),
        ("UPDATE event SET kind = 'void'", "event 2 that is not what was sealed"),
        ("UPDATE event SET payload = '{\"n\":9}'", "event 2 that is not what was sealed"),
        ("UPDATE event SET payload = '{ \"n\":2}'", "event 2 that is not what was sealed"),
        ("UPDATE event SET payload = 'no JSON'", "event 2 that is not what was sealed"),
        ("UPDATE event SET created_at = created_at + 1", "event 2 that is not what was sealed"),
        ("UPDATE event SET id = 'ev_x'", "event 2 that is not what was sealed"),
        (f"UPDATE event SET prev_hash = '{FIRST}'", "event 2 that does not follow"),
        (f"UPDATE event SET hash = '{FIRST}'", "event 3 that does not follow"),
        ("UPDATE event SET sequence = 9", "event 3 where 2 should be"),
        ("DELETE FROM event", "event 3 where 2 should be"),
    ],
)
def test_a_changed_event_is_found(written: Engine, statement: str, problem: str) -> None:
    _tamper(written, f"{statement} WHERE subject_id = 'po_2' AND sequence = 2")
    faults = read(written, verify_events)
    assert {fault.field for fault in faults} == {"event policy/po_2"}
    assert any(problem in fault.problem for fault in faults)


def test_an_event_moved_to_another_subject_is_found(written: Engine) -> None:
    _tamper(written, "UPDATE event SET subject_id = 'po_9' WHERE subject_id = 'po_2'")
    assert read(written, verify_events) != ()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE subject_id = 'po_2' AND sequence = 3",
        "DELETE FROM event WHERE subject_id = 'po_2'",
    ],
)
def test_a_cut_tail_shows_only_against_the_anchor(written: Engine, statement: str) -> None:
    anchor = read(written, lambda session: list(event_heads(session)))
    assert [(head.subject_id, head.sequence) for head in anchor] == [
        ("po_1", 3), ("po_2", 3), ("po_3", 3),
    ]  # fmt: skip
    assert read(written, lambda session: verify_events(session, anchor)) == ()
    _tamper(written, statement)
    assert read(written, verify_events) == ()
    (fault,) = read(written, lambda session: verify_events(session, anchor))
    assert fault.field == "event policy/po_2"


def test_a_rewritten_chain_shows_against_the_anchor(written: Engine, clock: FixedClock) -> None:
    anchor = read(written, lambda session: list(event_heads(session)))
    _tamper(written, "DELETE FROM event WHERE subject_id = 'po_2'")
    policy = Subject("policy", "po_2")

    def rewrite(session: Session) -> None:
        for kind in ("quoted", "bound", "paid"):
            books.note(session, policy, kind, {}, actor="pa_2", at=clock.now())

    transact(written, rewrite)
    assert read(written, verify_events) == ()
    assert len(read(written, lambda session: verify_events(session, anchor))) == 1


_PRINT = "(SELECT id FROM document WHERE number = 'R-2')"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (f"UPDATE document SET sha256 = '{FIRST}' WHERE number = 'Z-2'", _FILED),
        ("UPDATE document SET content = CAST('paper' AS {bytes}) WHERE number = 'Z-2'", _FILED),
        ("UPDATE document SET stated = '[ 2]' WHERE number = 'R-2'", _SAID),
        (f"UPDATE document SET stated_sha256 = '{FIRST}' WHERE number = 'R-2'", _SAID),
        (f"UPDATE print SET sha256 = '{FIRST}' WHERE document_id = {_PRINT}", _PRINTED),
        (
            f"UPDATE print SET content = CAST('x' AS {{bytes}}) WHERE document_id = {_PRINT}",
            _PRINTED,
        ),
    ],
)
def test_a_changed_paper_is_found(written: Engine, statement: str, problem: str) -> None:
    kind = "BYTEA" if written.dialect.name == "postgresql" else "BLOB"
    _tamper(written, statement.replace("{bytes}", kind))
    (fault,) = read(written, verify_documents)
    assert problem in fault.problem


def test_a_print_of_nothing_is_found(written: Engine) -> None:
    cut = "ALTER TABLE print DROP CONSTRAINT fk_print_document_id"
    lost = ("DELETE FROM document WHERE number = 'R-2'",)
    _tamper(written, *((cut, *lost) if written.dialect.name == "postgresql" else lost))
    (fault,) = read(written, verify_documents)
    assert fault.problem == "has a print but was never filed"


def test_the_sealed_forms_are_frozen() -> None:
    """A change of these figures would make every book written before unverifiable."""
    postings = (Posting("a", "CNY", 1), Posting("b", "CNY", -1))
    assert (
        entry_sha256(date(2026, 3, 2), "premium", "k", postings)
        == "aa7ef39285919ee4894feef712230a9bbac87ceedae97ebca741b6e5ac453316"
    )
    sealed = Sealed("ev_1", 1, "policy", "po_1", 1, "bound", "pa_1", '{"名":1}')
    assert (
        event_hash(FIRST, sealed)
        == "22452a6b3f90a8aa3ca142e9fbd78e72adabe9d2309929354b2bbcec9ebc9067"
    )

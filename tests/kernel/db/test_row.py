"""Rows behave alike on both databases: ids, instants, JSON, amounts, versions."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import StatementError
from sqlmodel import Field, Session, col, select

from kernel.db.engine import transact
from kernel.db.row import NAMES, FrozenJson, Minor, Row, UtcInstant, new_id
from kernel.errors import Invalid


class TestPieceRow(Row, table=True):
    """A row with one column of each kind."""

    __test__ = False
    amount_minor: int = Field(sa_type=Minor)
    terms: Any = Field(sa_type=FrozenJson)
    seen_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    valid_to: date


_NOW = datetime(2026, 3, 2, 2, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def pieces(engine: Engine) -> Engine:
    transact(engine, lambda session: NAMES.tables["test_piece"].create(session.connection()))
    return engine


def _piece(**other: Any) -> TestPieceRow:
    given: dict[str, Any] = {
        "id": new_id("tp"),
        "created_at": _NOW,
        "amount_minor": 1,
        "terms": {},
        "valid_to": date(2026, 12, 31),
    }
    return TestPieceRow(**given | other)


def _stored(engine: Engine, piece: TestPieceRow) -> TestPieceRow:
    def write(session: Session) -> str:
        session.add(piece)
        session.flush()
        return piece.id

    id_ = transact(engine, write)
    return (
        transact(engine, lambda session: session.exec(select(TestPieceRow)).one()) if id_ else piece
    )


def test_every_kind_of_column_comes_back_as_it_went(pieces: Engine) -> None:
    terms = {"b": [1, 2.5, None, "保险\x00"], "a": {"deep": True}}
    stored = _stored(
        pieces,
        _piece(amount_minor=-(10**17), terms=terms, seen_at=_NOW, valid_to=date(2028, 2, 29)),
    )
    assert stored.amount_minor == -(10**17)
    assert stored.terms == terms
    assert stored.valid_to == date(2028, 2, 29)
    assert stored.created_at == stored.seen_at == _NOW
    assert stored.created_at.tzinfo is UTC


def test_instants_of_other_zones_are_kept_to_the_microsecond(pieces: Engine) -> None:
    there = datetime(2026, 3, 2, 10, 0, 0, 999999, tzinfo=timezone(timedelta(hours=8)))
    stored = _stored(pieces, _piece(created_at=there, seen_at=None))
    assert stored.created_at == there
    assert stored.created_at.isoformat() == "2026-03-02T02:00:00.999999+00:00"
    assert stored.seen_at is None


def test_instants_before_1970_and_order(pieces: Engine) -> None:
    days = [datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), _NOW, _NOW + timedelta(1)]

    def write(session: Session) -> None:
        session.add_all(_piece(created_at=day) for day in reversed(days))

    transact(pieces, write)
    in_order = select(TestPieceRow.created_at).order_by(col(TestPieceRow.created_at))
    assert transact(pieces, lambda session: list(session.exec(in_order))) == days
    late = select(TestPieceRow.created_at).where(TestPieceRow.created_at > _NOW)
    assert transact(pieces, lambda session: list(session.exec(late))) == days[2:]


def test_naive_instants_are_refused(pieces: Engine) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        _stored(pieces, _piece(created_at=datetime(2026, 3, 2)))  # noqa: DTZ001 - the point


def test_json_is_kept_as_canonical_text(pieces: Engine) -> None:
    _stored(pieces, _piece(terms={"b": 1, "a": [1, 2]}))
    raw = transact(pieces, lambda s: s.connection().scalar(text("SELECT terms FROM test_piece")))
    assert raw == '{"a":[1,2],"b":1}'


def test_json_that_would_bend_is_refused(pieces: Engine) -> None:
    with pytest.raises((Invalid, StatementError), match="finite number"):
        _stored(pieces, _piece(terms={"rate": float("nan")}))


def test_version_counts_changes(pieces: Engine) -> None:
    stored = _stored(pieces, _piece())
    assert stored.version == 1

    def change(session: Session) -> int:
        row = session.get_one(TestPieceRow, stored.id)
        row.amount_minor += 1
        session.flush()
        return row.version

    assert [transact(pieces, change), transact(pieces, change)] == [2, 3]


def test_ids_are_opaque_and_never_twice() -> None:
    ids = {new_id("qt") for _ in range(10000)}
    assert len(ids) == 10000
    assert all(len(id_) == 29 and id_.startswith("qt_") and id_.islower() for id_ in ids)
    assert all(set(id_[3:]) <= set("abcdefghijklmnopqrstuvwxyz234567") for id_ in ids)


@pytest.mark.parametrize("prefix", ["", "q", "QT", "q1", "quote"])
def test_a_prefix_is_two_to_four_letters(prefix: str) -> None:
    with pytest.raises(AssertionError):
        new_id(prefix)


def test_keys_are_named_by_the_convention() -> None:
    names = {str(c.name) for table in NAMES.tables.values() for c in table.constraints}
    assert {"pk_journal", "uq_journal_key", "fk_posting_entry_id", "ck_posting_amount"} <= names
    assert "None" not in names

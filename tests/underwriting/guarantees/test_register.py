"""The register: a chain that shows every tampering, and what it says of a file."""

from datetime import date
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, an_end
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from kernel.db.engine import read, transact
from underwriting.guarantees import store
from underwriting.guarantees.audit import verify_letters
from underwriting.guarantees.register import (
    by_file,
    line_hash,
    lines,
    standing,
    verify_register,
)
from underwriting.guarantees.stands import registered
from underwriting.send_letter import send_letter

CHANGES = (
    "UPDATE letter_register SET status = 'accepted' WHERE sequence = 1",
    "UPDATE letter_register SET hash = prev_hash WHERE sequence = 2",
    "DELETE FROM letter_register WHERE sequence = 1",
    "DELETE FROM letter_register WHERE sequence = 2",
    "UPDATE letter_register SET sequence = 7 WHERE sequence = 2",
)

DESK = a_desk(date(2025, 3, 10))


def _sent(issuer: Any) -> Any:
    letter = issuer.signed()
    issuer.do(send_letter, letter.id, on=QUOTED)
    return letter


def _run(session: Session, statement: str) -> None:
    session.connection().execute(text(statement))


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_every_change_of_a_line(issuer: Any, change: str) -> None:
    _sent(issuer)
    with pytest.raises(DBAPIError, match="only grows"):
        transact(issuer.engine, lambda s: _run(s, change))


@pytest.mark.parametrize("change", CHANGES)
def test_who_gets_past_the_database_is_seen_by_the_audit(issuer: Any, change: str) -> None:
    _sent(issuer)
    assert read(issuer.engine, verify_register) == ()
    drop = "" if issuer.engine.dialect.name == "sqlite" else " ON letter_register"
    for verb in ("update", "delete"):
        trigger = f"DROP TRIGGER letter_register_no_{verb}{drop}"
        transact(issuer.engine, lambda s, t=trigger: _run(s, t))
    transact(issuer.engine, lambda s: _run(s, change))
    assert read(issuer.engine, verify_register) != ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE letter SET reserved_minor = 5", "are not the uses'"),
        ("UPDATE letter SET limit_minor = limit_minor - 1", "is not that of edition 1"),
        ("UPDATE letter_register_head SET sequence = 9", "ends at"),
    ],
)
def test_accounts_that_disagree_are_found(issuer: Any, statement: str, words: str) -> None:
    _sent(issuer)
    transact(issuer.engine, lambda s: _run(s, statement))
    faults = read(issuer.engine, verify_letters)
    assert any(words in one.problem for one in faults), faults


def test_what_an_edition_says_is_never_changed(issuer: Any) -> None:
    letter = issuer.drafted()
    for column in ("terms = '{}'", "content_hash = maker", "maker = 'x'", "edition = 9"):
        statement = f"UPDATE letter_version SET {column}"
        with pytest.raises(DBAPIError, match="only grows"):
            transact(issuer.engine, lambda s, t=statement: _run(s, t))
    with pytest.raises(DBAPIError):
        transact(issuer.engine, lambda s: _run(s, "DELETE FROM letter_version"))
    assert issuer.see(letter).state == "draft"


@pytest.mark.parametrize(
    "change",
    ["reserved_minor = -1", "drawn_minor = -1", "reserved_minor = limit_minor, drawn_minor = 1"],
)
def test_the_floor_below_the_rules_holds(issuer: Any, change: str) -> None:
    issuer.drafted()
    with pytest.raises(DBAPIError, match="ck_letter"):
        transact(issuer.engine, lambda s: _run(s, f"UPDATE letter SET {change}"))


def test_each_line_seals_the_one_before(issuer: Any) -> None:
    letter = _sent(issuer)
    first, second = read(issuer.engine, lambda s: lines(s, letter.number))
    assert (first.prev_hash, second.prev_hash) == ("0" * 64, first.hash)
    assert [line_hash(one) for one in (first, second)] == [first.hash, second.hash]


def test_a_file_stands_as_its_edition_does_and_a_notice_stays(issuer: Any) -> None:
    letter = _sent(issuer)
    version = read(issuer.engine, lambda s: store.newest(s, letter.id))
    file = version.file_sha256
    found = read(issuer.engine, lambda s: registered(s, file, desk=DESK))
    assert (found.in_force, found.status, found.serial) == (True, "sent", version.signer)
    issuer.revoke(letter, an_end(), date(2025, 3, 4))
    found = read(issuer.engine, lambda s: registered(s, file, desk=DESK))
    assert (found.in_force, found.status) == (False, "revoked")
    notice = read(issuer.engine, lambda s: lines(s, letter.number))[-1]
    assert notice.paper == "letter_revocation"
    assert read(issuer.engine, lambda s: registered(s, notice.file_sha256, desk=DESK)).in_force
    assert read(issuer.engine, lambda s: standing(s, letter.number, 1)).status == "revoked"


@pytest.mark.parametrize("unknown", ["", "0" * 64])
def test_what_was_never_filed_is_not_found(issuer: Any, unknown: str) -> None:
    _sent(issuer)
    assert read(issuer.engine, lambda s: by_file(s, unknown)) is None
    assert read(issuer.engine, lambda s: registered(s, unknown, desk=DESK)) is None

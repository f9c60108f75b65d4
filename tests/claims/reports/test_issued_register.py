"""The register of issued reports: editions, what changed, hashes, and that it only grows."""

import json
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from builders import House, a_desk, shipped, yuan
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from claims.issue_report import issue_report, preview_report, report_sheets
from claims.reports import store
from claims.reports.period import Asked
from claims.reports.store import IssuedReportRow
from documents.sealing import open_signer
from kernel.db import books
from kernel.db.engine import transact
from kernel.db.row import new_id
from kernel.db.tables import DocumentRow, OutboxRow
from kernel.errors import Conflict, Invalid, NotFound
from underwriting.guarantees.paper import drawn
from underwriting.register import contribute, register_pool

SCHEME, ON, LATER = "zhongshan-2021", date(2026, 3, 31), date(2026, 4, 2)
WHOM = {"scheme": SCHEME, "party": "fund", "currency": "CNY"}
ASKED = Asked(template="party-statement", opens_on=date(2026, 1, 1), closes_on=ON, whom=WHOM)


@pytest.fixture
def pool(house: House) -> str:
    """Of a thousand, paid in on the last day of the period."""
    row = house.do(
        register_pool, shipped(SCHEME).scheme, "fund", yuan("1000.00"), portfolio=None, on=ON
    )
    return str(row.id)


def papers_of(house: House, asked: Asked, on: date) -> Any:
    desk = a_desk(on)
    sheets = house.read(lambda s: report_sheets(s, asked, desk=desk))
    return drawn(sheets, open_signer(None, None), at=desk.at)


def issued(house: House, asked: Asked = ASKED, on: date = ON) -> IssuedReportRow:
    return keep(house, papers_of(house, asked, on), on, asked)


def keep(house: House, papers: Any, on: date, asked: Asked = ASKED) -> IssuedReportRow:
    desk = a_desk(on)
    return transact(house.engine, lambda s: issue_report(s, asked, papers, desk=desk))


def more(house: House, pool: str, amount: str, key: str) -> None:
    house.do(contribute, pool, yuan(amount), key=key, on=ON)


def test_each_edition_names_what_changed_and_points_to_the_one_before(
    house: House, pool: str
) -> None:
    """Two more contributions come in on the day that the statement was issued."""
    first = issued(house)
    more(house, pool, "50.00", "second")
    second = issued(house)
    more(house, pool, "7.00", "third")
    third = issued(house)
    assert [one.edition for one in (first, second, third)] == [1, 2, 3]
    assert {one.series for one in (first, second, third)} == {ASKED.series}
    chain = [one.prev_sha256 for one in (first, second, third)]
    assert chain == ["0" * 64, first.file_sha256, second.file_sha256]
    assert (first.changes, len(second.changes), len(third.changes)) == ([], 3, 3)
    told = [(one.row, one.code, one.before, one.after) for one in store.changes_of(third)]
    assert told == [
        ("2026-03-31 third", "contributed", "", "CNY 7.00"),
        ("期末 closing", "contributed", "CNY 1,050.00", "CNY 1,057.00"),
        ("期末 closing", "balance", "CNY 1,050.00", "CNY 1,057.00"),
    ]
    editions = house.read(lambda s: store.editions(s, ASKED.series))
    assert [one.id for one in editions] == [first.id, second.id, third.id]
    assert house.read(lambda s: store.newest(s, ASKED.series)).id == third.id
    assert store.figures_of(editions[0])[-3].value == "1000.00", "the first stays what it was"
    numbers = [one.number for one in editions]
    assert numbers == [f"RP-20260331-{ASKED.series[:10].upper()}-{n}" for n in (1, 2, 3)]
    house.audit()


def test_hashes_are_those_of_the_bytes_and_of_the_figures(house: House, pool: str) -> None:
    row = issued(house)
    paper = house.read(lambda s: s.get(DocumentRow, row.document_id))
    assert sha256(paper.content).hexdigest() == row.file_sha256
    assert paper.content.startswith(b"%PDF-")
    plain = json.dumps(
        row.figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict
    )
    assert sha256(plain.encode()).hexdigest() == row.figures_sha256
    seen = house.read(lambda s: preview_report(s, ASKED, desk=a_desk(ON)))
    assert seen.figures == store.figures_of(row)
    assert (seen.form, seen.changes) == (None, ())
    assert row.signer == papers_signer()
    (event,) = house.read(lambda s: books.events(s, books.Subject("report", row.id)))
    assert (event.kind, event.payload["figures_sha256"]) == ("report_issued", row.figures_sha256)
    sent = [one for one in house.read(lambda s: list(s.exec(select(OutboxRow))))
            if one.subject_id == row.id]  # fmt: skip
    assert [(one.topic, one.payload["file_sha256"]) for one in sent] == [
        ("report.issued", row.file_sha256)
    ]


def papers_signer() -> str:
    """Serial of the certificate that the tests sign with."""
    return open_signer(None, None).serial


def test_an_unchanged_report_needs_no_paper_and_takes_none(house: House, pool: str) -> None:
    papers = papers_of(house, ASKED, ON)
    first = issued(house)
    assert papers_of(house, ASKED, LATER) == ()
    again = keep(house, (), LATER)
    assert (again.id, again.issued_on) == (first.id, ON)
    for sent in (papers, (*papers, *papers)):
        with pytest.raises(Conflict) as refused:
            keep(house, sent, LATER)
        assert refused.value.code == "changed-meanwhile"
    assert len(house.read(lambda s: store.editions(s, ASKED.series))) == 1


def test_a_paper_that_was_overtaken_leaves_nothing(house: House, pool: str) -> None:
    """It was drawn, then money came in: what it says is no more so; nor does none at all do."""
    papers = papers_of(house, ASKED, ON)
    more(house, pool, "1.00", "meanwhile")
    for sent in (papers, ()):
        with pytest.raises(Conflict) as refused:
            keep(house, sent, ON)
        assert refused.value.code == "changed-meanwhile"
    assert house.read(lambda s: list(s.exec(select(IssuedReportRow)))) == []
    assert house.read(lambda s: [d for d in s.exec(select(DocumentRow))
                                 if d.kind == "issued_report"]) == []  # fmt: skip


def test_the_database_itself_keeps_every_edition(house: House, pool: str) -> None:
    row = issued(house)
    spoils = (
        "UPDATE issued_report SET edition = 9",
        "UPDATE issued_report SET figures_sha256 = prev_sha256",
        "DELETE FROM issued_report",
    )
    for spoil in spoils:
        with pytest.raises(DBAPIError, match="only grows"), house.engine.begin() as connection:
            connection.execute(text(spoil))
    kept = house.read(lambda s: store.issued(s, row.id))
    assert kept == row


BESIDE_THE_RULES: tuple[dict[str, Any], ...] = (
    {"number": "RP-2"},  # edition 1 of the series is there
    {"edition": 2},  # its number is there
    {"number": "RP-2", "edition": 0},
    {"number": "RP-2", "edition": 2, "opens_on": LATER},
    {"number": "RP-2", "edition": 2, "file_sha256": "ab"},
)


def test_no_row_stands_beside_the_rules(house: House, pool: str) -> None:
    row = issued(house)
    plain = {name: getattr(row, name) for name in IssuedReportRow.model_fields}

    def add(session: Any, changes: dict[str, Any]) -> None:
        session.add(IssuedReportRow(**{**plain, "id": new_id("rp"), **changes}))
        session.flush()

    for changes in BESIDE_THE_RULES:
        with pytest.raises(IntegrityError):
            transact(house.engine, partial(add, changes=changes))
    transact(house.engine, partial(add, changes={"number": "RP-2", "edition": 2}))


def test_other_periods_parties_and_currencies_are_series_of_their_own(
    house: House, pool: str
) -> None:
    others = (
        ASKED,
        replace(ASKED, opens_on=date(2026, 1, 2)),
        replace(ASKED, whom={**WHOM, "party": "bank"}),
        replace(ASKED, whom={**WHOM, "currency": "USD"}),
        replace(ASKED, template="party-bordereau"),
    )
    rows = [issued(house, one) for one in others]
    assert {(one.edition, one.prev_sha256) for one in rows} == {(1, "0" * 64)}
    assert len({one.series for one in rows}) == len({one.number for one in rows}) == len(rows)
    assert rows[-1].figures == [], "nothing was written: an account without lines"
    page = house.read(lambda s: store.issued_page(s, template=None, after=None, limit=3))
    rest = house.read(lambda s: store.issued_page(s, template=None, after=page[-1].id, limit=3))
    assert {one.id for one in (*page, *rest)} == {one.id for one in rows}
    assert (len(page), len(rest)) == (3, 2)


def test_what_is_not_there_is_not_found(house: House, pool: str) -> None:
    none = "rp_" + "a" * 26
    with pytest.raises(NotFound):
        house.read(lambda s: store.issued(s, none))
    with pytest.raises(Invalid, match="is not a cursor"):
        house.read(lambda s: store.issued_page(s, template=None, after=none, limit=1))
    assert house.read(lambda s: store.newest(s, "0" * 64)) is None
    assert house.read(lambda s: store.editions(s, "0" * 64)) == ()
    house.refuse("no-such-report", preview_report, replace(ASKED, template="none"), on=ON)
    house.refuse("invalid", preview_report, ASKED, on=date(2026, 3, 30))

"""Run cases: each walk on an embedded database of its own, its papers and journal written out."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from api.casebook.cases import Case
from api.casebook.guarantee import LETTER, Guaranteed, differences_of_letter
from api.casebook.offer import Offer, differences
from api.casebook.paper import write_papers
from api.casebook.walk import Walk
from api.casebook.walked import Walked
from api.schemas.split import SplitRequest, answer_split
from api.strict_json import read as read_json
from kernel.db.engine import make_engine, read
from kernel.db.revisions import upgrade
from kernel.db.tables import JournalRow, PostingRow
from kernel.db.verify import verify_documents, verify_events, verify_journal
from kernel.settings import Settings
from kernel.working_days import load_calendar
from underwriting.products import product
from underwriting.schemes import load_schemes

PRICE = "price"
WORKED = ("payment", "payout", "tax")
"""Kinds that a product works out by itself, with no house around it."""

COMPARED = ("eligible", "ineligible", "uncovered", "shares", "given_back", "surplus")
"""What a case may expect."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that ran.

    Attributes:
        case: the case.
        walked: what its walk came to; None where it is no walk.
        differences: what came out otherwise than expected; empty is good.
        faults: what the audit of its books found; empty is good.
        journal: its postings: entry, date, memo, account, currency, amount.
    """

    case: Case
    walked: Walked | None
    differences: tuple[str, ...]
    faults: tuple[str, ...]
    journal: tuple[tuple[Any, ...], ...]

    @property
    def good(self) -> bool:
        """Whether it came out as the casebook says, with clean books."""
        return not self.differences and not self.faults


def run_split(case: Case) -> tuple[str, ...]:
    """Answer the split of a case; return what differs from what it expects."""
    if case.kind != "split":
        return ()
    request = read_json(SplitRequest, json.dumps(case.values["request"]).encode())
    answer = answer_split(request, load_schemes())
    found = {**answer, "shares": {row["party"]: row["paid"] for row in answer["shares"]}}
    return compare(case.values["expected"], found)


def compare(expected: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    """Say where `found` differs from what a case expects."""
    return tuple(
        f"{key}: expected {expected[key]}, found {found.get(key)}"
        for key in COMPARED
        if key in expected and dict_of(expected[key]) != dict_of(found.get(key))
    )


def dict_of(value: Any) -> Any:
    """Leave out parties that bear or get nothing: a case may or may not name them."""
    if not isinstance(value, Mapping):
        return value
    return {party: amount for party, amount in value.items() if float(amount)}


def run_worked(case: Case) -> tuple[str, ...]:
    """Work out a case by its product's own rule; return what differs from what it expects."""
    found = product(case.values["product"]).worked[case.kind](case.values)
    return _apart(case.values["expected"], found, "")


def _apart(expected: Mapping[str, Any], found: Mapping[str, Any], under: str) -> tuple[str, ...]:
    """Compare what is expected, table by table."""
    lines: list[str] = []
    for key, value in expected.items():
        if isinstance(value, Mapping):
            lines += _apart(value, found[key], f"{under}{key}.")
        elif str(value) != str(found.get(key)):
            lines.append(f"{under}{key}: expected {value}, found {found.get(key)}")
    return tuple(lines)


class Runner:
    """Runs cases in one folder, from one migrated template."""

    def __init__(self, out: Path, settings: Settings) -> None:
        self.out = out
        self.settings = settings
        self.calendar = load_calendar(settings.holidays)
        out.mkdir(parents=True, exist_ok=True)
        self.template = out / "template.db"
        self.template.unlink(missing_ok=True)
        upgrade(f"sqlite:///{self.template}")

    def run(self, case: Case) -> Outcome:
        """Run one case in its own folder, emptied first."""
        if case.kind in WORKED:
            return Outcome(case, None, run_worked(case), (), ())
        told = run_split(case)
        if case.kind not in (PRICE, LETTER) and case.walk is None:
            return Outcome(case, None, told, (), ())
        folder = self.out / case.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        database = folder / "zhibao.db"
        shutil.copyfile(self.template, database)
        engine = make_engine(f"sqlite:///{database}")
        try:
            walked = self._walked(engine, case)
            told += self._judged(case, walked)
            write_papers(engine, walked, folder)
            faults = read(engine, audit)
            journal = tuple(read(engine, postings))
        finally:
            engine.dispose()
        return Outcome(case, walked, told, faults, journal)

    def _walked(self, engine: Engine, case: Case) -> Walked:
        """Take the case through the acts."""
        way = {PRICE: Offer, LETTER: Guaranteed}.get(case.kind, Walk)
        return way(engine, case, self.settings, self.calendar).run()

    def _judged(self, case: Case, walked: Walked) -> tuple[str, ...]:
        """Return what came out otherwise than a case expects."""
        expected = case.values["expected"]
        if case.kind == LETTER:
            told = differences_of_letter(case, walked.found)
            return (*differences(expected, walked.found), *told)
        return (differences if case.kind == PRICE else compare)(expected, walked.found)

    def close(self) -> None:
        """Remove the template."""
        for file in self.out.glob("template.db*"):
            file.unlink()


def audit(session: Session) -> tuple[str, ...]:
    """Return every fault in the books, in words."""
    found = (*verify_journal(session), *verify_events(session), *verify_documents(session))
    return tuple(str(fault) for fault in found)


def postings(session: Session) -> Iterator[tuple[Any, ...]]:
    """Yield the journal in the order posted."""
    query = (
        select(JournalRow, PostingRow)
        .where(JournalRow.id == PostingRow.entry_id)
        .order_by(col(JournalRow.created_at), col(JournalRow.id), col(PostingRow.line))
    )
    for head, posting in session.exec(query).all():
        on = head.booked_on.isoformat()
        yield (on, head.memo, posting.account, posting.currency, posting.amount_minor)

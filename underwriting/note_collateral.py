"""ACT: something is noted of a right or an obligor; the clause it hits, the cure and its day."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.loan_events.noted import WatchEventRow, known_by, noted_rows
from underwriting.loan_events.rights import Hit, hit_obligor, hits, index_rights
from underwriting.watch.alert import deadline
from underwriting.watch.kinds import On, WatchKind, watch_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class ToNote:
    """What is to be noted.

    Attributes:
        subject: a right or an obligor.
        name: of the right as `right_name` gives it; register number of the obligor.
        key: the teller's own name for it; told again, it counts once.
        kind: code, see `watch/kinds.toml`.
        happened_on: the day of it.
        told_by: who says so.
        note: in words.
        family: of the right, where it is told.
    """

    subject: On
    name: str
    key: str
    kind: str
    happened_on: date
    told_by: str
    note: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class NotedNow:
    """What was noted, and what it hits.

    Attributes:
        row: as it is kept.
        new: was it not known before?
        hits: policies in force that share the right, its family, or the obligor.
    """

    row: WatchEventRow
    new: bool
    hits: tuple[Hit, ...]


def note_collateral(session: Session, told: ToNote, *, desk: Desk) -> NotedNow:
    """Note it once, with the last day for its cure, in the trail of every policy that it hits.

    Raises:
        Invalid: the kind is none, or of another subject; the day lies ahead.
        Conflict: the key names something else.
        Unavailable: the cure is counted in working days that no table knows yet.
    """
    kind = _kind(told)
    if told.happened_on > desk.on:
        raise invalid("happened_on", f"{told.happened_on} lies ahead", "state what has happened")
    index_rights(session, at=desk.at)
    known = noted_rows(session, told.subject, told.name)
    same = known_by(known, told.key)
    row = same or _row(told, kind, len(known) + 1, desk)
    if same is None:
        write(session, row)
    elif (same.kind, same.happened_on) != (told.kind, told.happened_on):
        words = f"{told.key} names {same.kind} of {same.happened_on}"
        raise Conflict("watch-key-reused", Fault("key", words, "give each event its own name"))
    found = _hits(session, told, desk)
    if same is None:
        _tell(session, row, found, desk)
    return NotedNow(row, same is None, found)


def _kind(told: ToNote) -> WatchKind:
    kind = watch_kinds().get(told.kind)
    if kind is None or kind.subject is not told.subject:
        codes = [one.code for one in watch_kinds().values() if one.subject is told.subject]
        problem = f"{told.kind} is not noted of a {told.subject}"
        raise invalid("kind", problem, f"use one of {', '.join(codes)}")
    return kind


def _row(told: ToNote, kind: WatchKind, seq: int, desk: Desk) -> WatchEventRow:
    return WatchEventRow(
        id=new_id("we"),
        created_at=desk.at,
        subject=told.subject.value,
        name=told.name,
        seq=seq,
        key=told.key,
        kind=told.kind,
        happened_on=told.happened_on,
        noted_on=desk.on,
        deadline=deadline(kind, told.happened_on, desk.on, desk.calendar),
        actor=desk.actor,
        told_by=told.told_by,
        note=told.note,
    )


def _hits(session: Session, told: ToNote, desk: Desk) -> tuple[Hit, ...]:
    if told.subject is On.OBLIGOR:
        return hit_obligor(session, told.name, desk.on)
    return hits(session, told.name, desk.on, family=told.family)


def _tell(session: Session, row: WatchEventRow, found: tuple[Hit, ...], desk: Desk) -> None:
    for one in found:
        payload = {
            "watch_event_id": row.id,
            "kind": row.kind,
            "name": row.name,
            "direct": one.direct,
            "deadline": row.deadline.isoformat() if row.deadline else None,
        }
        subject = books.Subject("policy", one.policy.id)
        books.note(session, subject, "watch_noted", payload, actor=desk.actor, at=desk.at)

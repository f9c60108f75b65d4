"""What a pool awaits of claims that are there: its part of open ones, and recoveries to come."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from claims.reports.day import known_by
from claims.reports.moved import CHARGED, GIVEN_BACK, Movement
from claims.reports.priced import Priced, months_between, pays_after
from claims.reports.reserved import Reserved
from claims.reports.standing import Stood
from claims.rules.forecast.outlook import Flow
from claims.tables import ClaimRow
from kernel.db.tables import EventRow
from kernel.period import add_months
from kernel.sharing import PaysOn

_ENDS, _BEGINS = ("denied", "closed"), ("reopened", "accepted")
_BATCH = 500
"""Ids that one statement names."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Policies with claims on a day, and what pricing says of each.

    Attributes:
        on: the day.
        stood: id of the policy -> how it stood.
        priced: what pricing expects of one for the pool.
        pays_on: of the scheme.
    """

    on: date
    stood: Mapping[str, Stood]
    priced: Callable[[Stood], Priced]
    pays_on: PaysOn


def claims_on(session: Session, policies: Sequence[str], on: date) -> dict[str, ClaimRow]:
    """Return number -> claim notified until a day on any of these policies, by number."""
    query = select(ClaimRow).where(
        col(ClaimRow.policy_id).in_(policies), col(ClaimRow.notified_on) <= on
    )
    return {row.number: row for row in session.exec(query.order_by(col(ClaimRow.number)))}


def ended_as(session: Session, rows: Iterable[ClaimRow], on: date) -> dict[str, str]:
    """Return number -> `denied` or `closed` where a claim had ended so by a day; else nothing."""
    number = {row.id: row.number for row in rows}
    ended, ids = dict.fromkeys(number.values(), ""), sorted(number)
    for start in range(0, len(ids), _BATCH):
        query = (
            select(EventRow.subject_id, EventRow.kind)
            .where(EventRow.subject_type == "claim")
            .where(col(EventRow.subject_id).in_(ids[start : start + _BATCH]))
            .where(col(EventRow.kind).in_((*_ENDS, *_BEGINS)))
            .where(col(EventRow.created_at) <= known_by(on))
            .order_by(col(EventRow.subject_id), col(EventRow.sequence))
        )
        for id_, kind in session.exec(query):
            ended[number[id_]] = kind if kind in _ENDS else ""
    return ended


def to_be_charged(behind: Behind, open_: Sequence[Reserved]) -> Iterator[Flow]:
    """Yield the pool's part of each open claim, and what comes back of it."""
    for one in open_:
        held = behind.stood[one.policy.id]
        law = behind.priced(held)
        event = one.claim.default_date
        after = pays_after(held.terms, law, behind.pays_on)
        yield Flow(_ahead(behind.on, event, after), 1.0, one.party)
        month = months_between(held.terms.period.start, event) + 1
        back = round(one.party * law.back_ratio(month))
        yield Flow(_ahead(behind.on, event, max(after, law.to_sale)), 1.0, -back)


def to_come_back(
    behind: Behind, claims: Mapping[str, ClaimRow], moves: Sequence[Movement]
) -> Iterator[Flow]:
    """Yield what is still expected of each settled claim, less what has come back already."""
    charged, given_back = _by_claim(moves, CHARGED), _by_claim(moves, GIVEN_BACK)
    for number, claim in claims.items():
        borne, back = -charged.get(number, 0), given_back.get(number, 0)
        if borne <= back:
            continue
        held = behind.stood[claim.policy_id]
        law = behind.priced(held)
        month = months_between(held.terms.period.start, claim.default_date) + 1
        left = round(borne * law.back_ratio(month)) - back
        if left > 0:
            yield Flow(_ahead(behind.on, claim.default_date, law.to_sale), 1.0, -left)


def _by_claim(moves: Iterable[Movement], kind: str) -> dict[str, int]:
    """Return number of a claim -> what moved of one kind, minor units."""
    sums: dict[str, int] = {}
    for one in moves:
        if one.kind == kind:
            sums[one.claim] = sums.get(one.claim, 0) + one.minor
    return sums


def _ahead(on: date, event: date, months: int) -> int:
    """Return the month of the horizon that is so many months after an event; never behind it."""
    due = add_months(event, months)
    return max(1, months_between(on, due) + 1)

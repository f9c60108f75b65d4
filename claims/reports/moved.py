"""What moved the money of one party of a scheme, from its contributions to what came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_
from sqlmodel import Session, col, select

from claims.reports.editions import editions_under
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.db.tables import JournalRow, PostingRow
from underwriting.store import PolicyRow, PoolRow

CONTRIBUTED, OPENED, CHARGED, GIVEN_BACK = "contributed", "opened", "charged", "given_back"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose money: a party of a scheme, in one currency."""

    scheme: str
    party: str
    currency: str

    @classmethod
    def pool(cls, row: PoolRow) -> "Whose":
        """Return whose a registered pool is."""
        return cls(row.scheme_code, row.party, row.currency)


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement; above zero the party has more.

    Attributes:
        kind: `contributed`; `opened`, what it had paid before these books; `charged`, its share
            of a loss or of the change of one; `given_back`.
        booked_on: the day of the books.
        value_on: the day that counts: of a recovery when the money came in.
        reference: of the contribution, claim or recovery.
        minor: how much.
        claim: number of the claim that it is of; empty of money paid in and of what was opened.
    """

    kind: str
    booked_on: date
    value_on: date
    reference: str
    minor: int
    claim: str = ""


def money_in(session: Session, pool: PoolRow) -> tuple[Movement, ...]:
    """Return what was contributed, and what was drawn before these books, by day."""
    name = f"pool_money:{pool.scheme_code}:{pool.party}"
    query = (
        select(JournalRow, PostingRow)
        .join(PostingRow, col(PostingRow.entry_id) == JournalRow.id)
        .where(JournalRow.subject_type == "pool", JournalRow.subject_id == pool.id)
        .where(PostingRow.account == name, PostingRow.currency == pool.currency)
        .order_by(col(JournalRow.booked_on), col(JournalRow.created_at), col(JournalRow.key))
    )
    return tuple(
        Movement(
            OPENED if head.key.startswith("opening:") else CONTRIBUTED,
            head.booked_on,
            head.booked_on,
            head.key.rpartition(f"{pool.id}:")[2] or head.key,
            line.amount_minor,
        )
        for head, line in session.exec(query)
    )


def charged(session: Session, of: Whose) -> tuple[Movement, ...]:
    """Return the party's share of each loss, then each change of it, by day and claim."""
    of_settlement = col(ShareRow.settlement_id) == SettlementRow.id
    of_party = col(ShareRow.party) == of.party
    query = (
        select(col(ClaimRow.number), col(SettlementRow.settled_on), col(ShareRow.paid_minor))
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(SettlementRow, col(SettlementRow.claim_id) == ClaimRow.id)
        .join(ShareRow, and_(of_settlement, of_party), isouter=True)
        .where(PolicyRow.scheme_code == of.scheme, SettlementRow.currency == of.currency)
        .order_by(col(ClaimRow.number), col(SettlementRow.sequence))
    )
    found: list[Movement] = []
    for number, rows in groupby(session.exec(query), key=lambda row: row[0]):
        before = 0
        for _, on, paid in rows:
            now = paid or 0
            if change := now - before:
                found.append(Movement(CHARGED, on, on, number, -change, number))
            before = now
    return tuple(sorted(found, key=attrgetter("booked_on", "reference")))


def given_back(session: Session, of: Whose) -> tuple[Movement, ...]:
    """Return the party's part of each recovery as first shared, then each change, as booked.

    The value day of every change is that of the newest edition of its recovery.
    """
    rows = tuple(editions_under(session, of.scheme, of.currency))
    valued = {one.recovery.id: one.edition.value_date for one in rows}
    found = [
        Movement(
            GIVEN_BACK,
            one.booked_on,
            valued[one.recovery.id],
            f"{one.claim.number}-R{one.recovery.sequence}",
            change,
            one.claim.number,
        )
        for one in rows
        if (change := one.own(of.party))
    ]
    return tuple(sorted(found, key=attrgetter("booked_on", "reference")))


def total(moves: Iterable[Movement], kind: str) -> int:
    """Return what moved of one kind, minor units."""
    return sum(one.minor for one in moves if one.kind == kind)

"""Queries for the account of one party of a scheme: what was booked in a period."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.calls.tables import CallRow
from claims.tables import ClaimRow, RecoveryRow, SettlementRow, ShareRow
from kernel.db.tables import JournalRow, PostingRow
from underwriting.store import PolicyRow

_INCOME = "premium_income"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose account, and of when.

    Attributes:
        scheme: code of the scheme.
        party: its name in it.
        currency: of every amount.
        opens_on: first day of the period.
        closes_on: last day of the period.
    """

    scheme: str
    party: str
    currency: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Lost:
    """A settlement with the party's share and call, and what the settlement before it said.

    Attributes:
        call: that stands on the settlement; None where the party is not called.
        whole_before: loss shared by the settlement before, minor units; nought where it is first.
        own_before: of that, the party's share.
    """

    claim: ClaimRow
    policy: PolicyRow
    settlement: SettlementRow
    share: ShareRow
    call: CallRow | None
    whole_before: int = 0
    own_before: int = 0

    @property
    def whole(self) -> int:
        """What this settlement adds to the loss shared; below zero it takes away."""
        return self.settlement.eligible_minor - self.whole_before

    @property
    def own(self) -> int:
        """What it adds to the party's share."""
        return self.share.paid_minor - self.own_before


@dataclass(frozen=True, slots=True)
class CameBack:
    """A recovery and the day on which it was booked."""

    claim: ClaimRow
    recovery: RecoveryRow
    booked_on: date


def premiums(session: Session, of: Account) -> tuple[tuple[PolicyRow, int], ...]:
    """Return each policy with the net premium booked on it in the period, minor units."""
    income = func.sum(-PostingRow.amount_minor)
    sums = (
        select(JournalRow.subject_id, income)
        .join(PostingRow, col(PostingRow.entry_id) == JournalRow.id)
        .join(PolicyRow, col(PolicyRow.id) == JournalRow.subject_id)
        .where(
            JournalRow.subject_type == "policy",
            PostingRow.account == _INCOME,
            PostingRow.currency == of.currency,
            PolicyRow.scheme_code == of.scheme,
            col(JournalRow.booked_on).between(of.opens_on, of.closes_on),
        )
        .group_by(JournalRow.subject_id)
    )
    booked = dict(session.exec(sums).all())
    rows = session.exec(select(PolicyRow).where(col(PolicyRow.id).in_(booked)))
    return tuple((row, int(booked[row.id])) for row in sorted(rows, key=lambda one: one.number))


def losses(session: Session, of: Account) -> tuple[Lost, ...]:
    """Return the settlements of the period with the party's share, by day and claim."""
    query = (
        select(ClaimRow, PolicyRow, SettlementRow, ShareRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(SettlementRow, col(SettlementRow.claim_id) == ClaimRow.id)
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(
            PolicyRow.scheme_code == of.scheme,
            ShareRow.party == of.party,
            SettlementRow.currency == of.currency,
            col(SettlementRow.settled_on).between(of.opens_on, of.closes_on),
        )
        .order_by(col(SettlementRow.settled_on), col(ClaimRow.number), col(SettlementRow.sequence))
    )
    return tuple(
        Lost(
            claim,
            policy,
            settlement,
            share,
            _call(session, settlement.id, of.party),
            *_before(session, settlement, of.party),
        )
        for claim, policy, settlement, share in session.exec(query)
    )


def _before(session: Session, row: SettlementRow, party: str) -> tuple[int, int]:
    """Return the loss that the settlement before shared, and the party's part of it."""
    query = (
        select(SettlementRow.eligible_minor, ShareRow.paid_minor)
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(
            SettlementRow.claim_id == row.claim_id,
            SettlementRow.sequence == row.sequence - 1,
            ShareRow.party == party,
        )
    )
    found = session.exec(query).one_or_none()
    return (found[0], found[1]) if found else (0, 0)


def _call(session: Session, settlement_id: str, party: str) -> CallRow | None:
    query = select(CallRow).where(
        CallRow.settlement_id == settlement_id, CallRow.party == party
    )  # fmt: skip
    return session.exec(query).one_or_none()


def recoveries(session: Session, of: Account) -> tuple[CameBack, ...]:
    """Return the recoveries booked in the period, by day and claim."""
    query = (
        select(ClaimRow, RecoveryRow, JournalRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(RecoveryRow, col(RecoveryRow.claim_id) == ClaimRow.id)
        .join(JournalRow, col(JournalRow.key) == "recovery:" + col(RecoveryRow.id))
        .where(
            PolicyRow.scheme_code == of.scheme,
            RecoveryRow.currency == of.currency,
            col(JournalRow.booked_on).between(of.opens_on, of.closes_on),
        )
        .order_by(col(JournalRow.booked_on), col(ClaimRow.number), col(RecoveryRow.sequence))
    )
    return tuple(
        CameBack(claim, recovery, entry.booked_on) for claim, recovery, entry in session.exec(query)
    )

"""The journal of a claim's settlements: the entry before is reversed, the whole is entered anew."""

from dataclasses import replace
from typing import Final

from sqlmodel import Session

from claims.facts import Case
from claims.reserving.keep import set_reserve
from claims.reserving.store import Stands
from claims.rules import bookings
from claims.rules.purpose import ON_ACCOUNT
from claims.settling.stated import Settling
from claims.tables import SettlementRow
from claims.worth import paid_so_far
from kernel.db import books
from kernel.desk import Desk
from kernel.journal import entry, reverse
from underwriting.history.store import posted_entry
from underwriting.standing import counts

_RESERVES: Final = ("reserve_expense", "case_reserve")
"""Accounts that an entry of a settlement once moved too: a reserve is not set up again."""


def key_of(row: SettlementRow) -> str:
    """Return the key under which a settlement stands in the journal."""
    return f"settlement:{row.claim_id}" + (f":{row.sequence}" if row.sequence > 1 else "")


def enter(
    session: Session,
    case: Case,
    settling: Settling,
    row: SettlementRow,
    *,
    desk: Desk,
    stands: Stands,
) -> None:
    """Reverse the entry before, enter the whole, and release what it was reserved for."""
    claim, subject = case.claim, books.Subject("claim", case.claim.id)
    own = settling.shared.paid_by(case.contract.issuer) - paid_so_far(case)
    left = max(0, claim.reserve_minor - own) if settling.purpose in ON_ACCOUNT else 0
    if left != claim.reserve_minor:
        set_reserve(session, claim, left, desk, stands=stands)
    if case.standing:
        _reverse(session, case.standing, subject, desk)
    scheme = case.scheme.scheme
    charged = {
        part.party: part.paid for part in settling.shared.parts if counts(scheme, part.party)
    }
    moves = [
        *bookings.settlement_moves(
            settling.shared, case.sides, out=settling.payout.out, pays_from=case.kind.pays_from
        ),
        *bookings.pool_moves(charged, case.policy.scheme_code),
    ]
    posting = entry(f"settlement of claim {claim.number}", desk.on, row.currency, moves)
    books.post(session, posting, subject=subject, key=key_of(row), at=desk.at)


def _reverse(session: Session, row: SettlementRow, subject: books.Subject, desk: Desk) -> None:
    """Turn the entry of a settlement around; where nothing was owed, nothing was entered."""
    key = key_of(row)
    standing = posted_entry(session, key)
    if standing is None:
        return
    kept = tuple(one for one in standing.postings if one.account not in _RESERVES)
    if kept:
        turned = reverse(replace(standing, postings=kept), desk.on)
        books.post(session, turned, subject=subject, key=f"{key}:reversed", at=desk.at)

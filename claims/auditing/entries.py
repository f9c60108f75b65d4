"""The journal of one claim: each settlement but the newest is reversed, once, and no other."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.settling.books_of import key_of
from claims.tables import ClaimRow, SettlementRow
from kernel.db.tables import JournalRow, PostingRow
from kernel.money import Money


def disagreements(
    session: Session, claim: ClaimRow, rows: Sequence[SettlementRow]
) -> Iterator[str]:
    """Yield what the journal of a claim says otherwise than its settlements."""
    keys = [(key_of(row), row is rows[-1]) for row in rows]
    names = [name for key, _ in keys for name in (key, f"{key}:reversed")]
    posted = set(session.exec(select(JournalRow.key).where(col(JournalRow.key).in_(names))))
    for key, newest in keys:
        if newest and f"{key}:reversed" in posted:
            yield f"the entry {key} stands and is reversed"
        if not newest and (key in posted) != (f"{key}:reversed" in posted):
            yield f"the entry {key} is not reversed"
    overpaid = _balance(session, claim, "overpaid:")
    if overpaid != rows[-1].overpaid_minor:
        booked, stated = (
            Money(minor, claim.currency) for minor in (overpaid, rows[-1].overpaid_minor)
        )
        yield f"the journal has {booked} overpaid, not {stated}"


def _balance(session: Session, claim: ClaimRow, prefix: str) -> int:
    account = col(PostingRow.account)
    total = (
        select(func.sum(PostingRow.amount_minor))
        .join(JournalRow, col(JournalRow.id) == PostingRow.entry_id)
        .where(
            JournalRow.subject_type == "claim",
            JournalRow.subject_id == claim.id,
            func.substr(account, 1, len(prefix)) == prefix,
        )
    )
    return int(session.exec(total).one() or 0)

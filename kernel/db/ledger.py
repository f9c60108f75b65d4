"""The journal: balanced entries, appended, and the balances that follow from them."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from kernel.db.page import Subject, write
from kernel.db.row import new_id
from kernel.db.seal import entry_sha256
from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Conflict, Fault
from kernel.journal import Entry


def post(
    session: Session, entry: Entry | None, *, subject: Subject, key: str, at: datetime
) -> JournalRow | None:
    """Append a balanced entry; None, where nothing moves, posts nothing and returns None.

    `key` names the act, such as `policy:po_…:premium:1`. A key that has posted before is
    refused with `Conflict("already-posted")`.
    """
    if entry is None:
        return None
    if posted(session, key) is not None:
        fault = Fault("key", f"{key!r} has posted already", "read the entry that stands")
        raise Conflict("already-posted", fault)
    head = JournalRow(
        id=new_id("je"),
        created_at=at,
        booked_on=entry.on,
        memo=entry.memo,
        subject_type=subject.type,
        subject_id=subject.id,
        key=key,
        sha256=entry_sha256(entry.on, entry.memo, key, entry.postings),
    )
    write(session, head)
    for line, posting in enumerate(entry.postings, 1):
        session.add(
            PostingRow(
                entry_id=head.id,
                line=line,
                account=posting.account,
                currency=posting.currency,
                amount_minor=posting.minor,
            )
        )
    session.flush()
    return head


def posted(session: Session, key: str) -> JournalRow | None:
    """Return the entry that was posted under `key`, if any."""
    return session.exec(select(JournalRow).where(JournalRow.key == key)).one_or_none()


def balance(session: Session, account: str, currency: str) -> int:
    """Return debits less credits of one account in minor units; 0 when nothing was posted."""
    total = select(func.sum(PostingRow.amount_minor)).where(
        PostingRow.account == account, PostingRow.currency == currency
    )
    return int(session.exec(total).one() or 0)


def balances(session: Session, account_prefix: str = "") -> dict[tuple[str, str], int]:
    """Return debits less credits in minor units by (account, currency), sorted.

    `account_prefix` is compared letter by letter, case included; "" takes every account.
    """
    account, currency = col(PostingRow.account), col(PostingRow.currency)
    sums = (
        select(account, currency, func.sum(PostingRow.amount_minor))
        .where(func.substr(account, 1, len(account_prefix)) == account_prefix)
        .group_by(account, currency)
    )
    found = session.exec(sums).all()
    return {(name, unit): int(total) for name, unit, total in sorted(found)}

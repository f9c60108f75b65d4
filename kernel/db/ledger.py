"""The journal: balanced entries, appended, and the balances that follow from them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.db.gather import gathering, row_of
from kernel.db.page import Subject, table_of, write
from kernel.db.row import new_id
from kernel.db.seal import entry_sha256
from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Conflict, Fault
from kernel.journal import Entry

_KEY = table_of(JournalRow).c.key
_POSTED = sa_select(_KEY).where(_KEY.in_(bindparam("keys", expanding=True))).order_by(_KEY).limit(1)


def post(
    session: Session, entry: Entry | None, *, subject: Subject, key: str, at: datetime
) -> JournalRow | None:
    """Append a balanced entry; None, where nothing moves, posts nothing and returns None.

    `key` names the act, such as `policy:po_…:premium:1`. A key that has posted before is
    refused with `Conflict("already-posted")`.
    """
    if entry is None:
        return None
    waiting = gathering(session)
    if waiting is None and posted(session, key) is not None:
        raise _twice(key)
    head = row_of(
        JournalRow,
        id=new_id("je"),
        created_at=at,
        booked_on=entry.on,
        memo=entry.memo,
        subject_type=subject.type,
        subject_id=subject.id,
        key=key,
        sha256=entry_sha256(entry.on, entry.memo, key, entry.postings),
    )
    lines = [
        row_of(
            PostingRow,
            entry_id=head.id,
            line=line,
            account=posting.account,
            currency=posting.currency,
            amount_minor=posting.minor,
        )
        for line, posting in enumerate(entry.postings, 1)
    ]
    if waiting is None:
        write(session, head)
        session.add_all(lines)
        session.flush()
        return head
    if any(one.key == key for one in waiting.waiting(JournalRow)):
        raise _twice(key)
    waiting.hold(head, _refuse_twice)
    for line in lines:
        waiting.hold(line)
    return head


def _refuse_twice(connection: Connection, heads: Sequence[JournalRow]) -> None:
    """Refuse entries that wait, where the key of one has posted already."""
    keys = {"keys": [head.key for head in heads]}
    if (found := connection.execute(_POSTED, keys).first()) is not None:
        raise _twice(found.key)


def _twice(key: str) -> Conflict:
    fault = Fault("key", f"{key!r} has posted already", "read the entry that stands")
    return Conflict("already-posted", fault)


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

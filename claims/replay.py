"""ACT: all recoveries of a claim are given back again, in the order of their value dates."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from claims import store
from claims.disposal import shared
from claims.disposal import store as kept
from claims.facts import Case
from claims.rules.disposal.bookings import by_payee, owed_back, payback_moves
from claims.rules.disposal.chronology import Came, given_in_order, totals
from claims.rules.disposal.written import as_written
from claims.tables import RecoveryRow, SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.journal import entry
from kernel.sharing import Recovery

_SUBJECT = "claim"


def replay(
    session: Session, case: Case, settlement: SettlementRow, *, desk: Desk, why: str = "replayed"
) -> None:
    """Give every recovery back on the tranches of `settlement`, the earliest value date first.

    A recovery whose parts change is reversed in the books and entered anew; both stay, and each
    edition of its parts is kept. Pools move by the difference. What a payee was handed beyond
    what is now its due becomes a receivable, `recovery_payback:<payee>`. Where nothing changes,
    nothing is written.

    Raises:
        Conflict: `pool-short`, a pool must give back money that it has spent since.
    """
    rows = {row.id: row for row in store.recoveries(session, case.claim.id)}
    if not rows:
        return
    before, over = totals(row.parts for row in rows.values()), _over(rows)
    owed = _owed_back(session, case, rows)
    scheme = case.scheme.scheme
    placed = given_in_order(
        scheme.recovery,
        as_written(scheme, settlement.tranches, loan=case.contract.amount, tier=case.contract.tier),
        [_came(row) for row in rows.values()],
    )
    standing = kept.standing(session, case.claim.id)
    changed = []
    for one in placed:
        row, edition = rows[one.came.id], standing.get(one.came.id)
        if edition is None or shared.differs(edition, one):
            place = shared.Place(settlement, one, edition, why if edition else "recovered")
            shared.write(session, case, row, place, desk=desk)
            changed += [row.id] if edition else []
    after = totals(row.parts for row in rows.values())
    shared.move_pools(session, case, before, after)
    _credit(session, settlement, after, unmet=placed[-1].back.costs_carried)
    _hand_back(session, case, owed, _owed_back(session, case, rows), desk=desk)
    if changed:
        noted: dict[str, Any] = {
            "recoveries": changed, "before": before, "after": after, "why": why,
        }  # fmt: skip
        if _over(rows) != over:
            noted["over_minor"] = _over(rows)
        _note(session, case, noted, desk)


def _over(rows: Mapping[str, RecoveryRow]) -> int:
    return sum(row.surplus_minor for row in rows.values())


def _came(row: RecoveryRow) -> Came:
    return Came(row.id, row.value_date, row.sequence, Recovery(row.gross_minor, row.costs_minor))


def _owed_back(session: Session, case: Case, rows: Mapping[str, RecoveryRow]) -> dict[str, int]:
    """Return payee -> what it was handed beyond its due, minor units."""
    due = totals(by_payee(row.parts, row.surplus_minor) for row in rows.values())
    given = totals({row.payee: row.amount_minor} for row in kept.payments(session, case.claim.id))
    return {payee: owed_back(due.get(payee, 0), minor) for payee, minor in given.items()}


def _credit(
    session: Session, settlement: SettlementRow, given: Mapping[str, int], *, unmet: int
) -> None:
    for share in store.shares(session, settlement.id):
        share.given_back_minor = given.get(share.party, 0)
        assert share.given_back_minor <= share.paid_minor, "nobody gets more than it bore"
        session.add(share)
    settlement.costs_carried_minor = unmet
    session.add(settlement)
    session.flush()


def _hand_back(
    session: Session,
    case: Case,
    before: Mapping[str, int],
    after: Mapping[str, int],
    *,
    desk: Desk,
) -> None:
    """Turn what a payee must hand back into a receivable, or less of it into none."""
    subject = books.Subject(_SUBJECT, case.claim.id)
    moves = [
        move
        for payee in sorted(after)
        for move in payback_moves(payee, before.get(payee, 0), after[payee])
    ]
    memo = f"recoveries of claim {case.claim.number} to be handed back"
    key = f"payback:{case.claim.id}:{len(books.events(session, subject)) + 1}"
    posting = entry(memo, desk.on, case.claim.currency, moves)
    books.post(session, posting, subject=subject, key=key, at=desk.at)
    for payee in sorted(after):
        if after[payee] > before.get(payee, 0):
            order = {
                "party": payee,
                "amount_minor": after[payee],
                "currency": case.claim.currency,
            }
            books.enqueue(session, subject, "hand_back", order, at=desk.at)


def _note(session: Session, case: Case, noted: Mapping[str, Any], desk: Desk) -> None:
    subject = books.Subject(_SUBJECT, case.claim.id)
    books.note(session, subject, "recoveries_replayed", dict(noted), actor=desk.actor, at=desk.at)

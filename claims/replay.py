"""ACT: all recoveries of a claim are given back again, in the order of their value dates."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from claims import store
from claims.demanded import beyond_cover
from claims.disposal import shared
from claims.disposal import store as kept
from claims.disposal.account import balances
from claims.disposal.orders import order
from claims.facts import Case
from claims.pooled import move_pools
from claims.rules.disposal.bookings import BEYOND
from claims.rules.disposal.chronology import Came, given_in_order, met_first, totals
from claims.rules.disposal.written import as_written
from claims.tables import RecoveryRow, SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.sharing import Recovery

_SUBJECT: Final = "claim"
_AS_BEFORE: Final[Mapping[str, int]] = {}
"""Nobody bears more or less than before."""


def replay(
    session: Session,
    case: Case,
    settlement: SettlementRow,
    *,
    desk: Desk,
    why: str,
    borne: Mapping[str, int] = _AS_BEFORE,
) -> None:
    """Give every recovery back on the tranches of `settlement`, the earliest value date first.

    A recovery whose parts change is reversed in the books and entered anew; both stay, and each
    edition of its parts is kept. What a payee was handed beyond what is now its due becomes a
    receivable, `recovery_payback:<payee>`; what more or less it is due is ordered. Where nothing
    changes, nothing is written.

    Pools move once, by the difference: `borne` is party -> what it bears more on `settlement` than
    on the one before, minor units, with which its pool is not charged yet.

    Raises:
        Conflict: `pool-short`, a pool must give back money that it has spent since.
    """
    rows = {row.id: row for row in store.recoveries(session, case.claim.id)}
    if not rows:
        move_pools(session, case, borne)
        return
    before, over = totals(row.parts for row in rows.values()), _over(rows)
    stood = balances(session, case)
    scheme = case.scheme.scheme
    placed = given_in_order(
        scheme.recovery,
        as_written(scheme, settlement.tranches, loan=case.contract.amount, tier=case.contract.tier),
        [_came(row) for row in rows.values()],
    )
    placed = met_first(placed, beyond_cover(session, case.claim, settlement), BEYOND)
    standing = kept.standing(session, case.claim.id)
    changed = []
    for one in placed:
        row, edition = rows[one.came.id], standing.get(one.came.id)
        if edition is None or shared.differs(edition, one):
            place = shared.Place(settlement, one, edition, why if edition else "recovered")
            shared.write(session, case, row, place, desk=desk)
            changed += [row.id] if edition else []
    after = totals(row.parts for row in rows.values())
    move_pools(session, case, totals((borne, _less(after), before)))
    _credit(session, settlement, after, unmet=placed[-1].back.costs_carried)
    order(session, case, stood, balances(session, case), desk=desk)
    if changed:
        noted: dict[str, Any] = {
            "recoveries": changed, "before": before, "after": after, "why": why,
        }  # fmt: skip
        if _over(rows) != over:
            noted["over_minor"] = _over(rows)
        _note(session, case, noted, desk)


def _less(minor: Mapping[str, int]) -> dict[str, int]:
    return {party: -one for party, one in minor.items()}


def _over(rows: Mapping[str, RecoveryRow]) -> int:
    return sum(row.surplus_minor for row in rows.values())


def _came(row: RecoveryRow) -> Came:
    return Came(row.id, row.value_date, row.sequence, Recovery(row.gross_minor, row.costs_minor))


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


def _note(session: Session, case: Case, noted: Mapping[str, Any], desk: Desk) -> None:
    subject = books.Subject(_SUBJECT, case.claim.id)
    books.note(session, subject, "recoveries_replayed", dict(noted), actor=desk.actor, at=desk.at)

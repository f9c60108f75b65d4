"""Writing how a recovery is given back: its edition, its entry in the books."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from claims.disposal.tables import RecoverySharingRow
from claims.facts import Case
from claims.rules.bookings import pool_moves, recovery_moves
from claims.rules.disposal.bookings import BEYOND, beyond_moves, recourse_moves
from claims.rules.disposal.chronology import Shared
from claims.rules.kinds import KINDS
from claims.tables import RecoveryRow, SettlementRow
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.journal import entry, reverse
from underwriting import store as contracts
from underwriting.history.store import posted_entry
from underwriting.standing import counts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a recovery comes to stand.

    Attributes:
        settlement: on whose tranches it is given back.
        shared: what becomes of it.
        standing: its edition so far; None, it is new.
        why: what brings the new edition about.
    """

    settlement: SettlementRow
    shared: Shared
    standing: RecoverySharingRow | None
    why: str

    @property
    def edition(self) -> int:
        """The number of the new edition."""
        return self.standing.edition + 1 if self.standing else 1


def differs(standing: RecoverySharingRow, shared: Shared) -> bool:
    """Say whether an edition says anything else than what is worked out now."""
    came, back = shared.came, shared.back
    now = (
        came.value_date, came.recovery.gross, came.recovery.costs, shared.carried,
        back.costs_carried, back.net, back.surplus, _parts(back.parts),
    )  # fmt: skip
    return now != (
        standing.value_date, standing.gross_minor, standing.costs_minor, standing.carried_minor,
        standing.unmet_minor, standing.net_minor, standing.surplus_minor, _parts(standing.parts),
    )  # fmt: skip


def _parts(parts: Mapping[str, int]) -> dict[str, int]:
    return {party: minor for party, minor in parts.items() if minor}


def write(session: Session, case: Case, row: RecoveryRow, place: Place, *, desk: Desk) -> None:
    """Reverse the entry that stands, enter the new one, and keep the new edition."""
    back, came = place.shared.back, place.shared.came
    subject = books.Subject("claim", case.claim.id)
    if place.standing is not None:
        posted = posted_entry(session, entry_key(row.id, place.standing.edition))
        if posted is not None:
            key = f"recovery-reversal:{row.id}:{place.standing.edition}"
            turned = reverse(posted, desk.on)
            books.post(session, turned, subject=subject, key=key, at=desk.at)
    row.net_minor, row.surplus_minor, row.parts = back.net, back.surplus, dict(back.parts)
    contracts.add(session, row)
    memo = f"recovery {row.sequence} of claim {case.claim.number}"
    posting = entry(memo, desk.on, row.currency, _moves(case, place))
    key = entry_key(row.id, place.edition)
    books.post(session, posting, subject=subject, key=key, at=desk.at)
    edition = RecoverySharingRow(
        id=new_id("rs"), created_at=desk.at, recovery_id=row.id, edition=place.edition,
        settlement_id=place.settlement.id, booked_on=desk.on, why=place.why,
        value_date=came.value_date, gross_minor=came.recovery.gross,
        costs_minor=came.recovery.costs, carried_minor=place.shared.carried,
        unmet_minor=back.costs_carried, net_minor=back.net, surplus_minor=back.surplus,
        parts=dict(back.parts),
    )  # fmt: skip
    session.add(edition)
    session.flush()


def entry_key(recovery_id: str, edition: int) -> str:
    """Return the key of the journal entry of an edition; the first has the recovery's own.

    >>> entry_key("rc_x", 1), entry_key("rc_x", 2)
    ('recovery:rc_x', 'recovery:rc_x:2')
    """
    return f"recovery:{recovery_id}" + ("" if edition == 1 else f":{edition}")


def _moves(case: Case, place: Place) -> list[tuple[str, int]]:
    one, scheme = place.shared, case.scheme.scheme
    borne = {party: minor for party, minor in one.back.parts.items() if party != BEYOND}
    back = replace(one.back, parts=borne)
    moves = recovery_moves(one.came.recovery, back, one.carried, case.contract.issuer)
    moves += beyond_moves(one.back.parts.get(BEYOND, 0))
    pools = {party: -minor for party, minor in borne.items() if counts(scheme, party)}
    moves += pool_moves(pools, case.policy.scheme_code)
    kind = KINDS.get(case.policy.product)
    if kind is not None and kind.pays_from != "cash":
        moves += recourse_moves(sum(borne.values()))
    return moves

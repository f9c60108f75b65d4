"""Pools and years of the parties, charged by the difference between two settlements."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from claims import store
from claims.facts import Case
from claims.tables import SettlementRow, ShareRow
from kernel.desk import Desk
from kernel.sharing import UNCOVERED
from underwriting.means import Means
from underwriting.standing import Charge, charge


def charge_early(
    session: Session,
    case: Case,
    row: SettlementRow,
    shares: Sequence[ShareRow],
    *,
    desk: Desk,
    means: Means,
) -> Mapping[str, int]:
    """Charge each party what it bears beyond the settlement before, in the year of the first.

    A party that got more back than it bears now is left for later, as party -> minor units: its
    pool takes the difference once its recoveries were given back anew.

    Raises:
        Conflict: a pool lacks what its party owes.
    """
    standing = case.standing
    before = (
        {share.party: share for share in store.shares(session, standing.id)} if standing else {}
    )
    late: dict[str, int] = {}
    for share in shares:
        old = before.get(share.party)
        change = share.paid_minor - (old.paid_minor if old else 0)
        if share.party == UNCOVERED or not change:
            continue
        if old and old.given_back_minor > share.paid_minor:
            late[share.party] = change
        else:
            _charge(session, case, row, share.party, change, desk=desk, means=means)
    return late


def charge_late(
    session: Session,
    case: Case,
    row: SettlementRow,
    late: Mapping[str, int],
    *,
    desk: Desk,
    means: Means,
) -> None:
    """Charge what `charge_early` left."""
    for party, change in late.items():
        _charge(session, case, row, party, change, desk=desk, means=means)


def _charge(
    session: Session,
    case: Case,
    row: SettlementRow,
    party: str,
    change: int,
    *,
    desk: Desk,
    means: Means,
) -> None:
    loss = Charge(row.currency, row.counts_on, desk.at)
    charge(session, case.scheme.scheme, party, change, loss=loss, means=means)

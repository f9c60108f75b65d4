"""What parties bear by the difference between two settlements, and their years."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from claims import store
from claims.facts import Case
from claims.tables import SettlementRow, ShareRow
from kernel.desk import Desk
from kernel.sharing import UNCOVERED
from underwriting.means import Means
from underwriting.standing import Charge, charge_year


def risen(session: Session, case: Case, shares: Sequence[ShareRow]) -> dict[str, int]:
    """Return party -> what it bears beyond the settlement before, minor units; or less than it."""
    standing = case.standing
    before = store.shares(session, standing.id) if standing else ()
    old = {share.party: share.paid_minor for share in before}
    rise = {share.party: share.paid_minor - old.get(share.party, 0) for share in shares}
    return {party: minor for party, minor in rise.items() if minor and party != UNCOVERED}


def charge_years(
    session: Session,
    case: Case,
    row: SettlementRow,
    borne: Mapping[str, int],
    *,
    desk: Desk,
    means: Means,
) -> None:
    """Charge the year of the first settlement with what each party bears more, minor units."""
    loss = Charge(row.currency, row.counts_on, desk.at)
    for party, minor in borne.items():
        charge_year(session, case.scheme.scheme, party, minor, loss=loss, means=means)

"""What of an expense counts, among those of its kind: each counts once, for its lot and for all."""

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.tables import DisposalExpenseRow
from claims.rules.disposal.costs import Allowed, Ground, allowed_on
from kernel.errors import invalid


def counts_now(
    session: Session,
    disposal_id: str,
    minor: int,
    *,
    kind: str,
    lot_id: str | None,
    but: DisposalExpenseRow | None = None,
) -> Allowed:
    """Return what of an expense is necessary, with all of its kind but `but` beside it.

    The cap of a kind is of the whole disposal: its rate times the bases of all lots, and every
    expense of the kind, of one lot or of all, is counted against it once. An expense of one lot
    keeps within the cap of that lot as well. What was spent is read from recoveries as they stand,
    corrected or not.

    Raises:
        Invalid: the lot is not of the disposal, the kind is not known, or its cap is of a figure
            that is not there.
    """
    spent = [
        (one, now)
        for one, now in lots.costs_now(session, disposal_id)
        if one.kind == kind and (but is None or one.id != but.id)
    ]
    grounds = []
    if lot_id is not None:
        of_lot = sum(now for one, now in spent if one.lot_id == lot_id)
        grounds.append(Ground(*_bases(session, disposal_id, lot_id), of_lot, "of the lot"))
    whole = sum(now for _, now in spent)
    grounds.append(Ground(*_bases(session, disposal_id, None), whole, "of all lots"))
    return allowed_on(kind, minor, grounds)


def _bases(session: Session, disposal_id: str, lot_id: str | None) -> tuple[int | None, int | None]:
    """Return the newest valuations and the prices of what an expense is for; None: none yet.

    Raises:
        Invalid: the lot is not of the disposal.
    """
    every = lots.lots(session, disposal_id)
    chosen = [one for one in every if lot_id in (None, one.id)]
    if not chosen:
        raise invalid("lot_id", "is no lot of this disposal", "name one of its lots")
    valued = [rows[-1].amount_minor for one in chosen if (rows := lots.valuations(session, one.id))]
    sold = [
        awards[-1].price_minor
        for one in chosen
        if (awards := lots.awards(session, one.id)) and awards[-1].state != "defaulted"
    ]
    return sum(valued) or None, sum(sold) or None

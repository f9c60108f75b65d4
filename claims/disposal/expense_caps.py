"""What of an expense counts, among those of its kind: each counts once, for its lot and for all."""

from collections.abc import Iterable

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.tables import DisposalExpenseRow
from claims.rules.disposal.costs import Allowed, Ground, allowed_on
from kernel.errors import invalid

Bases = tuple[int, int]
"""Newest valuation and price of a lot, minor units; nought: none yet."""


def counts_now(
    session: Session,
    disposal_id: str,
    minor: int,
    *,
    kind: str,
    lot_id: str | None,
    beside: Iterable[tuple[DisposalExpenseRow, int]],
) -> Allowed:
    """Return what of an expense is necessary, with all of its kind among `beside`.

    `beside` are the other expenses of the disposal, each with what counts of it now.

    The cap of a kind is of the whole disposal: its rate times the bases of all lots, and every
    expense of the kind, of one lot or of all, is counted against it once. An expense of one lot
    keeps within the cap of that lot as well. What was spent is read from recoveries as they stand,
    corrected or not.

    Raises:
        Invalid: the lot is not of the disposal, the kind is not known, or its cap is of a figure
            that is not there.
    """
    spent = [(one.lot_id, now) for one, now in beside if one.kind == kind]
    bases, grounds = _bases(session, disposal_id), []
    if lot_id is not None:
        if lot_id not in bases:
            raise invalid("lot_id", "is no lot of this disposal", "name one of its lots")
        of_lot = sum(now for lot, now in spent if lot == lot_id)
        grounds.append(_ground([bases[lot_id]], of_lot, "of the lot"))
    whole = sum(now for _, now in spent)
    grounds.append(_ground(bases.values(), whole, "of all lots"))
    return allowed_on(kind, minor, grounds)


def _ground(bases: Iterable[Bases], spent: int, words: str) -> Ground:
    valued, sold = map(sum, zip(*bases, strict=True))
    return Ground(valued or None, sold or None, spent, words)


def _bases(session: Session, disposal_id: str) -> dict[str, Bases]:
    """Return each lot of a disposal with its bases; a price that was not paid is none."""
    found = {}
    for one in lots.lots(session, disposal_id):
        valued, awards = lots.valuations(session, one.id), lots.awards(session, one.id)
        sold = awards[-1].price_minor if awards and awards[-1].state != "defaulted" else 0
        found[one.id] = (valued[-1].amount_minor if valued else 0, sold)
    return found

"""READING: what recoveries fetched against what was appraised; nothing of who the debtor was.

One row a lot that came to an end, in the shape that the recovery model asks: kind of right, way,
appraised value, gross proceeds, costs, days from the default to the money, listings. The rows of
the register of appraisers (`underwriting.appraisers`) have the same two figures without the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from claims.disposal import lots
from claims.disposal.tables import DisposalLotRow, DisposalRow
from claims.rules.disposal.moves import DONE
from claims.tables import ClaimRow, RecoveryRow
from kernel.money import allocate


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What became of one right.

    Attributes:
        right_kind: as `models.recovery` names kinds.
        way: `auction`, `agreed_sale`, `licence`, or `none` where nobody bought.
        currency: of the amounts.
        appraised_minor: newest valuation.
        method: of that valuation.
        gross_minor: all money of the lot, deposits kept and licence fees among it.
        costs_minor: necessary expenses of the lot, and its part of those of the whole disposal.
        listings: by auction.
        days_to_money: from the default to the value date of the money, weighted by amount,
            rounded down; to the end of the lot where nothing came.
        year: of the end of the lot.
    """

    right_kind: str
    way: str
    currency: str
    appraised_minor: int
    method: str
    gross_minor: int
    costs_minor: int
    listings: int
    days_to_money: int
    year: int

    @property
    def price_ratio(self) -> Fraction:
        """Gross proceeds over appraised value, per 1, exact."""
        return Fraction(self.gross_minor, self.appraised_minor)

    @property
    def cost_rate(self) -> Fraction | None:
        """Costs over gross proceeds, per 1; None where nothing came."""
        return Fraction(self.costs_minor, self.gross_minor) if self.gross_minor else None


def experience(session: Session) -> tuple[Experience, ...]:
    """Return a row for every lot that ended with a valuation, by the year of its end.

    A lot still under licence is not over and is left out.
    """
    query = (
        select(DisposalLotRow, DisposalRow, ClaimRow)
        .join(DisposalRow, col(DisposalRow.id) == DisposalLotRow.disposal_id)
        .join(ClaimRow, col(ClaimRow.id) == DisposalRow.claim_id)
        .where(col(DisposalLotRow.state).in_([state.value for state in DONE]))
        .order_by(col(DisposalRow.opened_on), col(DisposalRow.id), col(DisposalLotRow.position))
    )
    rows = [_row(session, *found) for found in session.exec(query)]
    return tuple(sorted((row for row in rows if row), key=lambda row: row.year))


def _row(
    session: Session, lot: DisposalLotRow, disposal: DisposalRow, claim: ClaimRow
) -> Experience | None:
    valued = lots.valuations(session, lot.id)
    if not valued:
        return None
    money = [recovery for _, recovery, _ in lots.proceeds(session, lot.id)]
    awards = [one for one in lots.awards(session, lot.id) if one.state != "defaulted"]
    end = lot.closed_on or max((one.value_date for one in money), default=disposal.opened_on)
    return Experience(
        right_kind=lot.kind,
        way=awards[-1].way if awards else "none",
        currency=disposal.currency,
        appraised_minor=valued[-1].amount_minor,
        method=valued[-1].method,
        gross_minor=sum(one.gross_minor for one in money),
        costs_minor=_costs(session, disposal, lot),
        listings=lot.turn,
        days_to_money=_days(claim.default_date, money, end),
        year=end.year,
    )


def _days(default: date, money: Sequence[RecoveryRow], end: date) -> int:
    gross = sum(one.gross_minor for one in money)
    if gross == 0:
        return (end - default).days
    weighted = sum(one.gross_minor * (one.value_date - default).days for one in money)
    return weighted // gross


def _costs(session: Session, disposal: DisposalRow, lot: DisposalLotRow) -> int:
    """Return the lot's own expenses and its part, by value, of those that are for all lots."""
    spent = lots.costs_now(session, disposal.id)
    own = sum(now for one, now in spent if one.lot_id == lot.id)
    shared = sum(now for one, now in spent if one.lot_id is None)
    every = lots.lots(session, disposal.id)
    values = [
        rows[-1].amount_minor if (rows := lots.valuations(session, one.id)) else 0 for one in every
    ]
    place = [one.id for one in every].index(lot.id)
    return own + allocate(shared, values)[place]

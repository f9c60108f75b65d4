"""Money of a lot that is put right: checked against its limits anew, and the lot follows it."""

from sqlmodel import Session, select

from claims.disposal import lots
from claims.disposal.course import paid_of
from claims.disposal.expense_caps import counts_now
from claims.disposal.held import locked
from claims.disposal.lot_file import LotFile, go
from claims.disposal.tables import DisposalAwardRow, DisposalExpenseRow, DisposalProceedsRow
from claims.rules.disposal.moves import Lot
from claims.tables import RecoveryRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money

_EXPENSES = "record it as an expense: POST /v1/disposals/{id}/expenses"
_PROCEEDS = "record it as proceeds of its lot: POST /v1/lots/{id}/proceeds"


def check_corrected(session: Session, row: RecoveryRow, gross: int, costs: int) -> None:
    """Refuse figures that the money of a lot could not have come in with, minor units.

    A recovery that is neither money of a lot nor an expense has no such limits.

    Raises:
        Conflict: more than the price or the deposit of its award.
        Invalid: more than the bill, or than what its cap allows; or costs of money that came in,
            or money of a bill.
    """
    proceeds, bill = _proceeds(session, row), _bill(session, row)
    if proceeds is not None:
        if costs > row.costs_minor:
            raise invalid("costs", "of a lot count under their caps", _EXPENSES)
        _check_price(session, proceeds, row, gross)
    if bill is not None:
        if gross > row.gross_minor:
            raise invalid("gross", "is of a bill, which brings nothing in", _PROCEEDS)
        if costs > row.costs_minor:
            _check_bill(session, bill, row, costs)


def follow_corrected(session: Session, row: RecoveryRow, *, desk: Desk) -> None:
    """Bring a lot to where its price, as put right, leaves it; one that has ended stays.

    A price that is whole no more is awaited again; one that has become whole ends the sale.
    """
    proceeds = _proceeds(session, row)
    if proceeds is None or proceeds.kind != "price":
        return
    award = _award(session, proceeds)
    file = _file(session, award)
    left = award.price_minor - paid_of(session, award)
    payload = {"price_minor": award.price_minor, "pay_by": award.pay_by.isoformat(),
               "recovery_id": row.id}  # fmt: skip
    if file.lot.state == Lot.PAID and left:
        award.state = "standing"
        session.add(award)
        go(session, file, Lot.AWARDED, payload, desk=desk)
    elif file.lot.state == Lot.AWARDED and award.state == "standing" and not left:
        award.state = "paid"
        session.add(award)
        go(session, file, Lot.PAID, payload, desk=desk)


def _check_price(
    session: Session, proceeds: DisposalProceedsRow, row: RecoveryRow, gross: int
) -> None:
    award = _award(session, proceeds)
    if proceeds.kind == "deposit":
        over, most = gross - award.deposit_minor, "the deposit"
    elif proceeds.kind == "price":
        over = paid_of(session, award) - row.gross_minor + gross - award.price_minor
        most = "the price"
    else:
        return
    if over > 0:
        words = f"is {Money(over, row.currency)} more than {most}"
        raise Conflict("price-overpaid", Fault("gross", words, "pay the rest back to the buyer"))


def _check_bill(session: Session, bill: DisposalExpenseRow, row: RecoveryRow, costs: int) -> None:
    if costs > bill.asked_minor:
        words = f"is more than the bill of {Money(bill.asked_minor, row.currency)}"
        raise invalid("costs", words, _EXPENSES)
    beside = [one for one in lots.costs_now(session, bill.disposal_id) if one[0].id != bill.id]
    most = counts_now(
        session, bill.disposal_id, costs, kind=bill.kind, lot_id=bill.lot_id, beside=beside
    )
    if most.minor < costs:
        cure = f"give at most {Money(most.minor, row.currency)}"
        raise invalid("costs", f"is above its cap: {most.why}", cure)


def _proceeds(session: Session, row: RecoveryRow) -> DisposalProceedsRow | None:
    query = select(DisposalProceedsRow).where(DisposalProceedsRow.recovery_id == row.id)
    return session.exec(query).one_or_none()


def _bill(session: Session, row: RecoveryRow) -> DisposalExpenseRow | None:
    query = select(DisposalExpenseRow).where(DisposalExpenseRow.recovery_id == row.id)
    return session.exec(query).one_or_none()


def _award(session: Session, proceeds: DisposalProceedsRow) -> DisposalAwardRow:
    award = session.get(DisposalAwardRow, proceeds.award_id)
    assert award is not None, "money came in on an award"
    return award


def _file(session: Session, award: DisposalAwardRow) -> LotFile:
    """Return the lot of an award on its case; claim, disposal and lot are locked in that order."""
    seen = lots.disposal(session, lots.lot(session, award.lot_id).disposal_id)
    case = locked(session, seen.claim_id)
    disposal = lots.disposal(session, seen.id, lock=True)
    return LotFile(case, disposal, lots.lot(session, award.lot_id, lock=True))

"""What somebody has to do so that a recovery goes on: notices, registry, lots, payments."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.account import balances
from claims.disposal.owed_first import to_give
from claims.disposal.recourse import subrogation_of
from claims.disposal.tables import DisposalLotRow
from claims.facts import Case, case_of
from claims.rules.disposal.court import days
from claims.rules.disposal.moves import STEPS, Lot
from claims.rules.duty import Duty
from claims.rules.lifecycle import State
from claims.store import settlement_of
from kernel.clock import business_date
from kernel.money import Money
from kernel.period import add_days

_INSURER = "insurer"
_ART_60 = "保险法 Insurance Law art. 60"
_ART_568 = "民法典 Civil Code art. 568"
_AUCTION = "法释〔2016〕18号 Fa Shi (2016) 18"


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:  # noqa: ARG001 - every part is asked the same
    """Return what waits for somebody on the recoveries of a claim, and what was done of it."""
    case = case_of(session, claim_id)
    return (
        *_recourse(session, case),
        *(one for row in _open_lots(session, claim_id) for one in _lot(session, row)),
        *_payments(session, case),
    )


def _recourse(session: Session, case: Case) -> Iterator[Duty]:
    settlement = settlement_of(session, case.claim.id)
    if settlement is None or not settlement.paid_to_bank_minor:
        return
    row = subrogation_of(session, case.claim.id)
    current = row if row is not None and row.settlement_id == settlement.id else None
    if current is None and case.claim.state == State.CLOSED:
        return  # a closed claim is not taken over; whoever reopens it is asked again
    yield Duty(
        "take_over", _INSURER, "代位求偿并通知债务人", "take the claim over and tell the debtor",
        _ART_60, None, current.taken_on if current else None,
    )  # fmt: skip
    if row is not None and row.registry_due is not None:
        yield Duty(
            "note_pledgee", _INSURER, "办理质权人变更登记", "have the change of pledgee noted",
            "民法典 Civil Code art. 444", row.registry_due, row.registered_on,
        )  # fmt: skip


def _open_lots(session: Session, claim_id: str) -> Iterator[DisposalLotRow]:
    for disposal in lots.disposals(session, claim_id):
        for row in lots.lots(session, disposal.id):
            if row.state != Lot.CLOSED:
                yield row


def _lot(session: Session, row: DisposalLotRow) -> Iterator[Duty]:
    """Yield the next step of a lot, and whose it is: the buyer's is noted as the insurer's."""
    _, _, zh, en = STEPS[Lot(row.state)]
    due = _due(session, row)
    yield Duty(f"lot_{row.state}", _INSURER, f"{row.number}：{zh}", f"{row.number}: {en}",
               _AUCTION, due)  # fmt: skip


def _due(session: Session, row: DisposalLotRow) -> date | None:
    """Return by when the next step is due; None where no day is set."""
    if row.state == Lot.LISTED:
        return business_date(lots.listings(session, row.id)[-1].closes_at)
    if row.state == Lot.UNSOLD and row.turn:
        closed = business_date(lots.listings(session, row.id)[-1].closes_at)
        return add_days(closed, days("relist_days")) if row.turn < days("auctions") else None
    if row.state in (Lot.AWARDED, Lot.LICENSED):
        return lots.awards(session, row.id)[-1].pay_by
    return None


def _payments(session: Session, case: Case) -> Iterator[Duty]:
    clause = f"{case.policy.scheme_code}: 追偿分配 recovery"
    for due in to_give(session, case):
        if due.out:
            sum_ = Money(due.out, case.claim.currency)
            yield Duty(
                f"give_back_{due.payee}", _INSURER, f"向{due.payee}返还追偿款 {sum_}",
                f"give {due.payee} {sum_} of recoveries", clause, None,
                seen="party", party=due.payee,
            )  # fmt: skip
        if due.kept:
            sum_ = Money(due.kept, case.claim.currency)
            yield Duty(
                f"set_off_{due.payee}", _INSURER,
                f"将应返还{due.payee}的追偿款 {sum_} 与其欠款抵销",
                f"set {sum_} of recoveries due to {due.payee} off against what it owes",
                _ART_568, None, seen="party", party=due.payee,
            )  # fmt: skip
    for one in balances(session, case):
        if one.to_hand_back:
            sum_ = Money(one.to_hand_back, case.claim.currency)
            yield Duty(
                f"hand_back_{one.payee}", one.payee, f"退回多得追偿款 {sum_}",
                f"hand back {sum_} of recoveries", clause, None,
                seen="party", party=one.payee,
            )  # fmt: skip

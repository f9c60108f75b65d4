"""What somebody has to do about calls, and by when."""

from datetime import date

from sqlmodel import Session

from claims.calls import store
from claims.calls.moves import State
from claims.calls.paid import CALL
from claims.calls.tables import CallRow, PoolFilingRow
from claims.calls.waiting import Filing
from claims.rules.duty import Duty

HOUSE = "insurer"


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:
    """Return what is to be done, or was, about the calls and filings of a claim on a day."""
    calls = [_of_call(row, on) for row in store.of_claim(session, claim_id)]
    filings = [_of_filing(row) for row in store.filings(session, claim_id)]
    return tuple(duty for duty in (*calls, *filings) if duty is not None)


def _of_call(row: CallRow, on: date) -> Duty | None:
    """Whose turn it is with a call; None once it has been replaced."""
    code, state = f"call-{row.sequence}", State(row.state)
    if row.direction != CALL:
        return _refund(row, code)
    if state in (State.SUPERSEDED, State.WITHDRAWN):
        return None
    if state is State.DISPUTED:
        return Duty(f"{code}-resolve", HOUSE, f"复核 {row.party} 的争议",
                    f"resolve the dispute of {row.party}", row.clause, None,
                    seen="party", party=row.party)  # fmt: skip
    if state is State.NOTICED and row.cure_until and on > row.cure_until:
        return Duty(f"{code}-default", HOUSE, f"确认 {row.party} 违约",
                    f"put {row.party} into default", row.clause, None,
                    seen="party", party=row.party)  # fmt: skip
    due = {State.DEFAULTED: None, State.NOTICED: row.cure_until}.get(state, row.due_on)
    return Duty(f"{code}-pay", row.party, "支付分担款", "pay its share", row.clause,
                due, row.paid_on, seen="party", party=row.party)  # fmt: skip


def _refund(row: CallRow, code: str) -> Duty | None:
    if row.state == State.SUPERSEDED:
        return None
    return Duty(f"{code}-refund", HOUSE, f"向 {row.party} 退还分担款",
                f"pay back to {row.party} what it paid too much", row.clause,
                row.due_on, row.paid_on, seen="party", party=row.party)  # fmt: skip


def _of_filing(row: PoolFilingRow) -> Duty:
    code, clause = (
        f"file-{row.party}",
        "分担方案：最终损失确定后支付 the scheme pays on the final loss",
    )
    if row.state == Filing.WAITING:
        return Duty(f"{code}-fix", HOUSE, "确定最终损失", "fix the final loss", clause, None)
    return Duty(code, HOUSE, f"向 {row.party} 申请补偿", f"file the final loss with {row.party}",
                clause, row.file_by, row.filed_on)  # fmt: skip

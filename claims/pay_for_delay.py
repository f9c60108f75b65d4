"""ACT: a payment that comes after its last day brings its damages, a line of their own."""

from collections.abc import Sequence
from typing import Any, Final

from sqlmodel import Session

from claims.facts import Case
from claims.rules.instalment import Owed
from claims.rules.late import ACCOUNT, Damages, damages, damages_moves, shipped_rates
from claims.tables import SettlementRow
from claims.uploads.course import clocks, last_day
from kernel.db import books
from kernel.desk import Desk
from kernel.journal import entry
from kernel.money import format_minor

_CASH: Final = "cash"
_CURRENCY: Final = "CNY"
"""Of the rates; for a delay in another it is noted that no rate is known."""


def paid_now(case: Case, row: SettlementRow) -> int:
    """Return what a settlement pays out beyond the one before it, minor units."""
    return row.paid_out_minor - (case.standing.paid_out_minor if case.standing else 0)


def pay_for_delay(
    session: Session,
    case: Case,
    row: SettlementRow,
    *,
    desk: Desk,
    owed: Sequence[Owed] | None = None,
) -> Damages:
    """Pay the damages for what a settlement pays now, where it is late (Insurance Law art. 23).

    Each payment has its own clock, and each sum is paid once: damages are for what this settlement
    pays beyond the one before, `case.standing`. The last day of `owed` is its own; where it is
    left out, that of the clock of payment after agreement. One of rest moves on. The damages are
    the house's own: no party shares them, and they count on no limit. A demand that a letter met
    has clocks of its own.
    """
    now = paid_now(case, row)
    if now <= 0 or case.kind.pays_from != _CASH:
        return Damages(0)
    parts = _after_agreement(session, case, row, now) if owed is None else owed
    assert sum(one.minor for one in parts) <= now, "no sum brings damages twice"
    late = [
        (one, damages(one.minor, last_day(one.due, desk.calendar), desk.on, shipped_rates()))
        for one in parts
        if one.due is not None
    ]
    late = [(one, cost) for one, cost in late if cost.days]
    found = Damages(
        sum(cost.minor for _, cost in late), tuple(line for _, cost in late for line in cost.lines)
    )
    if late:
        found = _pay(session, case, row, found, sum(one.minor for one, _ in late), desk=desk)
    return found


def _after_agreement(session: Session, case: Case, row: SettlementRow, now: int) -> list[Owed]:
    settled = None if case.standing else (row,)  # the first one: there is no other to be read
    running = clocks(session, case, settled)
    due = next((one.due for one in running if one.code == "pay"), None)
    return [Owed(now, due)]


def _pay(
    session: Session, case: Case, row: SettlementRow, found: Damages, now: int, *, desk: Desk
) -> Damages:
    """Note the damages for `now` that came late, enter and order them."""
    subject = books.Subject("claim", case.claim.id)
    payload = _payload(found, row, now)
    if row.currency != _CURRENCY:
        unknown = {"settlement_id": row.id, "late_minor": now, "days": found.days}
        books.note(session, subject, "delay_without_rate", unknown, actor=desk.actor, at=desk.at)
        return Damages(0)
    books.note(session, subject, ACCOUNT, payload, actor=desk.actor, at=desk.at)
    if found.minor:
        memo = f"damages for delay on claim {case.claim.number}"
        posting = entry(memo, desk.on, row.currency, list(damages_moves(found.minor)))
        books.post(session, posting, subject=subject, key=f"delay:{row.id}", at=desk.at)
        order = {
            "amount_minor": found.minor,
            "currency": row.currency,
            "to": case.bank,
            "payee": "insured",
            "purpose": ACCOUNT,
        }
        books.enqueue(session, subject, ACCOUNT, order, at=desk.at)
    return found


def _payload(found: Damages, row: SettlementRow, now: int) -> dict[str, Any]:
    rates = shipped_rates()
    return {
        "settlement_id": row.id,
        "late": format_minor(now, row.currency),
        "damages": format_minor(found.minor, row.currency),
        "clause": rates.clause,
        "source": rates.source,
        "grade": rates.grade,
        "lines": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "days": one.days,
                "rate": str(one.rate),
                "amount": format_minor(one.minor, row.currency),
            }
            for one in found.lines
        ],
    }

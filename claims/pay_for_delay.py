"""ACT: a payment that comes after its last day brings its damages, a line of their own."""

from typing import Any, Final

from sqlmodel import Session

from claims.facts import Case
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


def pay_for_delay(session: Session, case: Case, row: SettlementRow, *, desk: Desk) -> Damages:
    """Pay the damages for what a settlement pays now, where it is late (Insurance Law art. 23).

    `case.standing` is the settlement before. The last day is that of the clock of payment; one
    of rest moves on. The damages are the house's own: no party shares them, and they count on no
    limit. A demand that a letter met has clocks of its own.
    """
    now = row.paid_out_minor - (case.standing.paid_out_minor if case.standing else 0)
    due = next((one.due for one in clocks(session, case) if one.code == "pay"), None)
    if due is None or now <= 0 or case.kind.pays_from != _CASH:
        return Damages(0)
    found = damages(now, last_day(due, desk.calendar), desk.on, shipped_rates())
    if not found.days:
        return found
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

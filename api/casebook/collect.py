"""Money between the parties of a case: each call is paid, recoveries are handed over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from claims.answer_call import answer_call
from claims.calls import store as calls
from claims.disposal.owed_first import to_give
from claims.facts import case_of
from claims.file_with_pool import FinalLoss, file_with_pool, fix_final_loss
from claims.pay_recovery import Payment, pay_recovery
from kernel.db.engine import transact
from kernel.money import Money

Do = Callable[..., Any]
"""Runs one act on a day."""

_LATER = timedelta(days=5)


def collect(engine: Engine, claim_id: str, on: date, do: Do) -> None:
    """Have every call of a claim paid, five days after `on`, with the value date `on`."""
    for call in transact(engine, lambda session: calls.unpaid(session, claim_id)):
        do(on + _LATER, answer_call, call.id, on)


def collect_final(engine: Engine, claim_id: str, on: date, do: Do) -> None:
    """Fix the final loss with the parties that wait for it, file it, and have it paid."""
    waiting = transact(engine, lambda session: calls.filings(session, claim_id))
    if not any(filing.amount_minor for filing in waiting):
        return
    final = FinalLoss(on, "recoveries_ended", "the case has no more to recover")
    do(on, fix_final_loss, claim_id, final)
    for filing in waiting:
        if filing.amount_minor:
            do(on, file_with_pool, claim_id, filing.party)
    collect(engine, claim_id, on, do)


def hand_over(engine: Engine, claim_id: str, on: date, do: Do) -> None:
    """Give every payee what it is due of recoveries: every call is paid by now."""
    case = transact(engine, lambda session: case_of(session, claim_id))
    for one in transact(engine, lambda session: to_give(session, case)):
        amount = Money(one.out, case.claim.currency)
        do(on, pay_recovery, claim_id, Payment(one.payee, "out", amount, on, f"CASE-{one.payee}"))

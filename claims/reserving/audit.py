"""Audit of reserves: the newest set is what stands on the claim and in the books."""

from collections import defaultdict

from sqlmodel import Session, select

from claims.reserving import store
from claims.rules.reserve.lines import ACCOUNTS, LINES
from claims.tables import ClaimRow
from kernel.db import books
from kernel.errors import Fault
from kernel.money import Money


def verify_reserves(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each claim and account whose reserves disagree."""
    faults: list[Fault] = []
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for claim in session.exec(select(ClaimRow)):
        kept = store.sets(session, claim.id)
        reserves = store.stands_by(claim, kept[-1] if kept else None).lines
        for name in LINES:
            sign = 1 if name == "recovery" else -1
            sums[ACCOUNTS[name], claim.currency] += sign * reserves.line(name)
        if reserves.loss != claim.reserve_minor:
            held = Money(claim.reserve_minor, claim.currency)
            problem = f"holds {held}, its lines {Money(reserves.loss, claim.currency)}"
            faults.append(Fault(f"claim {claim.number}", problem, "compare its sets of reserves"))
        numbers = [row.sequence for row in kept]
        if numbers != list(range(1, len(numbers) + 1)):
            problem = "a set of reserves is missing"
            faults.append(Fault(f"claim {claim.number}", problem, "compare with the journal"))
    for (account, currency), wanted in sorted(sums.items()):
        booked = books.balance(session, account, currency)
        if booked != wanted:
            stands, due = Money(booked, currency), Money(wanted, currency)
            problem = f"{account} holds {stands}, the claims {due}"
            faults.append(Fault(account, problem, "compare the journal with the reserves"))
    return tuple(faults)

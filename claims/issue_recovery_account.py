"""ACT: file the account of a claim's recoveries in a period, for every payee or for one."""

from datetime import date

from sqlmodel import Session

from claims.disposal.account import accounts
from claims.facts import case_of
from claims.papers.recovery_account import recovery_account
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from underwriting.filing import file_once
from underwriting.store import DocumentRow


def issue_recovery_account(
    session: Session,
    claim_id: str,
    *,
    opens: date,
    closes: date,
    payee: str | None = None,
    desk: Desk,
) -> DocumentRow:
    """File an account; the same content is the same paper.

    Raises:
        NotFound: there is no such claim.
        Invalid: the period ends before it begins or lies ahead, or the payee is due nothing.
    """
    case = case_of(session, claim_id, lock=True)
    if not opens <= closes <= desk.on:
        problem = "is before the first day, or lies ahead"
        raise invalid("closes_on", problem, "give a period that is over")
    every = accounts(session, case, opens, closes)
    chosen = [one for one in every if payee in (None, one.closing.payee)]
    if payee is not None and not chosen:
        named = ", ".join(one.closing.payee for one in every) or "nobody"
        raise invalid("party", "is due nothing of this claim", f"due is: {named}")
    number = f"{case.claim.number}-B"
    form = recovery_account(case, chosen, opens=opens, closes=closes, number=number, desk=desk)
    return file_once(session, books.Subject("claim", claim_id), form, desk=desk)

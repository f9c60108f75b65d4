"""ACT: a budget of one stage is asked for; another of the same stage raises it."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import StageBudgetRow
from claims.facts import Case
from claims.fought import matter_of, note
from claims.rules.conduct.stages import no_stage, stages_of
from claims.rules.conduct.terms import answer_days
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class BudgetWanted:
    """A budget on top of those before: stage, amount, what it is for."""

    stage: str
    amount: Money
    words: str


def budget_stage(
    session: Session, claim_id: str, wanted: BudgetWanted, *, desk: Desk
) -> StageBudgetRow:
    """Ask for a budget; the clock for the answer starts. From the first on, cost is measured.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is no matter that is fought, or is decided.
        Invalid: the stage is none, or the amount is not above zero or in another currency.
    """
    case = matter_of(session, claim_id)
    _check(case, wanted)
    row = StageBudgetRow(
        id=new_id("sb"),
        created_at=desk.at,
        claim_id=claim_id,
        sequence=len(store.budgets(session, claim_id)) + 1,
        stage=wanted.stage,
        asked_minor=wanted.amount.minor,
        asked_on=desk.on,
        answer_by=answer_days("budget").by(desk.on),
        words=wanted.words,
        reason="",
    )
    write(session, row)
    payload = {"sequence": row.sequence, "stage": row.stage, "asked_minor": row.asked_minor}
    note(session, case, "budget_asked", {**payload}, desk)
    return row


def _check(case: Case, wanted: BudgetWanted) -> None:
    faults = list(no_stage(stages_of(case.kind), wanted.stage, "stage"))
    if wanted.amount.currency != case.claim.currency:
        faults.append(Fault("amount", f"the claim is in {case.claim.currency}", "give it in that"))
    if wanted.amount.minor <= 0:
        faults.append(Fault("amount", "is not above zero", "give what is needed"))
    if faults:
        raise Invalid("invalid", *faults)

"""ACT: the insurer consents to a budget, whole or in part, or refuses it with a reason."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import StageBudgetRow
from claims.fought import check_unanswered, matter_of, note
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class BudgetAnswer:
    """An answer to a budget.

    Attributes:
        consented: nought is a refusal.
        reason: why not all of it; may be empty where all is consented.
        spent_too: does it cover what was spent above the budget before?
    """

    consented: Money
    reason: str = ""
    spent_too: bool = False


def answer_budget(
    session: Session, claim_id: str, sequence: int, answer: BudgetAnswer, *, desk: Desk
) -> StageBudgetRow:
    """Answer once; what is consented is added to the budget of the stage.

    Raises:
        NotFound: there is no such claim or budget.
        Conflict: it was answered, or the claim is decided.
        Invalid: more is consented than asked, or less without a reason.
    """
    case = matter_of(session, claim_id)
    row = store.one_of(session, StageBudgetRow, claim_id, sequence)
    check_unanswered(row.answered_on, "budget")
    _check(row, answer, case.claim.currency)
    row.consented_minor, row.answered_on = answer.consented.minor, desk.on
    row.reason, row.spent_too = answer.reason.strip(), answer.spent_too
    session.add(row)
    session.flush()
    payload = {
        "sequence": sequence, "stage": row.stage, "asked_minor": row.asked_minor,
        "consented_minor": row.consented_minor, "reason": row.reason,
    }  # fmt: skip
    note(session, case, "budget_answered", {**payload}, desk)
    return row


def _check(row: StageBudgetRow, answer: BudgetAnswer, currency: str) -> None:
    faults, given = [], answer.consented
    if given.currency != currency:
        faults.append(Fault("consented", f"the claim is in {currency}", "give it in that"))
    if not 0 <= given.minor <= row.asked_minor:
        faults.append(Fault("consented", "is not from nought to what was asked", "give less"))
    if given.minor < row.asked_minor and not answer.reason.strip():
        faults.append(Fault("reason", "is empty", "say why not all of it"))
    if faults:
        raise Invalid("invalid", *faults)

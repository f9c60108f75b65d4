"""Reading a matter to act on it: policy and claim are locked, the claim is open and fought."""

from datetime import date

from sqlmodel import Session

from claims.facts import Case, case_of
from claims.rules.conduct.stages import check_fought
from claims.rules.coverage.evidence import with_facts
from claims.rules.lifecycle import ENDED
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.products import product


def matter_of(session: Session, claim_id: str) -> Case:
    """Return the case of a fought matter, locked.

    Raises:
        NotFound: there is no such claim.
        Conflict: it is of another kind, refused or closed.
    """
    case = case_of(session, claim_id, lock=True)
    check_fought(case.kind)
    if case.claim.state in ENDED:
        fault = Fault("state", f"the claim is {case.claim.state}", "reopen it first")
        raise Conflict("claim-decided", fault)
    return case


def check_unanswered(answered: object, field: str) -> None:
    """Refuse a second answer.

    Raises:
        Conflict: it was answered.
    """
    if answered is not None:
        raise Conflict("answered", Fault(field, "was answered before", "ask anew"))


def establish(case: Case, on: date, **facts: object) -> None:
    """Write to the claim's file, with their day, facts and answers its kind and product know."""
    known = {fact.name for fact in case.kind.facts} | conduct_of(case)
    stated = {name: value for name, value in facts.items() if name in known}
    case.claim.file = with_facts(case.claim.file, stated, on)


def conduct_of(case: Case) -> set[str]:
    """Return the names of the conduct that the product asks for."""
    return set(product(case.policy.product).conduct)


def note(session: Session, case: Case, kind: str, payload: dict[str, object], desk: Desk) -> None:
    """Note an act on the claim."""
    subject = books.Subject("claim", case.claim.id)
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)

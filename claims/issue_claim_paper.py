"""ACT: issue a paper of a claim, from what is on record of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlmodel import Session

from claims import store
from claims.deciding.lines import decided_lines
from claims.facts import Case, case_of
from claims.papers.assignment import subrogation_assignment
from claims.papers.decision import decision_letter
from claims.papers.recourse import RECOURSE
from claims.papers.request import request_for_papers
from claims.papers.signed import said_on
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting import store as contracts
from underwriting.filing import file_once
from underwriting.store import DocumentRow


def issue_claim_paper(session: Session, claim_id: str, kind: str, *, desk: Desk) -> DocumentRow:
    """File a paper of a claim; the same content is the same paper.

    Raises:
        NotFound: there is no such claim.
        Invalid: the kind is none of `KINDS`.
        Conflict: the claim is not as far: no paper was asked for, nothing is decided or paid.
    """
    if kind not in KINDS:
        raise invalid("kind", f"{kind!r} is no paper of a claim", f"use one of {', '.join(KINDS)}")
    case = case_of(session, claim_id, lock=True)
    form = KINDS[kind](session, case, desk)
    return file_once(session, books.Subject("claim", claim_id), form, desk=desk)


def _request(session: Session, case: Case, desk: Desk) -> Any:
    del session  # all of it stands in the claim
    if not case.claim.file.get("requested_on"):
        raise _not_yet("no paper was asked for", "assess the claim; it asks for what is missing")
    number = f"{case.claim.number}-Q"
    return request_for_papers(case, number=number, insurer=desk.insurer)


def _decision(session: Session, case: Case, desk: Desk) -> Any:
    if not case.claim.file.get("assessed_on"):
        raise _not_yet("nothing is decided", "assess the claim first")
    number, standing = f"{case.claim.number}-D", case.standing
    form = decision_letter(case, decided_lines(case), number=number, insurer=desk.insurer)
    if standing is None:
        return form
    signed, dissents = said_on(session, case, standing)
    return replace(form, signed=signed, dissents=dissents)


def _assignment(session: Session, case: Case, desk: Desk) -> Any:
    recourse = RECOURSE.get(case.policy.product)
    if recourse is None:
        words = "the insured of this product assigns nothing: recourse is by law"
        cure = "claim against the policyholder under art. 700 of the Civil Code"
        raise Conflict("no-assignment", Fault("product", words, cure))
    settled = store.settlement_of(session, case.claim.id)
    if settled is None or not settled.paid_to_bank_minor:
        raise _not_yet("nothing was paid", "settle the claim first")
    quote = contracts.quote(session, case.policy.quote_id)
    return subrogation_assignment(
        case,
        settled,
        store.shares(session, settled.id),
        recourse=recourse,
        risk=json.loads(quote.receipt)["inputs"]["risk"],
        number=f"{case.claim.number}-A",
        insurer=desk.insurer,
    )


def _not_yet(problem: str, cure: str) -> Conflict:
    return Conflict("not-yet", Fault("claim", problem, cure))


KINDS: Final[Mapping[str, Callable[[Session, Case, Desk], Any]]] = {
    "request_for_papers": _request,
    "decision_letter": _decision,
    "subrogation_assignment": _assignment,
}
"""Kind -> how it is filled."""

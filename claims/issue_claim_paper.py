"""ACT: issue a paper of a claim, from what is on record of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from claims import store
from claims.deciding.lines import decided_lines
from claims.facts import Case, case_of, facts_for
from claims.papers.assignment import subrogation_assignment
from claims.papers.decision import decision_letter
from claims.papers.recourse import RECOURSE
from claims.papers.request import request_for_papers
from claims.papers.signed import said_on
from claims.rules.bookings import paid_to_bank
from claims.rules.lifecycle import State
from claims.rules.line import Line
from claims.rules.purpose import ON_ACCOUNT
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from kernel.sharing import split
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
    number, standing = f"{case.claim.number}-D", _of_decision(case)
    form = decision_letter(
        case,
        decided_lines(case),
        number=number,
        insurer=desk.insurer,
        pays=standing.paid_to_bank_minor if standing else _would_pay(session, case, desk),
        on_account=_on_account(session, case),
    )
    if standing is None:
        return form
    signed, dissents = said_on(session, case, standing)
    if not dissents and not any(one.on for one in signed):
        return form  # nobody has spoken yet: the letter says the same as before it
    return replace(form, signed=signed, dissents=dissents)


def _of_decision(case: Case) -> SettlementRow | None:
    """Return the settlement that carries the decision out; one on account came before it."""
    done, standing = case.claim.state in (State.SETTLED, State.CLOSED), case.standing
    return standing if done and standing and standing.purpose not in ON_ACCOUNT else None


def _on_account(session: Session, case: Case) -> int:
    """Return what was paid on account before the decision, all in all, minor units."""
    paid = [
        row.paid_out_minor - row.taken_back_minor
        for row in store.settlements(session, case.claim.id)
        if row.purpose in ON_ACCOUNT
    ]
    return paid[-1] if paid else 0


def _would_pay(session: Session, case: Case, desk: Desk) -> int | None:
    """Return what the house pays of what is approved, shared as of today; None: not known."""
    approved = case.claim.approved
    if approved is None:
        return None
    unit, scheme = case.claim.currency, case.scheme.scheme
    lines = [Line(code, 0, 0, approved.get(code, 0), "") for code in case.kind.lines]
    try:
        facts = facts_for(session, case, desk.on)
    except Invalid:  # a fact of the scheme is not registered yet: the settlement will ask for it
        return None
    return paid_to_bank(split(scheme, case.kind.loss(lines, unit), facts), case.sides)


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
        on=desk.on,
        paid_on=_paid_on(store.settlements(session, case.claim.id)),
        recourse=recourse,
        risk=json.loads(quote.receipt)["inputs"]["risk"],
        number=f"{case.claim.number}-A",
        insurer=desk.insurer,
    )


def _paid_on(rows: Sequence[SettlementRow]) -> tuple[date, ...]:
    """Return the days on which money was paid out: of each settlement that paid more."""
    before = (0, *(row.paid_out_minor for row in rows))
    return tuple(
        dict.fromkeys(
            row.settled_on
            for row, out in zip(rows, before, strict=False)
            if row.paid_out_minor > out
        )
    )


def _not_yet(problem: str, cure: str) -> Conflict:
    return Conflict("not-yet", Fault("claim", problem, cure))


KINDS: Final[Mapping[str, Callable[[Session, Case, Desk], Any]]] = {
    "request_for_papers": _request,
    "decision_letter": _decision,
    "subrogation_assignment": _assignment,
}
"""Kind -> how it is filled."""

"""A claim that nobody made: the whole loan in default on a day, or a matter notified that day."""

from datetime import date

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_on
from claims.rules.indemnity import principal_owed
from claims.rules.kinds import Stated
from claims.rules.lifecycle import State
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store as contracts
from underwriting.products import product
from underwriting.store import PolicyRow

_WHOLE = 10**16
"""More interest than any loan bears, minor units: what is approved of it is all of it."""


def supposed(session: Session, policy_id: str, day: date, *, desk: Desk) -> Case:
    """Return the case that a notice of `day` would open. No row of it is written.

    A bank that defaults with its whole loan asks for the principal owed, by the plan or by the
    loan's own record where that is less, as the decision has it; and for ordinary interest to the
    end of the waiting period. Papers of the policy and its rights that came with an earlier claim,
    and those filed on the policy, are on file; those of another matter are not.

    Raises:
        NotFound: there is no such policy.
        Conflict: it was issued and taken back.
    """
    policy = contracts.policy(session, policy_id)
    if policy.state == "void":
        fault = Fault("policy_id", "was issued and taken back: it never covered", "see its history")
        raise Conflict("policy-void", fault)
    row = ClaimRow(
        id="supposed",
        created_at=desk.at,
        number="supposed",
        state=State.NOTIFIED.value,
        policy_id=policy.id,
        client_id=policy.client_id,
        currency=policy.currency,
        default_date=day,
        notified_on=day,
        asked={},
        file={"known_on": day.isoformat(), "papers": on_file(session, policy)},
        findings=[],
    )
    case = case_on(session, row, policy)
    if case.contract.loan is not None:
        row.asked = _asked(case, principal_owed(case.contract, case.record, day)[0])
    return case


def on_file(session: Session, policy: PolicyRow) -> dict[str, str]:
    """Return the papers of a claim that are with the house already: code -> since which day."""
    found: dict[str, str] = {}
    kept = product(policy.product).terms["papers_kept"]["codes"]
    for claim in store.claim_on(session, policy.id):
        came = claim.file["papers"]
        found = {**{code: came[code] for code in kept if code in came}, **found}
    wanted = policy.contract["papers"]
    for kind, id_ in (("quote", policy.quote_id), ("policy", policy.id)):
        for paper in books.documents(session, books.Subject(kind, id_)):
            if paper.kind in wanted:
                found.setdefault(paper.kind, paper.created_at.date().isoformat())
    return {code: since for code, since in found.items() if code in wanted}


def _asked(case: Case, principal: int) -> dict[str, int]:
    """Return what a bank would ask: what is owed, and all the interest that the terms allow."""
    stated = Stated(
        contract=case.contract,
        event_on=case.claim.default_date,
        asked={"principal": principal, "interest": _WHOLE},
        adjusted={},
        file=case.claim.file,
        loss_base=case.scheme.scheme.loss_base,
        room=2 * _WHOLE,
        record=case.record,
    )
    approved = {line.code: line.approved for line in case.kind.approve(stated)}
    return {"principal": principal, "interest": approved["interest"]}

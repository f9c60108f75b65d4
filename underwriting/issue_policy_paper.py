"""ACT: issue a paper of a policy, from its terms and transactions as they stand."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlmodel import Session

from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting import store
from underwriting.filing import file_once
from underwriting.history.store import History, history
from underwriting.papers.cover_note import cover_note
from underwriting.papers.premium_note import Charged, premium_note
from underwriting.products import product
from underwriting.rules.contract import Contract
from underwriting.rules.history_state import Status, state_as_of
from underwriting.store import DocumentRow

PROVED: Final = (Status.NOT_STARTED, Status.IN_FORCE)
"""What a policy is on a day on which its cover can be proved."""


def issue_policy_paper(session: Session, policy_id: str, kind: str, *, desk: Desk) -> DocumentRow:
    """File a paper of a policy; the same content is the same paper.

    Raises:
        NotFound: there is no such policy.
        Invalid: the kind is none of `KINDS`.
        Conflict: a cover note is asked for, and there is no cover to prove.
    """
    if kind not in KINDS:
        raise invalid("kind", f"{kind!r} is no paper of a policy", f"use one of {', '.join(KINDS)}")
    found = history(session, policy_id, lock=True)
    client = store.party(session, found.policy.client_id).name
    form = KINDS[kind](found, client, desk)
    return file_once(session, books.Subject("policy", policy_id), form, desk=desk)


def _cover_note(found: History, client: str, desk: Desk) -> Any:
    policy, state = found.policy, state_as_of(found.past, desk.on)
    if state.status not in PROVED or state.contract is None:
        words = f"the policy is {state.status.value.replace('_', ' ')}: there is no cover to prove"
        raise Conflict("not-in-force", Fault("policy", words, "read its state"))
    return cover_note(
        state,
        product(policy.product),
        number=f"{policy.number}-C",
        policy_number=policy.number,
        insurer=desk.insurer,
        client=client,
        on=desk.on,
    )


def _premium_note(found: History, client: str, desk: Desk) -> Any:
    policy = found.policy
    return premium_note(
        _charged(found),
        product(policy.product),
        number=f"{policy.number}-B",
        policy_number=policy.number,
        insurer=desk.insurer,
        client=client,
        on=desk.on,
    )


def _charged(found: History) -> tuple[Charged, ...]:
    """Return what each transaction changed in the premium, under the terms then in force."""
    charged, terms = [], found.policy.contract
    for row, one in zip(found.rows, found.past, strict=True):
        terms = row.after or terms
        charged.append(
            Charged(
                kind=one.kind,
                number=row.number,
                effective_on=row.effective_on,
                contract=Contract.of(terms),
                total=row.delta_minor,
                tax=row.delta_tax_minor,
                subsidy=row.delta_subsidy_minor,
            )
        )
    return tuple(charged)


KINDS: Final[Mapping[str, Callable[[History, str, Desk], Any]]] = {
    "cover_note": _cover_note,
    "premium_note": _premium_note,
}
"""Kind -> how it is filled."""

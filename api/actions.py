"""What may be done next with a claim, and for what may not, why and what would change it."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from api.policy import ALLOWED
from api.schemas.claim_answers import Action
from api.schemas.common import ProblemError
from claims import store
from claims.facts import Case, payable_from
from claims.rules.lifecycle import State, move
from kernel.errors import Conflict, Fault

_PATHS = {
    "assess_claim": "assessment",
    "settle_claim": "settlement",
    "recover_claim": "recoveries",
    "close_claim": "closing",
    "reopen_claim": "reopening",
}


def actions(session: Session, case: Case, on: date) -> tuple[Action, ...]:
    """Return every act on a claim, allowed on the business day `on` or not."""
    faults = {
        "assess_claim": _assess(case),
        "settle_claim": _settle(case, on),
        "recover_claim": _in_state(case, State.SETTLED),
        "close_claim": _close(session, case),
        "reopen_claim": _in_state(case, State.CLOSED),
    }
    return tuple(_action(case, operation, tuple(blocked)) for operation, blocked in faults.items())


def _action(case: Case, operation: str, blocked: tuple[Fault, ...]) -> Action:
    return Action(
        operation=operation,
        path=f"/v1/claims/{case.claim.id}/{_PATHS[operation]}",
        roles=tuple(sorted(ALLOWED[operation])),
        allowed=not blocked,
        blocked_by=tuple(
            ProblemError(field=fault.field, problem=fault.problem, cure=fault.cure)
            for fault in blocked
        ),
    )


def _assess(case: Case) -> Iterator[Fault]:
    yield from _may_become(case, State.NOTIFIED)


def _settle(case: Case, on: date) -> Iterator[Fault]:
    yield from _in_state(case, State.ACCEPTED)
    first = payable_from(case)
    if on < first:
        last = first - timedelta(days=1)
        yield Fault("claim", f"the waiting period ends on {last}", f"settle from {first}")


def _close(session: Session, case: Case) -> Iterator[Fault]:
    yield from _may_become(case, State.CLOSED)
    settlement = store.settlement_of(session, case.claim.id)
    for call in store.calls(session, settlement.id) if settlement else ():
        if call.state != "paid":
            unpaid = f"call {call.id} is unpaid"
            yield Fault(f"calls.{call.party}", unpaid, "record its payment first")


def _in_state(case: Case, state: State) -> Iterator[Fault]:
    if case.claim.state != state:
        yield Fault("state", f"the claim is {case.claim.state}", f"it must be {state.value}")


def _may_become(case: Case, state: State) -> Iterator[Fault]:
    try:
        move(case.claim.state, state)
    except Conflict as refused:
        yield from refused.faults

"""What may be done next with a claim, and for what may not, why and what would change it."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from sqlmodel import Session

from api.access import Actor, is_shown
from api.policy import ALLOWED
from api.schemas.claim_answers import Action
from api.schemas.common import ProblemError
from claims import pay_on_account
from claims.close import unsettled
from claims.facts import Case, payable_from
from claims.rules.lifecycle import ENDED, OPEN, State, move
from kernel.errors import Conflict, Fault

_PATHS = {
    "ask_more": "items",
    "assess_claim": "assessment",
    "pay_on_account": "payments-on-account",
    "settle_claim": "settlement",
    "revise_claim": "revision",
    "take_back": "repayments",
    "recover_claim": "recoveries",
    "close_claim": "closing",
    "reopen_claim": "reopening",
}


def actions(session: Session, case: Case, on: date, actor: Actor) -> tuple[Action, ...]:
    """Return every act on a claim, allowed on the business day `on` or not.

    A client sees those that its own role may ask for: what blocks the others is the house's, such
    as reserves that are proposed.
    """
    faults = {
        "ask_more": _in_states(case, OPEN),
        "assess_claim": _assess(case),
        "pay_on_account": pay_on_account.blocked(case),
        "settle_claim": _settle(case, on),
        "revise_claim": _in_state(case, State.SETTLED),
        "take_back": _take_back(case),
        "recover_claim": _recover(case),
        "close_claim": _close(session, case),
        "reopen_claim": _in_states(case, ENDED),
    }
    return tuple(
        _action(case, operation, tuple(blocked))
        for operation, blocked in faults.items()
        if is_shown(actor, operation)
    )


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


def _recover(case: Case) -> Iterator[Fault]:
    if case.standing is None:
        yield Fault("claim", "nothing was settled", "settle it first")
    elif case.claim.state == State.CLOSED:
        yield Fault("state", "the claim is closed", "reopen it first")


def _assess(case: Case) -> Iterator[Fault]:
    yield from _may_become(case, State.NOTIFIED)


def _settle(case: Case, on: date) -> Iterator[Fault]:
    yield from _in_state(case, State.ACCEPTED)
    first = payable_from(case)
    if on < first:
        last = first - timedelta(days=1)
        yield Fault("claim", f"the waiting period ends on {last}", f"settle from {first}")


def _take_back(case: Case) -> Iterator[Fault]:
    if case.standing is None or not case.standing.overpaid_minor:
        yield Fault("claim", "nothing was paid too much", "record a recovery instead")


def _close(session: Session, case: Case) -> Iterator[Fault]:
    yield from _may_become(case, State.CLOSED)
    yield from unsettled(session, case)


def _in_states(case: Case, states: Collection[State]) -> Iterator[Fault]:
    if case.claim.state not in states:
        words = " or ".join(state.value for state in states)
        yield Fault("state", f"the claim is {case.claim.state}", f"it must be {words}")


def _in_state(case: Case, state: State) -> Iterator[Fault]:
    if case.claim.state != state:
        yield Fault("state", f"the claim is {case.claim.state}", f"it must be {state.value}")


def _may_become(case: Case, state: State) -> Iterator[Fault]:
    try:
        move(case.claim.state, state)
    except Conflict as refused:
        yield from refused.faults

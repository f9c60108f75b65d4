"""ACT: the house resolves a dispute: upheld, lowered by settling again, or withdrawn."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from claims.calls import store
from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.paid import awaited
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from claims.facts import Case
from claims.recompute import share_anew
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted


class Outcome(StrEnum):
    """How a dispute ends."""

    UPHELD = "upheld"
    LOWERED = "lowered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided on a dispute, and why."""

    outcome: Outcome
    reason: str


def resolve_call(session: Session, call_id: str, resolution: Resolution, *, desk: Desk) -> CallRow:
    """Resolve a dispute; returns the call that was disputed.

    The house gives nothing away by a word: to lower or to withdraw a call, the facts of the day
    must have changed, and the loss is shared again under them. Who raised the call resolves no
    dispute about it; who took the dispute down resolves none against the house.

    Raises:
        NotFound: there is no such call.
        Conflict: it is not in dispute, or sharing the loss again asks as much as before.
        NotPermitted: it is the actor's own call or, where the house gives in, own dispute.
    """
    case, row = call_locked(session, call_id, pools=True)
    if row.state != State.DISPUTED:
        fault = Fault("state", f"the call is {row.state}", "only a call in dispute is resolved")
        raise Conflict("call-move-not-allowed", fault)
    _check_eyes(session, row, resolution, desk)
    disputed, row.disputed_minor = row.disputed_minor, 0
    said = Said(Word(resolution.outcome.value), disputed, words=resolution.reason)
    if resolution.outcome is Outcome.UPHELD:
        _uphold(session, case, row, said, desk=desk)
    else:
        _give_in(session, row, said, resolution, desk=desk)
    return row


def _uphold(session: Session, case: Case, row: CallRow, said: Said, *, desk: Desk) -> None:
    """The whole is payable; the days to pay begin anew."""
    anew = desk.calendar.add_working_days(desk.on, case.contract.call_working_days)
    row.due_on = max(row.due_on, anew)
    speak(session, row, said, desk=desk, to=State.UPHELD)


def _give_in(
    session: Session, row: CallRow, said: Said, resolution: Resolution, *, desk: Desk
) -> None:
    withdrawn = resolution.outcome is Outcome.WITHDRAWN
    before = row.open_minor
    speak(session, row, said, desk=desk, to=State.WITHDRAWN if withdrawn else None)
    share_anew(session, row.claim_id, resolution.reason, desk=desk)
    calls = store.of_claim(session, row.claim_id)
    after = awaited(one for one in calls if one.party == row.party)
    if after > 0 if withdrawn else after >= before:
        problem = "sharing the loss again under the facts of today asks as much of the party"
        cure = "state the fact that has changed first, such as a measure or a pool; or uphold it"
        raise Conflict("nothing-changed", Fault("outcome", problem, cure))


def _check_eyes(session: Session, row: CallRow, resolution: Resolution, desk: Desk) -> None:
    if desk.is_of(row.raised_by):
        fault = Fault("actor", "raised this call", "let somebody else resolve its dispute")
        raise NotPermitted("own-call", fault)
    taken = [one for one in store.answers(session, row.id) if one.kind == Word.DISPUTED]
    if resolution.outcome is not Outcome.UPHELD and desk.is_of(taken[-1].actor):
        fault = Fault("actor", "took this dispute down", "let somebody else decide against us")
        raise NotPermitted("own-dispute", fault)

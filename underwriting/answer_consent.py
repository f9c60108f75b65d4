"""ACT: a second person answers a request for leave that the rules have referred."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted
from kernel.period import add_days
from underwriting import store
from underwriting.approve import approve
from underwriting.endorse import Change, change
from underwriting.history.done import NOTHING_OUTSIDE, Outside
from underwriting.history.proposal import Terms
from underwriting.loan_events.answering import Decision, answered
from underwriting.loan_events.consents import ConsentAnswerRow, ConsentRow, answer_to, consent
from underwriting.rules.need import Need, Reason, check_level
from underwriting.watch.consent_law import consent_law
from underwriting.withdraw import withdraw


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """A person's answer.

    Attributes:
        granted: is leave given?
        reason: why, in words; it stays on record.
        conditions: beside those of the kind: English, Chinese.
    """

    granted: bool
    reason: str
    conditions: tuple[tuple[str, str], ...] = ()


def answer_consent(
    session: Session,
    consent_id: str,
    said: ConsentAnswer,
    *,
    desk: Desk,
    counts: Path | None = None,
    outside: Outside = NOTHING_OUTSIDE,
) -> ConsentAnswerRow:
    """Grant or refuse; what is granted is endorsed at the price that was shown.

    Raises:
        NotFound: there is no such request.
        Conflict: it is answered, too old, a claim is open, or today's facts would decline it.
        NotPermitted: who asked answers it, or lacks the authority.
    """
    row = consent(session, consent_id)
    store.policy(session, row.policy_id, lock=True)
    _check(session, row, desk)
    assert row.quote_id is not None, "what is referred is kept as a quote"
    if not said.granted:
        withdraw(session, row.quote_id, f"leave refused: {said.reason}", desk=desk)
        refused = Decision(granted=False, by="person", reason=said.reason)
        return answered(session, row, refused, desk=desk)
    outside.check()
    _check_authority(row, desk)
    if store.quote(session, row.quote_id).state == "referred":
        approve(session, row.quote_id, said.reason, desk=desk)
    wanted = Change(Terms(quote_id=row.quote_id), row.effective_on, row.reason)
    made = change(session, row.policy_id, wanted, desk=desk, counts=counts)
    assert made.row is not None, "terms that were cleared are endorsed"
    granted = Decision(
        granted=True,
        by="person",
        reason=said.reason,
        transaction_id=made.row.id,
        more=said.conditions,
    )
    return answered(session, row, granted, desk=desk)


def _check(session: Session, row: ConsentRow, desk: Desk) -> None:
    if answer_to(session, row.id) is not None:
        fault = Fault("consent_id", f"{row.number} is answered", "ask leave again")
        raise Conflict("consent-answered", fault)
    if row.maker == desk.actor:
        fault = Fault("actor", "you asked for it yourself", "let a second person answer")
        raise NotPermitted("own-consent", fault)


def _check_authority(row: ConsentRow, desk: Desk) -> None:
    last = add_days(row.asked_on, consent_law().valid_days)
    if desk.on > last:
        fault = Fault("consent_id", f"it was asked on {row.asked_on}", "ask leave again")
        raise Conflict("consent-old", fault)
    words = f"leave needs level {row.need}"
    check_level(
        desk.authority,
        Need(row.need, (Reason("consent", row.need, words, f"须 {row.need} 级授权"),)),
    )

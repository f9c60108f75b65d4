"""What happens to the claim of a loan that is not paid: notice, papers, decision, payment, end."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from sqlmodel import Session

from api.sandbox.after import after_settling
from api.sandbox.item import Item
from api.sandbox.told import Told
from claims.assess import Assessment, assess
from claims.close import close, unsettled
from claims.facts import day, missing_papers, payable_from
from claims.notify import Notice, notify
from claims.rules.lifecycle import State
from claims.settle import settle
from kernel.desk import Desk
from kernel.period import add_days

NOTICE_AFTER: Final = 5
"""Days from the first day unpaid to the notice."""

DECIDES_AFTER: Final = 10
"""Days from the notice to the decision."""

CLOSES_AFTER: Final = 30
"""Days from the last thing done to the end of the file."""

_GOOD: Final = {
    "pledge_registered": True,
    "use_as_agreed": True,
    "change_consented": True,
    "fraud_by_insured": False,
}


def claim_items(session: Session, told: Told) -> Iterator[Item]:
    """Yield the next things of the claim of an overdue loan, as it stands now."""
    if told.since is None or not told.scenario.claims:
        return
    if told.case is None:
        on, minor = add_days(told.since, NOTICE_AFTER), sum(told.asked.values())
        yield told.item("notified", on, partial(_notify, told), minor=minor)
        return
    claim = told.case.claim
    asked_minor = sum(claim.asked.values())
    ends = add_days(payable_from(told.case), -1)
    yield told.item("waiting_ends", ends, None)
    if claim.state == State.NOTIFIED and not day(claim.file, "requested_on"):
        on = add_days(claim.notified_on, DECIDES_AFTER)
        yield told.item("assessed", on, partial(_assess, told), role="adjuster", minor=asked_minor)
    elif claim.state in (State.NOTIFIED, State.PAPERS_REQUESTED):
        asked = day(claim.file, "requested_on") or claim.notified_on
        on = add_days(asked, told.scenario.papers_after_days)
        act = partial(_assess, told)
        yield told.item("papers_in", on, act, role="adjuster", minor=asked_minor)
    elif claim.state == State.ACCEPTED:
        decided = day(claim.file, "assessed_on") or claim.notified_on
        on = max(payable_from(told.case), add_days(decided, 1))
        approved = sum((claim.approved or {}).values())
        yield told.item("settled", on, partial(_settle, told), role="second", minor=approved)
    elif claim.state == State.SETTLED:
        yield from after_settling(session, told)
    elif claim.state == State.DENIED and not any(unsettled(session, told.case)):
        decided = day(claim.file, "assessed_on") or claim.notified_on
        on = add_days(decided, CLOSES_AFTER)
        yield told.item("closed", on, partial(_close, told), role="second")


def _notify(told: Told, session: Session, desk: Desk) -> str:
    late = told.scenario.missing_papers
    assert told.since is not None, "an overdue loan is overdue since a day"
    notice = Notice(
        policy_id=told.policy.id,
        default_date=told.since,
        known_on=add_days(told.since, 1),
        asked={line: minor for line, minor in told.asked.items() if minor},
        currency=told.policy.currency,
        papers=tuple(code for code in told.policy.contract["papers"] if code not in late),
    )
    return f"/v1/claims/{notify(session, notice, desk=desk).id}"


def _assess(told: Told, session: Session, desk: Desk) -> None:
    """Establish what the scenario states; papers that were asked for have come in by now."""
    assert told.case is not None, "a claim is assessed"
    id_ = told.case.claim.id
    stated = told.scenario.assessment.assessment(told.policy.currency)
    asked = told.case.claim.file.get("requested_on")
    papers = tuple(missing_papers(told.case)) if asked else stated.papers
    found: Assessment = replace(stated, conduct={**_GOOD, **stated.conduct}, papers=papers)
    assess(session, id_, found, desk=desk)


def _settle(told: Told, session: Session, desk: Desk) -> str:
    assert told.case is not None, "a claim is settled"
    row = settle(session, told.case.claim.id, desk=desk)
    return f"/v1/settlements/{row.id}"


def _close(told: Told, session: Session, desk: Desk) -> None:
    assert told.case is not None, "a claim is closed"
    close(session, told.case.claim.id, "the scenario ends", desk=desk)

"""ACT: pay before the decision: in advance, as costs arise, or early by agreement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlmodel import Session

from claims import store
from claims.counsel.findings import check_payment
from claims.cover import cover_findings
from claims.facts import Case, case_of, facts_for
from claims.pay_for_delay import paid_now, pay_for_delay
from claims.rules.clocks import advance_by
from claims.rules.instalment import Bill, instalments, recognised
from claims.rules.lifecycle import State
from claims.rules.line import Line
from claims.rules.purpose import ON_ACCOUNT, Purpose
from claims.settle import check_waiting
from claims.settling.early import Agreed, check_early, note_early
from claims.settling.restate import restate
from claims.tables import SettlementRow
from claims.uploads.course import course
from claims.worth import lines_of
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid

OPEN: Final = (State.NOTIFIED, State.PAPERS_REQUESTED, State.ACCEPTED)
"""States before the decision is carried out."""


def pay_on_account(
    session: Session,
    claim_id: str,
    amounts: Mapping[str, int],
    purpose: Purpose,
    *,
    agreed: Agreed | None = None,
    desk: Desk,
) -> SettlementRow:
    """Pay a part of a claim now; the decision takes it into its total.

    Args:
        session: of the act.
        claim_id: the claim; its state does not change.
        amounts: line -> minor units of the loss that are recognised now, on top of what was
            recognised on account before. Terms, limits and the scheme apply to all of it, and the
            house pays its part.
        purpose: `advance` of what can be ascertained (Insurance Law art. 25), `interim` for
            costs as they arise, or `early` by agreement, before the waiting period ends.
        agreed: what an early payment rests on; with another purpose it is not looked at.
        desk: where it is done.

    Raises:
        Conflict: the claim is decided, was settled before and is revised, is not covered, the
            waiting period still runs (or is over, for what is early), the terms leave nothing more
            to pay, or a third party is owed nothing that was consented to or adjudged.
        Invalid: the purpose is another, a line is none of the claim's, or more than is asked; an
            early payment without an agreement, or with one of an impossible day.
        NotPermitted: who pays early has too low a level.
        Unavailable: the working-day table ends before the calls fall due.
    """
    if purpose not in ON_ACCOUNT:
        names = ", ".join(sorted(ON_ACCOUNT))
        raise invalid("purpose", f"{purpose.value!r} is not on account", f"use one of {names}")
    seen = case_of(session, claim_id)
    facts = facts_for(session, seen, desk.on, lock=True)  # pools are locked before policy and claim
    case = case_of(session, claim_id, lock=True)
    if faults := tuple(blocked(case)):
        raise Conflict("claim-decided", *faults)
    early = check_early(case, agreed, desk) if purpose is Purpose.EARLY else None
    found = cover_findings(session, case, desk.on)
    check_payment(session, case.claim, case.kind, found, _wanted(case, amounts))
    if early is None:
        check_waiting(case, desk)
    after = _recognised(case, amounts)
    lines = lines_of(case, {}, asked=after)
    _check_more(case, lines)
    row = restate(session, case, lines, purpose, facts, desk=desk)
    if early:  # by agreement, before anything is due: there is no delay to pay for
        note_early(session, case, row, early, desk=desk)
    else:
        _for_delay(session, case, row, after, desk=desk)
    case.claim.file = {**case.claim.file, "on_account": after}
    session.add(case.claim)
    return row


def _for_delay(
    session: Session, case: Case, row: SettlementRow, after: Mapping[str, int], *, desk: Desk
) -> None:
    """Pay the damages for each part of a payment whose own sixty days had run out."""
    bills = [
        Bill(one.stated_on, one.line, one.amount_minor)
        for one in store.items(session, case.claim.id)
    ]
    parts = recognised(bills, case.claim.file.get("on_account", {}), after)
    file = course(session, case)
    due = {on: advance_by(file, on) for on in parts}
    owed = instalments(max(0, paid_now(case, row)), parts, due)
    pay_for_delay(session, case, row, desk=desk, owed=owed)


def blocked(case: Case) -> Iterator[Fault]:
    """Yield why nothing may be paid on account: it is decided, or was settled and is revised."""
    state = case.claim.state
    if state not in OPEN:
        cure = "revise it first" if state == State.SETTLED else "reopen it first"
        yield Fault("state", f"the claim is {state}", cure)
    elif case.standing and Purpose(case.standing.purpose) not in ON_ACCOUNT:
        words = "the claim was settled and is revised: its total stands"
        yield Fault("state", words, "assess and settle it anew")


def _wanted(case: Case, amounts: Mapping[str, int]) -> dict[str, int]:
    """Return line that something is paid of -> what is recognised of it after this payment."""
    before = case.claim.file.get("on_account", {})
    return {line: minor + before.get(line, 0) for line, minor in amounts.items() if minor}


def _recognised(case: Case, amounts: Mapping[str, int]) -> dict[str, int]:
    """Return what is recognised on account so far, line by line, with what is added now."""
    before = case.claim.file.get("on_account", {})
    after = {line: before.get(line, 0) + amounts.get(line, 0) for line in {**before, **amounts}}
    if faults := list(_faults(case, amounts, after)):
        raise Invalid("invalid", *faults)
    return after


def _faults(case: Case, amounts: Mapping[str, int], after: Mapping[str, int]) -> Iterator[Fault]:
    if not any(amounts.values()):
        yield Fault("amounts", "recognises nothing", "state at least one line above zero")
    asked = case.claim.asked
    for line, minor in amounts.items():
        if line not in asked or minor < 0:
            cure = f"use one of the lines asked: {', '.join(asked)}"
            yield Fault(f"amounts.{line}", "is no line asked, or is below zero", cure)
        elif after[line] > asked[line]:
            words = "is, with what was paid on account before, more than is asked"
            yield Fault(
                f"amounts.{line}", words, "add what is asked first: POST /v1/claims/…/items"
            )


def _check_more(case: Case, lines: Sequence[Line]) -> None:
    """Refuse where the terms leave no more than was recognised before."""
    kept = case.standing.lines if case.standing else ()
    if sum(line.approved for line in lines) > sum(one["approved"] for one in kept):
        return
    why = "; ".join(line.reason for line in lines if line.reason) or "nothing more is approved"
    raise Conflict("nothing-payable", Fault("amounts", why, "wait for the decision"))

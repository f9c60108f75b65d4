"""ACTS: the final loss is fixed, and filed with a pool that pays on it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store as claims
from claims.calls import store
from claims.calls.attached import attached
from claims.calls.filing import filing_rule
from claims.calls.papers.filed import GROUNDS, pool_filing
from claims.calls.raise_calls import bring
from claims.calls.tables import CallRow, PoolFilingRow
from claims.calls.waiting import Filing
from claims.facts import Case, case_of
from claims.rules.lifecycle import State
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


@dataclass(frozen=True, slots=True)
class FinalLoss:
    """That a loss is final.

    Attributes:
        fixed_on: since when; the pool's own days begin after it.
        ground: `recoveries_ended` or `declared_final`.
        words: what shows it.
    """

    fixed_on: date
    ground: str
    words: str


def fix_final_loss(
    session: Session, claim_id: str, final: FinalLoss, *, desk: Desk
) -> tuple[PoolFilingRow, ...]:
    """Fix the final loss of a claim; the days to file it with each pool begin.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is not settled, or nothing waits for the final loss.
        Invalid: the ground is none, or the day is not between settlement and today.
        Unavailable: the working-day table ends before the last day of filing.
    """
    case = case_of(session, claim_id, lock=True)
    _check_settled(case)
    waiting = [row for row in store.filings(session, claim_id) if row.state == Filing.WAITING]
    if not waiting:
        fault = Fault("claim", "nothing waits for its final loss", "its parties are called at once")
        raise Conflict("nothing-to-file", fault)
    if final.ground not in GROUNDS:
        raise invalid("ground", f"{final.ground!r} is none", f"use one of {', '.join(GROUNDS)}")
    assert case.standing is not None, "a settled claim has a settlement"
    first = case.standing.counts_on
    if not first <= final.fixed_on <= desk.on:
        raise invalid("fixed_on", f"is not from {first} to today", "give the day it became final")
    rule = filing_rule(case.policy.scheme_code)
    for row in waiting:
        row.state, row.fixed_on = Filing.FIXED.value, final.fixed_on
        row.ground, row.words = final.ground, final.words
        row.file_by = desk.calendar.add_working_days(final.fixed_on, rule.filing_days)
        session.add(row)
    session.flush()
    payload = {"fixed_on": final.fixed_on.isoformat(), "ground": final.ground}
    subject = books.Subject("claim", claim_id)
    books.note(session, subject, "final_loss_fixed", payload, actor=desk.actor, at=desk.at)
    return tuple(waiting)


def file_with_pool(
    session: Session, claim_id: str, party: str, late_words: str = "", *, desk: Desk
) -> CallRow | None:
    """File the final loss with a party; it is called for its share by the same act.

    Returns the call; None where the party owes nothing any more.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is not settled, the final loss is not fixed, or it was filed before.
        Invalid: the last day has passed and no reason is given.
        Unavailable: the working-day table ends before the call falls due.
    """
    case = case_of(session, claim_id, lock=True)
    _check_settled(case)
    row = next((one for one in store.filings(session, claim_id) if one.party == party), None)
    if row is None or row.state != Filing.FIXED:
        problem = "was filed before" if row and row.state == Filing.FILED else "has no fixed loss"
        fault = Fault("party", f"{party} {problem}", "fix the final loss first, then file it once")
        raise Conflict("filing-not-open", fault)
    assert row.file_by is not None, "a fixed loss has a last day of filing"
    if desk.on > row.file_by and not late_words:
        raise invalid("late_words", f"the last day was {row.file_by}", "say why it is filed late")
    row.state, row.filed_on = Filing.FILED.value, desk.on
    row.late_words = late_words if desk.on > row.file_by else ""
    session.add(row)
    _file(session, case, row, desk=desk)
    assert case.standing is not None, "a settled claim has a settlement"
    return bring(session, case, case.standing, party, row.amount_minor, desk=desk)


def _file(session: Session, case: Case, row: PoolFilingRow, *, desk: Desk) -> None:
    settlement = case.standing
    assert settlement is not None, "a settled claim has a settlement"
    shares = {share.party: share for share in claims.shares(session, settlement.id)}
    papers = attached(case, settlement, store.papers_on(session, case.claim.id))
    rule = filing_rule(case.policy.scheme_code)
    form = pool_filing(case, row, settlement, shares[row.party], papers, rule=rule, desk=desk)
    subject = books.Subject("claim", case.claim.id)
    books.file_form(
        session, subject, "pool_filing", number=form.number, stated=stated(form), at=desk.at
    )
    payload = {"party": row.party, "amount_minor": row.amount_minor, "late": bool(row.late_words)}
    books.note(session, subject, "pool_filed", payload, actor=desk.actor, at=desk.at)
    sent = {**payload, "number": form.number, "currency": row.currency}
    books.enqueue(session, subject, "pool_filing", sent, at=desk.at)


def _check_settled(case: Case) -> None:
    if case.claim.state != State.SETTLED:
        fault = Fault("claim", f"the claim is {case.claim.state}", "settle it, or reopen it")
        raise Conflict("claim-not-settled", fault)

"""ACTS: the loss is shared again because a fact has changed; the difference is paid and called."""

from datetime import date

from sqlmodel import Session

from claims import store
from claims.deciding.lines import decided_lines
from claims.facts import Case, case_of, clock_file, facts_for, payable_from
from claims.pay_for_delay import paid_now, pay_for_delay
from claims.rules.clocks import pay_by
from claims.rules.instalment import Owed
from claims.rules.lifecycle import State
from claims.rules.purpose import Purpose
from claims.settling.restate import restate
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


def recompute(
    session: Session, claim_id: str, reason: str, *, desk: Desk, known_on: date | None = None
) -> SettlementRow:
    """Settle a settled claim anew under the facts of today: what was approved stays as it is.

    A pool may have been filled, a ratio restated, a party may be in default or have paid after
    all. The new settlement holds the whole; the entry of the one before is reversed. What it pays
    beyond the one before has a clock of its own, from `known_on`: the day on which the house knew
    of the fact, today where it is left out.

    Where everybody would bear what it bears already no settlement is made: signatures, calls and
    days to appeal hang on the one that stands.

    Raises:
        Conflict: the claim is not settled, a pool lacks what its party owes, or nothing changes.
        Invalid: a fact that the scheme needs is not registered, or `known_on` is not from the
            first settlement to today.
        Unavailable: the working-day table ends before the calls fall due.
    """
    before = store.settlement_of(session, claim_id)
    row = share_anew(session, claim_id, reason, desk=desk, known_on=known_on)
    if before is not None and _same(before, row):
        problem = "sharing the loss again under the facts of today comes to what stands already"
        cure = "state the fact that has changed first, such as a measure or a pool"
        raise Conflict("nothing-changed", Fault("claim", problem, cure))
    return row


def share_anew(
    session: Session, claim_id: str, reason: str, *, desk: Desk, known_on: date | None = None
) -> SettlementRow:
    """Settle anew as `recompute` does, also where it comes to the same, as part of another act.

    Raises:
        As `recompute`, save that nothing needs to change.
    """
    seen = case_of(session, claim_id)
    facts = facts_for(session, seen, desk.on, lock=True)  # pools are locked before policy and claim
    case = case_of(session, claim_id, lock=True)
    if case.claim.state != State.SETTLED:
        cure = "reopen it first" if case.claim.state == State.CLOSED else "settle it first"
        raise Conflict("claim-not-settled", Fault("claim", f"is {case.claim.state}", cure))
    known = _known(case, known_on, desk)
    lines = decided_lines(case)
    row = restate(session, case, lines, Purpose.RECOMPUTED, facts, desk=desk, known=known)
    due = pay_by(known, payable_from(case), days=clock_file(case).pay_days)
    owed = Owed(max(0, paid_now(case, row)), due)
    pay_for_delay(session, case, row, desk=desk, owed=[owed])
    subject = books.Subject("claim", claim_id)
    payload = {"settlement_id": row.id, "sequence": row.sequence, "reason": reason}
    books.note(session, subject, "recomputed", payload, actor=desk.actor, at=desk.at)
    return row


def _same(before: SettlementRow, row: SettlementRow) -> bool:
    """Say whether two settlements approve, share and pay the same."""
    return (before.lines, before.tranches, before.paid_to_bank_minor) == (
        row.lines, row.tranches, row.paid_to_bank_minor,
    )  # fmt: skip


def _known(case: Case, known_on: date | None, desk: Desk) -> date:
    assert case.standing is not None, "a settled claim has a settlement"
    since = case.standing.counts_on
    if known_on and not since <= known_on <= desk.on:
        words = f"is not from the first settlement, {since}, to today"
        raise invalid("known_on", words, "give the day on which the house knew of the fact")
    return known_on or desk.on

"""ACT: money comes back; costs come off first, the rest goes to those who bore."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_of
from claims.papers.recovered import recovery_statement
from claims.rules.bookings import pool_moves, recovery_moves
from claims.rules.lifecycle import State
from claims.tables import RecoveryRow, SettlementRow, ShareRow
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.journal import entry
from kernel.money import Money
from kernel.sharing import GivenBack, Recovery, Standing, give_back
from underwriting import store as contracts
from underwriting.standing import counts, restore


@dataclass(frozen=True, slots=True)
class Receipts:
    """Money that came in.

    Attributes:
        reference: the payer's or court's reference; one recovery each.
        source: where it came from, such as the sale of a right.
        value_date: the day it came in.
        gross: what was received.
        costs: necessary costs of getting it.
    """

    reference: str
    source: str
    value_date: date
    gross: Money
    costs: Money


def recover(session: Session, claim_id: str, receipts: Receipts, *, desk: Desk) -> RecoveryRow:
    """Give a recovery back.

    Raises:
        Conflict: the claim is not settled, or the reference was given before.
        Invalid: the value date lies ahead or before the default, or a currency is another.
    """
    seen = case_of(session, claim_id)
    for party in sorted(seen.scheme.scheme.parties):  # pools are locked before policy and claim
        contracts.pool(session, seen.policy.scheme_code, party, seen.claim.currency, lock=True)
    case = case_of(session, claim_id, lock=True)
    earlier = store.recoveries(session, claim_id)
    _check(case, receipts, earlier, desk)
    settlement = store.settlement_of(session, claim_id)
    assert settlement is not None, "a settled claim has a settlement"
    shares = store.shares(session, settlement.id)
    standing = Standing(
        settlement.tranches,
        {share.party: share.given_back_minor for share in shares if share.paid_minor},
        settlement.costs_carried_minor,
    )
    recovery = Recovery(receipts.gross.minor, receipts.costs.minor)
    back = give_back(case.scheme.scheme.recovery, standing, recovery)
    row = _row(session, case, receipts, back, sequence=len(earlier) + 1, desk=desk)
    moves = recovery_moves(recovery, back, settlement.costs_carried_minor, case.contract.issuer)
    _credit(session, case, settlement, shares, back=back)
    _book(session, case, row, moves, desk=desk)
    _file(session, case, row, shares, desk=desk)
    return row


def _check(case: Case, receipts: Receipts, earlier: tuple[RecoveryRow, ...], desk: Desk) -> None:
    if case.claim.state != State.SETTLED:
        cure = "reopen it first" if case.claim.state == State.CLOSED else "settle it first"
        fault = Fault("claim", f"the claim is {case.claim.state}", cure)
        raise Conflict("claim-not-settled", fault)
    if any(row.reference == receipts.reference for row in earlier):
        fault = Fault("reference", "this recovery is recorded", "give each its own reference")
        raise Conflict("recovery-twice", fault)
    if not case.claim.default_date <= receipts.value_date <= desk.on:
        raise invalid("value_date", "is not between default and today", "give the value date")
    for field, money in (("gross", receipts.gross), ("costs", receipts.costs)):
        if money.currency != case.claim.currency:
            raise invalid(field, f"the claim is in {case.claim.currency}", "give it in that")
    if receipts.gross.minor + receipts.costs.minor == 0:
        raise invalid("gross", "nothing came in and nothing was spent", "give an amount")


def _row(
    session: Session, case: Case, receipts: Receipts, back: GivenBack, *, sequence: int, desk: Desk
) -> RecoveryRow:
    return contracts.add(
        session,
        RecoveryRow(
            id=new_id("rc"),
            created_at=desk.at,
            claim_id=case.claim.id,
            sequence=sequence,
            reference=receipts.reference,
            source=receipts.source,
            value_date=receipts.value_date,
            currency=case.claim.currency,
            gross_minor=receipts.gross.minor,
            costs_minor=receipts.costs.minor,
            net_minor=back.net,
            surplus_minor=back.surplus,
            parts=dict(back.parts),
        ),
    )


def _credit(
    session: Session,
    case: Case,
    settlement: SettlementRow,
    shares: tuple[ShareRow, ...],
    *,
    back: GivenBack,
) -> None:
    """Add to what each party got back, and put it into its pool again."""
    for share in shares:
        part = back.parts.get(share.party, 0)
        if part:
            share.given_back_minor += part
            assert share.given_back_minor <= share.paid_minor, "nobody gets more than it bore"
            session.add(share)
            restore(session, case.scheme.scheme, share.party, part, settlement.currency)
    settlement.costs_carried_minor = back.costs_carried
    session.add(settlement)
    session.flush()


def _book(
    session: Session, case: Case, row: RecoveryRow, moves: list[tuple[str, int]], *, desk: Desk
) -> None:
    claim, subject = case.claim, books.Subject("claim", case.claim.id)
    pools = {
        party: -minor for party, minor in row.parts.items() if counts(case.scheme.scheme, party)
    }
    every = [*moves, *pool_moves(pools, case.policy.scheme_code)]
    posting = entry(
        f"recovery {row.sequence} of claim {claim.number}", desk.on, row.currency, every
    )
    books.post(session, posting, subject=subject, key=f"recovery:{row.id}", at=desk.at)
    payload = {"recovery_id": row.id, "net_minor": row.net_minor, "parts": row.parts}
    books.note(session, subject, "recovered", payload, actor=desk.actor, at=desk.at)


def _file(
    session: Session, case: Case, row: RecoveryRow, shares: tuple[ShareRow, ...], *, desk: Desk
) -> None:
    number = f"{case.claim.number}-R{row.sequence}"
    form = recovery_statement(case, row, shares, number=number, desk=desk)
    subject, said = books.Subject("claim", case.claim.id), stated(form)
    books.file_form(session, subject, "recovery_statement", number=number, stated=said, at=desk.at)
    for party, minor in row.parts.items():
        if minor and party != case.contract.issuer:
            order = {"party": party, "amount_minor": minor, "currency": row.currency}
            books.enqueue(session, subject, "give_back", order, at=desk.at)

"""ACT: the loss is shared under the policy's own scheme, the bank is paid, parties are called."""

from datetime import date, timedelta

from sqlmodel import Session

from claims.assess import lines_of
from claims.facts import Case, case_of, facts_for, payable_from
from claims.papers.statement import Settled, settlement_statement
from claims.rules import bookings
from claims.rules.clocks import pay_by
from claims.rules.indemnity import loss_of
from claims.rules.lifecycle import State, move
from claims.tables import CallRow, SettlementRow, ShareRow
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.journal import entry
from kernel.sharing import UNCOVERED, Facts, Role, Split, split, split_json
from underwriting import store as contracts
from underwriting.inputs import facts_json
from underwriting.standing import Charge, charge, counts


def settle(session: Session, claim_id: str, *, desk: Desk) -> SettlementRow:
    """Settle an accepted claim after its waiting period.

    Raises:
        Conflict: the claim is not accepted, or the waiting period still runs.
        Invalid: a fact that the scheme needs is not registered.
        Unavailable: the working-day table ends before the calls fall due.
    """
    seen = case_of(session, claim_id)
    facts = facts_for(
        session, seen, desk.on, lock=True
    )  # locks the pools first: pool, policy, claim
    case = case_of(session, claim_id, lock=True)
    move(case.claim.state, State.SETTLED)
    _check_waiting(case, desk)
    adjusted = {code: (v[0], v[1]) for code, v in case.claim.file["adjusted"].items()}
    lines = lines_of(case, adjusted)
    shared = split(case.scheme.scheme, loss_of(lines, case.claim.currency), facts)
    row = _settlement(session, case, shared, facts, desk=desk)
    _shares(session, case, row, shared, desk=desk)
    calls = _calls(session, case, row, shared, desk=desk)
    _book(session, case, shared, desk=desk)
    agreed = date.fromisoformat(case.claim.file["agreed_on"])
    settled = Settled(
        lines=lines,
        split=shared,
        payment=row.paid_to_bank_minor,
        calls=[(call.party, call.amount_minor, call.due_on, call.clause) for call in calls],
        pay_by=pay_by(agreed, payable_from(case)),
    )
    _file(session, case, row, settled, desk=desk)
    return row


def _check_waiting(case: Case, desk: Desk) -> None:
    first = payable_from(case)
    if desk.on < first:
        last = first - timedelta(days=1)
        fault = Fault("claim", f"the waiting period ends on {last}", f"settle from {first}")
        raise Conflict("waiting-period", fault)


def _settlement(
    session: Session, case: Case, shared: Split, facts: Facts, *, desk: Desk
) -> SettlementRow:
    case.policy.paid_minor += shared.eligible
    assert case.policy.paid_minor <= case.policy.sum_insured_minor, "within the sum insured"
    session.add(case.policy)
    return contracts.add(
        session,
        SettlementRow(
            id=new_id("st"),
            created_at=desk.at,
            claim_id=case.claim.id,
            settled_on=desk.on,
            currency=shared.currency,
            eligible_minor=shared.eligible,
            ineligible_minor=shared.ineligible,
            uncovered_minor=shared.uncovered,
            paid_to_bank_minor=bookings.paid_to_bank(shared, case.sides),
            facts=facts_json(facts),
            split=split_json(shared),
            tranches=[dict(tranche) for tranche in shared.borne],
        ),
    )


def _shares(session: Session, case: Case, row: SettlementRow, shared: Split, *, desk: Desk) -> None:
    """Write one row a party, and one for what the bank bears because nobody else does."""
    scheme = case.scheme.scheme
    parts = [(part.party, part.role, part.due, part.paid) for part in shared.parts]
    if shared.uncovered:
        parts.append((UNCOVERED, Role.BANK, 0, shared.uncovered))
    for position, (party, role, due, paid) in enumerate(parts, start=1):
        share = ShareRow(
            id=new_id("sh"),
            created_at=desk.at,
            settlement_id=row.id,
            position=position,
            party=party,
            role=role.value,
            currency=shared.currency,
            due_minor=due,
            paid_minor=paid,
        )
        contracts.add(session, share)
        if paid and party != UNCOVERED:
            charged = Charge(shared.currency, desk.on, desk.at)
            charge(session, scheme, party, paid, loss=charged)


def _calls(
    session: Session, case: Case, row: SettlementRow, shared: Split, *, desk: Desk
) -> list[CallRow]:
    due = desk.calendar.add_working_days(desk.on, case.contract.call_working_days)
    payee = case.contract.issuer if case.sides.lead else Role.BANK.value
    return [
        contracts.add(
            session,
            CallRow(
                id=new_id("ca"),
                created_at=desk.at,
                settlement_id=row.id,
                party=party,
                payee=payee,
                currency=shared.currency,
                amount_minor=minor,
                clause=f"{case.policy.scheme_code}: layers, caps",
                due_on=due,
                state="raised",
            ),
        )
        for party, minor in bookings.called(shared, case.sides).items()
    ]


def _book(session: Session, case: Case, shared: Split, *, desk: Desk) -> None:
    claim, subject = case.claim, books.Subject("claim", case.claim.id)
    scheme = case.scheme.scheme
    pools = {part.party: part.paid for part in shared.parts if counts(scheme, part.party)}
    moves = [
        *bookings.reserve_moves(-claim.reserve_minor),
        *bookings.settlement_moves(shared, case.sides),
        *bookings.pool_moves(pools, case.policy.scheme_code),
    ]
    posting = entry(f"settlement of claim {claim.number}", desk.on, shared.currency, moves)
    books.post(session, posting, subject=subject, key=f"settlement:{claim.id}", at=desk.at)
    claim.reserve_minor = 0
    claim.state = move(claim.state, State.SETTLED)
    claim.file = {**claim.file, "settled_on": desk.on.isoformat()}
    session.add(claim)


def _file(
    session: Session, case: Case, row: SettlementRow, settled: Settled, *, desk: Desk
) -> None:
    subject = books.Subject("claim", case.claim.id)
    form = settlement_statement(case, settled, number=f"{case.claim.number}-S1", desk=desk)
    said = stated(form)
    books.file_form(
        session, subject, "settlement_statement", number=form.number, stated=said, at=desk.at
    )
    payload = {"settlement_id": row.id, "paid_to_bank_minor": row.paid_to_bank_minor}
    books.note(session, subject, "settled", payload, actor=desk.actor, at=desk.at)
    order = {"amount_minor": row.paid_to_bank_minor, "currency": row.currency, "to": case.bank}
    books.enqueue(session, subject, "payment_order", order, at=desk.at)
    for party, minor, due, clause in settled.calls:
        call = {"party": party, "amount_minor": minor, "due_on": due.isoformat(), "clause": clause}
        books.enqueue(session, subject, "call", call, at=desk.at)

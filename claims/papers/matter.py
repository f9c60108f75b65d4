"""Papers of a fought matter: the reservation of rights, the answer to a settlement."""

from typing import cast

from claims.counsel.tables import ConsentAskedRow, ReservationRow
from claims.facts import Case
from claims.rules.conduct.terms import answer_days, methods, reservation_days
from documents.forms.reservation_letter import ReservationLetter, ReservedGround
from documents.forms.settlement_consent import Payer, SettlementConsent
from kernel.money import Money


def reservation_letter(case: Case, row: ReservationRow, *, insurer: str) -> ReservationLetter:
    """Return the reservation of rights as it is printed."""
    return ReservationLetter(
        number=row.number,
        insurer_name=insurer,
        issued_on=row.sent_on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        insured=case.bank,
        counterparty=case.claim.file.get("counterparty", ""),
        event_on=case.claim.default_date,
        known_on=row.known_on,
        due_on=row.due_on,
        method=methods()[row.method],
        clause=reservation_days().clause,
        grounds=tuple(
            ReservedGround(one["words_zh"], one["words"], one["clause"]) for one in row.grounds
        ),
    )


def settlement_consent(case: Case, row: ConsentAskedRow, *, insurer: str) -> SettlementConsent:
    """Return the answer to a settlement as it is printed."""
    assert row.answered_on is not None, "what is printed is an answer"
    unit, given = case.claim.currency, row.consented_minor
    return SettlementConsent(
        number=row.number,
        insurer_name=insurer,
        issued_on=row.answered_on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        insured=case.bank,
        counterparty=row.counterparty,
        payer=cast("Payer", row.payer),  # its table holds no other
        proposed=Money(row.amount_minor, unit),
        consented=None if given is None else Money(given, unit),
        terms=row.terms,
        merits=row.merits,
        reason=row.reason,
        answer_by=row.answer_by,
        clause=answer_days("settlement").clause,
    )

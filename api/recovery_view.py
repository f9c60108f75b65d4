"""Where payees stand, how recoveries were given back, and what was learned of disposals."""

from datetime import date

from sqlmodel import Session

from api.schemas.common import money
from api.schemas.disposal_answers import (
    EditionAnswer,
    ExperienceAnswer,
    MovementAnswer,
    PayeeAnswer,
    RecoveryStatementAnswer,
)
from claims.disposal.account import PayeeAccount, accounts, check_payee
from claims.disposal.store import RecoverySharingRow
from claims.experience import Experience
from claims.facts import case_of
from kernel.money import format_minor


def statement_answer(
    session: Session, claim_id: str, opens: date, closes: date, party: str | None
) -> RecoveryStatementAnswer:
    """Return the account of a claim's recoveries in a period, of one payee or of all.

    Raises:
        Invalid: `party` can be no payee of the claim.
    """
    case = case_of(session, claim_id)
    if party is not None:
        check_payee(case, party)
    unit = case.claim.currency
    return RecoveryStatementAnswer(
        claim_id=claim_id,
        currency=unit,
        opens_on=opens,
        closes_on=closes,
        payees=tuple(
            _payee(one, unit)
            for one in accounts(session, case, opens, closes)
            if party in (None, one.closing.payee)
        ),
    )


def _payee(one: PayeeAccount, unit: str) -> PayeeAnswer:
    return PayeeAnswer(
        payee=one.closing.payee,
        due=money(one.closing.due, unit),
        given=money(one.closing.given, unit),
        to_give=money(one.closing.to_give, unit),
        to_hand_back=money(one.closing.to_hand_back, unit),
        open_before=format_minor(one.opening.due - one.opening.given, unit),
        movements=tuple(
            MovementAnswer(
                booked_on=each.booked_on,
                reference=each.reference,
                why=each.why,
                due=format_minor(each.due, unit),
                given=format_minor(each.given, unit),
            )
            for each in one.movements
        ),
    )


def edition_answer(row: RecoverySharingRow, unit: str) -> EditionAnswer:
    """Return one edition of a recovery."""
    return EditionAnswer(
        edition=row.edition,
        booked_on=row.booked_on,
        why=row.why,
        value_date=row.value_date,
        gross=money(row.gross_minor, unit),
        costs=money(row.costs_minor, unit),
        carried=money(row.carried_minor, unit),
        net=money(row.net_minor, unit),
        surplus=money(row.surplus_minor, unit),
        given_back={party: money(minor, unit) for party, minor in row.parts.items()},
    )


def experience_answer(row: Experience) -> ExperienceAnswer:
    """Return what became of one right."""
    plain = ("right_kind", "way", "method", "listings", "days_to_money", "year")
    return ExperienceAnswer(
        **{name: getattr(row, name) for name in plain},
        appraised=money(row.appraised_minor, row.currency),
        gross=money(row.gross_minor, row.currency),
        costs=money(row.costs_minor, row.currency),
        price_ratio=str(row.price_ratio),
    )

"""A claim as a caller sees it: what is known, what is due, what may be done next."""

from datetime import date

from sqlmodel import Session

from api.access import Actor
from api.actions import actions
from api.schemas.claim_answers import ClaimAnswer, Deadline, Paper, summary_fields
from api.schemas.common import money
from claims import store
from claims.facts import Case, case_of, clock_file
from claims.rules.clocks import deadlines
from kernel.wire import MoneyWire
from underwriting.products import product


def claim_answer(session: Session, claim_id: str, on: date, *, actor: Actor) -> ClaimAnswer:
    """Return a claim as it stands on a business day, as `actor` may see it."""
    case = case_of(session, claim_id)
    row, file = case.claim, case.claim.file
    settlement = store.settlement_of(session, row.id)
    return ClaimAnswer(
        **summary_fields(row, to_house=actor.only_client is None),
        known_on=file["known_on"],
        asked=_lines(row.asked, row.currency),
        approved=None if row.approved is None else _lines(row.approved, row.currency),
        findings=row.findings,
        conduct={name: file.get(name) for name in product(case.policy.product).conduct},
        papers=_papers(case),
        papers_requested_on=file.get("requested_on"),
        deadlines=tuple(
            Deadline(**clock.json(), late=clock.late(on)) for clock in deadlines(clock_file(case))
        ),
        actions=actions(session, case, on),
        settlement_id=settlement.id if settlement else None,
    )


def _lines(minor: dict[str, int], currency: str) -> dict[str, MoneyWire]:
    return {code: money(amount, currency) for code, amount in minor.items()}


def _papers(case: Case) -> tuple[Paper, ...]:
    received = case.claim.file["papers"]
    return tuple(
        Paper(code=code, name=name, received_on=received.get(code))
        for code, name in case.contract.papers.items()
    )

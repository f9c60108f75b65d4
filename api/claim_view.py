"""A claim as a caller sees it: what is known, what is due, what may be done next."""

from typing import Any

from sqlmodel import Session

from api.access import Actor
from api.actions import actions
from api.claim_lines import side_by_side
from api.offered import offered
from api.schemas.claim_answers import ClaimAnswer, Deadline, FactAnswer, Paper, summary_fields
from api.schemas.claim_lines import lines_answer
from api.schemas.common import money
from claims.facts import Case, case_of
from claims.rules.asked import listed
from claims.rules.kinds.cut import stated_minor
from claims.rules.kinds.kind import FactAsked
from claims.uploads.course import clocks
from kernel.desk import Desk
from underwriting.products import product


def claim_answer(session: Session, claim_id: str, desk: Desk, *, actor: Actor) -> ClaimAnswer:
    """Return a claim as it stands at a desk's instant, as `actor` may see it."""
    case = case_of(session, claim_id)
    row, file, on = case.claim, case.claim.file, desk.on
    settlement = case.standing
    paid = settlement.paid_out_minor - settlement.taken_back_minor if settlement else 0
    return ClaimAnswer(
        **summary_fields(row, to_house=actor.only_client is None),
        kind=case.kind.code,
        event=case.kind.event_en,
        event_zh=case.kind.event_zh,
        known_on=file["known_on"],
        lines=side_by_side(case),
        facts=_facts(case),
        paid=money(paid, row.currency),
        overpaid=money(settlement.overpaid_minor if settlement else 0, row.currency),
        asked=lines_answer(row.asked, row.currency),
        approved=None if row.approved is None else lines_answer(row.approved, row.currency),
        findings=row.findings,
        conduct={name: file.get(name) for name in product(case.policy.product).conduct},
        papers=_papers(case),
        papers_requested_on=file.get("requested_on"),
        deadlines=tuple(
            Deadline(**clock.json(), late=clock.late(on)) for clock in clocks(session, case)
        ),
        actions=actions(session, case, on, actor),
        offered=offered(session, case, desk, actor),
        settlement_id=settlement.id if settlement else None,
    )


def _facts(case: Case) -> tuple[FactAnswer, ...]:
    return tuple(
        FactAnswer(
            name=fact.name,
            form=fact.form,
            words=fact.en,
            words_zh=fact.zh,
            at_notice=fact.at_notice,
            value=_value(case, fact),
        )
        for fact in case.kind.facts
    )


def _value(case: Case, fact: FactAsked) -> Any:
    """Return a fact as it crosses the wire; the file keeps an amount in minor units."""
    file, currency = case.claim.file, case.claim.currency
    if fact.form == "money" and file.get(fact.name) is not None:
        return money(stated_minor(file, fact.name, currency), currency)
    return file.get(fact.name)


def _papers(case: Case) -> tuple[Paper, ...]:
    received = case.claim.file["papers"]
    return tuple(
        Paper(code=code, name=name, received_on=received.get(code))
        for code, name in listed(case.contract.papers, case.claim.file).items()
    )

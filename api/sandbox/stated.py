"""A scenario is checked against its policy before the clock moves: it could come to nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from api.schemas.sandbox import ScenarioRequest
from claims.facts import frozen_scheme
from kernel.errors import Fault, Invalid, invalid
from kernel.period import add_months
from kernel.sharing import Role
from underwriting import store
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow

_BEARS_ITSELF = (Role.BANK, Role.INSURED)
"""Roles that nobody calls: what they bear they have lost already."""


def check_scenario(session: Session, stated: dict[str, Any]) -> None:
    """Refuse a scenario that cannot happen to its policy.

    Raises:
        NotFound: there is no such policy.
        Invalid: it guarantees no loan; or the day, a paper or the party is none of its own.
    """
    scenario = ScenarioRequest.model_validate(stated, strict=False)
    policy = store.policy(session, scenario.policy_id)
    contract = Contract.of(policy.contract)
    if contract.loan is None:
        problem = f"policy {policy.number} of {policy.product} guarantees no loan"
        cure = "state a scenario for a policy that does; without one the clock goes forward too"
        raise invalid("scenario.policy_id", problem, cure)
    faults = (*_day(scenario, contract), *_papers(scenario, contract),
              *_party(scenario, policy, contract))  # fmt: skip
    if faults:
        raise Invalid("invalid", *faults)


def _day(scenario: ScenarioRequest, contract: Contract) -> Iterator[Fault]:
    """Yield a day on or after which no instalment falls due, or that lies before the loan."""
    loan = contract.lent
    first = loan.drawdown + timedelta(days=1)
    last = add_months(loan.drawdown, loan.term_months)
    if not first <= scenario.stops_paying_on <= last:
        problem = f"{scenario.stops_paying_on} is not within the loan"
        yield Fault("scenario.stops_paying_on", problem, f"give a day from {first} to {last}")


def _papers(scenario: ScenarioRequest, contract: Contract) -> Iterator[Fault]:
    for place, code in enumerate(scenario.missing_papers):
        if code not in contract.papers:
            cure = f"use {', '.join(contract.papers)}"
            yield Fault(f"scenario.missing_papers.{place}", f"{code!r} is none asked for", cure)


def _party(scenario: ScenarioRequest, policy: PolicyRow, contract: Contract) -> Iterator[Fault]:
    roles = frozen_scheme(policy.scheme_text).scheme.roles
    called = [
        party
        for party, role in roles.items()
        if party != contract.issuer and role not in _BEARS_ITSELF
    ]
    if scenario.defaults is not None and scenario.defaults not in called:
        cure = f"use {', '.join(called)}, or leave it out" if called else "leave it out"
        problem = f"{scenario.defaults!r} is no party that the scheme calls"
        yield Fault("scenario.defaults", problem, cure)

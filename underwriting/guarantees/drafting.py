"""A letter as it would be: terms from the policy and what is stated.

foundation(session, policy_id) -> Foundation
terms_of_policy(found, stated, identity) -> LetterTerms
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting import store
from underwriting.guarantees.parts import beneficiaries, debtor, guarantor, pledged
from underwriting.guarantees.stated import LetterStated
from underwriting.history.store import history
from underwriting.letters.terms import Declaration, DemandPaper, Demands, LetterTerms, Surcharge
from underwriting.products.customs_guarantee.clock import per_day
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.rules.contract import Contract
from underwriting.rules.history import in_force
from underwriting.tables import PolicyRow

PRODUCT = "customs_guarantee"


@dataclass(frozen=True, slots=True)
class Foundation:
    """What a letter rests on.

    Attributes:
        policy: the row.
        contract: its terms of today.
        risk: the proposal that they were priced on.
        tariff: frozen with it.
    """

    policy: PolicyRow
    contract: Contract
    risk: CustomsGuaranteeRisk
    tariff: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """What the house gives a letter: number, version, day, names, who signs."""

    number: str
    version: int
    on: date
    insurer: str
    demonstration: bool


def foundation(session: Session, policy_id: str, *, lock: bool = False) -> Foundation:
    """Return what a letter under a policy rests on.

    Raises:
        NotFound: there is no such policy.
        Conflict: it is of another product, or no longer bound.
    """
    found = history(session, policy_id, lock=lock)
    policy = found.policy
    if policy.product != PRODUCT:
        fault = Fault("policy_id", f"is of product {policy.product}", f"name one of {PRODUCT}")
        raise Conflict("not-a-customs-guarantee", fault)
    if policy.state != "bound":
        fault = Fault("policy_id", f"the policy is {policy.state}", "bind a policy first")
        raise Conflict("policy-not-in-force", fault)
    counting = {one.id for one in in_force(found.past)}
    priced = [row.quote_id for row in found.rows if row.quote_id and row.id in counting]
    inputs = json.loads(store.quote(session, priced[-1] or policy.quote_id).receipt)["inputs"]
    risk = CustomsGuaranteeRisk.model_validate(inputs["risk"], strict=False)
    return Foundation(policy, Contract.of(policy.contract), risk, inputs["terms"])


def terms_of_policy(found: Foundation, stated: LetterStated, identity: Identity) -> LetterTerms:
    """Return the terms of the letter that a policy and what is stated make.

    What is stated of districts and rights that the policy does not have is left out of them: see
    `parts.foreign_faults`, which names it.
    """
    agreed, currency = found.contract.agreed, found.policy.currency
    day = {key: date.fromisoformat(agreed[key]) for key in _DAYS}
    revolving = agreed["mode"] == "revolving"
    return LetterTerms(
        number=identity.number,
        version=identity.version,
        policy_number=found.policy.number,
        regime=agreed["regime"],
        kind="letter",
        nature=stated.nature,
        rules=stated.rules,
        mode=agreed["mode"],
        purposes=tuple(agreed["purposes"]),
        beneficiaries=beneficiaries(found.risk.use, stated.districts),
        debtor=debtor(found.contract, stated.debtor),
        guarantor=guarantor(identity.insurer, stated.guarantor),
        obligation_zh=stated.obligation_zh,
        obligation_en=stated.obligation_en,
        taxes=stated.taxes,
        amount=Money.of(agreed["amount"], currency),
        restored=revolving,
        surcharge=_surcharge(found),
        issued_on=identity.on,
        place_zh=stated.place_zh,
        place_en=stated.place_en,
        usable_from=max(day["usable_from"], identity.on),
        usable_until=day["usable_until"],
        claim_until=day["claim_until"],
        effective_on=stated.effective_on,
        demands=_demands(found, stated),
        transferable=False,
        law_zh=stated.law_zh,
        law_en=stated.law_en,
        court_zh=stated.court_zh,
        court_en=stated.court_en,
        charges=stated.charges,
        declarations=tuple(
            Declaration(number=one.number, on=one.on, tax=one.tax.money("declarations.tax"))
            for one in stated.declarations
        ),
        security=pledged(found.risk, stated.pledges),
        prevailing=stated.prevailing,
        demonstration=identity.demonstration,
    )


_DAYS = ("usable_from", "usable_until", "claim_until")


def _surcharge(found: Foundation) -> Surcharge:
    agreed = found.contract.agreed
    beyond = agreed["surcharge"] == "beyond"
    regime = agreed["regime"]
    return Surcharge(
        rate_per_day=per_day(found.tariff, regime),
        limit=Money.of(agreed["surcharge_limit"], found.policy.currency) if beyond else None,
        source=found.tariff["regimes"][regime]["source"],
    )


def _demands(found: Foundation, stated: LetterStated) -> Demands:
    return Demands(
        papers=tuple(DemandPaper(zh=one.zh, en=one.en) for one in stated.demand_papers),
        days=int(found.contract.agreed["demand_working_days"]),
        day_kind="working",
        examination_days=stated.examination_days,
        place_zh=f"{stated.guarantor.branch_zh}，{stated.guarantor.address_zh}",
        place_en=f"{stated.guarantor.branch_en}, {stated.guarantor.address_en}",
        medium=stated.demand_medium,
    )

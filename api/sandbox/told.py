"""The story of one policy: its scenario, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from sqlmodel import Session

from api.sandbox.item import Act, Item
from api.sandbox.loan import instalments
from api.schemas.sandbox import ScenarioRequest
from claims import store
from claims.facts import Case, case_of
from underwriting.loan_events.store import loan_file
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow
from underwriting.watch.account import account
from underwriting.watch.counting import counting

WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "notified": ("银行报案索赔", "the bank gives notice of its claim", "insurer"),
    "waiting_ends": ("等待期届满", "the waiting period ends", "insurer"),
    "assessed": ("理赔核定", "the claim is assessed", "insurer"),
    "papers_in": ("补交材料并核定", "the missing papers are in, the claim is assessed", "insurer"),
    "settled": ("赔付并分摊", "the claim is settled and the loss is shared", "parties"),
    "call_paid": ("参与方缴付分摊款", "a party pays its call", "nobody"),
    "call_warned": ("逾期催告参与方", "a party is given notice of default", "parties"),
    "call_defaulted": (
        "参与方违约，损失重新分摊",
        "a party is in default, the loss is shared anew",
        "parties",
    ),
    "recovered": ("追偿款到账", "money is recovered", "insurer"),
    "given_back": ("返还追偿款", "a payee is given its part of the recovery", "nobody"),
    "loss_final": ("最终损失确定", "the final loss is fixed", "insurer"),
    "pool_filed": ("向资金池申报", "the final loss is filed with a pool", "parties"),
    "closed": ("结案", "the claim is closed", "nobody"),
}
"""Code -> Chinese, English, whose turn it is after it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where the story of a policy stands.

    Attributes:
        policy: whose borrower it is about.
        scenario: what was stated.
        since: first day that is reported unpaid; None where nothing is.
        asked: line -> minor units that a claim would ask: all principal owed, interest unpaid.
        case: the claim; None before its notice.
    """

    policy: PolicyRow
    scenario: ScenarioRequest
    since: date | None
    asked: Mapping[str, int]
    case: Case | None

    @classmethod
    def of(cls, session: Session, policy: PolicyRow, scenario: ScenarioRequest) -> Self:
        """Read where it stands from the books."""
        contract = Contract.of(policy.contract)
        if contract.loan is None:
            return cls(policy, scenario, None, {}, None)
        now = account(counting(loan_file(session, policy.id).events))
        dues = instalments(contract, now)
        unpaid = [due.interest for due in dues if due.on == now.overdue_since]
        asked = {"principal": now.owed, "interest": sum(unpaid)}
        found = store.claim_on(session, policy.id)
        claim = next((row for row in found if row.default_date == now.overdue_since), None)
        case = case_of(session, claim.id) if claim else None
        return cls(policy, scenario, now.overdue_since, asked, case)

    def item(
        self, code: str, on: date, act: Act | None, *, role: str = "bank", of: str = ""
    ) -> Item:
        """Return a thing of this story; `of` tells those of one code apart."""
        zh, en, whose = WORDS[code]
        at = f"/v1/claims/{self.case.claim.id}" if self.case else f"/v1/policies/{self.policy.id}"
        return Item(
            on=on, name=f"{code}:{self.policy.id}:{self.since}:{of}", code=code, zh=zh, en=en,
            whose=whose, path=at, client_id=self.policy.client_id, role=role, act=act,
        )  # fmt: skip

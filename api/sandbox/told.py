"""The story of one policy: its scenario, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from sqlmodel import Session

from api.sandbox.item import Act, Item
from api.sandbox.loan import Reported, instalments
from api.schemas.sandbox import ScenarioRequest
from claims import store
from claims.facts import Case, case_of
from kernel.money import Money
from underwriting.store import PolicyRow

WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "notified": ("银行报案索赔 {money}", "the bank gives notice of its claim of {money}",
                 "insurer"),
    "waiting_ends": ("等待期届满", "the waiting period ends", "insurer"),
    "assessed": ("理赔核定，索赔 {money}", "the claim of {money} is assessed", "insurer"),
    "papers_in": ("补交材料并核定，索赔 {money}",
                  "the missing papers are in, the claim of {money} is assessed", "insurer"),
    "settled": ("核定损失 {money}，赔付并分摊",
                "the claim is settled and the loss of {money} is shared", "parties"),
    "call_paid": ("{party}缴付分摊款 {money}", "{party} pays its call of {money}", "nobody"),
    "refund_paid": ("向{party}退还分摊款 {money}", "{party} is refunded {money} of its call",
                    "nobody"),
    "call_warned": ("就分摊款 {money} 逾期催告{party}",
                    "{party} is given notice of default on its call of {money}", "parties"),
    "call_defaulted": ("{party}未付分摊款 {money}，违约，损失重新分摊",
                       "{party} is in default on its call of {money}, the loss is shared anew",
                       "parties"),
    "recovered": ("追偿款 {money} 到账", "{money} is recovered", "insurer"),
    "given_back": ("向{party}返还追偿款 {money}",
                   "{party} is given {money}, its part of the recovery", "nobody"),
    "loss_final": ("最终损失确定", "the final loss is fixed", "insurer"),
    "pool_filed": ("就最终损失向{party}申报 {money}",
                   "the final loss is filed with {party} for {money}", "parties"),
    "closed": ("结案", "the claim is closed", "nobody"),
}  # fmt: skip
"""Code -> Chinese, English, whose turn it is after it; with room for party and amount."""


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
    def of(
        cls, session: Session, policy: PolicyRow, loan: Reported, scenario: ScenarioRequest
    ) -> Self:
        """Read where it stands from the books; before the loan is overdue there is nothing."""
        since = loan.now.overdue_since
        if since is None:
            return cls(policy, scenario, None, {}, None)
        dues = instalments(loan.contract, loan.now)
        unpaid = [due.interest for due in dues if due.on == since]
        asked = {"principal": loan.now.owed, "interest": sum(unpaid)}
        found = store.claim_on(session, policy.id)
        claim = next((row for row in found if row.default_date == since), None)
        case = case_of(session, claim.id) if claim else None
        return cls(policy, scenario, since, asked, case)

    def item(
        self,
        code: str,
        on: date,
        act: Act | None,
        *,
        role: str = "bank",
        of: str = "",
        party: str = "",
        minor: int = 0,
    ) -> Item:
        """Return a thing of this story, told with its policy, party and amount (minor units).

        `of` tells those of one code apart.
        """
        zh, en, whose = WORDS[code]
        said = {"party": party, "money": Money(minor, self.policy.currency)}
        zh = f"保单 {self.policy.number}：{zh.format(**said)}"
        en = f"policy {self.policy.number}: {en.format(**said)}"
        at = f"/v1/claims/{self.case.claim.id}" if self.case else f"/v1/policies/{self.policy.id}"
        return Item(
            on=on, name=f"{code}:{self.policy.id}:{self.since}:{of}", code=code, zh=zh, en=en,
            whose=whose, path=at, client_id=self.policy.client_id, role=role, act=act,
        )  # fmt: skip

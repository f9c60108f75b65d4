"""The assignment of rights after payment: what was paid, against whom, with which securities."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Signature, Title
from documents.forms.rows import Right, rights_blocks
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Borne:
    """What one party bore of the loss, and takes over within it."""

    party: str
    role: str
    amount: Money


@dataclass(frozen=True, slots=True)
class SubrogationAssignment:
    """The insured confirms what passes to who paid.

    Attributes:
        number: of the assignment.
        insurer_name: who paid, and takes over.
        issued_on: the day of issue.
        claim_number: the claim.
        policy_number: the policy.
        assignor: the insured, who was paid.
        debtor: against whom the rights are.
        event_on: day of the insured event.
        paid: what the insurer paid; also printed in words.
        borne: who bore which part of the loss; together they are `loss`.
        loss: the loss that was shared.
        basis: what gave the insured its claim, such as the loan contract.
        recourse: the rights that pass, one line each.
        rights: the pledged IP rights whose pledge follows the claim.
        duties: what the insured owes to their enforcement, one line each.
        paid_on: every day on which the insurer paid; empty: that of issue.
    """

    title: ClassVar[Label] = Label("权益转让书", "Subrogation and Assignment of Rights")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    assignor: str
    debtor: str
    event_on: date
    paid: Money
    borne: tuple[Borne, ...]
    loss: Money
    basis: str
    recourse: tuple[str, ...]
    rights: tuple[Right, ...]
    duties: tuple[str, ...]
    paid_on: tuple[date, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The payment, the rights that pass with it, the seals."""
        return (
            Title(self.title),
            self._paid(),
            self._case(),
            self._borne(),
            Note(Label("转让的权利", "Rights that pass"), self.recourse),
            *rights_blocks(self.rights),
            Note(Label("被保险人的协助义务", "What the insured owes to it"), self.duties),
            self._signature(),
        )

    def _paid(self) -> Banner:
        words = (in_chinese(self.paid), in_english(self.paid))
        return Banner(
            Label("保险人已付赔款", "Paid by the insurer"), str(self.paid), "plain", words
        )

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("转让人（被保险人）", "Assignor, the insured"), self.assignor),
                Fact(Label("受让人（保险人）", "Assignee, the insurer"), self.insurer_name),
                Fact(Label("债务人", "Debtor"), self.debtor),
                Fact(Label("事故日", "Insured event on"), self.event_on),
                Fact(
                    Label("付款日", "Paid on"),
                    "、".join(map(str, self.paid_on or (self.issued_on,))),
                ),
                Fact(Label("权利来源", "What the claim rests on"), self.basis),
            ),
            deed=True,
        )

    def _borne(self) -> Listing:
        return Listing(
            Label("损失由谁承担", "Who bore the loss"),
            (Label("承担方", "Party"), Label("身份", "Role"), Label("金额", "Amount")),
            tuple((one.party, one.role, one.amount) for one in self.borne),
            (Label("合计", "Total"), "", self.loss),
        )

    def _signature(self) -> Signature:
        parties = (
            (Label("转让人", "Assignor"), self.assignor),
            (Label("受让人", "Assignee"), self.insurer_name),
        )
        return Signature("", self.issued_on, parties)

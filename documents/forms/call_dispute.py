"""The dispute notice: what a sharing party disputes of a call, why, and what stays payable."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Label, Note, Title
from documents.forms.call_rows import Called, sealed
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CallDispute:
    """A dispute as it was taken down.

    Attributes:
        number: of the notice.
        insurer_name: who takes it down.
        issued_on: the day on which it came in.
        called: who disputes, on which claim.
        asked: by the call.
        disputed: of it.
        undisputed: the rest that is still open, payable on its day.
        pay_by: last day of that.
        reason: in the words of the party.
        clause: the term that it relies on.
    """

    title: ClassVar[Label] = Label("损失分担争议登记书", "Dispute of a Call")

    number: str
    insurer_name: str
    issued_on: date
    called: Called
    asked: Money
    disputed: Money
    undisputed: Money
    pay_by: date
    reason: str
    clause: str

    def blocks(self) -> tuple[Block, ...]:
        """What is disputed and why; what stays payable; who decides."""
        line = (
            f"其余 {self.undisputed} 仍应于 {self.pay_by} 前支付。"
            f" The other {self.undisputed} stays payable by {self.pay_by}."
        )
        return (
            Title(self.title),
            Banner(Label("争议金额", "In dispute"), str(self.disputed), "care", (line,)),
            self.called.block(
                Fact(Label("催缴金额", "Called for"), self.asked),
                Fact(Label("提出日", "Disputed on"), self.issued_on),
            ),
            Note(Label("理由", "Reason"), (self.reason,), deed=True),
            Note(Label("所依据的条款", "Term relied on"), (self.clause,), deed=True),
            Note(Label("处理", "What follows"), _FOLLOWS, deed=True),
            sealed(self.insurer_name, self.issued_on),
        )


_FOLLOWS = (
    (
        "争议由提出催缴的人员以外的人员复核：维持、经重新理算后降低，或者撤回。"
        " Somebody other than who raised the call looks into it: it is upheld, lowered by settling"
        " again, or withdrawn."
    ),
    (
        "争议解决前，争议部分不计违约。"
        " Until it is resolved, nobody is in default with what is in dispute."
    ),
)

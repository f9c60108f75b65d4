"""The refund to a sharing party that has paid more than it owes now."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Label, Note, Title
from documents.forms.call_rows import Attached, Called, Reckoned, attachments, reckoning, sealed
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CallRefund:
    """A refund as it goes to a party.

    Attributes:
        number: of the refund.
        insurer_name: who settles.
        issued_on: the day on which it was raised.
        called: who is refunded, on which claim.
        reckoned: how the amount was made; what was paid stands above zero, the share below.
        refunded: what is paid back; also printed in words.
        pay_by: last day.
        clause: the terms of the scheme that it rests on.
        papers: that lie with it.
    """

    title: ClassVar[Label] = Label("损失分担退还通知书", "Refund to a Sharing Party")

    number: str
    insurer_name: str
    issued_on: date
    called: Called
    reckoned: tuple[Reckoned, ...]
    refunded: Money
    pay_by: date
    clause: str
    papers: tuple[Attached, ...]

    def blocks(self) -> tuple[Block, ...]:
        """The amount and its day, and how it was made."""
        by = f"将于 {self.pay_by} 前退还。 Paid back by {self.pay_by}."
        words = (in_chinese(self.refunded), in_english(self.refunded), by)
        return (
            Title(self.title),
            Banner(Label("退还分担款", "Share paid back"), str(self.refunded), "good", words),
            self.called.block(),
            reckoning(self.reckoned, self.refunded),
            Note(Label("依据", "Terms it rests on"), (self.clause,), deed=True),
            attachments(self.papers),
            sealed(self.insurer_name, self.issued_on),
        )

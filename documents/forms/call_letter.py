"""The call on a sharing party: how much, by which terms, on which papers, by when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Label, Note, Title
from documents.forms.call_rows import Attached, Called, Reckoned, attachments, reckoning, sealed
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CallLetter:
    """A call as it goes to a party.

    Attributes:
        number: of the call.
        insurer_name: who calls.
        issued_on: the day on which it was raised.
        called: who is called, on which claim.
        reckoned: how the amount was made: share by the layers, fuses, caps, what was paid.
        asked: what is to be paid now; also printed in words.
        pay_by: last day.
        days: working days from this letter to that day.
        clause: the terms of the scheme that it rests on.
        papers: that lie with it.
        notes: terms of the scheme that are not certain.
    """

    title: ClassVar[Label] = Label("损失分担催缴通知书", "Call on a Sharing Party")

    number: str
    insurer_name: str
    issued_on: date
    called: Called
    reckoned: tuple[Reckoned, ...]
    asked: Money
    pay_by: date
    days: int
    clause: str
    papers: tuple[Attached, ...]
    notes: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The amount and its day, how it was made, what may be answered."""
        by = f"请于 {self.pay_by} 前支付。 Please pay by {self.pay_by}."
        words = (in_chinese(self.asked), in_english(self.asked), by)
        return (
            Title(self.title),
            Banner(Label("应付分担款", "Share to be paid"), str(self.asked), "care", words),
            self.called.block(),
            reckoning(self.reckoned, self.asked),
            Note(Label("依据", "Terms it rests on"), (self.clause,), deed=True),
            attachments(self.papers),
            Note(Label("答复", "Your answer"), self._answers(), deed=True),
            Note(Label("说明", "Notes"), self.notes, deed=True),
            sealed(self.insurer_name, self.issued_on),
        )

    def _answers(self) -> tuple[str, ...]:
        return (
            (
                f"自本通知发出之日起 {self.days} 个工作日内答复：认可并支付，或者书面说明理由、"
                "争议金额和所依据的条款。"
                f" Answer within {self.days} working days: accept and pay, or state in writing the"
                " reason, the amount in dispute and the term relied on."
            ),
            (
                "可以分次支付，每次支付请注明付款凭证号。"
                " It may be paid in parts; give the reference of each payment."
            ),
            (
                "逾期未付又未提出争议的，将另行发出违约通知并给予补救期；补救期满仍未支付的，"
                "其份额按分担方案由剩余损失承担方承担，欠款仍须偿还。"
                " What is neither paid nor disputed by then is followed by a notice of default with"
                " a period to cure it; after that the residual party of the scheme bears the share,"
                " and what is owed stays owed."
            ),
        )

"""The notice of default: a call that is overdue, the last day to cure it, what follows."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Label, Note, Title
from documents.forms.call_rows import Called, sealed
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CallDefault:
    """A notice of default as it goes to a party.

    Attributes:
        number: of the notice.
        insurer_name: who gives it.
        issued_on: the day on which it was given.
        called: who owes, on which claim.
        asked: by the call.
        paid: of it.
        owed: what is open; `paid` and `owed` are `asked`.
        due_on: last day of payment by the call.
        cure_until: last day to pay after all.
        residual: who bears the share after that, in words.
        rule: of the days to cure, with its source.
    """

    title: ClassVar[Label] = Label("分担款逾期违约通知书", "Notice of Default on a Call")

    number: str
    insurer_name: str
    issued_on: date
    called: Called
    asked: Money
    paid: Money
    owed: Money
    due_on: date
    cure_until: date
    residual: str
    rule: str

    def __post_init__(self) -> None:
        assert self.paid + self.owed == self.asked, "paid and owed are what was asked"

    def blocks(self) -> tuple[Block, ...]:
        """What is owed and until when it can be cured; what happens else."""
        line = f"补救期至 {self.cure_until}。 To be cured by {self.cure_until}."
        return (
            Title(self.title),
            Banner(Label("逾期未付", "Overdue"), str(self.owed), "bad", (line,)),
            self.called.block(
                Fact(Label("催缴金额", "Called for"), self.asked),
                Fact(Label("已付", "Paid"), self.paid),
                Fact(Label("应付日", "Due on"), self.due_on),
                Fact(Label("补救期依据", "Days to cure"), self.rule),
            ),
            Note(Label("后果", "What follows"), self._follows(), deed=True),
            sealed(self.insurer_name, self.issued_on),
        )

    def _follows(self) -> tuple[str, ...]:
        return (
            (
                f"补救期满仍未付清的，该分担方不再参与分担，其份额由{self.residual}承担。"
                f" If it is not paid by then, the party bears nothing and its share goes to:"
                f" {self.residual}."
            ),
            (
                "欠款仍须偿还；付清后重新理算，恢复其分担。"
                " What is owed stays owed; once it is paid the loss is shared again with the party."
            ),
        )

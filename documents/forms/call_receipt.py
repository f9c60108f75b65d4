"""The receipt for a call that was paid, part by part."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Label, Listing, Title
from documents.forms.call_rows import Called, sealed
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class PartPaid:
    """One payment: its reference, its value date, its amount."""

    reference: str
    value_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class CallReceipt:
    """A receipt as it goes to who paid.

    Attributes:
        number: of the receipt.
        insurer_name: who writes it.
        issued_on: date of the receipt.
        called: who paid, on which claim.
        paid: in all; also printed in words.
        parts: the payments; together they are `paid`.
        due_on: last day of payment by the call.
    """

    title: ClassVar[Label] = Label("损失分担款收据", "Receipt for a Share Paid")

    number: str
    insurer_name: str
    issued_on: date
    called: Called
    paid: Money
    parts: tuple[PartPaid, ...]
    due_on: date

    def blocks(self) -> tuple[Block, ...]:
        """The amount, the case, the payments."""
        words = (in_chinese(self.paid), in_english(self.paid))
        return (
            Title(self.title),
            Banner(Label("已付清", "Paid in full"), str(self.paid), "good", words),
            self.called.block(Fact(Label("应付日", "Due on"), self.due_on)),
            Listing(
                Label("付款明细", "Payments"),
                (
                    Label("凭证号", "Reference"),
                    Label("起息日", "Value date"),
                    Label("金额", "Amount"),
                ),
                tuple((one.reference, one.value_on, one.amount) for one in self.parts),
                (Label("合计", "Total"), "", self.paid),
                deed=True,
            ),
            sealed(self.insurer_name, self.issued_on),
        )

"""The advice of a payment under a letter: what was paid, for what, and what is left."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Title
from documents.foot import Foot
from documents.forms.letter_refusal import Demanded
from documents.forms.letter_rows import Concerned, Proof
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What was paid for one thing: tax or surcharge of a declaration."""

    what: Label
    declaration: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentAdvice:
    """An advice of payment as it goes to beneficiary and debtor.

    Attributes:
        number: of the advice.
        insurer_name: of the guarantor.
        letter: as it stood when demanded.
        demanded: what is paid.
        lines: what was paid; together they are `paid`.
        paid: in this payment.
        paid_before: under the letter, before it.
        left: what can still be demanded in all.
        value_on: value date.
        account: to which it was paid.
        proof: seal, date and code.
    """

    title: ClassVar[Label] = Label("保函付款通知书", "Payment Advice")

    number: str
    insurer_name: str
    letter: Concerned
    demanded: Demanded
    lines: tuple[PaidLine, ...]
    paid: Money
    paid_before: Money
    left: Money
    value_on: date
    account: str
    proof: Proof

    @property
    def foot(self) -> Foot:
        """The version under which was paid."""
        return self.proof.foot(self.letter.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """The money, the letter, the demand, what is left."""
        said = (in_chinese(self.paid), in_english(self.paid))
        facts = (
            *self.demanded.facts(),
            Fact(Label("起息日", "Value date"), self.value_on),
            Fact(Label("收款账户", "Paid to"), self.account),
            Fact(Label("此前累计付款", "Paid before"), self.paid_before),
            Fact(Label("尚可索赔金额", "Left"), self.left),
        )
        return (
            Title(self.title),
            Banner(Label("付款金额", "Paid"), str(self.paid), "good", said),
            self.letter.block(),
            Facts(Label("索赔与付款", "Demand and payment"), facts, deed=True),
            self._lines(),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed()),
        )

    def _lines(self) -> Listing:
        columns = (Label("项目", "Item"), Label("报关单号", "Declaration"), Label("金额", "Amount"))
        rows = tuple((one.what, one.declaration, one.amount) for one in self.lines)
        total = (Label("合计", "Total"), "", self.paid)
        return Listing(Label("付款明细", "What was paid"), columns, rows, total, deed=True)


_EFFECT = (
    Label(
        "本次付款减少担保金额；除保函另有载明外，付款不使担保金额恢复。",
        "The payment reduces the amount; unless the letter says so, a payment does not restore it.",
    ),
    Label(
        "担保人付款不免除被担保人应办理的海关手续；担保人对被担保人的追偿权不受影响。",
        "It does not relieve the debtor of customs formalities; recourse against the debtor stays.",
    ),
)

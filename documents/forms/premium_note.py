"""The premium note: who owes which part of the premium, by when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Title
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Due:
    """One sum that falls due.

    Attributes:
        payer: who owes it.
        basis: what it is for: an instalment, a public payer's part, an endorsement.
        due_on: last day of payment.
        amount: below zero it is returned.
    """

    payer: str
    basis: str
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PaidBy:
    """What one payer owes in all."""

    payer: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PremiumNote:
    """The premium of a policy with all that was changed in it since.

    Attributes:
        number: of the note.
        insurer_name: to whom it is owed.
        issued_on: date of the note.
        policy_number: of the policy.
        product_zh: line of business, in Chinese.
        product_en: the same in English.
        policyholder: who took it out.
        insured: whose loss is covered.
        net: of `total`, without the tax.
        tax: value-added tax in it.
        dues: every sum, by day; together they are `total`.
        payers: the same by payer; together they are `total`.
        total: the premium of the whole policy.
    """

    title: ClassVar[Label] = Label("保险费通知书", "Premium Note")

    number: str
    insurer_name: str
    issued_on: date
    policy_number: str
    product_zh: str
    product_en: str
    policyholder: str
    insured: str
    net: Money
    tax: Money
    dues: tuple[Due, ...]
    payers: tuple[PaidBy, ...]
    total: Money

    def __post_init__(self) -> None:
        assert self.net + self.tax == self.total, "the premium is net premium and tax"

    def blocks(self) -> tuple[Block, ...]:
        """The total, then who owes it when, then how it is made up."""
        return (
            Title(self.title, f"{self.product_zh} {self.product_en}"),
            self._total(),
            self._policy(),
            self._dues(),
            self._payers(),
            self._parts(),
            Note(Label("说明", "Notes"), _NOTES, deed=True),
        )

    def _total(self) -> Banner:
        owed = abs(self.total.minor)
        money = Money(owed, self.total.currency)
        label = Label("应付保险费合计", "Premium due in all")
        if self.total.minor < 0:
            label = Label("应退保险费合计", "Premium to be returned in all")
        return Banner(label, str(money), "plain", (in_chinese(money), in_english(money)))

    def _policy(self) -> Facts:
        return Facts(
            Label("保险单", "Policy"),
            (
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("通知日期", "Issued on"), self.issued_on),
                Fact(Label("投保人", "Policyholder"), self.policyholder),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("收款人", "Payable to"), self.insurer_name),
            ),
            deed=True,
        )

    def _dues(self) -> Listing:
        columns = (
            Label("支付方", "Payer"),
            Label("款项", "For"),
            Label("应付日", "Due on"),
            Label("金额", "Amount"),
        )
        rows = tuple((one.payer, one.basis, one.due_on, one.amount) for one in self.dues)
        total = (Label("合计", "Total"), "", "", self.total)
        return Listing(Label("应付明细", "What falls due when"), columns, rows, total, deed=True)

    def _payers(self) -> Listing:
        return Listing(
            Label("各支付方合计", "By payer"),
            (Label("支付方", "Payer"), Label("金额", "Amount")),
            tuple((one.payer, one.amount) for one in self.payers),
            (Label("合计", "Total"), self.total),
            deed=True,
        )

    def _parts(self) -> Listing:
        return Listing(
            Label("保险费构成", "Premium and tax"),
            (Label("项目", "Part"), Label("金额", "Amount")),
            (
                (Label("净保险费", "Net premium"), self.net),
                (Label("增值税", "Value-added tax"), self.tax),
            ),
            (Label("合计", "Total"), self.total),
            deed=True,
        )


_NOTES: Final = (
    "负数金额由保险人退还。 What is below zero is returned by the insurer.",
    (
        "本通知书不变更保险合同；逾期缴费的后果以保险条款为准。"
        " This note does not change the contract; what follows a late payment is in the wording."
    ),
)

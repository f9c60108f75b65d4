"""The letter of demand to a borrower: from the bank, or from bank and insurer together."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import (
    Banner,
    Block,
    Fact,
    Facts,
    Label,
    Listing,
    Note,
    Signature,
    Title,
)
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class DunningLetter:
    """A demand for what is overdue.

    Attributes:
        number: of the letter.
        insurer_name: whose letterhead it has: the insurer's where it is joint, else the bank's.
        issued_on: date of the letter.
        policy_number: the policy that guarantees the loan.
        bank: who lent.
        borrower: who has to pay.
        loan: the bank's number of the loan contract.
        joint: do bank and insurer demand together?
        since: first day unpaid.
        principal: overdue.
        interest: overdue.
        pay_by: last day to pay.
        waiting_ends_on: last day of the waiting period of the policy.
        method: how it is served.
    """

    title: ClassVar[Label] = Label("逾期贷款催收函", "Letter of Demand")

    number: str
    insurer_name: str
    issued_on: date
    policy_number: str
    bank: str
    borrower: str
    loan: str
    joint: bool
    since: date
    principal: Money
    interest: Money
    pay_by: date
    waiting_ends_on: date
    method: str

    def blocks(self) -> tuple[Block, ...]:
        """What is owed, by when, what follows, who demands, and room for the proof of service."""
        return (
            Title(self.title, "联合催收 joint demand" if self.joint else "银行催收 bank's demand"),
            Banner(
                Label("请于下列日期前清偿", "Pay by"),
                self.pay_by.isoformat(),
                "care",
                ("提前或部分还款亦可。 Earlier payment, and payment in part, are welcome.",),
            ),
            self._case(),
            self._owed(),
            Note(Label("逾期后果", "What follows"), self._follows(), deed=True),
            Note(Label("送达回执", "Proof of service"), _SERVED, deed=True),
            Signature("", self.issued_on, self._signs()),
        )

    def _case(self) -> Facts:
        return Facts(
            Label("借款", "Loan"),
            (
                Fact(Label("函号", "Letter number"), self.number),
                Fact(Label("借款人", "Borrower"), self.borrower),
                Fact(Label("贷款银行", "Bank"), self.bank),
                Fact(Label("借款合同号", "Loan contract"), self.loan),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("逾期起始日", "Overdue since"), self.since),
                Fact(Label("送达方式", "Served by"), self.method),
                Fact(Label("发函日期", "Sent on"), self.issued_on),
            ),
            deed=True,
        )

    def _owed(self) -> Listing:
        rows: tuple[tuple[Label, Money], ...] = (
            (Label("逾期本金", "Principal overdue"), self.principal),
            (Label("逾期利息", "Interest overdue"), self.interest),
        )
        total = (
            (Label("合计", "Total"), self.principal + self.interest)
            if self.principal.currency == self.interest.currency
            else None
        )
        return Listing(
            Label("逾期款项", "What is overdue"),
            (Label("项目", "Item"), Label("金额", "Amount")),
            rows,
            total,
            deed=True,
        )

    def _follows(self) -> tuple[str, ...]:
        return (
            f"等待期于 {self.waiting_ends_on} 届满；届时仍未清偿的，银行可依保险单索赔。",
            (
                f"The waiting period ends on {self.waiting_ends_on}; what is unpaid then may be"
                " claimed under the policy."
            ),
            "保险人赔付后，在赔付金额范围内取得对借款人的追偿权及质权利益（《保险法》第六十条）。",
            (
                "Having paid, the insurer takes over the claim against the borrower and the pledge"
                " within the sum paid (Insurance Law, art. 60)."
            ),
            "逾期款项另按借款合同计收罚息。 The loan contract's penalty interest runs besides.",
        )

    def _signs(self) -> tuple[tuple[Label, str], ...]:
        bank = (Label("贷款银行", "Bank"), self.bank)
        return (bank, (Label("保险人", "Insurer"), self.insurer_name)) if self.joint else (bank,)


_SERVED = (
    "收件人、签收日期、凭证号码由送达人填写，并报送保险人。",
    "Recipient, day of receipt and number of the slip are filled in and sent to the insurer.",
)

"""What was reported overdue, when, and which days run from it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Finding, Findings, Label, Listing, Note, Title
from documents.forms.claim_receipt import Deadline
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class OverdueReceipt:
    """Receipt for the notice of an overdue loan.

    Attributes:
        number: number of the overdue case.
        insurer_name: who received it.
        issued_on: date of the receipt.
        policy_number: the policy that guarantees the loan.
        bank: who reports.
        borrower: who has not paid.
        loan: the bank's number of the loan contract.
        since: first day unpaid.
        known_on: the day the bank knew.
        principal: overdue.
        interest: overdue.
        deadlines: what is due by when.
        findings: what is seen at first sight.
    """

    title: ClassVar[Label] = Label("逾期通知回执", "Overdue Receipt")

    number: str
    insurer_name: str
    issued_on: date
    policy_number: str
    bank: str
    borrower: str
    loan: str
    since: date
    known_on: date
    principal: Money
    interest: Money
    deadlines: tuple[Deadline, ...]
    findings: tuple[Finding, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What is overdue, what comes when, and what it is no admission of."""
        return (
            Title(self.title),
            self._notice(),
            Listing(
                Label("期限", "Deadlines"),
                (Label("事项", "What"), Label("依据", "Clause"), Label("期限", "By")),
                tuple((one.what, one.clause, one.on) for one in self.deadlines),
            ),
            Findings(Label("初步认定", "Findings at first sight"), self.findings),
            Note(Label("说明", "Notes"), _NOTES),
        )

    def _notice(self) -> Facts:
        return Facts(
            Label("逾期情况", "What is overdue"),
            (
                Fact(Label("逾期编号", "Number"), self.number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("报告银行", "Bank"), self.bank),
                Fact(Label("借款人", "Borrower"), self.borrower),
                Fact(Label("借款合同号", "Loan contract"), self.loan),
                Fact(Label("逾期起始日", "Overdue since"), self.since),
                Fact(Label("银行知悉日", "Known to the bank on"), self.known_on),
                Fact(Label("逾期本金", "Principal overdue"), self.principal),
                Fact(Label("逾期利息", "Interest overdue"), self.interest),
                Fact(Label("保险人", "Insurer"), self.insurer_name),
                Fact(Label("出具日期", "Issued on"), self.issued_on),
            ),
        )


_NOTES = (
    "本回执不构成索赔，也不构成对保险责任的承认；索赔须另行提出。",
    "This receipt is no claim and admits no liability; a claim is made by itself.",
    "逾期款项清偿的，请立即报送；银行应持续书面催收，并保全担保权利。",
    (
        "Report at once what is paid. The bank goes on demanding in writing and keeps its"
        " securities."
    ),
)

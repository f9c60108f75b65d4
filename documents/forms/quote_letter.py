"""The offer: what would be covered, for how much, who pays, and on what conditions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from documents.blocks import (
    Banner,
    Block,
    Fact,
    Facts,
    Finding,
    Findings,
    Label,
    Listing,
    Note,
    Title,
)
from documents.forms.rows import (
    PartyYear,
    Right,
    Scheme,
    rights_blocks,
    scheme_blocks,
    who_pays_blocks,
)
from kernel.money import Money

Outcome = Literal["accepted", "referred", "declined"]


@dataclass(frozen=True, slots=True)
class Loan:
    """The loan that the cover follows.

    Attributes:
        amount: principal, in the loan's currency.
        term_months: agreed term, months.
        annual_rate: interest as text, such as "4.35 %".
        repayment: the plan of repayment in words.
        drawdown_on: day of payment to the borrower; None when not fixed.
    """

    amount: Money
    term_months: int
    annual_rate: str
    repayment: str
    drawdown_on: date | None


@dataclass(frozen=True, slots=True)
class PremiumLine:
    """One line of the premium build-up.

    Attributes:
        label_zh: what it is, in Chinese.
        label_en: the same in English.
        basis: how it was found, such as "insured sum x 1.20 %".
        amount: what it adds, may be negative.
    """

    label_zh: str
    label_en: str
    basis: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays which part of the premium: the borrower, a government subsidy."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class QuoteLetter:
    """The quote as it goes to borrower and bank.

    Attributes:
        number: number of the quote.
        insurer_name: who offers.
        issued_on: date of the letter.
        valid_until: last day on which it can be accepted.
        borrower: policyholder to be.
        borrower_register_id: its unified social credit code or other register number.
        client: who asked: the bank that lends, or the firm or its broker.
        product_zh: line of business, in Chinese.
        product_en: the same in English.
        loan: the loan; None where the product has none.
        insured_sum: most that can be paid.
        covered_from: first day of cover.
        covered_until: last day of cover.
        waiting_days: days between default and the right to claim.
        rights: the IP rights pledged or insured.
        terms: the terms of cover in the order in which they are applied, and particulars.
        premium_lines: build-up; together they are `premium`.
        premium: the total premium.
        payers: who pays it; together they pay `premium`.
        scheme: who bears which part of a loss.
        outcome: the decision.
        findings: every reason for it.
        notes: terms that could not be verified, and other remarks.
        receipt_hash: fingerprint of the calculation, for replay.
        who_pays: expected and worst loss by party and year; empty where it is not worked out.
    """

    title: ClassVar[Label] = Label("保险报价函", "Quote Letter")

    number: str
    insurer_name: str
    issued_on: date
    valid_until: date
    borrower: str
    borrower_register_id: str
    client: str
    product_zh: str
    product_en: str
    loan: Loan | None
    insured_sum: Money
    covered_from: date
    covered_until: date
    waiting_days: int
    rights: tuple[Right, ...]
    terms: tuple[Fact, ...]
    premium_lines: tuple[PremiumLine, ...]
    premium: Money
    payers: tuple[Payer, ...]
    scheme: Scheme
    outcome: Outcome
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    receipt_hash: str
    who_pays: tuple[PartyYear, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """From the decision, over cover and price, to the reasons."""
        return (
            Title(self.title, f"{self.product_zh} {self.product_en}"),
            self._decision(),
            self._parties(),
            self._cover(),
            *self._loan(),
            *self._terms(),
            *self._price(),
            *scheme_blocks(self.scheme),
            *who_pays_blocks(self.who_pays),
            *rights_blocks(self.rights),
            Findings(Label("核保认定", "Underwriting findings"), self.findings),
            Note(Label("说明", "Notes"), self.notes),
            Facts(
                Label("核算凭证", "Calculation receipt"),
                (Fact(Label("凭证摘要", "Receipt hash"), self.receipt_hash),),
            ),
        )

    def _decision(self) -> Banner:
        label = Label("核保决定", "Underwriting decision")
        match self.outcome:
            case "accepted":
                until = self.valid_until
                words = f"本报价至 {until} 有效。 This offer stands until {until}."
                return Banner(label, "同意承保 Accepted", "good", (words,))
            case "referred":
                words = "须经核保人复核，尚非要约。 For an underwriter to review; not yet an offer."
                return Banner(label, "转人工核保 Referred", "care", (words,))
            case "declined":
                words = "理由见核保认定。本函不构成要约。 See the findings; this is no offer."
                return Banner(label, "不予承保 Declined", "bad", (words,))

    def _parties(self) -> Facts:
        return Facts(
            Label("当事人", "Parties"),
            (
                Fact(Label("投保人", "Policyholder"), self.borrower),
                Fact(Label("登记号", "Policyholder's register ID"), self.borrower_register_id),
                Fact(Label("询价人", "Asked by"), self.client),
                Fact(Label("出函日期", "Issued on"), self.issued_on),
                Fact(Label("报价有效期至", "Valid until"), self.valid_until),
            ),
        )

    def _cover(self) -> Facts:
        period = f"{self.covered_from} 至 to {self.covered_until}"
        return Facts(
            Label("承保条件", "Cover"),
            (
                Fact(Label("险种", "Product"), f"{self.product_zh} {self.product_en}"),
                Fact(Label("保险金额", "Insured sum"), self.insured_sum),
                Fact(Label("保险期间", "Period of cover"), period),
                Fact(Label("等待期", "Waiting period"), f"{self.waiting_days} 天 days"),
                Fact(Label("保险费", "Premium"), self.premium),
            ),
        )

    def _loan(self) -> tuple[Facts, ...]:
        loan = self.loan
        if loan is None:
            return ()
        facts = (
            Fact(Label("贷款金额", "Loan amount"), loan.amount),
            Fact(Label("期限", "Term"), f"{loan.term_months} 个月 months"),
            Fact(Label("年利率", "Annual rate"), loan.annual_rate),
            Fact(Label("放款日", "Drawdown date"), loan.drawdown_on),
            Fact(Label("还款方式", "Repayment plan"), loan.repayment),
        )
        return (Facts(Label("贷款", "Loan"), facts),)

    def _terms(self) -> tuple[Facts, ...]:
        label = Label("责任条件（按适用顺序）", "Terms, in the order applied")
        return (Facts(label, self.terms),) if self.terms else ()

    def _price(self) -> tuple[Listing, Listing]:
        total = Label("合计", "Total")
        lines = tuple(
            (Label(line.label_zh, line.label_en), line.basis, line.amount)
            for line in self.premium_lines
        )
        columns = (Label("项目", "Item"), Label("计算依据", "Basis"), Label("金额", "Amount"))
        payers = tuple((payer.name, payer.amount) for payer in self.payers)
        return (
            Listing(
                Label("保险费构成", "Premium build-up"), columns, lines, (total, "", self.premium)
            ),
            Listing(
                Label("保险费支付", "Who pays the premium"),
                (Label("支付方", "Payer"), Label("金额", "Amount")),
                payers,
                (total, self.premium),
            ),
        )

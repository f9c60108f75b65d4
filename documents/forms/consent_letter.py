"""The consent letter: leave given or refused for a change of the loan, price and conditions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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
    Signature,
    Title,
    written,
)
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class ConsentPrice:
    """The premium of the whole policy with the change; a return is below zero.

    Attributes:
        before: as it stands.
        policyholder: of the difference, what the policyholder pays.
        subsidy: of it, what the public payer pays.
    """

    before: Money
    policyholder: Money
    subsidy: Money

    @property
    def after(self) -> Money:
        """With the change."""
        return self.before + self.policyholder + self.subsidy


@dataclass(frozen=True, slots=True)
class ConsentLetter:
    """An answer to a request for leave, on paper.

    Attributes:
        number: of the consent.
        insurer_name: who insures.
        issued_on: business date of the answer.
        kind: what was asked.
        granted: is leave given?
        policy_number: of the policy.
        policyholder: who took it out.
        insured: who asked.
        loan: number of the loan contract under it.
        effective_on: first day of the change.
        valid_until: last day on which it may be made; None where refused.
        reason: of the answer.
        price: of the change; charged only where leave is given.
        conditions: one line each.
        findings: what the answer rests on.
    """

    title: ClassVar[Label] = Label("同意书", "Letter of consent")

    number: str
    insurer_name: str
    issued_on: date
    kind: Label
    granted: bool
    policy_number: str
    policyholder: str
    insured: str
    loan: str
    effective_on: date
    valid_until: date | None
    reason: str
    price: ConsentPrice
    conditions: tuple[str, ...]
    findings: tuple[Finding, ...]

    def blocks(self) -> tuple[Block, ...]:
        """The answer first, then what was asked, the price, the conditions, the seal."""
        return (
            Title(self.title, written(self.kind)),
            self._answer(),
            self._facts(),
            *((self._money(),) if self.granted else ()),
            Note(Label("同意的条件", "Conditions of leave"), self.conditions),
            *((Findings(_FOUND, self.findings),) if self.findings else ()),
            Note(Label("说明", "Notes"), _GRANTED if self.granted else _REFUSED),
            Signature("", self.issued_on, ((Label("保险人", "Insurer"), self.insurer_name),)),
        )

    def _answer(self) -> Banner:
        if self.granted:
            until = f"有效期至 {self.valid_until} valid until {self.valid_until}"
            return Banner(Label("答复", "Answer"), "同意 granted", "good", (until,))
        return Banner(Label("答复", "Answer"), "不同意 refused", "bad")

    def _facts(self) -> Facts:
        return Facts(
            Label("申请事项", "What was asked"),
            (
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("投保人", "Policyholder"), self.policyholder),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("借款合同号", "Loan contract"), self.loan),
                Fact(Label("变更生效日", "Change takes effect"), self.effective_on),
                Fact(Label("答复日期", "Answered on"), self.issued_on),
                Fact(Label("答复理由", "Reason"), self.reason),
            ),
        )

    def _money(self) -> Listing:
        price = self.price
        return Listing(
            Label("保险费", "Premium"),
            (Label("项目", "Part"), Label("金额", "Amount")),
            (
                (Label("变更前保险费", "Premium before"), price.before),
                (Label("投保人应付差额", "Difference, by the policyholder"), price.policyholder),
                (Label("财政补贴差额", "Difference, by the public payer"), price.subsidy),
            ),
            (Label("变更后保险费", "Premium after"), price.after),
        )


_FOUND = Label("核保意见", "What the answer rests on")
_GRANTED = (
    "本同意仅限所载变更；其余变更须另行申请。",
    "Leave is given for the change stated here and for no other.",
    "差额为负数的，由保险人退还；逾期未办理变更的，可申请撤销批改。",
    "A difference below zero is returned; if the change is not made in time, ask for a reversal.",
)
_REFUSED = (
    "未经同意变更借款合同的，保险人可依责任免除条款处理。",
    "A change of the loan contract without leave falls under the exclusions of the policy.",
)

"""The contract: parties, cover, price, who bears what, and the clauses."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import (
    Block,
    Clause,
    Clauses,
    Fact,
    Facts,
    Label,
    Listing,
    Note,
    Signature,
    Title,
)
from documents.forms.rows import (
    Explanation,
    Right,
    Scheme,
    explanation_blocks,
    rights_blocks,
    scheme_blocks,
)
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Contracting:
    """A person or company of the contract.

    Attributes:
        name: full registered name.
        register_id: unified social credit code or other register number; empty for an authority.
        address: registered address; empty when not given.
    """

    name: str
    register_id: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of premium: who pays how much, and by when."""

    payer: str
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PolicySchedule:
    """The policy as it is signed.

    Attributes:
        number: number of the policy.
        insurer_name: who insures.
        issued_on: date of issue.
        product_zh: line of business, in Chinese.
        product_en: the same in English.
        policyholder: who takes out the policy, usually the borrower.
        insured: whose loss is covered, usually the bank.
        beneficiary: who is paid.
        covered_from: first day of cover, from 00:00.
        covered_until: last day of cover, to 24:00, Beijing time.
        cover: what is covered, in words.
        insured_sum: most that can be paid; also printed in words.
        waiting_days: days between default and the right to claim.
        premium: total premium.
        instalments: its payments; together they are `premium`.
        scheme: who bears which part of a loss.
        limits: caps and fuses of the scheme, one line each.
        recovery_rule: how recoveries are given back, in words.
        rights: the IP rights pledged or insured.
        terms: the terms of cover in the order in which they are applied, and particulars.
        clauses: the wording, in order; exemptions stand out.
        special_conditions: what was agreed besides, one line each.
        place: where it is signed.
        signed_on: date of signing.
        explanations: that the exemption clauses were explained, record by record.
        unexplained: what is missing in those records; empty where nothing is.
    """

    title: ClassVar[Label] = Label("保险单", "Policy Schedule")

    number: str
    insurer_name: str
    issued_on: date
    product_zh: str
    product_en: str
    policyholder: Contracting
    insured: Contracting
    beneficiary: Contracting
    covered_from: date
    covered_until: date
    cover: str
    insured_sum: Money
    waiting_days: int
    premium: Money
    instalments: tuple[Instalment, ...]
    scheme: Scheme
    limits: tuple[str, ...]
    recovery_rule: str
    rights: tuple[Right, ...]
    terms: tuple[Fact, ...]
    clauses: tuple[Clause, ...]
    special_conditions: tuple[str, ...]
    place: str
    signed_on: date
    explanations: tuple[Explanation, ...] = ()
    unexplained: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """Schedule first, then the clauses, then the seals."""
        return (
            Title(self.title, f"{self.product_zh} {self.product_en}　正本 Original"),
            self._parties(),
            self._cover(),
            *self._terms(),
            self._premium(),
            *self._sharing(),
            *rights_blocks(self.rights),
            Note(Label("特别约定", "Special conditions"), self.special_conditions),
            Clauses(Label("保险条款", "Policy wording"), self.clauses),
            *explanation_blocks(self.explanations, self.unexplained),
            Note(Label("重要提示", "Important"), self._warnings()),
            self._signature(),
        )

    def _parties(self) -> Facts:
        facts: list[Fact] = []
        for label, who in (
            (Label("投保人", "Policyholder"), self.policyholder),
            (Label("被保险人", "Insured"), self.insured),
            (Label("受益人", "Beneficiary"), self.beneficiary),
        ):
            facts.append(Fact(label, who.name))
            if who.register_id:
                facts.append(Fact(Label("登记号", f"{label.en}'s register ID"), who.register_id))
            if who.address:
                facts.append(Fact(Label("地址", "Address"), who.address))
        facts.append(Fact(Label("签发日期", "Issued on"), self.issued_on))
        return Facts(Label("当事人", "Parties"), tuple(facts))

    def _cover(self) -> Facts:
        period = (
            f"{self.covered_from} 00:00 至 to {self.covered_until} 24:00（北京时间 Beijing time）"
        )
        words = f"{in_chinese(self.insured_sum)}\n{in_english(self.insured_sum)}"
        return Facts(
            Label("承保内容", "Cover"),
            (
                Fact(Label("保险责任", "What is covered"), self.cover),
                Fact(Label("保险期间", "Period of cover"), period),
                Fact(Label("保险金额", "Insured sum"), self.insured_sum),
                Fact(Label("等待期", "Waiting period"), f"{self.waiting_days} 天 days"),
                Fact(Label("保险金额大写", "Insured sum in words"), words),
            ),
        )

    def _terms(self) -> tuple[Facts, ...]:
        label = Label("责任条件（按适用顺序）", "Terms, in the order applied")
        return (Facts(label, self.terms),) if self.terms else ()

    def _premium(self) -> Listing:
        return Listing(
            Label("保险费及缴付", "Premium and instalments"),
            (Label("支付方", "Payer"), Label("应付日", "Due on"), Label("金额", "Amount")),
            tuple((one.payer, one.due_on, one.amount) for one in self.instalments),
            (Label("合计", "Total"), "", self.premium),
        )

    def _sharing(self) -> tuple[Block, ...]:
        rule = Fact(Label("追偿所得分配", "Recoveries"), self.recovery_rule)
        return (
            *scheme_blocks(self.scheme),
            Note(Label("上限与熔断", "Caps and fuses"), self.limits),
            Facts(Label("追偿规则", "Recovery rule"), (rule,)),
        )

    def _warnings(self) -> tuple[str, ...]:
        count = sum(clause.is_exemption for clause in self.clauses)
        return (
            f"本单加框加粗提示 {count} 项免除或减轻保险人责任的条款，请仔细阅读。",
            f"{count} clauses that take away or lower cover stand in bold in a box; read them.",
            "中英文不一致时，以中文为准；大小写金额不一致时，以大写为准。",
            "The Chinese text prevails over the English, and words prevail over figures.",
        )

    def _signature(self) -> Signature:
        parties = (
            (Label("保险人", "Insurer"), self.insurer_name),
            (Label("投保人", "Policyholder"), self.policyholder.name),
            (Label("被保险人", "Insured"), self.insured.name),
        )
        return Signature(self.place, self.signed_on, parties)

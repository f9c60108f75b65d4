"""The letter of guarantee to customs: six legal items, seal and date, in both languages."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Block, Clause, Clauses, Fact, Facts, Label, Listing, Title, written
from documents.foot import Foot
from documents.forms.letter_rows import Bound, Proof, listed
from documents.forms.letter_schedule import (
    Beneficiary,
    DeclarationLine,
    DemandTerms,
    PledgeLine,
    pledge_listing,
)
from kernel.money import Money

DEBTOR: Final = Label("被担保人", "Debtor")
GUARANTOR: Final = Label("担保人", "Guarantor")
ISSUED: Final = Label("开立日期", "Issued on")
REPLACES: Final = Label("替代版本", "Replaces")


@dataclass(frozen=True, slots=True)
class CustomsLetter:
    """A letter of guarantee, one version of it, whole.

    Attributes:
        number: of the letter, its last character a check character.
        insurer_name: of the guarantor, printed as the letterhead.
        version: 1 as issued.
        replaces: the version before; None for the first.
        policy_number: the policy under which it is issued.
        kind: a letter, or a policy in its place.
        nature: joint and several liability, or independent.
        rules: uniform rules that it is subject to.
        mode: one declaration, or many.
        purposes: for which customs releases goods against it.
        beneficiaries: the districts of registration and of declaration.
        debtor: the importer.
        guarantor: who pays.
        branch: that issues and receives demands.
        licence: under which the guarantor may guarantee.
        contact: where demands are sent.
        obligation: the obligation secured.
        taxes: kinds of tax covered.
        amount: most that is guaranteed at a time; also printed in words.
        surcharge: late surcharge, and whether it counts within the amount, in words.
        restored: whether the amount is free again when tax is paid, in words.
        issued_on: its date.
        usable_from: first day on which a declaration may use it.
        usable_until: last such day.
        claim_until: last day of demand.
        effective: what brings it into force.
        demands: how payment is demanded.
        transferable: whether it can be assigned.
        law: what governs it.
        court: where disputes go.
        charges: who pays them.
        declarations: of a single letter; empty where it revolves.
        security: rights pledged behind it; empty unless customs asks.
        wording: name and edition of the clauses.
        clauses: in order; exemptions stand out.
        proof: seal, date and what it is checked by.
    """

    title: ClassVar[Label] = Label("海关税款保函", "Customs Guarantee Letter")

    number: str
    insurer_name: str
    version: int
    replaces: str | None
    policy_number: str
    kind: Label
    nature: Label
    rules: Label
    mode: Label
    purposes: tuple[Label, ...]
    beneficiaries: tuple[Beneficiary, ...]
    debtor: Bound
    guarantor: Bound
    branch: Label
    licence: str
    contact: str
    obligation: Label
    taxes: tuple[Label, ...]
    amount: Money
    surcharge: Label
    restored: Label
    issued_on: date
    usable_from: date
    usable_until: date
    claim_until: date
    effective: Label
    demands: DemandTerms
    transferable: Label
    law: Label
    court: Label
    charges: Label
    declarations: tuple[DeclarationLine, ...]
    security: tuple[PledgeLine, ...]
    wording: str
    clauses: tuple[Clause, ...]
    proof: Proof

    @property
    def foot(self) -> Foot:
        """Version, fingerprint, and whether the seal is a demonstration."""
        return self.proof.foot(self.version)

    def blocks(self) -> tuple[Block, ...]:
        """To whom, who and how much, until when, how it is called; then the clauses and seal."""
        return (
            Title(self.title, f"正本 Original　{written(self.kind)}　{written(self.nature)}"),
            self._beneficiaries(),
            self._parties(),
            self._undertaking(),
            *self._declarations(),
            self._demand(),
            *self._security(),
            Clauses(Label("保函条款", "Terms of the letter"), self.clauses, deed=True),
            self.proof.seal(self.insurer_name),
        )

    def _beneficiaries(self) -> Listing:
        columns = (Label("关区代码", "Code"), Label("海关", "Customs"), Label("身份", "Role"))
        rows = tuple((one.code, written(one.name), written(one.role)) for one in self.beneficiaries)
        return Listing(Label("致：受益人", "To the beneficiaries"), columns, rows, deed=True)

    def _parties(self) -> Facts:
        facts = (
            *self.debtor.facts(DEBTOR),
            Fact(Label("海关编码", "Customs code"), self.debtor.customs_code),
            Fact(Label("保险单号", "Policy number"), self.policy_number),
            *self.guarantor.facts(GUARANTOR),
            Fact(Label("出具机构", "Issuing branch"), self.branch),
            Fact(Label("许可证号", "Licence"), self.licence),
            Fact(Label("银行代码", "BIC"), self.guarantor.bic),
            Fact(Label("联系方式", "Contact"), self.contact),
        )
        return Facts(Label("当事人", "Parties"), facts, deed=True)

    def _undertaking(self) -> Facts:
        usable = f"{self.usable_from} 至 to {self.usable_until}"
        facts = (
            Fact(Label("担保金额", "Amount"), self.amount, in_words=True),
            Fact(Label("担保的义务", "Obligation"), self.obligation),
            Fact(Label("税种", "Taxes"), listed(self.taxes)),
            Fact(Label("担保用途", "Purposes"), listed(self.purposes)),
            Fact(Label("滞纳金", "Late surcharge"), self.surcharge),
            Fact(Label("可使用期间", "Usable"), usable),
            Fact(Label("索赔截止日", "Claim until"), self.claim_until),
            Fact(Label("保证方式", "Liability"), self.nature),
            Fact(Label("使用方式", "Mode"), self.mode),
            Fact(Label("额度恢复", "Restoration"), self.restored),
            Fact(Label("生效", "Effective"), self.effective),
            Fact(Label("文书种类", "Instrument"), self.kind),
            Fact(Label("适用规则", "Rules"), self.rules),
            Fact(ISSUED, self.issued_on),
            Fact(REPLACES, self.replaces),
            Fact(Label("可否转让", "Transferable"), self.transferable),
            Fact(Label("费用承担", "Charges"), self.charges),
            Fact(Label("语言", "Language"), self.proof.prevailing),
            Fact(Label("条款版本", "Wording"), self.wording),
            Fact(Label("适用法律", "Governing law"), self.law),
            Fact(Label("争议解决", "Disputes"), self.court),
        )
        return Facts(Label("担保事项", "The undertaking"), facts, deed=True)

    def _declarations(self) -> tuple[Listing, ...]:
        if not self.declarations:
            return ()
        columns = (
            Label("报关单号", "Declaration"),
            Label("申报日期", "Declared on"),
            Label("预计税款", "Estimated tax"),
        )
        rows = tuple((one.number, one.on, one.tax) for one in self.declarations)
        return (Listing(Label("所涉报关单", "Declarations"), columns, rows, deed=True),)

    def _demand(self) -> Facts:
        terms = self.demands
        papers = "\n".join(f"({n}) {written(one)}" for n, one in enumerate(terms.papers, start=1))
        facts = (
            Fact(Label("索赔单据", "Documents"), papers),
            Fact(Label("提交地点", "Place"), terms.place),
            Fact(Label("付款期限", "Pay within"), terms.paid_within),
            Fact(Label("审核期限", "Examination"), terms.examined_within),
            Fact(Label("提交形式", "Medium"), terms.medium),
            Fact(Label("索赔次数", "Demands"), terms.parts),
        )
        return Facts(Label("索赔", "Demand"), facts, deed=True)

    def _security(self) -> tuple[Listing, ...]:
        if not self.security:
            return ()
        label = Label("反担保知识产权（不影响受益人）", "IP pledged to the guarantor")
        return (pledge_listing(label, self.security),)

"""The certificate of a pledge of IP rights: what secures the guarantor against the debtor."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Label, Title
from documents.foot import Foot
from documents.forms.letter_rows import Bound, Proof
from documents.forms.letter_schedule import PledgeLine, pledge_listing
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class PledgeCertificate:
    """A pledge certificate as it is given to the parties.

    Attributes:
        number: of the certificate.
        insurer_name: who certifies: the pledgee.
        pledgor: who gives the rights.
        pledgee: who takes them.
        secured: the debt that they secure, in both languages.
        contract: number of the contract or policy behind it.
        maximum: most that is secured; also printed in words.
        registrar: office at which pledges are registered.
        arrears_checked_on: when tax arrears of the pledgor were looked up; None where not.
        pledged: right by right.
        proof: seal and date.
    """

    title: ClassVar[Label] = Label("知识产权质押证明", "Certificate of IP Pledge")

    number: str
    insurer_name: str
    pledgor: Bound
    pledgee: Bound
    secured: Label
    contract: str
    maximum: Money
    registrar: Label
    arrears_checked_on: date | None
    pledged: tuple[PledgeLine, ...]
    proof: Proof

    @property
    def foot(self) -> Foot:
        """Whether the seal is a demonstration."""
        return self.proof.foot()

    def blocks(self) -> tuple[Block, ...]:
        """Who, for what debt, which rights, with what effect."""
        parties = (
            *self.pledgor.facts(Label("出质人", "Pledgor")),
            *self.pledgee.facts(Label("质权人", "Pledgee")),
        )
        debt = (
            Fact(Label("被担保债权", "Debt secured"), self.secured),
            Fact(Label("合同编号", "Contract"), self.contract),
            Fact(Label("出具日期", "Dated"), self.proof.on),
            Fact(Label("最高担保额", "Maximum"), self.maximum, in_words=True),
            Fact(Label("登记机关", "Register"), self.registrar),
            Fact(Label("欠税查询日", "Arrears check"), self.arrears_checked_on),
        )
        return (
            Title(self.title),
            Facts(Label("当事人", "Parties"), parties, deed=True),
            Facts(Label("质押", "The pledge"), debt, deed=True),
            pledge_listing(Label("出质知识产权", "IP rights pledged"), self.pledged),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name),
        )


_EFFECT = (
    Label(
        "质权自登记之日起设立；未载登记号的权利尚未设立质权。",
        "A pledge exists from its registration; a right without a number of it is not pledged.",
    ),
    Label(
        "未经质权人同意，出质人不得转让或者许可他人使用；所得价款应提前清偿或者提存。",
        "No transfer or licence without the pledgee's consent; proceeds prepay or are deposited.",
    ),
    Label(
        "质权设立以前发生的欠税优先于质权。",
        "Tax arrears that arose before the pledge rank before it.",
    ),
    Label(
        "质押权利的减损、失效或者被宣告无效，不影响担保人对海关的责任。",
        "Impairment, lapse or invalidation of a right does not affect what is owed to customs.",
    ),
)

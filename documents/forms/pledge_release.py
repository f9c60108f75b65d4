"""The release of a pledge: which rights come free, which stay, and what the pledgor files."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Label, Title
from documents.foot import Foot
from documents.forms.letter_rows import Bound, Proof
from documents.forms.letter_schedule import PledgeLine, pledge_listing


@dataclass(frozen=True, slots=True)
class PledgeRelease:
    """A release letter as it goes to the pledgor and to the register.

    Attributes:
        number: of the release.
        insurer_name: who releases: the pledgee.
        pledgor: who gets the rights back.
        pledgee: who releases them.
        contract: number of the contract or policy behind the pledge.
        grounds: why.
        released_on: from this day the pledgee claims nothing from them.
        registrar: office at which the pledge is struck off.
        released: rights that come free, at least one.
        kept: rights that stay pledged.
        proof: seal and date.
    """

    title: ClassVar[Label] = Label("质押解除函", "Release of IP Pledge")

    number: str
    insurer_name: str
    pledgor: Bound
    pledgee: Bound
    contract: str
    grounds: Label
    released_on: date
    registrar: Label
    released: tuple[PledgeLine, ...]
    kept: tuple[PledgeLine, ...]
    proof: Proof

    def __post_init__(self) -> None:
        assert self.released, "a release frees something"

    @property
    def foot(self) -> Foot:
        """Whether the seal is a demonstration."""
        return self.proof.foot()

    def blocks(self) -> tuple[Block, ...]:
        """Who, why, which rights, with what effect."""
        facts = (
            *self.pledgor.facts(Label("出质人", "Pledgor")),
            *self.pledgee.facts(Label("质权人", "Pledgee")),
            Fact(Label("合同编号", "Contract"), self.contract),
            Fact(Label("解除日期", "Released on"), self.released_on),
            Fact(Label("解除事由", "Grounds"), self.grounds),
            Fact(Label("登记机关", "Register"), self.registrar),
        )
        return (
            Title(self.title),
            Facts(Label("当事人与事由", "Parties and grounds"), facts, deed=True),
            pledge_listing(Label("解除质押的知识产权", "IP rights released"), self.released),
            pledge_listing(Label("继续质押的知识产权", "IP rights still pledged"), self.kept),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name),
        )


_EFFECT = (
    Label(
        "质权人同意注销所列权利的质押登记，出质人可凭本函向登记机关办理。",
        "The pledgee agrees that the pledges listed are struck off; the pledgor files this letter.",
    ),
    Label(
        "未列为解除的权利继续质押；本函不构成对其他债权的放弃。",
        "Rights not listed as released stay pledged; no other claim is waived.",
    ),
)

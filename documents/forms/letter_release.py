"""The release of a letter: what it guarantees goes down to nothing, and why."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Title
from documents.foot import Foot
from documents.forms.letter_rows import Concerned, Proof
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class LetterRelease:
    """A release notice as it goes to debtor and beneficiary.

    Attributes:
        number: of the notice.
        insurer_name: of the guarantor.
        letter: as it stands before.
        grounds: why it ends.
        reference: the beneficiary's release, or another paper that shows it; empty where none.
        released_on: from the end of this day nothing is guaranteed.
        paid: what was paid under the letter in all.
        outstanding: amount still guaranteed before the release: the letter's less what was paid.
        proof: seal, date and code.
    """

    title: ClassVar[Label] = Label("保函解除通知书", "Letter Release")

    number: str
    insurer_name: str
    letter: Concerned
    grounds: Label
    reference: str
    released_on: date
    paid: Money
    outstanding: Money
    proof: Proof

    @property
    def foot(self) -> Foot:
        """The version that ends."""
        return self.proof.foot(self.letter.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """That it ends, the letter, the amount down to nothing."""
        nil = Money(0, self.outstanding.currency)
        said = (in_chinese(nil), in_english(nil))
        facts = (
            Fact(Label("解除事由", "Grounds"), self.grounds),
            Fact(Label("解除日期", "Released on"), self.released_on),
            Fact(Label("依据文书", "Reference"), self.reference),
            Fact(Label("累计已付款", "Paid in all"), self.paid, in_words=True),
        )
        return (
            Title(self.title),
            Banner(Label("解除后担保金额", "Amount after release"), str(nil), "good", said),
            self.letter.block(),
            Facts(Label("解除", "The release"), facts, deed=True),
            self._decrease(nil),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed()),
        )

    def _decrease(self, nil: Money) -> Listing:
        rows = (
            (Label("解除前担保余额", "Outstanding before"), self.outstanding),
            (Label("减：本次解除", "Less released now"), -self.outstanding),
        )
        columns = (Label("项目", "Item"), Label("金额", "Amount"))
        total = (Label("解除后担保余额", "Outstanding after"), nil)
        return Listing(Label("担保金额减至零", "Decrease to nil"), columns, rows, total, deed=True)


_EFFECT = (
    Label(
        "自解除日终了起，担保人在本保函项下不再承担责任；此前已受理的索赔不受影响。",
        "From the end of that day the guarantor owes nothing more; demands received before stay.",
    ),
    Label(
        "登记簿已记载解除；正本持有人请勿再使用。",
        "The register shows the release; whoever holds the original uses it no more.",
    ),
)

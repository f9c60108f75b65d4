"""The extension of a letter: later last days, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Label, Title
from documents.foot import Foot
from documents.forms.letter_amendment import ChangedTerm, changed_listing
from documents.forms.letter_rows import Concerned, Proof


@dataclass(frozen=True, slots=True)
class LetterExtension:
    """An extension as it goes to the beneficiary.

    Attributes:
        number: of the extension.
        insurer_name: of the guarantor.
        letter: as it stands before.
        version: the version that the extension makes.
        reason: why; among others that the beneficiary asked to extend or pay.
        usable_until: last day of use after the extension, not before that of the letter.
        claim_until: last day of demand after it, not before that of the letter; one is later.
        proof: seal, date and code of the new version.
    """

    title: ClassVar[Label] = Label("保函展期通知书", "Letter Extension")

    number: str
    insurer_name: str
    letter: Concerned
    version: int
    reason: str
    usable_until: date
    claim_until: date
    proof: Proof

    def __post_init__(self) -> None:
        assert self.version > self.letter.version, "an extension makes a later version"
        use, claim = self.letter.usable_until, self.letter.claim_until
        assert self.usable_until >= use, "use is not cut short"
        assert self.claim_until >= claim, "demands are not cut short"
        assert (self.usable_until, self.claim_until) != (use, claim), "an extension moves a day"

    @property
    def foot(self) -> Foot:
        """The version that is made."""
        return self.proof.foot(self.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """The letter, its new days, and what stays."""
        letter = self.letter
        days = (
            ChangedTerm(
                Label("使用截止日", "Usable until"), letter.usable_until, self.usable_until
            ),
            ChangedTerm(Label("索赔截止日", "Claim until"), letter.claim_until, self.claim_until),
        )
        facts = (
            Fact(Label("展期原因", "Reason"), self.reason),
            Fact(Label("展期后版本", "Version made"), self.version),
            Fact(Label("出具日期", "Dated"), self.proof.on),
        )
        return (
            Title(self.title, f"版本 Version {letter.version} → {self.version}"),
            letter.block(),
            Facts(Label("展期", "The extension"), facts, deed=True),
            changed_listing(days),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed(self.version)),
        )


_EFFECT = (
    Label(
        "仅延长所列期间，担保金额及其他条款不变；原期间内发生的义务继续受担保。",
        "Only the days stated move; amount and terms stay. What arose before stays secured.",
    ),
    Label(
        "应延期或付款的索赔而展期的，视为该次索赔已撤回。",
        "A demand to extend or pay that this extension meets counts as withdrawn.",
    ),
)

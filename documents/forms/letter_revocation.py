"""The revocation of a letter: a signed paper cannot be stamped void, so this notice says it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Title
from documents.foot import Foot
from documents.forms.letter_rows import Concerned, Proof


@dataclass(frozen=True, slots=True)
class LetterRevocation:
    """A revocation notice.

    Attributes:
        number: of the notice.
        insurer_name: of the guarantor.
        letter: as it stands before.
        grounds: why.
        consent: the beneficiary's written release; None where customs had not accepted the letter.
        revoked_on: from this day it is void.
        proof: seal, date and code.
    """

    title: ClassVar[Label] = Label("保函撤销通知书", "Letter Revocation")

    number: str
    insurer_name: str
    letter: Concerned
    grounds: Label
    consent: str | None
    revoked_on: date
    proof: Proof

    @property
    def foot(self) -> Foot:
        """The version that is void."""
        return self.proof.foot(self.letter.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """That it is void, the letter, on what ground."""
        since = f"自 {self.revoked_on} 起 from {self.revoked_on}"
        before = Label("海关受理以前", "Before acceptance by customs")
        facts = (
            Fact(Label("撤销事由", "Grounds"), self.grounds),
            Fact(Label("撤销日期", "Revoked on"), self.revoked_on),
            Fact(Label("受益人解除", "Release"), self.consent or before),
        )
        return (
            Title(self.title),
            Banner(Label("保函状态", "State of the letter"), "作废 VOID", "bad", (since,)),
            self.letter.block(),
            Facts(Label("撤销", "The revocation"), facts, deed=True),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed()),
        )


_EFFECT = (
    Label(
        "本保函生效以后，非经受益人书面解除不得撤销；本通知在受理以前或者书面解除以后作出。",
        "Once in force a letter is revoked only on the beneficiary's written release.",
    ),
    Label(
        "原电子文件的签章仍可验证，但登记簿状态为撤销，不得再据以办理任何手续。",
        "The old file's seal still verifies, but the register says revoked: do not rely on it.",
    ),
)

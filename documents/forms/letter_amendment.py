"""The amendment of a letter: every term that changes, as it was and as it is to be."""

from dataclasses import dataclass
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Label, Listing, Title, Value, written
from documents.foot import Foot
from documents.forms.letter_rows import Concerned, Proof
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class ChangedTerm:
    """One term, before and after; None where it did not stand there."""

    term: Label
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class LetterAmendment:
    """An amendment as it goes to the beneficiary.

    Attributes:
        number: of the amendment.
        insurer_name: of the guarantor.
        letter: as it stands before.
        version: the version that the amendment makes.
        reason: why.
        amount: after the amendment; also printed in words.
        changed: term by term, at least one.
        proof: seal, date and code of the new version.
    """

    title: ClassVar[Label] = Label("保函修改书", "Letter Amendment")

    number: str
    insurer_name: str
    letter: Concerned
    version: int
    reason: str
    amount: Money
    changed: tuple[ChangedTerm, ...]
    proof: Proof

    def __post_init__(self) -> None:
        assert self.changed, "an amendment changes something"
        assert self.version > self.letter.version, "an amendment makes a later version"

    @property
    def foot(self) -> Foot:
        """The version that is made."""
        return self.proof.foot(self.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """The letter, the change, and what stays."""
        step = f"版本 Version {self.letter.version} → {self.version}"
        return (
            Title(self.title, step),
            self.letter.block(),
            Facts(
                Label("修改", "The amendment"),
                (
                    Fact(Label("修改原因", "Reason"), self.reason),
                    Fact(Label("修改后版本", "Version made"), self.version),
                    Fact(Label("出具日期", "Dated"), self.proof.on),
                    Fact(Label("修改后金额", "Amount after"), self.amount, in_words=True),
                ),
                deed=True,
            ),
            changed_listing(self.changed),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed(self.version)),
        )


def changed_listing(changed: tuple[ChangedTerm, ...]) -> Listing:
    """The terms that change, before and after side by side."""
    columns = (Label("条款", "Term"), Label("修改前", "Before"), Label("修改后", "After"))
    rows = tuple((one.term, written(one.before), written(one.after)) for one in changed)
    return Listing(Label("修改内容", "What changes"), columns, rows, deed=True)


_EFFECT = (
    Label(
        "本修改经受益人同意后生效；在此以前，保函按修改前版本继续有效。",
        "It takes effect on the beneficiary's consent; till then the version before is in force.",
    ),
    Label(
        "除所列内容外，保函其他条款不变；对修改的部分接受无效。",
        "All else stays as it is. An amendment is accepted whole or not at all.",
    ),
)

"""The refusal of a demand: one notice, every discrepancy, in time."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Finding, Findings, Label, Title
from documents.foot import Foot
from documents.forms.letter_rows import Concerned, Proof
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand as it was received.

    Attributes:
        number: of the demand.
        by: the customs that made it.
        declaration: the declaration that it is for; None where it names none.
        received_on: day of receipt.
        amount: demanded.
        due_on: last day of payment.
    """

    number: str
    by: Label
    declaration: str | None
    received_on: date
    amount: Money
    due_on: date

    def facts(self) -> tuple[Fact, ...]:
        """The demand, told so that it cannot be taken for another."""
        return (
            Fact(Label("索赔编号", "Demand"), self.number),
            Fact(Label("收到日期", "Received on"), self.received_on),
            Fact(Label("索赔海关", "Customs"), self.by),
            Fact(Label("报关单号", "Declaration"), self.declaration),
            Fact(Label("付款届满日", "Pay by"), self.due_on),
            Fact(Label("索赔金额", "Demanded"), self.amount),
        )


@dataclass(frozen=True, slots=True)
class LetterRefusal:
    """A refusal as it goes to the beneficiary.

    Attributes:
        number: of the notice.
        insurer_name: of the guarantor.
        letter: the letter, as it stood when demanded.
        demanded: what is refused, whole.
        refused_by: last day on which it could be refused.
        papers: where the papers presented are: held, or sent back.
        discrepancies: every one, at least one; no other can be relied on later.
        proof: seal, date and code.
        late: is it refused after that day? Only what could not be paid at all is.
    """

    title: ClassVar[Label] = Label("保函索赔拒付通知书", "Refusal of a Demand")

    number: str
    insurer_name: str
    letter: Concerned
    demanded: Demanded
    refused_by: date
    papers: Label
    discrepancies: tuple[Finding, ...]
    proof: Proof
    late: bool = False

    def __post_init__(self) -> None:
        assert self.discrepancies, "a refusal names why"
        late = self.proof.on > self.refused_by
        assert self.late == late, "what is refused late is paid, unless nothing is open"

    @property
    def foot(self) -> Foot:
        """The version under which was demanded."""
        return self.proof.foot(self.letter.version, about=self.letter.letter_number)

    def blocks(self) -> tuple[Block, ...]:
        """The answer, the demand, every ground."""
        count = len(self.discrepancies)
        said = (f"不符之处共 {count} 项，已全部列明。 {count} discrepancies, all of them stated.",)
        facts = (
            *self.demanded.facts(),
            Fact(Label("拒付届满日", "Refuse by"), self.refused_by),
            Fact(Label("拒付日期", "Refused on"), self.proof.on),
            Fact(Label("单据处理", "Papers"), self.papers),
        )
        return (
            Title(self.title),
            Banner(Label("答复", "Answer"), "拒付 Refused", "bad", said),
            self.letter.block(),
            Facts(Label("索赔", "The demand"), facts, deed=True),
            Findings(Label("不符之处", "Discrepancies"), self.discrepancies, deed=True),
            self.proof.note(*_EFFECT),
            self.proof.seal(self.insurer_name, self.letter.hashed()),
        )


_EFFECT = (
    Label(
        "本通知为唯一且完整的拒付通知；未列明的不符之处，担保人不再援引。",
        "This is the single, complete notice; no discrepancy that it does not name is relied on.",
    ),
    Label(
        "在索赔截止日以前补正的，可以再次索赔；保函继续有效。",
        "A demand put right can be made again by the last day of demand; the letter stays.",
    ),
)

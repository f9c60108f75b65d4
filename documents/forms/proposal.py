"""The proposal: what the applicant stated, word for word, and what it declares by it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import (
    Block,
    Clause,
    Clauses,
    Fact,
    Facts,
    Label,
    Note,
    Seal,
    Title,
)


@dataclass(frozen=True, slots=True)
class StatedPart:
    """One part of what was stated, such as the loan or one right."""

    heading: Label
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal form, from the frozen inputs of a quote.

    Attributes:
        number: number of the quote made from it.
        insurer_name: to whom it is made.
        issued_on: the day on which it was stated.
        product_zh: line of business, in Chinese.
        product_en: the same in English.
        applicant: policyholder to be.
        applicant_register_id: its number in its register.
        client: who handed it in.
        parts: all that was stated, part by part.
        exemptions: the clauses that take cover away or lower it, in full.
        receipt_hash: fingerprint of the calculation that was made from it.
    """

    title: ClassVar[Label] = Label("投保单", "Proposal Form")

    number: str
    insurer_name: str
    issued_on: date
    product_zh: str
    product_en: str
    applicant: str
    applicant_register_id: str
    client: str
    parts: tuple[StatedPart, ...]
    exemptions: tuple[Clause, ...]
    receipt_hash: str

    def blocks(self) -> tuple[Block, ...]:
        """Who proposes, what is stated, what is excluded, what is declared."""
        return (
            Title(self.title, f"{self.product_zh} {self.product_en}"),
            self._parties(),
            *(Facts(part.heading, part.facts, deed=True) for part in self.parts),
            Note(
                Label("免责条款提示", "Clauses that lower or take away cover"), _PROMPT, deed=True
            ),
            Clauses(Label("免除或减轻保险人责任的条款", "Exemption clauses"), self.exemptions),
            Note(Label("投保人声明", "Declaration of the applicant"), _DECLARED, deed=True),
            Seal((Label("投保人", "Applicant"), self.applicant), None, "", self.issued_on),
        )

    def _parties(self) -> Facts:
        return Facts(
            Label("投保申请", "Proposal"),
            (
                Fact(Label("投保人", "Applicant"), self.applicant),
                Fact(Label("登记号", "Register ID"), self.applicant_register_id),
                Fact(Label("递交人", "Handed in by"), self.client),
                Fact(Label("保险人", "Insurer"), self.insurer_name),
                Fact(Label("填写日期", "Stated on"), self.issued_on),
                Fact(Label("核算凭证摘要", "Receipt hash"), self.receipt_hash),
            ),
            deed=True,
        )


_PROMPT: Final = (
    "下列加框加粗条款免除或减轻保险人责任，包括责任免除、免赔额、共保比例及限额，请仔细阅读。",
    (
        "The clauses in boxes take cover away or lower what is paid; deductibles, coinsurance and"
        " limits are among them. Read them before you sign."
    ),
    (
        "保险人应对上述条款作出提示和明确说明；未作提示或者明确说明的，该条款不产生效力"
        "（《保险法》第十七条）。"
    ),
    (
        "The insurer must point them out and explain them; otherwise they have no effect"
        " (Insurance Law, art. 17)."
    ),
)
_DECLARED: Final = (
    "本人（单位）就保险人询问的事项如实告知，上述填写内容真实、完整。",
    "What is stated above answers the insurer's questions truthfully and completely.",
    (
        "故意或者因重大过失未如实告知，足以影响保险人决定是否承保或者提高费率的，"
        "保险人有权依《保险法》第十六条解除合同。"
    ),
    (
        "For what is misstated on purpose or by gross negligence, and would have changed the"
        " insurer's decision or rate, the contract can be rescinded (Insurance Law, art. 16)."
    ),
    "本人（单位）已收到保险条款，并将就免责条款的提示和说明另行书面确认。",
    (
        "The wording was received; that its exemption clauses were explained is confirmed"
        " separately in writing."
    ),
)

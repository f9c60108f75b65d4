"""The notice of recourse: who paid tells who owes that the claim is now its own, and how much."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Signature, Title
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class RecourseNotice:
    """A notice to the debtor or to a third party that is liable.

    Attributes:
        number: of the notice.
        insurer_name: who paid, and claims.
        issued_on: date of the notice.
        claim_number: the claim.
        policy_number: the policy.
        addressee: who owes.
        role: what it is, such as debtor or co-guarantor.
        insured: whose claim it was.
        event_on: day of the insured event.
        basis: what the claim rests on, such as the loan contract.
        paid: what the insurer paid: never more passes to it.
        received: what the insured had of the debtor on what was paid.
        taken: what passed to the insurer in all.
        asked: what the addressee is asked for; also printed in words.
        share: its share, in words.
        rights: the articles that it rests on, one line each.
        notes: what was found of waivers.
    """

    title: ClassVar[Label] = Label("代位求偿通知书", "Notice of Subrogation and Recourse")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    addressee: str
    role: str
    insured: str
    event_on: date
    basis: str
    paid: Money
    received: Money
    taken: Money
    asked: Money
    share: str
    rights: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert self.taken.minor <= self.paid.minor, "no more passes than was paid"
        assert self.asked.minor <= self.taken.minor, "nobody is asked for more than passed"

    def blocks(self) -> tuple[Block, ...]:
        """What is asked, of whom and why; the law; the seal."""
        return (
            Title(self.title),
            self._asked(),
            self._case(),
            self._sums(),
            Note(Label("权利依据", "What it rests on"), self.rights),
            Note(Label("说明", "Notes"), self.notes),
            Signature("", self.issued_on, ((Label("保险人", "Insurer"), self.insurer_name),)),
        )

    def _asked(self) -> Banner:
        words = (in_chinese(self.asked), in_english(self.asked))
        return Banner(Label("请求清偿金额", "Payment asked for"), str(self.asked), "care", words)

    def _case(self) -> Facts:
        return Facts(
            Label("事由", "The case"),
            (
                Fact(Label("致", "To"), self.addressee),
                Fact(Label("身份", "As"), self.role),
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("事故日", "Insured event on"), self.event_on),
                Fact(Label("权利来源", "What the claim rests on"), self.basis),
                Fact(Label("应承担份额", "Share"), self.share),
                Fact(Label("通知日期", "Date of notice"), self.issued_on),
            ),
            deed=True,
        )

    def _sums(self) -> Listing:
        rows = (
            (Label("保险人已付金额", "Paid by the insurer"), self.paid),
            (Label("被保险人已自债务人取得", "Had by the insured of the debtor"), self.received),
            (Label("转移至保险人的债权", "Passed to the insurer"), self.taken),
            (Label("请求贵方清偿", "Asked of you"), self.asked),
        )
        return Listing(
            Label("金额", "Amounts"), (Label("项目", "Item"), Label("金额", "Amount")), rows
        )

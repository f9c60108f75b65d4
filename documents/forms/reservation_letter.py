"""The reservation of rights: every ground, while defence cost goes on being paid."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Signature, Title


@dataclass(frozen=True, slots=True)
class ReservedGround:
    """A ground: words in both languages, and the clause it rests on."""

    zh: str
    en: str
    clause: str


@dataclass(frozen=True, slots=True)
class ReservationLetter:
    """A reservation of rights.

    Attributes:
        number: of the letter.
        insurer_name: who reserves.
        issued_on: the day it is sent.
        claim_number: of the claim.
        policy_number: of the policy.
        insured: to whom.
        counterparty: who makes the demand; empty where there is none.
        event_on: day of the insured event.
        known_on: the day on which the first ground was known.
        due_on: last day on which it is in time.
        method: how it is sent.
        clause: what the days rest on.
        grounds: every one.
    """

    title: ClassVar[Label] = Label("权利保留通知书", "Reservation of Rights")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    insured: str
    counterparty: str
    event_on: date
    known_on: date
    due_on: date
    method: str
    clause: str
    grounds: tuple[ReservedGround, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What is reserved and why, what goes on meanwhile, room for the proof of sending."""
        head = (Label("理由", "Ground"), Label("条款", "Clause"))
        rows = tuple((f"{one.zh} {one.en}", one.clause) for one in self.grounds)
        return (
            Title(self.title),
            Banner(Label("保险人保留下列权利", "Rights are reserved"), self.number, "care", _MEANS),
            self._case(),
            Listing(Label("保留的全部理由", "Every ground"), head, rows, None, deed=True),
            Note(Label("保留期间", "In the meantime"), _MEANWHILE, deed=True),
            Note(Label("送达凭证", "Proof of sending"), _SENT, deed=True),
            Signature("", self.issued_on, ((Label("保险人", "Insurer"), self.insurer_name),)),
        )

    def _case(self) -> Facts:
        told = (
            Fact(Label("被保险人", "Insured"), self.insured),
            Fact(Label("索赔方", "Claimant"), self.counterparty or "无 none"),
            Fact(Label("赔案号", "Claim number"), self.claim_number),
            Fact(Label("保险单号", "Policy number"), self.policy_number),
            Fact(Label("索赔或受理日", "Day of the event"), self.event_on),
            Fact(Label("保险人知悉日", "Known on"), self.known_on),
            Fact(Label("最迟发出日", "To be sent by"), self.due_on),
            Fact(Label("期限依据", "Days rest on"), self.clause),
            Fact(Label("送达方式", "Sent by"), self.method),
        )
        return Facts(Label("案件", "Matter"), told, deed=True)


_MEANS = (
    (
        "本通知不是拒赔。保险人继续参与应诉，但不因此放弃下列理由。"
        " This is no refusal. The insurer goes on with the defence and gives up none of the grounds"
        " below by it."
    ),
)
_MEANWHILE = (
    (
        "抗辩费用在经同意的预算内继续支付；损害赔偿待作出决定后支付。"
        " Defence cost is paid within the consented budgets; damages wait for the decision."
    ),
    (
        "保险人将撤回本保留，或据此作出决定并说明理由。"
        " The insurer will lift this reservation, or decide on it with reasons."
    ),
)
_SENT = ("凭证号码与日期由发出人填写。 Number and day of the slip are filled in by the sender.",)

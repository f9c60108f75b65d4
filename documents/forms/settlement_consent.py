"""The answer to a settlement of a fought matter: consent up to an amount, or its refusal."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from documents.blocks import Banner, Block, Fact, Facts, Label, Note, Signature, Title
from kernel.money import Money

Payer = Literal["insurer", "insured", "both"]
_PAYERS: dict[Payer, str] = {
    "insurer": "保险人 insurer",
    "insured": "被保险人 insured",
    "both": "双方 both",
}


@dataclass(frozen=True, slots=True)
class SettlementConsent:
    """An answer to a settlement that consent was asked for.

    Attributes:
        number: of the settlement.
        insurer_name: who answers.
        issued_on: the day of the answer.
        claim_number: of the claim.
        policy_number: of the policy.
        insured: who asked.
        counterparty: with whom.
        payer: who is to pay: `insurer`, `insured` or `both`.
        proposed: the amount asked for.
        consented: up to this; None is a refusal.
        terms: of the settlement.
        merits: opinion on the merits.
        reason: of the answer; empty where none is given.
        answer_by: last day for the answer.
        clause: what the consent rests on.
    """

    title: ClassVar[Label] = Label("和解同意答复书", "Answer on a Settlement")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    insured: str
    counterparty: str
    payer: Payer
    proposed: Money
    consented: Money | None
    terms: str
    merits: str
    reason: str
    answer_by: date
    clause: str

    def blocks(self) -> tuple[Block, ...]:
        """The answer, the settlement, the merits, the reason, what follows."""
        given = self.consented is not None
        return (
            Title(self.title),
            Banner(
                Label("同意和解，以此金额为限", "Consent is given up to")
                if given
                else Label("不同意", "Consent is refused"),
                str(self.consented) if given else str(self.proposed),
                "good" if given else "care",
                (),
            ),
            self._case(),
            Note(Label("和解条件", "Terms"), (self.terms,), deed=True),
            Note(Label("案情意见", "Merits"), (self.merits,), deed=True),
            Note(Label("理由", "Reason"), (self.reason or "未载明 none is stated",), deed=True),
            Note(Label("后果", "What follows"), (_GIVEN if given else _REFUSED), deed=True),
            Signature("", self.issued_on, ((Label("保险人", "Insurer"), self.insurer_name),)),
        )

    def _case(self) -> Facts:
        told = (
            Fact(Label("被保险人", "Insured"), self.insured),
            Fact(Label("和解对方", "With"), self.counterparty),
            Fact(Label("付款人", "To be paid by"), _PAYERS[self.payer]),
            Fact(Label("请求金额", "Proposed"), self.proposed),
            Fact(Label("赔案号", "Claim number"), self.claim_number),
            Fact(Label("保险单号", "Policy number"), self.policy_number),
            Fact(Label("答复期限", "Answer due by"), self.answer_by),
            Fact(Label("依据", "Rests on"), self.clause),
        )
        return Facts(Label("和解", "Settlement"), told, deed=True)


_GIVEN = (
    (
        "超出同意金额的部分由保险人重新核定。保单条款、免赔额与限额照常适用。"
        " Above that amount the settlement is assessed again. Terms, retention and limits of the"
        " policy apply."
    ),
    (
        "被保险人尚未赔偿的，赔款可直接支付第三人（《保险法》第六十五条）。"
        " What the insured has not paid may be paid to the third party (Insurance Law, art. 65)."
    ),
)
_REFUSED = (
    (
        "未经同意而达成的和解，保险人可以重新核定（《保险法司法解释四》第十九条）。"
        " A settlement without consent may be assessed again (Interpretation IV, art. 19)."
    ),
)

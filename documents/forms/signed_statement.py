"""The shares of a settlement as they were signed, and each dissent with its reason."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from documents.blocks import Banner, Block, Fact, Facts, Label, Note, Title
from documents.forms.call_rows import sealed
from documents.forms.signed_rows import Dissented, SignedShare, dissents_kept, shares_signed
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """What every party is sent after one of them signed or dissented.

    Attributes:
        number: of this statement.
        insurer_name: who keeps the record.
        issued_on: the day of the newest word.
        claim_number: the claim.
        policy_number: the policy.
        statement_number: of the settlement statement that is signed.
        settled_on: the day of the settlement.
        scheme_title: the scheme by which it is shared.
        insured: who is paid.
        debtor: the policyholder.
        eligible: what is shared.
        sha256: of what is signed, 64 hexadecimal digits.
        signed: every party with its share, in the order of the scheme.
        dissents: in the order in which they were said.
    """

    title: ClassVar[Label] = Label("分担份额签署及异议书", "Shares Signed and Dissent")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    statement_number: str
    settled_on: date
    scheme_title: str
    insured: str
    debtor: str
    eligible: Money
    sha256: str
    signed: tuple[SignedShare, ...]
    dissents: tuple[Dissented, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """How many have signed, who did, and what the others say."""
        done = sum(one.on is not None for one in self.signed)
        lines = (
            f"其中不同意见 {len(self.dissents)} 件。 {len(self.dissents)} of them dissent."
            if self.dissents
            else "无不同意见。 Nobody dissents.",
        )
        value = f"{done} / {len(self.signed)}"
        return (
            Title(self.title),
            Banner(
                Label("已表态的承担方", "Parties that have spoken"), value, self._tone(done), lines
            ),
            self._case(),
            shares_signed(self.signed),
            *dissents_kept(self.dissents),
            Note(Label("说明", "Notes"), _NOTES, deed=True),
            sealed(self.insurer_name, self.issued_on),
        )

    def _tone(self, done: int) -> Literal["good", "care", "plain"]:
        if self.dissents:
            return "care"
        return "good" if done == len(self.signed) else "plain"

    def _case(self) -> Facts:
        return Facts(
            Label("结算", "Settlement"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("赔款理算书", "Settlement statement"), self.statement_number),
                Fact(Label("结算日", "Settled on"), self.settled_on),
                Fact(Label("分担方案", "Scheme"), self.scheme_title),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("投保人", "Policyholder"), self.debtor),
                Fact(Label("可分担损失", "Eligible loss"), self.eligible),
                Fact(Label("签署内容摘要", "Hash of what is signed"), self.sha256),
            ),
            deed=True,
        )


_NOTES: Final = (
    (
        "各方只签署自己的份额；签署仅对本次结算有效，新的结算另行签署。"
        " Each party signs its own share alone; a signature stands for this settlement, and a later"
        " one asks anew."
    ),
    (
        "不同意见予以保留并送达各方，不影响赔款支付；争议金额按分担争议程序处理。"
        " A dissent is kept and sent to every party; it does not delay the payment. What is"
        " disputed of a call is looked into as a dispute."
    ),
)

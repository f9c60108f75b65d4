"""The decision on a claim: every ground, and the amounts asked, adjusted and approved."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from documents.blocks import (
    Banner,
    Block,
    Fact,
    Facts,
    Finding,
    Findings,
    Label,
    Listing,
    Note,
    Seal,
    Title,
)
from documents.forms.signed_rows import Dissented, SignedShare, dissents_kept, shares_signed
from documents.words import in_chinese, in_english
from kernel.money import Money

Decision = Literal["accepted", "denied"]


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """One line of the claim.

    Attributes:
        label: what it is, such as "本金 Principal".
        asked: what was asked.
        adjusted: what the adjuster allows of it.
        approved: what is approved in the end; nothing where the claim is denied.
        reason: why not more; empty where nothing was cut.
    """

    label: str
    asked: Money
    adjusted: Money
    approved: Money
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """A claim accepted or denied, on paper.

    Attributes:
        number: of the letter.
        insurer_name: who decides.
        issued_on: the day of the decision.
        claim_number: the claim.
        policy_number: the policy.
        addressee: who claims.
        debtor: the policyholder.
        event_on: day of the insured event.
        decision: what was decided.
        grounds: every ground of a denial, with clause and cure; none of an acceptance.
        findings: what was seen besides.
        lines: line by line; they add up to the three totals.
        asked: total asked.
        adjusted: total allowed by the adjuster.
        approved: total approved.
        act_by: last day of payment, or of this notice where it denies.
        act_clause: article that sets it.
        signed: shares of the newest settlement with their signatures; empty before there is one.
        dissents: from that settlement.
        pays: what of the approved loss the insurer pays; None where it is not worked out, or is
            all of it.
        on_account: what the insurer paid on account before; None where nothing was.
    """

    title: ClassVar[Label] = Label("理赔决定通知书", "Decision on a Claim")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    addressee: str
    debtor: str
    event_on: date
    decision: Decision
    grounds: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    lines: tuple[DecidedLine, ...]
    asked: Money
    adjusted: Money
    approved: Money
    act_by: date
    act_clause: str
    signed: tuple[SignedShare, ...] = ()
    dissents: tuple[Dissented, ...] = ()
    pays: Money | None = None
    on_account: Money | None = None

    def __post_init__(self) -> None:
        assert bool(self.grounds) == (self.decision == "denied"), "a denial has its grounds"

    def blocks(self) -> tuple[Block, ...]:
        """The decision, its grounds, then the amounts."""
        return (
            Title(self.title),
            self._decided(),
            self._case(),
            *((Findings(_GROUNDS, self.grounds),) if self.grounds else ()),
            self._amounts(),
            *((Findings(_SEEN, self.findings),) if self.findings else ()),
            *((shares_signed(self.signed),) if self.signed else ()),
            *dissents_kept(self.dissents),
            Note(Label("说明", "Notes"), self._notes(), deed=True),
            Seal((Label("保险人", "Insurer"), self.insurer_name), None, "", self.issued_on),
        )

    @property
    def refused(self) -> Money:
        """What of the claim is denied: all of it, a part, or nothing."""
        return self.asked - self.approved

    def _notes(self) -> tuple[str, ...]:
        if self.decision == "denied":
            return _DENIED
        return (*_PARTLY, *_ACCEPTED) if self.refused.minor else _ACCEPTED

    def _decided(self) -> Banner:
        label = Label("核定结论", "Decision")
        if self.decision == "denied":
            line = f"本通知应于 {self.act_by} 前发出（{self.act_clause}）。 Sent by {self.act_by}."
            return Banner(label, "不属于保险责任，不予赔付 denied", "bad", (line,))
        words = (
            f"{self.approved}　{in_chinese(self.approved)}",
            in_english(self.approved),
            *self._paid(),
        )
        if not self.refused.minor:
            return Banner(label, "属于保险责任 accepted", "good", words)
        denied = f"其余 {self.refused} 不予赔付，理由逐项列明。 The rest is denied, line by line."
        title = "部分属于保险责任 accepted in part"
        return Banner(label, title, "good", (*words, denied))

    def _paid(self) -> tuple[str, ...]:
        """What is paid by the day, and by whom: a part of the approved loss may be others'."""
        before = self._on_account()
        if self.pays is None or self.pays == self.approved:
            by = f"应于 {self.act_by} 前赔付（{self.act_clause}）。 Paid by {self.act_by}."
            return (*before, *(() if self._paid_up() else (by,)))
        rest = self.approved - self.pays
        return (
            (
                f"其中保险人支付 {self.pays}，应于 {self.act_by} 前支付（{self.act_clause}）。"
                f" Of it the insurer pays {self.pays} by {self.act_by}."
            ),
            *before,
            (
                f"其余 {rest} 依分担方案由其他各方承担或者无人承担，见赔款理算书。"
                f" The other {rest} is borne by the other parties of the scheme or by nobody,"
                " as the settlement statement says."
            ),
        )

    def _paid_up(self) -> bool:
        """Was all that the insurer pays paid on account?"""
        return bool(self.pays and self.on_account and self.on_account.minor >= self.pays.minor)

    def _on_account(self) -> tuple[str, ...]:
        """What of it was paid already and what remains, or comes back; nothing where none was."""
        if self.on_account is None:
            return ()
        paid = f"其中已先行支付 {self.on_account}"
        paid_en = f" Of this {self.on_account} was paid on account"
        if self.pays is None:
            return (f"{paid}，将予扣减。{paid_en}, and is taken off it.",)
        left = self.pays - self.on_account
        if left.minor < 0:
            back = -left
            return (f"{paid}，应退回 {back}。{paid_en}; {back} is to be paid back.",)
        return (f"{paid}，尚应支付 {left}。{paid_en}; {left} remains to be paid.",)

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("索赔人", "Claimant"), self.addressee),
                Fact(Label("投保人", "Policyholder"), self.debtor),
                Fact(Label("事故日", "Insured event on"), self.event_on),
                Fact(Label("核定日", "Decided on"), self.issued_on),
            ),
            deed=True,
        )

    def _amounts(self) -> Listing:
        columns = (
            Label("项目", "Item"),
            Label("索赔", "Asked"),
            Label("理算", "Adjusted"),
            Label("核定", "Approved"),
            Label("理由", "Reason"),
        )
        rows = tuple(
            (one.label, one.asked, one.adjusted, one.approved, one.reason) for one in self.lines
        )
        total = (Label("合计", "Total"), self.asked, self.adjusted, self.approved, "")
        return Listing(Label("金额", "Amounts"), columns, rows, total, deed=True)


_GROUNDS: Final = Label("不予赔付的全部理由", "Every ground of the denial")
_SEEN: Final = Label("其他认定", "What was seen besides")
_ACCEPTED: Final = (
    (
        "核定金额为可分担损失的基础；各方承担额见赔款理算书。"
        " What is approved is the base of the sharing; the settlement statement says who bears it."
    ),
    (
        "对金额有异议的，可提交补充证据申请复核。"
        " Who disputes the amount may send further evidence and ask for a review."
    ),
)
_NO_MORE: Final = (
    "除上列理由外，保险人不再以其他理由拒绝赔付。"
    " No ground beyond those above will be raised against this claim."
)
_PARTLY: Final = (
    (
        "核定部分与不予赔付部分分别列明；核定部分不因争议而延期赔付。"
        " What is approved and what is denied stand line by line; a dispute over the rest does not"
        " delay payment of what is approved."
    ),
    _NO_MORE,
)
_DENIED: Final = (
    (
        "以上为不予赔付的全部理由，可补救的已列明补救方式（《保险法》第二十四条）。"
        " These are all the grounds; what would cure one stands beside it (Insurance Law, art. 24)."
    ),
    _NO_MORE,
    (
        "提交补救材料后，可申请重新立案核定；对本决定不服的，可依法提起诉讼或者仲裁。"
        " With the cure at hand the claim can be opened again; the courts, or arbitration where"
        " it was agreed, stay open."
    ),
)

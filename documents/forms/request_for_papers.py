"""The request for papers: all that a claim still lacks, asked for once."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Seal, Title
from documents.forms.claim_receipt import Deadline, Paper, only_if


@dataclass(frozen=True, slots=True)
class RequestForPapers:
    """One notice of every paper that is missing.

    Attributes:
        number: of the request.
        insurer_name: who asks.
        issued_on: the day on which it was asked.
        claim_number: the claim.
        policy_number: the policy.
        addressee: who is asked.
        debtor: whose default or demand it is.
        event_on: day of the insured event.
        notified_on: day of the notice.
        papers: all papers of the policy, received or missing.
        answer_by: last day on which the claim itself is not yet barred.
        days_left: of the thirty days of assessment, those that run once all papers are here.
        deadlines: the clocks of the claim that still run.
    """

    title: ClassVar[Label] = Label("索赔材料一次性补正通知书", "Request for Papers")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    addressee: str
    debtor: str
    event_on: date
    notified_on: date
    papers: tuple[Paper, ...]
    answer_by: date
    days_left: int
    deadlines: tuple[Deadline, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What is missing, by when, and that it is not asked again."""
        return (
            Title(self.title),
            self._asked(),
            self._case(),
            self._listed(Label("尚缺材料", "Papers missing"), received=False),
            *only_if(self.papers, deed=True),
            self._listed(Label("已收材料", "Papers received"), received=True),
            self._clocks(),
            Note(Label("一次性告知", "Asked once"), _ONCE, deed=True),
            Seal((Label("保险人", "Insurer"), self.insurer_name), None, "", self.issued_on),
        )

    def _asked(self) -> Banner:
        count = sum(paper.missing for paper in self.papers)
        line = f"最迟 {self.answer_by}（诉讼时效届满）。 At the latest by {self.answer_by}."
        words = f"{count} 项 paper{'' if count == 1 else 's'}"
        return Banner(Label("请补交", "Please send"), words, "care", (line,))

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("索赔人", "Claimant"), self.addressee),
                Fact(Label("投保人", "Policyholder"), self.debtor),
                Fact(Label("事故日", "Insured event on"), self.event_on),
                Fact(Label("报案日", "Notified on"), self.notified_on),
                Fact(Label("通知日", "Asked on"), self.issued_on),
                Fact(Label("余下核定期", "Days of assessment left"), f"{self.days_left} 天 days"),
            ),
            deed=True,
        )

    def _listed(self, heading: Label, *, received: bool) -> Listing:
        columns = [Label("材料", "Paper"), Label("依据", "Clause")]
        if received:
            rows = tuple(
                (one.name, one.clause, one.received_on) for one in self.papers if one.received_on
            )
            return Listing(heading, (*columns, Label("收到日", "Received on")), rows, deed=True)
        missing = tuple((one.name, one.clause) for one in self.papers if one.missing)
        return Listing(heading, tuple(columns), missing, deed=True)

    def _clocks(self) -> Listing:
        return Listing(
            Label("期限", "Deadlines"),
            (Label("事项", "What"), Label("依据", "Clause"), Label("期限", "By")),
            tuple((one.what, one.clause, one.on) for one in self.deadlines),
            deed=True,
        )


_ONCE: Final = (
    "本通知为一次性补正通知：上列材料以外的证明和资料，保险人不再另行要求（《保险法》第二十二条）。",
    (
        "All that is missing is asked for here, once; nothing beyond this list is asked for later"
        " (Insurance Law, art. 22)."
    ),
    "自本通知发出之日起至材料齐全之日止的期间，不计入三十日核定期（司法解释二第十五条）。",
    (
        "The days from this request until the last paper is here do not count towards the thirty"
        " days of assessment (Interpretation II, art. 15)."
    ),
    (
        "如无法取得某项材料，请书面说明原因，以便以其他方式查明。"
        " Where a paper cannot be had, say why in writing, so that the fact can be shown otherwise."
    ),
)

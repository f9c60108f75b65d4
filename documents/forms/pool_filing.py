"""The filing with a pool: the final loss is fixed, and the pool is asked for its share."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Note, Title
from documents.forms.call_rows import Attached, attachments, sealed
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class PoolFiling:
    """A filing as it goes to a pool.

    Attributes:
        number: of the filing.
        insurer_name: who files.
        issued_on: the day on which it was filed.
        pool: whom it is filed with.
        claim_number: the claim.
        policy_number: the policy.
        scheme_code: code of the scheme.
        scheme_title: its name.
        insured: whose loss it is.
        debtor: who defaulted.
        loss: that is shared.
        share: of the pool.
        returned: of it, by recoveries so far.
        net: what the pool bears after them; `returned` and `net` are `share`.
        asked: what the pool is asked to pay by its call.
        fixed_on: the day the final loss was fixed.
        ground: why it is final, in both languages.
        words: what shows it.
        file_by: last day of filing.
        rule: of that day, with its source.
        late: why it is late; empty where it is not.
        papers: that lie with it.
    """

    title: ClassVar[Label] = Label("最终损失补偿申请书", "Filing of a Final Loss")

    number: str
    insurer_name: str
    issued_on: date
    pool: str
    claim_number: str
    policy_number: str
    scheme_code: str
    scheme_title: str
    insured: str
    debtor: str
    loss: Money
    share: Money
    returned: Money
    net: Money
    asked: Money
    fixed_on: date
    ground: Label
    words: str
    file_by: date
    rule: str
    late: str
    papers: tuple[Attached, ...]

    def __post_init__(self) -> None:
        assert self.returned + self.net == self.share, "returned and net are the share"

    def blocks(self) -> tuple[Block, ...]:
        """What is asked, of which final loss, shown by what."""
        words = (in_chinese(self.asked), in_english(self.asked))
        return (
            Title(self.title),
            Banner(Label("申请补偿", "Asked of the pool"), str(self.asked), "care", words),
            self._case(),
            self._loss(),
            Note(Label("损失已确定", "The loss is final"), (self.words,), deed=True),
            Note(Label("逾期申请的理由", "Why it is late"), (self.late,) if self.late else ()),
            attachments(self.papers),
            sealed(self.insurer_name, self.issued_on),
        )

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("资金池", "Pool"), self.pool),
                Fact(Label("分担方案", "Scheme"), f"{self.scheme_code}　{self.scheme_title}"),
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("投保人", "Policyholder"), self.debtor),
                Fact(Label("损失确定日", "Final since"), self.fixed_on),
                Fact(Label("确定方式", "Final because"), self.ground),
                Fact(Label("申请期限", "To be filed by"), self.file_by),
                Fact(Label("期限依据", "Rule of that day"), self.rule),
            ),
            deed=True,
        )

    def _loss(self) -> Facts:
        return Facts(
            Label("最终损失与分担", "Final loss and share"),
            (
                Fact(Label("可分担损失", "Loss shared"), self.loss),
                Fact(Label("资金池份额", "Share of the pool"), self.share),
                Fact(Label("其中追偿已返还", "Of it returned by recoveries"), self.returned),
                Fact(Label("追偿后净承担", "Borne after recoveries"), self.net),
            ),
            deed=True,
        )

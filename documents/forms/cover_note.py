"""The cover note: proof for the time being that a policy was bound."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Banner, Block, Fact, Facts, Label, Note, Seal, Title, written
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CoverNote:
    """Temporary proof of a bound policy; it adds nothing to it.

    Attributes:
        number: of the note.
        insurer_name: who insures.
        issued_on: date of the note.
        valid_until: last day on which it proves anything.
        policy_number: of the policy.
        product_zh: line of business, in Chinese.
        product_en: the same in English.
        policyholder: who took it out.
        policyholder_id: its number in its register.
        insured: whose loss is covered.
        beneficiary: who is paid.
        covered_from: first day of cover, from 00:00.
        covered_until: last day of cover, to 24:00, Beijing time.
        status: of the policy on `issued_on`.
        insured_sum: most that can be paid; also printed in words.
        premium: total premium.
        waiting_days: days between the insured event and the right to be paid.
    """

    title: ClassVar[Label] = Label("暂保单", "Cover Note")

    number: str
    insurer_name: str
    issued_on: date
    valid_until: date
    policy_number: str
    product_zh: str
    product_en: str
    policyholder: str
    policyholder_id: str
    insured: str
    beneficiary: str
    covered_from: date
    covered_until: date
    status: Label
    insured_sum: Money
    premium: Money
    waiting_days: int

    def blocks(self) -> tuple[Block, ...]:
        """How the policy stands, who and what it covers, what the note is worth."""
        return (
            Title(self.title, f"{self.product_zh} {self.product_en}"),
            self._standing(),
            self._parties(),
            self._cover(),
            Note(Label("说明", "Notes"), _WORTH, deed=True),
            Seal((Label("保险人", "Insurer"), self.insurer_name), None, "", self.issued_on),
        )

    def _standing(self) -> Banner:
        until = f"本暂保单至 {self.valid_until} 有效。 This note proves cover until"
        return Banner(
            Label("保单状态", "Status of the policy"),
            written(self.status),
            "plain",
            (f"{until} {self.valid_until}.",),
        )

    def _parties(self) -> Facts:
        return Facts(
            Label("当事人", "Parties"),
            (
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("签发日期", "Issued on"), self.issued_on),
                Fact(Label("投保人", "Policyholder"), self.policyholder),
                Fact(Label("登记号", "Policyholder's register ID"), self.policyholder_id),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("受益人", "Beneficiary"), self.beneficiary),
            ),
            deed=True,
        )

    def _cover(self) -> Facts:
        period = (
            f"{self.covered_from} 00:00 至 to {self.covered_until} 24:00（北京时间 Beijing time）"
        )
        return Facts(
            Label("承保内容", "Cover"),
            (
                Fact(Label("险种", "Product"), f"{self.product_zh} {self.product_en}"),
                Fact(Label("保险期间", "Period of cover"), period),
                Fact(Label("保险金额", "Insured sum"), self.insured_sum, in_words=True),
                Fact(Label("保险费", "Premium"), self.premium),
                Fact(Label("等待期", "Waiting period"), f"{self.waiting_days} 天 days"),
            ),
            deed=True,
        )


_WORTH: Final = (
    (
        "本暂保单仅为已订立保险合同的临时证明，不变更、不扩大保险责任；内容与保险单不一致的，"
        "以保险单及批单为准。"
    ),
    (
        "This note is proof for the time being that the contract was made. It neither changes nor"
        " widens the cover; where it differs, the policy and its endorsements hold."
    ),
    "正式保险单交付后，本暂保单自动失效。 It ends by itself once the policy is handed over.",
    (
        "责任免除、免赔额、共保比例及限额以保险条款为准。"
        " Exclusions, deductibles, coinsurance and limits are those of the wording."
    ),
    "中英文不一致时，以中文为准。 The Chinese text prevails.",
)

"""Letters and notices of claims on a good day; `stress_claims.py` makes them hard."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from documents.blocks import Finding
from documents.forms.claim_receipt import Deadline
from documents.forms.dunning_letter import DunningLetter
from documents.forms.issued_report import IssuedReport, PrintedChange, PrintedFigure, PrintedRow
from documents.forms.overdue_receipt import OverdueReceipt
from documents.forms.recourse_notice import RecourseNotice
from documents.forms.reservation_letter import ReservationLetter, ReservedGround
from documents.forms.settlement_consent import SettlementConsent
from kernel.money import Money

INSURER, CLAIM = "示范财产保险股份有限公司", "CL-20270701-ABCDEFGH2345"
BANK, BORROWER = "示范银行股份有限公司中山分行", "中山示范光学有限公司"
POLICY, OVERDUE = "PG-20260310-ABCDEFGH2345", "OD-20270612-ABCDEFGH2345"


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def overdue_receipt() -> OverdueReceipt:
    return OverdueReceipt(
        number=OVERDUE,
        insurer_name=INSURER,
        issued_on=date(2027, 6, 12),
        policy_number=POLICY,
        bank=BANK,
        borrower=BORROWER,
        loan="HT-2026-018",
        since=date(2027, 6, 10),
        known_on=date(2027, 6, 11),
        principal=cny(300_000_000),
        interest=cny(1_015_000),
        deadlines=(
            Deadline("通知 notify", "保险条款 wording: notice", date(2027, 6, 21)),
            Deadline("等待期届满 waiting period", "保险条款 wording: cover", date(2027, 8, 29)),
        ),
        findings=(
            Finding("early-default", "放款后不久即逾期。 Early default.", "条款 9", "核查 look"),
        ),
    )


def dunning_letter() -> DunningLetter:
    return DunningLetter(
        number=f"{OVERDUE}-L2",
        insurer_name=INSURER,
        issued_on=date(2027, 6, 20),
        policy_number=POLICY,
        bank=BANK,
        borrower=BORROWER,
        loan="HT-2026-018",
        joint=True,
        since=date(2027, 6, 10),
        principal=cny(300_000_000),
        interest=cny(1_015_000),
        pay_by=date(2027, 6, 30),
        waiting_ends_on=date(2027, 8, 29),
        method="挂号信 registered post",
    )


def recourse_notice() -> RecourseNotice:
    return RecourseNotice(
        number=f"{CLAIM}-N1",
        insurer_name=INSURER,
        issued_on=date(2027, 10, 8),
        claim_number=CLAIM,
        policy_number=POLICY,
        addressee=BORROWER,
        role="债务人 debtor",
        insured=BANK,
        event_on=date(2027, 6, 10),
        basis="借款合同 loan contract HT-2026-018",
        paid=cny(48_000_000),
        received=cny(5_000_000),
        taken=cny(43_000_000),
        asked=cny(43_000_000),
        share="全部 the whole",
        rights=("保险人自赔偿之日起代位行使权利。 The insurer exercises the rights.",),
        notes=("放弃权利无效。 A waiver is void.",),
    )


def reservation_letter() -> ReservationLetter:
    return ReservationLetter(
        number=f"{CLAIM}-RR1",
        insurer_name=INSURER,
        issued_on=date(2027, 7, 9),
        claim_number=CLAIM,
        policy_number=POLICY,
        insured=BORROWER,
        counterparty="示范竞争者有限公司",
        event_on=date(2027, 6, 2),
        known_on=date(2027, 6, 20),
        due_on=date(2027, 7, 20),
        method="特快专递 courier with receipt",
        clause="保险法第十六条第三款（参照） Insurance Law art. 16 para. 3, by analogy",
        grounds=(ReservedGround("被诉故意侵权", "wilful infringement is alleged", "条款 8"),),
    )


def settlement_consent() -> SettlementConsent:
    return SettlementConsent(
        number=f"{CLAIM}-CS1",
        insurer_name=INSURER,
        issued_on=date(2027, 8, 11),
        claim_number=CLAIM,
        policy_number=POLICY,
        insured=BORROWER,
        counterparty="示范竞争者有限公司",
        payer="insurer",
        proposed=cny(30_000_000),
        consented=cny(28_000_000),
        terms="一次性付款，撤诉。 One payment; the suit is withdrawn.",
        merits="败诉可能超过一半。 More likely lost than won.",
        reason="同意至核定额。 Up to what is assessed.",
        answer_by=date(2027, 8, 14),
        clause="保险条款：同意 wording: consent",
    )


def issued_report() -> IssuedReport:
    figures = (
        PrintedFigure("账户数", "accounts", "12", ""),
        PrintedFigure("贷款余额", "volume", "CNY 36,000,000.00", "期末 at the end"),
    )
    return IssuedReport(
        number="RP-bank-20270101-20270630",
        insurer_name=INSURER,
        issued_on=date(2027, 7, 5),
        subject_zh="知识产权质押融资统计",
        subject_en="Statistics of IP pledge financing",
        whom=BANK,
        opens_on=date(2027, 1, 1),
        closes_on=date(2027, 6, 30),
        edition=2,
        clause="银保监发〔2019〕34号 notice of 2019",
        source="official (A)",
        rows=(PrintedRow("中山 Zhongshan", figures),),
        changes=(PrintedChange("中山 Zhongshan", "账户数", "accounts", "11", "12"),),
        notes=("不良率按期末余额计算。 The ratio is of the end of the period.",),
    )


FORMS: Mapping[str, Callable[[], Any]] = {
    "overdue_receipt": overdue_receipt,
    "dunning_letter": dunning_letter,
    "recourse_notice": recourse_notice,
    "reservation_letter": reservation_letter,
    "settlement_consent": settlement_consent,
    "issued_report": issued_report,
}
"""Kind -> a good one."""

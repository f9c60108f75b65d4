"""The papers of a call: from the letter to the receipt, and the filing with a pool."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from documents.blocks import Label
from documents.forms.call_default import CallDefault
from documents.forms.call_dispute import CallDispute
from documents.forms.call_letter import CallLetter
from documents.forms.call_receipt import CallReceipt, PartPaid
from documents.forms.call_refund import CallRefund
from documents.forms.call_rows import Attached, Called, Reckoned
from documents.forms.pool_filing import PoolFiling
from kernel.money import Money

INSURER, CLAIM = "示范财产保险股份有限公司", "CL-20270701-ABCDEFGH2345"
SCHEME = ("zhongshan-2021", "中山市知识产权质押融资风险补偿 Zhongshan IP pledge financing")
CAPPED = (
    "fund 的上限（pool balance）削减 CNY 620,000.00。 cap on fund (pool balance) cuts 620,000.00"
)
PAPERS = (
    Attached("赔款理算书 Settlement Statement", f"{CLAIM}-S1"),
    Attached("理赔决定通知书 Claim Decision Letter", f"{CLAIM}-D"),
    Attached("借款合同 loan contract", "2027-07-01"),
)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def called(payee: str = "示范银行股份有限公司中山分行") -> Called:
    return Called(
        party="fund",
        role="政府资金池 public pool",
        payee=payee,
        call_number=f"{CLAIM}-C1",
        claim_number=CLAIM,
        policy_number="PG-20260310-ABCDEFGH2345",
        scheme_code=SCHEME[0],
        scheme_title=SCHEME[1],
        insured="示范银行股份有限公司中山分行",
        debtor="中山示范光学有限公司",
    )


def call_letter() -> CallLetter:
    return CallLetter(
        number=f"{CLAIM}-C1",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 1),
        called=called(),
        reckoned=(
            Reckoned("按方案各层应承担 share by the layers of the scheme", cny(162_000_000)),
            Reckoned(CAPPED, cny(-62_000_000)),
            Reckoned("此前已付 paid before, net of refunds", cny(-30_000_000)),
        ),
        asked=cny(70_000_000),
        pay_by=date(2027, 9, 15),
        days=10,
        clause=f"zhongshan-2021: 各层份额 layers; {CAPPED}",
        papers=PAPERS,
        notes=("方案条款“封顶”未经核实。 Unverified term of the scheme, caps: not stated.",),
    )


def call_refund() -> CallRefund:
    return CallRefund(
        number=f"{CLAIM}-C4",
        insurer_name=INSURER,
        issued_on=date(2027, 10, 8),
        called=called("fund"),
        reckoned=(
            Reckoned("按方案各层应承担 share by the layers of the scheme", cny(-162_000_000)),
            Reckoned("熔断 fuse", cny(162_000_000)),
            Reckoned("此前已付 paid before, net of refunds", cny(100_000_000)),
        ),
        refunded=cny(100_000_000),
        pay_by=date(2027, 10, 22),
        clause="zhongshan-2021: 各层份额 layers; 熔断 fuse",
        papers=PAPERS,
    )


def call_dispute() -> CallDispute:
    return CallDispute(
        number=f"{CLAIM}-C1-D",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 3),
        called=called(),
        asked=cny(100_000_000),
        disputed=cny(60_000_000),
        undisputed=cny(40_000_000),
        pay_by=date(2027, 9, 15),
        reason="池内尚有两笔在途赔付，余额应先予扣除。 Two other claims are on their way.",
        clause="管理办法第十二条 art. 12 of the rules",
    )


def call_receipt() -> CallReceipt:
    return CallReceipt(
        number=f"{CLAIM}-C1-Q",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 16),
        called=called(),
        paid=cny(100_000_000),
        parts=(
            PartPaid("W20270904-1", date(2027, 9, 4), cny(40_000_000)),
            PartPaid("W20270915-7", date(2027, 9, 15), cny(60_000_000)),
        ),
        due_on=date(2027, 9, 15),
    )


def call_default() -> CallDefault:
    return CallDefault(
        number=f"{CLAIM}-C1-N",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 16),
        called=called(),
        asked=cny(100_000_000),
        paid=cny(40_000_000),
        owed=cny(60_000_000),
        due_on=date(2027, 9, 15),
        cure_until=date(2027, 9, 30),
        residual="无人 nobody, uncovered",
        rule="10 个工作日 working days（未经核实 not verified）",
    )


def pool_filing() -> PoolFiling:
    return PoolFiling(
        number=f"{CLAIM}-F-fund",
        insurer_name=INSURER,
        issued_on=date(2028, 3, 10),
        pool="fund",
        claim_number=CLAIM,
        policy_number="PG-20260310-ABCDEFGH2345",
        scheme_code="weihai-later-years-2020",
        scheme_title="威海市知识产权质押贷款风险补偿 Weihai",
        insured="示范银行股份有限公司威海分行",
        debtor="威海示范光学有限公司",
        loss=cny(300_000_000),
        share=cny(180_000_000),
        returned=cny(6_000_000),
        net=cny(174_000_000),
        asked=cny(180_000_000),
        fixed_on=date(2028, 3, 1),
        ground=Label("追偿已终结", "recoveries have ended"),
        words="（2028）鲁执 123 号终结执行裁定 ruling that ends enforcement",
        file_by=date(2028, 3, 9),
        rule="10 个工作日 working days ([S58] Weihai press conference)",
        late="裁定书于三月九日送达。 The ruling was served on 9 March.",
        papers=PAPERS,
    )


FORMS: Mapping[str, Callable[[], Any]] = {
    "call_letter": call_letter,
    "call_refund": call_refund,
    "call_dispute": call_dispute,
    "call_receipt": call_receipt,
    "call_default": call_default,
    "pool_filing": pool_filing,
}
"""Kind -> a good one."""

"""The papers that are asked for on a good day; `stress_papers.py` makes them hard."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from documents.blocks import Fact, Finding, Label
from documents.forms.bordereau import Bordereau
from documents.forms.bordereau_rows import (
    BordereauTotals,
    CallOpen,
    SharedLoss,
    SharedRecovery,
    WrittenPolicy,
)
from documents.forms.claim_receipt import Deadline, Paper
from documents.forms.cover_note import CoverNote
from documents.forms.decision_letter import DecidedLine, DecisionLetter
from documents.forms.premium_note import Due, PaidBy, PremiumNote
from documents.forms.proposal import Proposal, StatedPart
from documents.forms.request_for_papers import RequestForPapers
from documents.forms.subrogation_assignment import Borne, SubrogationAssignment


def _sibling(name: str) -> ModuleType:
    """Import a file of this folder by its path: tests are no package."""
    known = f"paper_{name}"
    if known not in sys.modules:
        spec = spec_from_file_location(known, Path(__file__).parent / f"{name}.py")
        sys.modules[known] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


base = _sibling("samples")
BANK, BORROWER, INSURER, FUND, cny = (
    base.BANK, base.BORROWER, base.INSURER, base.FUND, base.cny,
)  # fmt: skip
POLICY, CLAIM = "PG-20260310-ABCDEFGH2345", "CL-20270701-ABCDEFGH2345"
PRODUCT = ("知识产权质押融资保证保险", "IP pledge-financing guarantee insurance")


def proposal() -> Proposal:
    loan = (
        Fact(Label("借款合同号", "loan contract"), "HT-2026-018"),
        Fact(Label("金额", "amount"), "CNY 3,000,000.00"),
        Fact(Label("年利率", "interest per year"), "0.0435"),
        Fact(Label("还款方式", "repayment plan"), "到期一次还本 bullet"),
        Fact(Label("借新还旧", "refinancing"), "否 no"),
    )
    right = (
        Fact(Label("种类", "kind"), "发明专利 invention"),
        Fact(Label("编号", "number"), "ZL202010123456.7"),
        Fact(Label("名称", "title"), "一种工作温度达200℃的微透镜阵列及其制备方法"),
        Fact(Label("评估价值", "appraised value"), "CNY 3,200,000.00"),
    )
    return Proposal(
        number="QT-20260302-ABCDEFGH2345-P",
        insurer_name=INSURER,
        issued_on=date(2026, 3, 2),
        product_zh=PRODUCT[0],
        product_en=PRODUCT[1],
        applicant=BORROWER,
        applicant_register_id="91442000MA4WXYZ12K",
        client=BANK,
        parts=(
            StatedPart(Label("贷款", "loan"), loan),
            StatedPart(Label("知识产权 1", "IP right 1"), right),
        ),
        exemptions=tuple(clause for clause in base.wording() if clause.is_exemption),
        receipt_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )


def cover_note() -> CoverNote:
    return CoverNote(
        number=f"{POLICY}-C",
        insurer_name=INSURER,
        issued_on=date(2026, 3, 10),
        valid_until=date(2026, 4, 8),
        policy_number=POLICY,
        product_zh=PRODUCT[0],
        product_en=PRODUCT[1],
        policyholder=BORROWER,
        policyholder_id="91442000MA4WXYZ12K",
        insured=BANK,
        beneficiary=BANK,
        covered_from=date(2026, 3, 15),
        covered_until=date(2028, 3, 14),
        status=Label("尚未起保", "not started"),
        insured_sum=cny("3000000.00"),
        premium=cny("10600.00"),
        waiting_days=90,
    )


def premium_note() -> PremiumNote:
    public = "财政补贴 public subsidy：中山市市场监督管理局"
    return PremiumNote(
        number=f"{POLICY}-B",
        insurer_name=INSURER,
        issued_on=date(2026, 9, 1),
        policy_number=POLICY,
        product_zh=PRODUCT[0],
        product_en=PRODUCT[1],
        policyholder=BORROWER,
        insured=BANK,
        net=cny("9000.00"),
        tax=cny("540.00"),
        dues=(
            Due(public, "签发 issue", date(2026, 3, 15), cny("5300.00")),
            Due(BORROWER, "签发 issue: year 1", date(2026, 3, 15), cny("3300.00")),
            Due(BORROWER, "变更 Change EN-20260901-AB", date(2026, 9, 1), cny("-1060.00")),
            Due(BORROWER, "签发 issue: year 2", date(2027, 3, 15), cny("2000.00")),
        ),
        payers=(PaidBy(public, cny("5300.00")), PaidBy(BORROWER, cny("4240.00"))),
        total=cny("9540.00"),
    )


def request_for_papers() -> RequestForPapers:
    clause = "保险法第二十二条 Insurance Law art. 22"
    return RequestForPapers(
        number=f"{CLAIM}-Q",
        insurer_name=INSURER,
        issued_on=date(2027, 7, 6),
        claim_number=CLAIM,
        policy_number=POLICY,
        addressee=BANK,
        debtor=BORROWER,
        event_on=date(2027, 6, 21),
        notified_on=date(2027, 7, 1),
        papers=(
            Paper("贷款合同 loan contract", clause, date(2027, 7, 1)),
            Paper("放款凭证 proof of drawdown", clause, None),
            Paper("质权登记证 certificate of the pledge", clause, None),
        ),
        answer_by=date(2029, 6, 21),
        days_left=25,
        deadlines=(
            Deadline("诉讼时效 limitation", "保险法 Insurance Law art. 26", date(2029, 6, 21)),
        ),
    )


def decision_letter() -> DecisionLetter:
    reason = "保险条款责任免除 wording: exclusions: CNY 0.00"
    return DecisionLetter(
        number=f"{CLAIM}-D",
        insurer_name=INSURER,
        issued_on=date(2027, 7, 30),
        claim_number=CLAIM,
        policy_number=POLICY,
        addressee=BANK,
        debtor=BORROWER,
        event_on=date(2027, 6, 21),
        decision="accepted",
        grounds=(),
        findings=(Finding("late-notice", "逾期通知。 Notice was late.", "条款 notice", "无 none"),),
        lines=(
            DecidedLine(
                "本金 principal", cny("3000000.00"), cny("3000000.00"), cny("3000000.00"), ""
            ),
            DecidedLine("罚息 penalty", cny("500.00"), cny("500.00"), cny("0.00"), reason),
        ),
        asked=cny("3000500.00"),
        adjusted=cny("3000500.00"),
        approved=cny("3000000.00"),
        act_by=date(2027, 8, 9),
        act_clause="保险法 Insurance Law art. 23",
    )


def bordereau() -> Bordereau:
    return Bordereau(
        number="BX-20260101-20261231-fund",
        insurer_name=INSURER,
        issued_on=date(2027, 1, 4),
        scheme_code="zhongshan-2021",
        scheme_title="Zhongshan IP pledge-financing risk compensation",
        party="fund",
        role="政府资金池 public pool",
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
        policies=(
            WrittenPolicy(POLICY, BORROWER, date(2026, 3, 15), date(2028, 3, 14),
                          cny("3000000.00"), cny("10000.00"), cny("0.00")),
        ),
        losses=(
            SharedLoss(CLAIM, POLICY, date(2026, 6, 1), cny("2400000.00"),
                       cny("800000.00")),
            SharedLoss(CLAIM, POLICY, date(2026, 7, 1), cny("600000.00"),
                       cny("200000.00"), date(2026, 6, 1)),
        ),
        calls=(
            CallOpen(CLAIM, 1, date(2026, 6, 1), cny("1000000.00"), cny("1000000.00")),
        ),
        recoveries=(
            SharedRecovery(CLAIM, "SALE-1", date(2026, 9, 1), cny("60000.00"),
                           cny("20000.00")),
            SharedRecovery(CLAIM, "SALE-1", date(2026, 9, 20), cny("30000.00"),
                           cny("10000.00"), date(2026, 9, 1)),
        ),
        totals=BordereauTotals(
            cny("10000.00"), cny("0.00"), cny("3000000.00"), cny("1000000.00"),
            cny("1000000.00"), cny("1000000.00"), cny("90000.00"), cny("30000.00"),
        ),
    )  # fmt: skip


def subrogation_assignment() -> SubrogationAssignment:
    return SubrogationAssignment(
        number=f"{CLAIM}-A",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 28),
        claim_number=CLAIM,
        policy_number=POLICY,
        assignor=BANK,
        debtor=BORROWER,
        event_on=date(2027, 6, 21),
        paid=cny("384000.00"),
        borne=(
            Borne(FUND, "政府资金池 public pool", cny("1296000.00")),
            Borne("bank", "银行 bank", cny("720000.00")),
            Borne("insurer", "保险人 insurer", cny("384000.00")),
        ),
        loss=cny("2400000.00"),
        basis="借款合同 loan contract HT-2026-018",
        recourse=("请求清偿的权利。 The claim against the debtor.", "质权。 The pledges."),
        rights=base.rights(),
        duties=("协助追偿。 The insured helps.",),
    )


FORMS: Mapping[str, Callable[[], Any]] = {
    "proposal": proposal,
    "cover_note": cover_note,
    "premium_note": premium_note,
    "request_for_papers": request_for_papers,
    "decision_letter": decision_letter,
    "bordereau": bordereau,
    "subrogation_assignment": subrogation_assignment,
}

"""The same forms made hard: long names, 40 rights, amounts of fifteen digits, mark-up."""

from dataclasses import replace
from datetime import date
from typing import Any

from documents.blocks import Clause, Finding
from documents.forms.claim_receipt import ClaimReceipt
from documents.forms.policy_schedule import PolicySchedule
from documents.forms.quote_letter import QuoteLetter
from documents.forms.recovery_statement import GivenAnew, RecoveryStatement
from documents.forms.rows import LayerShare, Right
from documents.forms.settlement_rows import BorneShare, Call, LossLine
from documents.forms.settlement_statement import SettlementStatement
from kernel.money import MAX_MINOR, Money

MOST = Money(MAX_MINOR, "CNY")
NONE = Money(0, "CNY")
HOSTILE = '<b>&"甲"</b> <a href="http://evil.example/">银行</a> <img src="x.png"/> {0} %s &amp; \\n'
LONG_NAME = (
    "内蒙古自治区呼伦贝尔市鄂温克族自治旗伊敏河镇新时代绿色低碳知识产权运营与科技成果转化服务"
    "（集团）股份有限公司 Inner Mongolia Hulunbuir Low-Carbon Intellectual Property Operation and"
    " Technology Transfer (Group) Company Limited by Shares"
)
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def _names(form: Any, **more: Any) -> Any:
    kept = {
        "insurer_name": LONG_NAME,
        "bank": HOSTILE,
        "borrower": LONG_NAME + UNBROKEN,
        "notes": (HOSTILE, LONG_NAME, "一" * 3000, "word " * 400),
        **more,
    }
    return replace(form, **{name: value for name, value in kept.items() if hasattr(form, name)})


def _rights() -> tuple[Right, ...]:
    return tuple(
        Right(
            f"发明专利 Invention patent {HOSTILE if n == 7 else ''}",
            f"ZL2020101{n:05d}.X",
            f"一种面向{'超' * (n % 30)}高功率激光的 multi-layer optical coating 第{n}号方法",
            LONG_NAME if n % 5 == 0 else "中山市精微光电科技有限公司",
            None if n % 3 == 0 else date(2040, 1, 1 + n % 28),
            MOST if n % 4 == 0 else Money(n * 1234567, "CNY"),
        )
        for n in range(1, 41)
    )


def quote_letter(form: QuoteLetter) -> QuoteLetter:
    first = form.premium_lines[0]
    return _names(
        form,
        insured_sum=MOST,
        loan=replace(form.loan, amount=MOST, drawdown_on=None, repayment=LONG_NAME),
        premium_lines=(replace(first, basis=LONG_NAME, amount=MOST),),
        premium=MOST,
        payers=(replace(form.payers[0], name=HOSTILE, amount=MOST),),
        rights=_rights(),
        scheme=replace(form.scheme, shares=_layers()),
        who_pays=(
            replace(form.who_pays[0], party=LONG_NAME, expected=MOST, worst=MOST),
            *(replace(form.who_pays[1], party=HOSTILE, year=n, expected=NONE) for n in range(40)),
        ),
        outcome="declined",
        findings=tuple(
            Finding(f"a-very-long-finding-code-{n}", HOSTILE + LONG_NAME, "第 4 条", LONG_NAME)
            for n in range(12)
        ),
    )


def _layers() -> tuple[LayerShare, ...]:
    return tuple(
        LayerShare(f"第{n}层 Layer {n}", LONG_NAME if n % 2 else HOSTILE, "54/100", MOST)
        for n in range(1, 15)
    )


def policy_schedule(form: PolicySchedule) -> PolicySchedule:
    clause = Clause("特别长的免责条款 " + HOSTILE, "保险人不负赔偿责任。" * 600, is_exemption=True)
    return _names(
        form,
        policyholder=replace(form.policyholder, name=LONG_NAME, address=LONG_NAME),
        insured=replace(form.insured, name=HOSTILE),
        insured_sum=MOST,
        rights=_rights(),
        scheme=replace(form.scheme, title=LONG_NAME, shares=_layers()),
        limits=(LONG_NAME, HOSTILE),
        clauses=(*form.clauses, clause, *form.clauses * 5),
        special_conditions=(HOSTILE,) * 30,
        explanations=(
            replace(form.explanations[0], explained_by=HOSTILE, clauses=(LONG_NAME,) * 9),
        )
        * 3,
        unexplained=(LONG_NAME, HOSTILE),
    )


def claim_receipt(form: ClaimReceipt) -> ClaimReceipt:
    first = replace(form.claimed[0], amount=MOST)
    return _names(
        form,
        claimed=(first,),
        total_claimed=MOST,
        first_reserve=None,
        findings=(),
        papers=tuple(replace(form.papers[n % 4], name=f"{n} {LONG_NAME}") for n in range(40)),
        policy_number="IPPG4400202600001" * 5,
    )


def settlement_statement(form: SettlementStatement) -> SettlementStatement:
    return _names(
        form,
        losses=(
            LossLine(LONG_NAME, MOST, MOST, HOSTILE),
            *(LossLine(f"费用 {n}", NONE, NONE, "无") for n in range(60)),
        ),
        asked=MOST,
        approved=MOST,
        eligible=MOST,
        ineligible=MOST,
        shares=(
            BorneShare(LONG_NAME, HOSTILE, MOST, MOST, LONG_NAME),
            BorneShare(HOSTILE, "银行 Bank", NONE, NONE, "没有 None " * 200),
        ),
        due=MOST,
        borne=MOST,
        uncovered=NONE,
        steps=(LONG_NAME,) * 9,
        payment=MOST,
        calls=(Call(HOSTILE, MOST, date(2027, 1, 1), LONG_NAME),),
        called=MOST,
    )


def recovery_statement(form: RecoveryStatement) -> RecoveryStatement:
    row = replace(
        form.total, party=LONG_NAME, borne=MOST, now=MOST, in_total=MOST, still_borne=-MOST
    )
    return _names(
        form,
        gross=MOST,
        costs=NONE,
        net=MOST,
        parties=(row, *(replace(row, party=HOSTILE, **_nothing()) for _ in range(8))),
        total=row,
        source=HOSTILE,
        rule=LONG_NAME,
        surplus_to=HOSTILE,
        changed=(GivenAnew(HOSTILE, date(2027, 1, 1), MOST, NONE, NONE, MOST),) * 3,
    )


def _nothing() -> dict[str, Money]:
    return dict.fromkeys(("borne", "now", "in_total", "still_borne"), NONE)

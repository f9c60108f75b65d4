"""The papers about a letter as they leave the house on a good day, and made hard."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from documents.blocks import Label
from documents.forms.letter_refusal import Demanded
from documents.forms.payment_advice import PaidLine
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.letters.terms import District
from underwriting.papers.customs_letter import customs_letter as fill_customs_letter
from underwriting.papers.letter_answers import letter_refusal as fill_letter_refusal
from underwriting.papers.letter_answers import payment_advice as fill_payment_advice
from underwriting.papers.letter_changes import letter_amendment as fill_letter_amendment
from underwriting.papers.letter_changes import letter_extension as fill_letter_extension
from underwriting.papers.letter_ends import letter_release as fill_letter_release
from underwriting.papers.letter_ends import letter_revocation as fill_letter_revocation
from underwriting.papers.pledge_papers import pledge_certificate as fill_pledge_certificate
from underwriting.papers.pledge_papers import pledge_release as fill_pledge_release


def _terms() -> ModuleType:
    """The letter of the trade that all tests share; read by its path, also in another process."""
    if "letters_sample" not in sys.modules:
        path = Path(__file__).parents[1] / "letters_sample.py"
        spec = spec_from_file_location("letters_sample", path)
        sys.modules["letters_sample"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["letters_sample"])
    return sys.modules["letters_sample"]


HASH = "3f0c9a1e5b7d2468ace013579bdf2468" * 2
SIGNATORY = "保函业务部总经理 General Manager, Guarantees"
PROVEN = {"code_url": "https://verify.example.org/v/CGL2600000001E/3f0c9a1e5b7d2468"}
PROVEN |= {"content_hash": HASH, "signatory": SIGNATORY}


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def customs_letter() -> Any:
    return fill_customs_letter(_terms().a_letter(), **PROVEN)


def letter_amendment() -> Any:
    before = _terms().a_letter()
    third = District(code="5301", zh="蛇口海关", en="Shekou Customs, Shenzhen", role="declaring")
    after = replace(
        before,
        version=2,
        amount=cny("8000000.00"),
        beneficiaries=(*before.beneficiaries, third),
        claim_until=date(2028, 6, 30),
    )
    return fill_letter_amendment(
        before,
        after,
        number="CGL2600000001E-A1",
        on=date(2027, 1, 11),
        reason="新增蛇口口岸业务，进口计划调增 A port is added and imports grow",
        **PROVEN,
    )


def letter_extension() -> Any:
    before = _terms().a_letter()
    after = replace(
        before, version=2, usable_until=date(2027, 10, 31), claim_until=date(2028, 7, 31)
    )
    return fill_letter_extension(
        before,
        after,
        number="CGL2600000001E-E1",
        on=date(2027, 8, 16),
        reason="受益人要求延期或者付款 The beneficiary asked to extend or pay",
        **PROVEN,
    )


def letter_release() -> Any:
    return fill_letter_release(
        _terms().a_letter(),
        number="CGL2600000001E-R1",
        on=date(2027, 9, 30),
        grounds=Label("被担保的义务已全部履行", "The obligation secured has been met"),
        reference="海关担保解除通知 蓉关税担解〔2027〕12 号",
        paid=cny("312450.80"),
        **PROVEN,
    )


def letter_revocation() -> Any:
    return fill_letter_revocation(
        _terms().a_letter(),
        number="CGL2600000001E-V1",
        on=date(2026, 11, 24),
        grounds=Label("受益人关区填写错误，另行开立", "A district was wrong; issued anew"),
        consent=None,
        **PROVEN,
    )


def demanded() -> Demanded:
    return Demanded(
        number="D-2027-000003",
        by=Label("洋山海关", "Yangshan Customs, Shanghai"),
        declaration="224820271000012345",
        received_on=date(2027, 5, 10),
        amount=cny("312450.80"),
        due_on=date(2027, 5, 24),
    )


def letter_refusal() -> Any:
    found = (
        Finding(
            "declared-outside-period",
            Effect.DECLINE,
            "The declaration was lodged after the last day of use.",
            "报关单申报日晚于使用截止日。",
            "两个期间 Two periods",
            "",
        ),
        Finding(
            "statement-missing",
            Effect.DECLINE,
            "The statement that the tax was not paid in time is missing.",
            "缺少债务人未按期缴纳税款的声明。",
            "索赔单据 (2)",
            "补交声明 present the statement",
        ),
    )
    return fill_letter_refusal(
        _terms().a_letter(),
        demanded(),
        found,
        number="CGL2600000001E-N1",
        on=date(2027, 5, 14),
        refused_by=date(2027, 5, 17),
        **PROVEN,
    )


def payment_advice() -> Any:
    number = "224820271000012345"
    lines = (
        PaidLine(Label("进口关税", "Import duty"), number, cny("180000.00")),
        PaidLine(Label("进口环节增值税", "Import VAT"), number, cny("130000.00")),
        PaidLine(Label("滞纳金", "Late surcharge"), number, cny("2450.80")),
    )
    return fill_payment_advice(
        _terms().a_letter(),
        demanded(),
        lines,
        number="CGL2600000001E-P1",
        on=date(2027, 5, 21),
        paid_before=cny("0.00"),
        left=cny("4687549.20"),
        account="国家金库上海市分库洋山海关 Treasury, account of Yangshan Customs",
        **PROVEN,
    )


def pledge_certificate() -> Any:
    return fill_pledge_certificate(
        _terms().a_letter(),
        number="PC-2026-000001",
        on=date(2026, 11, 20),
        arrears_checked_on=date(2026, 11, 12),
        signatory=SIGNATORY,
    )


def pledge_release() -> Any:
    terms = _terms().a_letter()
    kept = replace(terms.security[0], number="ZL202110654321.0", title="一种光栅尺读数头")
    return fill_pledge_release(
        replace(terms, security=(*terms.security, kept)),
        number="PR-2027-000001",
        on=date(2027, 10, 8),
        grounds=Label("保函已解除，追偿权不再发生", "The letter is released; no recourse"),
        released=(terms.security[0].number,),
    )


FORMS: Mapping[str, Callable[[], Any]] = {
    "customs_letter": customs_letter,
    "letter_amendment": letter_amendment,
    "letter_extension": letter_extension,
    "letter_release": letter_release,
    "letter_revocation": letter_revocation,
    "letter_refusal": letter_refusal,
    "payment_advice": payment_advice,
    "pledge_certificate": pledge_certificate,
    "pledge_release": pledge_release,
}

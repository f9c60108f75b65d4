"""What the papers about a letter must say, and what they refuse to be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from documents.blocks import Clauses, Facts, Label, Listing, Seal
from documents.render import Form, Pdf, render
from documents.words import in_chinese, in_english
from kernel.errors import Invalid
from kernel.money import Money

MANDATORY = {
    "letter_no": "CGL2600000001E",
    "version": "版本 Version 1",
    "instrument_kind": "文书种类 Instrument 保函 Letter of guarantee",
    "nature": "保证方式 Liability 连带责任保证 Joint and several",
    "rules": "适用规则 Rules 不适用 None",
    "mode": "使用方式 Mode 总担保 General, revolving",
    "purposes": "汇总征税、税款未缴纳先予放行、商品归类、完税价格、原产地未确定",
    "beneficiary registering": "7902 成都双流机场海关 Chengdu Shuangliu Airport Customs 注册地海关",
    "beneficiary declaring": "2248 洋山海关 Yangshan Customs, Shanghai 申报地海关",
    "debtor": "四川示范精密仪器有限公司 Sichuan Shifan Precision Instruments Co., Ltd.",
    "debtor's register": "91510100MA6E00017H",
    "debtor's address": "1 Tianfu Avenue Middle, High-tech Zone, Chengdu, Sichuan, China",
    "debtor's customs code": "海关编码 Customs code 5101360017",
    "guarantor": "示范财产保险股份有限公司 Shifan Property Insurance Company Limited",
    "guarantor's branch": "四川分公司 Sichuan Branch",
    "guarantor's licence": "许可证号 Licence 000000510100",
    "guarantor's BIC": "ZHBACNBC",
    "guarantor's contact": "+86 28 0000 0000",
    "secured_obligation": "申报进口货物所产生的税款缴纳义务",
    "taxes": "进口关税、进口环节增值税、进口环节消费税、滞纳金",
    "surcharge": "按日 0.05 %，计入担保金额 0.05 % a day, within the amount",
    "amount": "CNY 5,000,000.00",
    "amount_words_zh": "人民币伍佰万元整",
    "amount_words_en": "Chinese Yuan five million only",
    "restore_rule": "税款缴清后恢复",
    "issue_date": "开立日期 Issued on 2026-11-20",
    "place": "签署地点 Place: 成都 Chengdu",
    "usable": "可使用期间 Usable 2026-11-23 至 to 2027-08-31",
    "claim_until": "索赔截止日 Claim until 2028-05-31",
    "effective_event": "生效 Effective 海关受理之日 On acceptance",
    "demand_documents 1": "(1) 海关书面索赔通知书",
    "demand_documents 2": "(2) 债务人未在规定期限内缴纳税款的声明",
    "demand_place": "2 Dongdajie Street, Jinjiang District, Chengdu",
    "demand_days": "付款期限 Pay within 10 个工作日 working days",
    "demand clock": "自收到索赔之次日起算",
    "examination": "审核期限 Examination 5 个工作日",
    "medium": "纸质或者电子 Paper or electronic",
    "partial, multiple": "可部分、可多次 Partial, several",
    "transferable": "可否转让 Transferable 不可转让 No",
    "termination_events": "索赔截止日届满而无未决索赔、担保金额全部支付，或者受益人书面解除担保",
    "governing_law": "中华人民共和国法律",
    "court": "成都海关所在地有管辖权的人民法院",
    "charges_payer": "费用承担 Charges 被担保人",
    "wording": "customs-letter/1",
    "prevailing": "以中文文本为准",
    "joint liability": "无须先向被担保人追缴，亦无须先行处分任何担保物",
    "independence": "知识产权质权，其价值减损、失效、被宣告无效",
    "independence, English": "does not affect what is owed to a beneficiary under this letter",
    "irrevocable": "本保函生效后不可撤销",
    "exemption": "免责提示 Exemption",
    "signatory": "有权签字人 Authorised signatory: 保函业务部总经理",
    "seal": "（盖章处 Seal）",
    "content_hash": "3f0c9a1e5b7d2468ace013579bdf2468" * 2,
    "verify_url": "https://verify.example.org/v/CGL2600000001E/3f0c9a1e5b7d2468",
}


@pytest.fixture
def text_of(
    pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader], squeezed: Callable[[str], str]
) -> Callable[[Form], str]:
    return lambda form: squeezed("".join(p.extract_text() for p in read(pdf_of(form)).pages))


@pytest.mark.parametrize("field", MANDATORY)
def test_every_mandatory_field_stands_on_the_letter(
    field: str,
    good_forms: dict[str, Any],
    text_of: Callable[[Form], str],
    squeezed: Callable[[str], str],
) -> None:
    assert squeezed(MANDATORY[field]) in text_of(good_forms["customs_letter"])


def test_the_usual_letter_has_two_pages_and_each_usual_notice_one(
    good_forms: dict[str, Any], pdf_of: Callable[[Form], Pdf]
) -> None:
    assert pdf_of(good_forms["customs_letter"]).pages == 2
    assert pdf_of(replace(good_forms["customs_letter"], declarations=())).pages == 2
    for name in (
        "letter_amendment", "letter_extension", "letter_release", "letter_revocation",
        "letter_refusal", "pledge_certificate", "pledge_release",
    ):  # fmt: skip
        assert pdf_of(good_forms[name]).pages == 1, name


def test_chinese_stands_before_english(good_forms: dict[str, Any]) -> None:
    for block in good_forms["customs_letter"].blocks():
        if isinstance(block, Clauses):
            for clause in block.clauses:
                zh, en = clause.text.split("\n")
                assert any("一" <= char <= "鿿" for char in zh)
                assert en.isascii()


def test_the_pledge_is_printed_only_where_customs_asks(
    good_forms: dict[str, Any], hostile: str
) -> None:
    letter = good_forms["customs_letter"]
    assert "IP pledged" not in repr(letter.blocks())
    lines = good_forms["pledge_certificate"].pledged
    asked = replace(letter, security=lines)
    assert lines[0].number in repr(asked.blocks())


def test_fifteen_digits_and_forty_rights_keep_their_columns(
    hard_form: Form, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    text = "\n".join(page.extract_text() for page in read(pdf_of(hard_form)).pages)
    if type(hard_form).__name__ in {"CustomsLetter", "PledgeCertificate"}:
        assert text.count("999,999,999,999,999.99") >= 10
        assert "ZL202010100040.X" in text


def test_a_release_brings_the_amount_to_nothing(
    good_forms: dict[str, Any], text_of: Callable[[Form], str], squeezed: Callable[[str], str]
) -> None:
    release = good_forms["letter_release"]
    (decrease,) = (
        one for one in release.blocks() if isinstance(one, Listing) and "Decrease" in one.heading.en
    )
    assert decrease.total == (Label("解除后担保余额", "Outstanding after"), Money(0, "CNY"))
    assert decrease.rows[0][1] == release.outstanding
    for words in (in_chinese(Money(0, "CNY")), in_english(Money(0, "CNY"))):
        assert squeezed(words) in text_of(release)
    assert "CNY4,687,549.20" in text_of(release)


def test_a_refusal_is_complete_and_in_time(good_forms: dict[str, Any]) -> None:
    refusal = good_forms["letter_refusal"]
    assert "2 discrepancies, all of them stated" in repr(refusal.blocks())
    with pytest.raises(AssertionError, match="names why"):
        replace(refusal, discrepancies=())
    with pytest.raises(AssertionError, match="late is paid"):
        replace(refusal, refused_by=refusal.proof.on - timedelta(days=1))


def test_an_amendment_changes_something_and_makes_a_later_version(
    good_forms: dict[str, Any],
) -> None:
    amendment = good_forms["letter_amendment"]
    with pytest.raises(AssertionError, match="changes something"):
        replace(amendment, changed=())
    with pytest.raises(AssertionError, match="later version"):
        replace(amendment, version=1)


@pytest.mark.parametrize(
    ("usable", "claim", "held"),
    [
        (date(2027, 8, 31), date(2028, 6, 30), True),
        (date(2027, 9, 30), date(2028, 5, 31), True),
        (date(2027, 8, 31), date(2028, 5, 31), False),
        (date(2027, 8, 30), date(2028, 6, 30), False),
        (date(2027, 9, 30), date(2028, 5, 30), False),
    ],
)
def test_an_extension_moves_days_later_and_never_back(
    usable: date, claim: date, *, held: bool, good_forms: dict[str, Any]
) -> None:
    extension = good_forms["letter_extension"]
    if held:
        assert replace(extension, usable_until=usable, claim_until=claim).blocks()
    else:
        with pytest.raises(AssertionError):
            replace(extension, usable_until=usable, claim_until=claim)


def test_a_revocation_says_on_whose_word(good_forms: dict[str, Any]) -> None:
    before = good_forms["letter_revocation"]
    assert "Before acceptance by customs" in repr(before.blocks())
    after = replace(before, consent="蓉关函〔2027〕3 号")
    assert "Before acceptance by customs" not in repr(after.blocks())
    assert "蓉关函〔2027〕3 号" in repr(after.blocks())


def test_lines_of_a_payment_are_what_was_paid(good_forms: dict[str, Any]) -> None:
    advice = good_forms["payment_advice"]
    with pytest.raises(AssertionError, match="does not add up"):
        replace(advice, paid=Money(1, "CNY")).blocks()


def test_a_pledge_release_frees_something(good_forms: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="frees something"):
        replace(good_forms["pledge_release"], released=())


def test_a_pledge_paper_has_no_code_and_a_letter_has_one(good_forms: dict[str, Any]) -> None:
    def seal(name: str) -> Seal:
        (found,) = (one for one in good_forms[name].blocks() if isinstance(one, Seal))
        return found

    assert seal("pledge_certificate").code is None
    assert seal("customs_letter").code.url == good_forms["customs_letter"].proof.code_url


def test_facts_of_a_letter_have_labels_of_their_own(good_forms: dict[str, Any]) -> None:
    for block in good_forms["customs_letter"].blocks():
        if isinstance(block, Facts) and block.heading.en != "Parties":
            labels = [fact.label for fact in block.facts]
            assert len(set(labels)) == len(labels)


def test_a_character_that_cannot_be_shown_stops_the_letter(good_forms: dict[str, Any]) -> None:
    letter = good_forms["customs_letter"]
    debtor = replace(letter.debtor, name=Label("𠮷田工业有限公司", "Yoshida"))
    with pytest.raises(Invalid) as refused:
        render(replace(letter, debtor=debtor))
    assert refused.value.faults[0].field == "debtor.name.zh"
    assert "U+20BB7" in refused.value.faults[0].problem

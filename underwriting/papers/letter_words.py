"""What each code of a letter's terms is called on paper, in both languages."""

from collections.abc import Mapping
from typing import Final

from documents.blocks import Label
from underwriting.letters.terms import Mode, Purpose, TaxKind

KINDS: Final[Mapping[str, Label]] = {
    "letter": Label("保函", "Letter of guarantee"),
    "policy": Label("关税保证保险单", "Duty guarantee insurance policy"),
}
NATURES: Final[Mapping[str, Label]] = {
    "joint_and_several": Label("连带责任保证", "Joint and several"),
    "independent": Label("独立保函", "Independent undertaking"),
}
RULES: Final[Mapping[str, Label]] = {
    "NONE": Label("不适用", "None"),
    "URDG": Label("国际商会见索即付保函统一规则", "URDG 758"),
    "ISPR": Label("国际备用证惯例", "ISP98"),
    "OTHR": Label("其他规则，见条款", "Other rules, see the terms"),
}
MODES: Final[Mapping[Mode, Label]] = {
    "single": Label("单笔担保", "Single"),
    "revolving": Label("总担保", "General, revolving"),
}
PURPOSES: Final[Mapping[Purpose, Label]] = {
    "aggregated_collection": Label("汇总征税", "aggregated collection"),
    "payment_term": Label("税款未缴纳先予放行", "release before the tax is paid"),
    "taxation_elements": Label(
        "商品归类、完税价格、原产地未确定", "classification, value or origin open"
    ),
}
TAXES: Final[Mapping[TaxKind, Label]] = {
    "duty": Label("进口关税", "import duty"),
    "import_vat": Label("进口环节增值税", "import VAT"),
    "consumption_tax": Label("进口环节消费税", "import consumption tax"),
    "anti_dumping": Label("反倾销税", "anti-dumping duty"),
    "countervailing": Label("反补贴税", "countervailing duty"),
    "surcharge": Label("滞纳金", "late surcharge"),
}
ROLES: Final[Mapping[str, Label]] = {
    "registering": Label("注册地海关", "district of registration"),
    "declaring": Label("申报地海关", "district of declaration"),
    "both": Label("注册地及申报地海关", "district of registration and of declaration"),
}
EFFECTIVE: Final[Mapping[str, Label]] = {
    "customs_acceptance": Label("海关受理之日", "On acceptance"),
    "issue": Label("开立之日", "On issue"),
}
DAY_KINDS: Final[Mapping[str, Label]] = {
    "working": Label("个工作日", "working days"),
    "calendar": Label("日", "days"),
}
MEDIA: Final[Mapping[str, Label]] = {
    "paper": Label("纸质", "Paper"),
    "electronic": Label("电子", "Electronic"),
    "both": Label("纸质或者电子", "Paper or electronic"),
}
CHARGES: Final[Mapping[str, Label]] = {
    "debtor": Label("被担保人", "The debtor"),
    "guarantor": Label("担保人", "The guarantor"),
}
LANGUAGES: Final[Mapping[str, Label]] = {
    "zh": Label("中文", "Chinese"),
    "en": Label("英文", "English"),
}
RESTORED: Final[Mapping[bool, Label]] = {
    True: Label("税款缴清后恢复", "On payment of tax"),
    False: Label("不恢复", "None"),
}
TRANSFERABLE: Final[Mapping[bool, Label]] = {
    True: Label("可以转让", "Yes"),
    False: Label("不可转让", "No"),
}


def demands_in_words(*, partial: bool, multiple: bool) -> Label:
    """Say whether payment may be demanded in part, and more than once."""
    if partial:
        return Label("可部分、可多次", "Partial, several") if multiple else _PARTIAL_ONCE
    return Label("全额可多次", "Whole, several") if multiple else Label("全额一次", "Whole, once")


_PARTIAL_ONCE: Final = Label("可部分、一次", "Partial, once")

"""The papers about a letter made hard: long names, 40 rights, amounts of fifteen digits."""

from dataclasses import replace
from datetime import date
from typing import Any

from documents.blocks import Finding, Label
from documents.forms.letter_amendment import ChangedTerm
from documents.forms.letter_rows import Bound, Concerned
from documents.forms.letter_schedule import Beneficiary, DeclarationLine, PledgeLine
from documents.forms.payment_advice import PaidLine
from kernel.money import MAX_MINOR, Money

MOST = Money(MAX_MINOR, "CNY")
NONE = Money(0, "CNY")
LONG_ZH = (
    "内蒙古自治区呼伦贝尔市鄂温克族自治旗伊敏河镇新时代绿色低碳知识产权运营与科技成果转化服务"
    "（集团）股份有限公司"
)
LONG_EN = (
    "Inner Mongolia Hulunbuir Low-Carbon Intellectual Property Operation and Technology Transfer"
    " (Group) Company Limited by Shares"
)
HOSTILE = '<b>&"甲"</b> <a href="http://evil.example/">银行</a> <img src="x.png"/> {0} %s &amp; \\n'
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
LONG = Label(LONG_ZH, LONG_EN)


def _bound(one: Bound) -> Bound:
    address = Label(LONG_ZH * 2, HOSTILE)
    return replace(one, name=LONG, address=address, lei=None, bic=UNBROKEN, customs_code=None)


def _letter(one: Concerned) -> Concerned:
    return replace(
        one,
        beneficiaries=tuple(Label(f"{n} {LONG_ZH}", HOSTILE) for n in range(30)),
        debtor=LONG,
        guarantor=Label(HOSTILE, UNBROKEN),
        amount=MOST,
    )


def pledged(count: int = 40) -> tuple[PledgeLine, ...]:
    return tuple(
        PledgeLine(
            f"ZL2020101{n:05d}.X",
            f"一种面向{'超' * (n % 30)}高功率激光的 multi-layer optical coating 第{n}号方法",
            None if n % 3 == 0 else f"Y20265100{n:05d}",
            date(2040, 1, 1 + n % 28),
            1 + n % 3,
            MOST if n % 4 == 0 else Money(n * 1234567, "CNY"),
        )
        for n in range(1, count + 1)
    )


def customs_letter(form: Any) -> Any:
    return replace(
        form,
        insurer_name=LONG_ZH,
        replaces=HOSTILE,
        beneficiaries=tuple(
            Beneficiary(f"{n:04d}", LONG, Label(HOSTILE, "declaring")) for n in range(20)
        ),
        debtor=_bound(form.debtor),
        guarantor=_bound(form.guarantor),
        obligation=Label(LONG_ZH * 4, LONG_EN * 4),
        amount=MOST,
        declarations=tuple(
            DeclarationLine(f"{n:018d}", date(2026, 12, 1), MOST) for n in range(60)
        ),
        security=pledged(),
    )


def letter_amendment(form: Any) -> Any:
    rows = tuple(
        ChangedTerm(Label(f"{n} {LONG_ZH}", HOSTILE), None if n % 2 else MOST, LONG_EN * 3)
        for n in range(40)
    )
    return replace(form, letter=_letter(form.letter), reason=HOSTILE, amount=MOST, changed=rows)


def letter_extension(form: Any) -> Any:
    return replace(form, letter=_letter(form.letter), reason=(HOSTILE + LONG_ZH) * 8)


def letter_release(form: Any) -> Any:
    return replace(
        form,
        letter=_letter(form.letter),
        grounds=Label(LONG_ZH * 9, HOSTILE),
        paid=MOST,
        outstanding=MOST,
    )


def letter_revocation(form: Any) -> Any:
    return replace(
        form, letter=_letter(form.letter), grounds=Label(LONG_ZH * 9, HOSTILE), consent=UNBROKEN
    )


def letter_refusal(form: Any) -> Any:
    found = tuple(
        Finding(f"a-very-long-finding-code-{n}", HOSTILE + LONG_ZH, "第 4 条", LONG_EN)
        for n in range(25)
    )
    hard = replace(form.demanded, by=LONG, amount=MOST, declaration=None)
    return replace(form, letter=_letter(form.letter), demanded=hard, discrepancies=found)


def payment_advice(form: Any) -> Any:
    lines = (
        PaidLine(LONG, UNBROKEN, MOST),
        *(PaidLine(Label(f"{n}", HOSTILE), "1" * 18, NONE) for n in range(60)),
    )
    return replace(
        form,
        letter=_letter(form.letter),
        lines=lines,
        paid=MOST,
        paid_before=MOST,
        left=MOST,
        account=UNBROKEN,
    )


def pledge_certificate(form: Any) -> Any:
    return replace(
        form,
        pledgor=_bound(form.pledgor),
        pledgee=_bound(form.pledgee),
        secured=LONG,
        maximum=MOST,
        arrears_checked_on=None,
        pledged=pledged(),
    )


def pledge_release(form: Any) -> Any:
    return replace(
        form,
        pledgor=_bound(form.pledgor),
        pledgee=_bound(form.pledgee),
        released=pledged(),
        kept=pledged(20),
    )

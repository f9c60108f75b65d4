"""What an indication assumes: one thing at a time, with its source and with what would mend it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from underwriting.indication.asked import IndicationAsked
from underwriting.pledge.forms import Grade
from underwriting.providers import RightDraft


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that was not stated and was taken.

    Attributes:
        field: of the request, or of a right: `rights[0].in_dispute`.
        values: what was taken; more than one makes a range.
        en: in words.
        zh: the same in Chinese.
        source: on what it rests.
        grade: of that source.
        cure: what to state instead.
    """

    field: str
    values: tuple[str, ...]
    en: str
    zh: str
    source: str
    grade: str
    cure: str


@cache
def taken() -> Mapping[str, Any]:
    """Return the shipped figures: field -> values, source, grade."""
    text = files(__package__).joinpath("assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def ranges(asked: IndicationAsked, terms: Mapping[str, Any]) -> tuple[Assumption, ...]:
    """Return the assumptions that change the price: grade, value, interest, scheme.

    Grades that the tariff declines are left out: there is no price for them.
    """
    found = []
    if asked.grade is None:
        declined = terms["limits"]["decline_grades"]
        grades = tuple(grade.value for grade in Grade if grade.value not in declined)
        en, zh = (
            "the borrower may have any grade that is taken",
            "借款人信用等级未知，按可承保的各等级计",
        )
        source = "the tariff: limits.decline_grades"
        found.append(Assumption("grade", grades, en, zh, source, "C", "state the grade"))
    if asked.value_multiple is None and any(right.appraised is None for right in asked.rights):
        found.append(_figure("value_multiple", "the rights are worth these multiples of the loan",
                             "质物价值按贷款额的倍数计", "state the appraised values"))  # fmt: skip
    if asked.annual_rate is None:
        found.append(_figure("annual_rate", "interest a year of the loan", "贷款年利率",
                             "state the interest"))  # fmt: skip
    if asked.scheme is None:
        found.append(_figure("scheme", "nobody shares the loss with the insurer",
                             "无其他分担方，损失由保险人承担", "name the scheme"))  # fmt: skip
    return tuple(found)


def _figure(field: str, en: str, zh: str, cure: str) -> Assumption:
    row = taken()[field]
    values = tuple(str(value) for value in row["values"])
    return Assumption(field, values, en, zh, row["source"], row["grade"], cure)


def fixed(asked: IndicationAsked, drafts: Sequence[RightDraft]) -> Iterator[Assumption]:
    """Yield the assumptions that are one value: plan, borrower, day, purpose, silent records."""
    owner = drafts[0].fields.get("owner", "")
    for field, stated, value, en, zh in (
        ("plan", asked.plan, "bullet", "principal is repaid at the end", "到期一次还本"),
        ("borrower", asked.borrower, owner, "the first owner borrows", "借款人为第一权利人"),
        ("ip_share", asked.ip_share, "1", "IP secures the whole loan", "贷款全部由知识产权担保"),
        ("drawdown", None, "today", "the loan is drawn today", "贷款于当日发放"),
        ("refinancing", None, "no", "it repays no other loan", "非以新还旧"),
    ):
        if stated is None:
            yield Assumption(field, (value,), en, zh, "house", "C", f"state {field} in a quote")
    for number, one in enumerate(drafts):
        for missing in one.missing:
            if not missing.needed:
                yield _silent(number, one, missing.field, missing.cure)
        for name, source in one.derived.items():
            value = str(one.fields[name])
            en, zh = f"{name} follows from the filing", f"{name} 由申请日推算"
            yield Assumption(f"rights[{number}].{name}", (value,), en, zh, source, "A", "state it")


def _silent(number: int, one: RightDraft, field: str, cure: str) -> Assumption:
    """Say what is taken where a record is silent: that nothing speaks against the right."""
    record = one.record
    return Assumption(
        f"rights[{number}].{field}", ("not stated",),
        f"nothing speaks against {record.number} under {field}: {record.source} is silent",
        f"{record.number} 的 {field} 无记载，按无不利事项计",
        f"{record.source}, {record.as_of}", "K", cure,
    )  # fmt: skip

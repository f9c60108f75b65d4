"""Who may decide: product x total amount x grade x term x deviation x findings -> a level."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.money import Money
from underwriting.rules.levels import LEVELS
from underwriting.rules.need import Case, Need, Reason, rank


def needed(case: Case, table: Mapping[str, Any] | None = None) -> Need:
    """Return the level that a case needs: the highest that any of its reasons needs.

    The shipped table is used unless one is given. Never falls as the total, the term, the
    deviation or the grade get worse, or as findings are added.
    """
    ruled = table or load_authority()
    rows = ruled["product"].get(case.product, ruled["product"]["other"])
    reasons = (*_axes(case, rows, ruled), *_findings(case, ruled))
    gravest = tuple(sorted(reasons, key=lambda reason: -rank(reason.level)))
    return Need(gravest[0].level, gravest)


@cache
def load_authority() -> Mapping[str, Any]:
    """Return the shipped table of authority."""
    text = (files(__package__) / "authority.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _axes(case: Case, rows: Mapping[str, Any], ruled: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield one reason for each axis that the product has."""
    unit = ruled["unit"].get(case.total.currency)
    one = None if unit is None else Money.of(unit, case.total.currency, "unit").minor
    level = _lowest(rows, lambda row: one is not None and case.total.minor <= row["units"] * one)
    yield _reason(
        "amount", level, f"{case.total} in all for this obligor", f"该义务人累计 {case.total}"
    )
    if any("worst_grade" in row for row in rows.values()):
        scale, grade = ruled["grades"], case.grade or "not stated"
        level = _lowest(rows, lambda row: grade in scale[: scale.index(row["worst_grade"]) + 1])
        yield _reason("grade", level, f"grade {grade}", f"信用等级 {case.grade or '未提供'}")
    level = _lowest(rows, lambda row: case.term_months <= row["term_months"])
    months = case.term_months
    yield _reason("term_months", level, f"a term of {months} months", f"期限 {months} 个月")
    off = abs(case.deviation)
    level = _lowest(rows, lambda row: off <= Fraction(row["deviation"]))
    yield _reason(
        "deviation",
        level,
        f"an offer {float(off):.1%} off the technical price",
        f"报价偏离技术价格 {float(off):.1%}",
    )


def _findings(case: Case, ruled: Mapping[str, Any]) -> Iterator[Reason]:
    clears = ruled["finding"]
    for code in dict.fromkeys(case.codes):
        axis, en, zh = f"findings.{code}", f"the finding {code}", f"审核事项 {code}"
        if code in ruled["never"]["codes"]:
            yield Reason(axis, None, f"{en} is cleared by nobody", f"{zh} 任何人不得放行")
        else:
            yield _reason(axis, clears.get(code, clears["other"]), en, zh)


def _lowest(rows: Mapping[str, Any], takes: Callable[[Any], bool]) -> str | None:
    """Return the lowest level whose row takes the case."""
    return next((level for level in LEVELS if level in rows and takes(rows[level])), None)


def _reason(axis: str, level: str | None, en: str, zh: str) -> Reason:
    if level is None:
        return Reason(axis, None, f"{en}: above every level", f"{zh}：超出所有授权")
    return Reason(axis, level, f"{en}: needs level {level}", f"{zh}：需 {level} 级授权")

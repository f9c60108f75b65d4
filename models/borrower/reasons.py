"""Why a PD is what it is: the columns that moved it most, in plain words, Chinese and English."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import exp, isnan
from typing import Any

from models.features import Feature, Kind

TOP = 4
LEAST = 0.01
"""Contributions to the log-odds below this are not worth a word (1 % of the odds)."""

_RATIO = "per 1"
"""The unit of what has none: it is not said aloud."""

_PROTECTED = frozenset(
    {
        "birth", "birthday", "birthplace", "dob", "disability", "ethnic", "ethnicity", "gender",
        "hometown", "hukou", "marital", "marriage", "married", "nationality", "pregnancy",
        "pregnant", "race", "religion", "sex",
        "address", "comment", "comments", "description", "email", "id", "idcard", "memo", "mobile",
        "name", "note", "notes", "passport", "phone", "remark", "remarks", "surname", "uscc",
    }
)  # fmt: skip
_PROTECTED_ZH = ("性别", "出生", "民族", "种族", "宗教", "籍贯", "户口", "户籍", "婚", "孕",
                 "残疾", "姓名", "身份证", "电话", "手机", "住址", "备注")  # fmt: skip
_THINGS = frozenset(
    {"account", "asset", "business", "company", "debt", "enterprise", "firm", "ip", "loan",
     "patent", "receivables", "right", "stock", "trademark"}
)  # fmt: skip
_THINGS_ZH = ("企业", "公司", "专利", "商标", "贷款", "账", "资产", "设备")
_PERSONS = frozenset({"applicant", "boss", "chairman", "director", "founder", "owner", "person"})
_PERSONS_ZH = ("负责人", "法人", "股东", "创始人", "董事", "申请人", "个人", "配偶")


class Push(StrEnum):
    """Which way a column moved the PD."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Reason:
    """One column's part in a PD.

    Attributes:
        code: stable: direction and column, such as `UP:no_emp`.
        column: its name.
        push: up, more risk; or down.
        log_odds: contribution to the log-odds of default.
        odds_factor: exp of it: by how much it multiplies the odds.
        value: as given, in the feature's unit; None where missing or not to be repeated.
        typical: what is usual; None where not stated.
        en: the reason in English.
        zh: the reason in Chinese.
    """

    code: str
    column: str
    push: Push
    log_odds: float
    odds_factor: float
    value: float | str | None
    typical: float | str | None
    en: str
    zh: str

    def json(self) -> dict[str, Any]:
        """The reason as it crosses the wire."""
        return asdict(self) | {"push": self.push.value}


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons for one PD.

    Attributes:
        up: what raised it most, strongest first.
        down: what lowered it most, strongest first.
        rest: log-odds of all columns that are not named, protected ones among them.
    """

    up: tuple[Reason, ...]
    down: tuple[Reason, ...]
    rest: float

    def json(self) -> dict[str, Any]:
        """The reasons as they cross the wire."""
        named = {side: [r.json() for r in getattr(self, side)] for side in ("up", "down")}
        return {**named, "rest_log_odds": self.rest}


def reasons_of(
    contributions: Mapping[str, float],
    values: Mapping[str, Any],
    features: Iterable[Feature] = (),
    *,
    top: int = TOP,
) -> Reasons:
    """Pick the `top` columns that push up and the `top` that push down, in words.

    Args:
        contributions: column -> log-odds; without the base value.
        values: column -> value as the fit read it: a number, NaN or "" where missing, a level.
        features: words, units and typical values; a column without one goes by its name.
        top: how many for each direction, at least 1.

    Protected and personal columns are never named: their part is in `rest`. A level that the
    feature does not list is free text and is not repeated.
    """
    known = {feature.name: feature for feature in features}
    open_to = {
        column: known.get(column, Feature(column))
        for column, part in contributions.items()
        if abs(part) >= LEAST and not _unspoken(known.get(column, Feature(column)))
    }
    ordered = sorted(open_to, key=lambda column: (-abs(contributions[column]), column))
    chosen = [c for c in ordered if contributions[c] > 0.0][:top]
    chosen += [c for c in ordered if contributions[c] < 0.0][:top]
    found = [_reason(open_to[c], contributions[c], values.get(c)) for c in chosen]
    rest = sum(contributions.values()) - sum(reason.log_odds for reason in found)
    return Reasons(
        tuple(reason for reason in found if reason.push is Push.UP),
        tuple(reason for reason in found if reason.push is Push.DOWN),
        rest,
    )


def protected(name: str) -> bool:
    """Whether a column's name says that it is protected or personal, and must not be named.

    Age is, unless it is plainly the age of a thing, such as a firm or a patent.

    >>> protected("owner_gender"), protected("负责人年龄"), protected("firmAge"), protected("stage")
    (True, True, False, False)
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    words = set(re.findall(r"[a-z]+", spaced))
    if words & _PROTECTED or any(word in name for word in _PROTECTED_ZH):
        return True
    if "age" not in words and "年龄" not in name:
        return False
    person = words & _PERSONS or any(word in name for word in _PERSONS_ZH)
    thing = words & _THINGS or any(word in name for word in _THINGS_ZH)
    return bool(person) or not thing


def _unspoken(feature: Feature) -> bool:
    return any(protected(name) for name in (feature.name, feature.en, feature.zh))


def _reason(feature: Feature, part: float, value: Any) -> Reason:
    """Put one column into words."""
    push = Push.UP if part > 0.0 else Push.DOWN
    shown, en_value, zh_value = _shown(feature, value)
    verb, verb_zh = ("raises", "提高") if push is Push.UP else ("lowers", "降低")
    factor = f"{exp(part):.2f}"
    en = f"{feature.en or feature.name} {en_value}: {verb} the odds of default by x{factor}"
    zh = f"{feature.zh or feature.name}{zh_value}：{verb_zh}违约可能性（违约比值×{factor}）"
    code = f"{push.value.upper()}:{feature.name}"
    typical = feature.typical
    return Reason(code, feature.name, push, part, exp(part), shown, typical, en, zh)


def _shown(feature: Feature, value: Any) -> tuple[float | str | None, str, str]:
    """Return the value that may be repeated, and how it reads in English and Chinese."""
    if value is None or value == "" or (isinstance(value, float) and isnan(value)):
        return None, "is not given", "未提供"
    if feature.kind is Kind.CATEGORY or isinstance(value, str):
        if value not in feature.levels:
            return None, "is another than the listed ones", "为其他类别"
        usual = f" (usual: {feature.typical})" if feature.typical in feature.levels else ""
        usual_zh = f"（常见：{feature.typical}）" if usual else ""
        return str(value), f"is {value}{usual}", f"为{value}{usual_zh}"
    number = float(value)
    unit = "" if feature.unit in ("", _RATIO) else f" {feature.unit}"
    if not isinstance(feature.typical, int | float):
        return number, f"is {number:g}{unit}", f"为 {number:g}{unit}"
    side, side_zh = _side(number, float(feature.typical))
    usual = f"{feature.typical:g}"
    return (
        number,
        f"is {number:g}{unit}, {side} the usual {usual}",
        f"为 {number:g}{unit}，{side_zh}常见值 {usual}",
    )


def _side(value: float, typical: float) -> tuple[str, str]:
    if value == typical:
        return "just", "等于"
    return ("above", "高于") if value > typical else ("below", "低于")

"""The steps by which a loss was shared, kept as values and put into words on demand."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from kernel.money import Money


class StepKind(StrEnum):
    """What was done; the order of the members is the order of application."""

    ELIGIBLE = "eligible"
    BRACKET = "bracket"
    LAYER = "layer"
    FUSE = "fuse"
    CAP = "cap"
    DEFAULT = "default"
    TAKES = "takes"
    UNCOVERED = "uncovered"


class Step(NamedTuple):
    """One step.

    Attributes:
        kind: what was done.
        minor: the amount concerned, in minor units.
        currency: ISO 4217 code.
        party: whom it concerns; empty where it concerns all.
        term: the term applied, as the scheme writes it.
    """

    kind: StepKind
    minor: int
    currency: str
    party: str = ""
    term: str = ""


_EN = {
    StepKind.ELIGIBLE: "eligible loss {amount}: {term}",
    StepKind.BRACKET: "shares of the bracket for {term}",
    StepKind.LAYER: "layer {term} takes {amount}",
    StepKind.FUSE: "fuse {term} has blown: {party} bears nothing of {amount}",
    StepKind.CAP: "cap on {party} ({term}) cuts {amount}",
    StepKind.DEFAULT: "{party} is in default and bears nothing of {amount}",
    StepKind.TAKES: "{party} takes {amount} that {term} left",
    StepKind.UNCOVERED: "{amount} that {term} left stays uncovered",
}
_ZH = {
    StepKind.ELIGIBLE: "可分担损失 {amount}：{term}",
    StepKind.BRACKET: "适用分档：{term}",
    StepKind.LAYER: "第 {term} 层承担 {amount}",
    StepKind.FUSE: "熔断 {term}：{party} 对 {amount} 不承担",
    StepKind.CAP: "{party} 的上限（{term}）削减 {amount}",
    StepKind.DEFAULT: "{party} 违约，对 {amount} 不承担",
    StepKind.TAKES: "{term} 所余 {amount} 由 {party} 承担",
    StepKind.UNCOVERED: "{term} 所余 {amount} 无人承担",
}


_TERMS: Final = {
    r"principal_interest_costs\b": ("本金、利息及费用", "principal, interest and costs"),
    r"principal_interest\b": ("本金及利息", "principal and interest"),
    r"principal\b": ("本金", "principal"),
    r" x IP share (\S+)": (r" × 知识产权份额 \1", r" x IP share \1"),
    r"pool balance": ("资金池余额", "pool balance"),
    r"(\S+) of the portfolio": (r"组合的 \1", r"\1 of the portfolio"),
    r"(\S+) per loan": (r"每笔贷款 \1", r"\1 per loan"),
    r"(\S+) per year": (r"每年 \1", r"\1 per year"),
    r"cap on (\w+)": (r"\1 的上限", r"cap on \1"),
    r"fuse on (\w+)": (r"\1 的熔断", r"fuse on \1"),
    r"the last layer": ("最后一层", "the last layer"),
    r"default of (\w+)": (r"\1 的违约", r"default of \1"),
    r"loans up to (\S+?)(?=,|$)": (r"不超过 \1 的贷款", r"loans up to \1"),
    r", tier (\S+)": (r"，\1 档", r", tier \1"),
    r"^tier (\S+)": (r"\1 档", r"tier \1"),
    r"all other loans": ("其他贷款", "all other loans"),
}
"""A term as it is noted -> in Chinese, in English; codes of parties stay."""


def words_en(step: Step) -> str:
    """Put a step into English.

    >>> words_en(Step(StepKind.CAP, 62000000, "CNY", "fund", "pool_balance 1000000.00"))
    'cap on fund (pool_balance 1000000.00) cuts CNY 620,000.00'
    """
    return _EN[step.kind].format(**_fields(step, 1))


def words_zh(step: Step) -> str:
    """Put a step into Chinese, its term too; codes of parties stay.

    >>> words_zh(Step(StepKind.UNCOVERED, 51200000, "CNY", term="cap on fund"))
    'fund 的上限 所余 CNY 512,000.00 无人承担'
    """
    return _ZH[step.kind].format(**_fields(step, 0))


def _fields(step: Step, tongue: int) -> dict[str, str]:
    amount = str(Money(step.minor, step.currency))
    return {"amount": amount, "party": step.party, "term": _term(step.term, tongue)}


@lru_cache(maxsize=1024)
def _term(words: str, tongue: int) -> str:
    for pattern, said in _TERMS.items():
        words = re.sub(pattern, said[tongue], words)
    return words

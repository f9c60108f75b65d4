"""The steps by which a loss was shared, kept as values and put into words on demand."""

from enum import StrEnum
from typing import NamedTuple

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
    StepKind.DEFAULT: "{party} is in default and bears nothing of {amount}: {term}",
    StepKind.TAKES: "{party} takes {amount} that {term} left",
    StepKind.UNCOVERED: "{amount} that {term} left stays uncovered",
}
_ZH = {
    StepKind.ELIGIBLE: "可分担损失 {amount}：{term}",
    StepKind.BRACKET: "适用分档：{term}",
    StepKind.LAYER: "第 {term} 层承担 {amount}",
    StepKind.FUSE: "熔断 {term}：{party} 对 {amount} 不承担",
    StepKind.CAP: "{party} 的上限（{term}）削减 {amount}",
    StepKind.DEFAULT: "{party} 违约，对 {amount} 不承担：{term}",
    StepKind.TAKES: "{term} 所余 {amount} 由 {party} 承担",
    StepKind.UNCOVERED: "{term} 所余 {amount} 无人承担",
}


def words_en(step: Step) -> str:
    """Put a step into English.

    >>> words_en(Step(StepKind.CAP, 62000000, "CNY", "fund", "pool_balance 1000000.00"))
    'cap on fund (pool_balance 1000000.00) cuts CNY 620,000.00'
    """
    return _EN[step.kind].format(**_fields(step))


def words_zh(step: Step) -> str:
    """Put a step into Chinese."""
    return _ZH[step.kind].format(**_fields(step))


def _fields(step: Step) -> dict[str, str]:
    amount = str(Money(step.minor, step.currency))
    return {"amount": amount, "party": step.party, "term": step.term}

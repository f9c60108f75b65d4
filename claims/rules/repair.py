"""Repair of a breach: the loss that it caused is taken off, instead of the claim being refused."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from claims.rules.kinds.cut import Cut
from claims.rules.line import Line
from kernel.errors import Fault, Invalid
from kernel.finding import Effect, Finding
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Repair:
    """What is taken off for one breach.

    Attributes:
        minor: the loss that the breach caused, minor units; nought is none.
        line: the line it is taken off.
        reason: why so much.
    """

    minor: int
    line: str
    reason: str


@cache
def breaches() -> Mapping[str, Mapping[str, Any]]:
    """Return the breaches that may be repaired: code -> line, measure, clause; see the file."""
    text = (files(__package__) / "repairs.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(text)
    return {code: rule for code, rule in rules["breach"].items() if code not in rules["never"]}


def repairable(code: str) -> bool:
    """Say whether a breach may be repaired; fraud, sanctions and no cover never.

    >>> repairable("late-notice"), repairable("fraud"), repairable("sanctions-listed")
    (True, False, False)
    """
    return code in breaches()


def repaired(
    findings: Sequence[Finding],
    lines: Sequence[Line],
    repairs: Mapping[str, Repair],
    *,
    currency: str,
    words: Mapping[str, str],
) -> tuple[tuple[Finding, ...], tuple[Line, ...]]:
    """Return findings and lines after repair: each breach repaired becomes a cut of its loss.

    Args:
        findings: of the test of cover.
        lines: as approved without repair, minor units.
        repairs: code of a finding -> what is taken off for it.
        currency: of the claim; amounts are told in it.
        words: line -> its words, in Chinese and in English.

    Raises:
        Invalid: a breach is not there or may not be repaired, a line is none of the claim's, or
            more is taken off a line than was approved; all of them at once.
    """
    faults = [
        fault for code, one in repairs.items() for fault in _faults(code, one, findings, lines)
    ]
    faults += _too_much(lines, repairs, currency)
    if faults:
        raise Invalid("repair", *faults)
    mended = tuple(
        _mended(found, repairs.get(found.code), currency=currency, words=words)
        for found in findings
    )
    return mended, tuple(_cut(line, repairs, currency) for line in lines)


def _faults(
    code: str, one: Repair, findings: Sequence[Finding], lines: Sequence[Line]
) -> Iterator[Fault]:
    field = f"repairs.{code}"
    if code not in {found.code for found in findings}:
        known = ", ".join(found.code for found in findings if repairable(found.code)) or "none"
        yield Fault(field, "is no finding on this claim", f"repair one that is: {known}")
    elif not repairable(code):
        allowed = ", ".join(breaches())
        yield Fault(field, "may not be repaired", f"only these may be: {allowed}")
    if one.line not in {line.code for line in lines}:
        names = ", ".join(line.code for line in lines)
        yield Fault(f"{field}.line", f"{one.line!r} is no line of the claim", f"use {names}")
    if one.minor < 0:
        yield Fault(f"{field}.amount", "is below nought", "give what the breach cost, or nought")
    if not one.reason.strip():
        yield Fault(f"{field}.reason", "is empty", "say how the loss was found")


def _too_much(
    lines: Sequence[Line], repairs: Mapping[str, Repair], currency: str
) -> Iterator[Fault]:
    for line in lines:
        of_line = [code for code, one in repairs.items() if one.line == line.code]
        if sum(repairs[code].minor for code in of_line) > line.approved:
            approved = Money(line.approved, currency)
            words = f"take more off {line.code} than the {approved} approved of it"
            yield Fault(
                "repairs." + ", repairs.".join(of_line), words, "take off no more than the line"
            )


def _mended(
    found: Finding, repair: Repair | None, *, currency: str, words: Mapping[str, str]
) -> Finding:
    if repair is None:
        return found
    off, line = Money(repair.minor, currency), words[repair.line]
    clause = breaches()[found.code]["clause"]
    return replace(
        found,
        effect=Effect.CUT,
        en=f"{found.en}; repaired: {off} off {line}: {repair.reason}",
        zh=f"{found.zh}；已补救，自 {line} 扣减 {off}：{repair.reason}",
        clause=f"{found.clause}; {clause}",
    )


def _cut(line: Line, repairs: Mapping[str, Repair], currency: str) -> Line:
    of_line = {code: one for code, one in repairs.items() if one.line == line.code and one.minor}
    if not of_line:
        return line
    why = [
        Cut(line.code, code, one.minor, f"补救 repaired: {one.reason}", breaches()[code]["clause"])
        for code, one in of_line.items()
    ]
    return replace(
        line,
        approved=line.approved - sum(one.minor for one in of_line.values()),
        reason="; ".join(
            [*([line.reason] if line.reason else []), *(cut.told(currency) for cut in why)]
        ),
    )

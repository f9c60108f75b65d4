"""The lines of a claim as an adjuster decided them: allowed, denied, repaired."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.facts import Case
from claims.rules.line import Line
from claims.rules.repair import Repair, repaired
from claims.worth import lines_of
from kernel.finding import Finding


def decided_lines(case: Case) -> tuple[Line, ...]:
    """Return the lines of a decided claim with today's room in the sum insured.

    A repair takes off no more than what is left of its line by then.
    """
    file = case.claim.file
    allowed = {code: (one[0], one[1]) for code, one in file.get("adjusted", {}).items()}
    lines = lines_of(case, allowed)
    repairs = _within(repairs_of(file), lines)
    found = [Finding.of(one) for one in case.claim.findings]
    unit, words = case.claim.currency, case.kind.lines
    return repaired(found, lines, repairs, currency=unit, words=words)[1] if repairs else lines


def repairs_of(file: Mapping[str, Any]) -> dict[str, Repair]:
    """Return the repairs that a claim's file keeps."""
    return {code: Repair(*one) for code, one in file.get("repairs", {}).items()}


def _within(repairs: Mapping[str, Repair], lines: Sequence[Line]) -> dict[str, Repair]:
    left = {line.code: line.approved for line in lines}
    kept = {}
    for code, one in repairs.items():
        minor = min(one.minor, left[one.line])
        left[one.line] -= minor
        kept[code] = Repair(minor, one.line, one.reason)
    return kept

"""The lines of a claim side by side: asked, adjusted, approved, paid, and why not more."""

from collections.abc import Mapping
from typing import Any

from api.schemas.claim_lines import LineAnswer
from api.schemas.common import money
from claims.assess import decided_lines
from claims.facts import Case
from claims.rules.lifecycle import State
from claims.rules.line import Line
from claims.rules.purpose import ON_ACCOUNT, Purpose


def side_by_side(case: Case) -> tuple[LineAnswer, ...]:
    """Return every line that is asked.

    What is adjusted and approved is known once the claim is decided: of an accepted claim as it
    would be settled today, of a settled one as it was.
    """
    standing = {one["code"]: one for one in case.standing.lines} if case.standing else {}
    decided = _decided(case)
    return tuple(
        _line(case, code, decided.get(code), standing.get(code, {}))
        for code in case.kind.lines
        if case.claim.asked.get(code)
    )


def _decided(case: Case) -> Mapping[str, Line]:
    """Return what was decided of each line; nothing before the decision."""
    if case.claim.state == State.ACCEPTED:
        return {line.code: line for line in decided_lines(case)}
    standing = case.standing
    if standing is None or Purpose(standing.purpose) in ON_ACCOUNT:
        return {}
    fields = ("code", "asked", "adjusted", "approved", "reason")
    return {one["code"]: Line(*(one[name] for name in fields)) for one in standing.lines}


def _line(case: Case, code: str, decided: Line | None, standing: Mapping[str, Any]) -> LineAnswer:
    unit = case.claim.currency
    return LineAnswer(
        code=code,
        words=case.kind.lines[code],
        asked=money(case.claim.asked[code], unit),
        adjusted=money(decided.adjusted, unit) if decided else None,
        approved=money(decided.approved, unit) if decided else None,
        paid=money(standing.get("paid", 0), unit),
        reason=decided.reason if decided else "",
    )

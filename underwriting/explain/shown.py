"""Answers about a price as plain JSON: the same over HTTP and at the command line."""

from fractions import Fraction
from typing import Any

from kernel.finding import Effect
from kernel.money import Money, round_half_up
from underwriting.explain.changes import Way
from underwriting.explain.diff import Difference
from underwriting.explain.fields import changed_fields
from underwriting.explain.frontier import Frontier
from underwriting.explain.solve import Reached
from underwriting.explain.turn import shown
from underwriting.explain.who_pays import WhoPays
from underwriting.rules.lever import Lever
from underwriting.valued import Valued


def difference_json(found: Difference) -> dict[str, Any]:
    """The waterfall; the steps sum to the difference."""
    first, second = found.first.premium.total, found.second.premium.total
    return {
        "first": _money(first),
        "second": _money(second),
        "difference": _money(second - first),
        "changes": [
            {
                "what": list(change.what),
                "fields": changed_fields(found, change),
                "moved": _money(change.moved),
                "after": _money(change.after),
            }
            for change in found.changes
        ],
        "decision_before": found.first.outcome.value,
        "decision_after": found.second.outcome.value,
    }


def frontier_json(found: Frontier, currency: str) -> dict[str, Any]:
    """The frontier; each point names what stops the next step."""
    return {
        "find": found.found.name,
        "along": found.along and found.along.name,
        "points": [
            {
                "at": _position(found.along, point.at, currency),
                "reached": _position(found.found, point.reached.at, currency),
                **_valued(point.reached),
                "binding": [finding.json() for finding in point.reached.binding],
            }
            for point in found.points
        ],
    }


def ways_json(before: Valued, ways: tuple[Way, ...]) -> dict[str, Any]:
    """What would change the answer, smallest change first."""
    return {
        "decision": before.outcome.value,
        "premium": _money(before.premium.total),
        "barred_by": [
            found.json() for found in before.findings if found.effect is not Effect.INFORM
        ],
        "ways": [
            {
                "put_right": [
                    {"finding": one.finding, "words": one.en, "words_zh": one.zh}
                    for one in way.remedies
                ],
                "turns": [
                    {
                        "lever": turn.lever.name,
                        "words": turn.lever.en,
                        "words_zh": turn.lever.zh,
                        "field": ".".join(map(str, ("risk", *turn.lever.path))),
                        "from": turn.before,
                        "to": turn.after,
                    }
                    for turn in way.turns
                ],
                "decision": way.valued.outcome.value,
                "premium": _money(way.valued.premium.total),
            }
            for way in ways
        ],
    }


def who_pays_json(table: WhoPays) -> dict[str, Any]:
    """The table month by party; expected amounts rounded to the minor unit, worst exact."""
    return {
        "currency": table.currency,
        "parties": [
            {
                "party": party,
                "expected": _amount(table.expected(party), table.currency),
                "worst": Money(table.worst(party), table.currency).text,
            }
            for party in table.parties
        ],
        "months": [
            {
                "month": place + 1,
                "probability": float(f"{probability:.12g}"),
                "exposure": Money(exposure, table.currency).text,
                "shares": [
                    {
                        "party": party,
                        "expected": _amount(table.cells[party][place].expected, table.currency),
                        "worst": Money(table.cells[party][place].worst, table.currency).text,
                    }
                    for party in table.parties
                ],
            }
            for place, (exposure, probability) in enumerate(
                zip(table.exposure, table.probability, strict=True)
            )
        ],
    }


def _valued(reached: Reached) -> dict[str, Any]:
    if reached.valued is None:
        return {"premium": None, "decision": None}
    total = reached.valued.premium.total
    return {"premium": _money(total), "decision": reached.valued.outcome.value}


def _position(lever: Lever | None, at: Any, currency: str) -> str | int | None:
    return None if lever is None or at is None else shown(lever, at, currency)


def _money(money: Money) -> dict[str, str]:
    return {"amount": money.text, "currency": money.currency}


def _amount(minor: float, currency: str) -> str:
    return Money(round_half_up(Fraction(minor)), currency).text

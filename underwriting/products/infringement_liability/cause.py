"""Related claims: all demands of one cause are one claim, made when the first of them was."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kernel.finding import Effect, Finding
from underwriting.rules.contract import Contract

CAUSE = "cause_first_made_on"
"""Fact of the file: the day of the first demand of the same cause, as `YYYY-MM-DD`."""


def cause(contract: Contract, made: date, file: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what follows from earlier demands of the same cause.

    Args:
        contract: frozen in the policy.
        made: the day of this demand.
        file: holds `cause_first_made_on`, this day where there is no other demand.
    """
    if file.get(CAUSE) is None:
        yield Finding(
            "cause-unknown", Effect.WAIT,
            "not yet established whether an earlier demand has the same cause",
            "尚未查明是否存在同一原因的先前索赔", "wording: one cause, one claim",
            "state the day of the first demand of the cause",
        )  # fmt: skip
        return
    first = date.fromisoformat(file[CAUSE])
    if first < contract.period.start:
        yield Finding(
            "made-before-cover", Effect.DECLINE,
            f"the cause was first claimed on {first}, before the cover began: the demand of "
            f"{made} belongs to it",
            f"同一原因的索赔最早于 {first} 提出，早于起保日", "wording: one cause, one claim",
            "see the policy of that day, or show that the cause is another",
        )  # fmt: skip
    elif first < made:
        yield Finding(
            "related-claim", Effect.INFORM,
            f"with the demand of {first} this is one claim: one retention, one limit",
            f"与 {first} 的索赔属同一原因，合并为一次索赔，适用一次免赔额和一个限额",
            "wording: one cause, one claim", "add it to the claim of that day",
        )  # fmt: skip

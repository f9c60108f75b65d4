"""What an event says beside what was noted of it: days of a call, a clock that stood still."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from claims.calls.store import CallRow
from claims.facts import Case
from claims.names import reserved_ground
from claims.rules.asked import pauses
from claims.rules.kinds.customs import DEMAND
from claims.rules.kinds.kind import CASH

_FOR_PROGRAMS: Final = re.compile(r"paid:\w+|cure until \S+|settlement \d+")
"""What acts note on a call where nobody said anything."""
_NOW: Final = "paid_now_minor"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is told.

    Attributes:
        kind: of it.
        on: the day on which it happened.
        noted: what is said of it.
    """

    kind: str
    on: date
    noted: Mapping[str, Any]


def told_of(
    kind: str, noted_on: date, noted: Mapping[str, Any], case: Case, calls: Mapping[str, CallRow]
) -> Told:
    """Return an event with what it says; words for programs are left out.

    A service is told on its own day, and says when it was shown where that was later.
    """
    words = str(noted.get("words", ""))
    said = {**noted, "words": ""} if _FOR_PROGRAMS.fullmatch(words) else dict(noted)
    call = calls.get(str(noted.get("call_id", "")))
    if call is not None and "clause" in said:  # of another's call a seat hears no day
        said.setdefault("due_on", call.due_on.isoformat())  # what stood then, where it was noted
        said.setdefault("cure_until", call.cure_until.isoformat() if call.cure_until else "")
    if kind == "notified" and case.claim.file.get(DEMAND):
        said[DEMAND] = case.claim.file[DEMAND].get("reference") or "-"
    said |= _worded(kind, noted)
    if case.kind.pays_from != CASH and said.get(_NOW):
        # the letter's payment was the cash, and it is told
        said["met_before_minor"] = said.pop(_NOW)
    if kind == "papers_complete":
        said["stood_since"] = _stood_since(case, noted_on)
    if kind == "demand_served" and "served_on" in said and said["served_on"] < str(noted_on):
        said["noted_on"] = noted_on.isoformat()
        return Told(kind, date.fromisoformat(said["served_on"]), said)
    return Told(kind, noted_on, said)


def _worded(kind: str, noted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said in the words of its own paper: a refusal, a reservation, a cut budget."""
    if kind == "rights_reserved":
        return {"grounds": [reserved_ground(noted["number"], one) for one in noted["grounds"]]}
    if kind == "denied" and "worded" in noted:
        return {"grounds": noted["worded"]}
    if kind == "budget_answered" and noted.get("asked_minor") == noted["consented_minor"]:
        return {"asked_minor": None}
    return {}


def _stood_since(case: Case, on: date) -> str:
    """Return since which day a clock stood still that runs on from `on`; empty where none did."""
    for one in pauses(case.claim.file):
        if one.until == on and one.since < on:
            return one.since.isoformat()
    return ""

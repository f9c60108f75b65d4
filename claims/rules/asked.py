"""Which papers were asked for and when they came, as the file of a claim keeps it.

The first request asks for all that is missing. What is asked for later follows from a new fact,
or from a paper that came and was rejected. While the papers of any request are out the clocks
stand still; a rejection stops them once for a paper, for it asks for nothing new the second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.rules.pauses import Pause


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        asked_on: the day it was made; by electronic message it arrives that day (Civil Code
            art. 137).
        papers: codes asked for.
        fact: the new fact that it follows from; empty of the first.
        answered_on: the day on which the last of its papers came; None while one is out.
        stops: do the clocks stand still for it?
    """

    asked_on: date
    papers: tuple[str, ...]
    fact: str = ""
    answered_on: date | None = None
    stops: bool = True

    def json(self) -> dict[str, Any]:
        """The request as the claim's file keeps it."""
        return {
            "asked_on": self.asked_on.isoformat(),
            "papers": list(self.papers),
            "fact": self.fact,
            "answered_on": self.answered_on and self.answered_on.isoformat(),
            "stops": self.stops,
        }


def asked(file: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return every request of a claim, first to newest."""
    return tuple(_answered(_read(one), file["papers"]) for one in _kept(file))


def with_requests(file: Mapping[str, Any], requests: tuple[Asked, ...]) -> dict[str, Any]:
    """Return the file with its requests; the first stands by itself too."""
    first = requests[0]
    return {
        **file,
        "requests": [one.json() for one in requests],
        "requested_on": first.asked_on.isoformat(),
        "requested": list(first.papers),
    }


def pauses(file: Mapping[str, Any]) -> tuple[Pause, ...]:
    """Return when the clocks of a claim stood still, or stand still now."""
    return tuple(Pause(one.asked_on, one.answered_on) for one in asked(file) if one.stops)


def listed(papers: Mapping[str, str], file: Mapping[str, Any]) -> dict[str, str]:
    """Return code -> name of every paper needed: the policy's, and those asked for besides."""
    return {**papers, **file.get("extra_papers", {})}


def _kept(file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "requests" in file:
        found: list[Mapping[str, Any]] = file["requests"]
        return found
    if not file.get("requested_on"):
        return []
    return [{"asked_on": file["requested_on"], "papers": file.get("requested", [])}]


def _read(kept: Mapping[str, Any]) -> Asked:
    answered = kept.get("answered_on")
    return Asked(
        date.fromisoformat(kept["asked_on"]),
        tuple(kept["papers"]),
        kept.get("fact", ""),
        date.fromisoformat(answered) if answered else None,
        kept.get("stops", True),
    )


def _answered(one: Asked, ticked: Mapping[str, str]) -> Asked:
    """Return a request with the day on which its last paper was ticked."""
    if one.answered_on or not all(code in ticked for code in one.papers):
        return one
    last = max((date.fromisoformat(ticked[code]) for code in one.papers), default=one.asked_on)
    return Asked(one.asked_on, one.papers, one.fact, max(last, one.asked_on), one.stops)

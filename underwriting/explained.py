"""The explanation of exemption clauses: what is on record of it, and what is missing in it.

An exemption clause has no effect unless it was pointed out and explained when the contract was
made, and the insurer has to prove it (Insurance Law art. 17; Interpretation II art. 9 to 13):
deductibles and coinsurance are such clauses too. A record is an event in the trail of the quote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlmodel import Session

from documents.blocks import Clause
from documents.forms.rows import Explanation
from kernel.db import books
from kernel.finding import Effect, Finding
from underwriting.papers.wording import shown_sha256

EVENT: Final = "exemptions_explained"
CLAUSE: Final = "保险法第十七条 Insurance Law art. 17; Interpretation II art. 9-13"


class Way(StrEnum):
    """How clauses are shown and explained so that it can be proved."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone_recorded"
    VIDEO = "video_recorded"
    WEB_PAGE = "web_page"
    WRITTEN = "written"


WAYS: Final[Mapping[Way, str]] = {
    Way.IN_PERSON: "当面 in person",
    Way.TELEPHONE: "电话录音 recorded telephone call",
    Way.VIDEO: "录像 recorded on video",
    Way.WEB_PAGE: "网页 web page",
    Way.WRITTEN: "书面 in writing",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One record of an explanation.

    Attributes:
        paper: as it is printed.
        sha256: hash of all exemption clauses of the wording that was shown.
    """

    paper: Explanation
    sha256: str


def explanations(session: Session, quote_id: str) -> tuple[Recorded, ...]:
    """Return what is on record for a quote, oldest first."""
    trail = books.events(session, books.Subject("quote", quote_id))
    return tuple(_recorded(event.payload) for event in trail if event.kind == EVENT)


def unexplained_at_binding(session: Session, policy_id: str) -> tuple[Mapping[str, str], ...]:
    """Return what was missing when a policy was bound, as it stands in its trail."""
    trail = books.events(session, books.Subject("policy", policy_id))
    found: list[Mapping[str, str]] = next(
        (event.payload.get("findings", []) for event in trail if event.kind == "bound"), []
    )
    return tuple(found)


def unexplained(exemptions: Sequence[Clause], recorded: Sequence[Recorded]) -> tuple[Finding, ...]:
    """Return what is missing: nothing where every exemption clause was shown as it now reads."""
    if not exemptions:
        return ()
    seal = shown_sha256(exemptions)
    same = [one for one in recorded if one.sha256 == seal]
    shown = {heading for one in same for heading in one.paper.clauses}
    missing = [clause.heading for clause in exemptions if clause.heading not in shown]
    if not missing:
        return ()
    if not recorded:
        return (_NONE,)
    if not same:
        return (_OTHERWISE,)
    named = "; ".join(missing)
    words = f"the record of explanation does not name these exemption clauses: {named}"
    return (
        Finding(
            "exemptions-partly-explained", Effect.INFORM, words,
            f"说明记录未包括下列免责条款，该等条款可能不产生效力：{named}", CLAUSE, _CURE,
        ),
    )  # fmt: skip


_CURE: Final = "explain the clauses before binding and record it with its proof"
_NONE: Final = Finding(
    "exemptions-not-explained",
    Effect.INFORM,
    "no explanation of the exemption clauses is on record: they may have no effect",
    "未见免责条款提示与说明记录，免责条款（含免赔额、共保比例）可能不产生效力",
    CLAUSE,
    _CURE,
)
_OTHERWISE: Final = Finding(
    "exemptions-explained-otherwise",
    Effect.INFORM,
    "the exemption clauses read otherwise than those that were explained: they may have no effect",
    "现行免责条款与所说明的条款文字不一致，免责条款可能不产生效力",
    CLAUSE,
    _CURE,
)


def _recorded(payload: Mapping[str, Any]) -> Recorded:
    paper = Explanation(
        at=payload["at"],
        way=WAYS[Way(payload["way"])],
        explained_by=payload["explained_by"],
        acknowledged_by=payload["acknowledged_by"],
        proof=payload["proof"],
        clauses=tuple(payload["clauses"]),
        wording_sha256=payload["wording_sha256"],
    )
    return Recorded(paper, payload["wording_sha256"])

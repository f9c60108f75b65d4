"""Whose turn it is by the clocks of a claim: who decides, who pays, who sends papers."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlmodel import Session

from claims.facts import Case, case_of
from claims.rules.asked import asked, listed
from claims.rules.clocks import Deadline
from claims.rules.deadline import INSURED
from claims.rules.duty import Duty
from claims.rules.timeline.phrases import split_name
from claims.uploads.course import clocks
from underwriting.store import party

_ART_22: Final = "保险法 Insurance Law art. 22"
_OURS: Final = ("assess", "advance", "pay", "refuse", "notice")
"""Clocks that are somebody's duty; limitation is none, and a filing is told with its call."""


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:  # noqa: ARG001 - every part is asked the same
    """Return what the clocks of a claim ask of whom, open and done."""
    case = case_of(session, claim_id)
    insured = party(session, case.claim.client_id).kind
    running = clocks(session, case)
    of_clocks = (_duty(one, insured) for one in running if one.code in _OURS)
    return (*of_clocks, *_papers(case, running, insured))


def _duty(one: Deadline, insured: str) -> Duty:
    whose = insured if one.whose == INSURED else one.whose
    zh, en = one.zh, one.en
    if one.stands_since and not one.done_on:
        zh = f"{zh}（自{one.stands_since}起期限中止，余{one.kept}天）"
        en = f"{en} (the clock stands still since {one.stands_since}, {one.kept} days are left)"
    return Duty(one.code, whose, zh, en, one.clause, one.due, one.done_on)


def _papers(case: Case, running: tuple[Deadline, ...], insured: str) -> Iterator[Duty]:
    """Yield each request for papers: what is out, by when at the latest."""
    (last,) = (one.due for one in running if one.code == "limitation")
    names = listed(case.contract.papers, case.claim.file)
    for place, one in enumerate(asked(case.claim.file), start=1):
        out = [code for code in one.papers if code not in case.claim.file["papers"]]
        named = [split_name(names[code]) for code in (out or one.papers)]
        zh = "、".join(name for name, _ in named)
        en = ", ".join(name for _, name in named)
        code = "papers" if place == 1 else f"papers_{place}"
        yield Duty(code, insured, f"补交：{zh}", f"send: {en}", _ART_22, last, one.answered_on)

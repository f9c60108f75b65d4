"""What shows a finding: which fact, since when, from which paper of which day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from claims.rules.asked import listed
from claims.rules.coverage.matter import Matter
from claims.rules.coverage.table import table
from claims.rules.timeline.words import called
from kernel.finding import Finding
from kernel.money import Money

NOTED: Final = "noted_on"
"""Key of the file: fact -> the day it was established; one of the notice has none."""

OF_NOTICE: Final = "of_notice"
"""Key of the file: names of the facts that the notice stated."""

SHOWN_BY: Final = "shown_by"
"""Key of the file: fact -> the paper that shows it, as an adjuster stated."""

_NOTICE: Final = {"facts": ["notice"], "papers": []}
_WORDS: Final = {True: "是 yes", False: "否 no"}


def with_facts(file: Mapping[str, Any], stated: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return a file with facts that are established on a day; one said again keeps its day.

    >>> with_facts({"a": 1, "b": 2}, {"a": 1, "b": 3}, date(2026, 3, 2))
    {'a': 1, 'b': 3, 'noted_on': {'b': '2026-03-02'}}
    """
    new = {name: on.isoformat() for name, value in stated.items() if file.get(name) != value}
    return {**file, **stated, NOTED: {**file.get(NOTED, {}), **new}}


def evidenced(found: Finding, matter: Matter) -> Finding:
    """Return a finding with its evidence; one that the books have shown already keeps theirs."""
    return found if found.evidence else replace(found, evidence=evidence_on(found.code, matter))


def evidence_on(code: str, matter: Matter) -> str:
    """Say what shows a finding of that code: its facts with their day, the papers with theirs."""
    rests = _rests(code)
    said = [_fact(name, matter) for name in rests["facts"]]
    papers = dict.fromkeys(_papers(rests, matter))
    return "; ".join([*said, *(_paper(one, matter) for one in papers)])


def _rests(code: str) -> Mapping[str, Any]:
    codes = table("evidence")["code"]
    found: Mapping[str, Any] = codes.get(code) or codes.get(code.removesuffix("-unknown"), _NOTICE)
    return found


def _fact(name: str, matter: Matter) -> str:
    told, file = matter.notified_on, matter.file
    if name == "event":
        return f"事故日 event of {matter.event_on}，报案 as notified on {told}"
    if name == "notice":
        return f"报案 notice of {told}"
    said = _called(name)
    if file.get(name) is None:
        return f"{said}：卷内无记载 nothing is on file"
    return f"{said} = {_value(name, matter)}，{_since(name, matter)}"


def _called(name: str) -> str:
    return " ".join(table("evidence")["fact"].get(name, (name,)))


def _since(name: str, matter: Matter) -> str:
    """Say since when a fact is known and how; a file that does not keep it names no source."""
    if since := matter.file.get(NOTED, {}).get(name):
        return f"认定于 established on {since}"
    if name in matter.file.get(OF_NOTICE, ()):
        return f"报案载明 stated with the notice of {matter.notified_on}"
    return "卷内记载 on file"


def _value(name: str, matter: Matter) -> str:
    kept = matter.file[name]
    if isinstance(kept, bool):
        return _WORDS[kept]
    if isinstance(kept, int):
        return str(Money(kept, matter.contract.currency))
    if name == "counsel":
        return " ".join(called("source", str(kept)))
    if isinstance(kept, Mapping):
        return str(kept.get("reference") or "见案卷 as on file")
    return str(kept)


def _papers(rests: Mapping[str, Any], matter: Matter) -> Iterator[str]:
    """Yield the papers that were named as proof of its facts; else those here that may show it."""
    named = matter.file.get(SHOWN_BY, {})
    proofs = [named[fact] for fact in rests["facts"] if fact in named]
    here = matter.file.get("papers", {})
    known = any(matter.file.get(fact) is not None or fact == "event" for fact in rests["facts"])
    yield from proofs or (one for one in rests["papers"] if known and one in here)


def _paper(code: str, matter: Matter) -> str:
    file = matter.file
    name = listed(matter.contract.papers, file).get(code, code)
    return f"材料 paper: {name}，收到 received {file['papers'].get(code, '')}".rstrip()

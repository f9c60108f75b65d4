"""What shows a finding: which fact, since when, from which paper of which day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from claims.rules.coverage.matter import Matter
from claims.rules.coverage.table import table
from kernel.finding import Finding

NOTED: Final = "noted_on"
"""Key of the file: fact -> the day it was established; one of the notice has none."""

SHOWN_BY: Final = "shown_by"
"""Key of the file: fact -> the paper that shows it, as an adjuster stated."""

_NOTICE: Final = {"facts": ["notice"], "papers": []}
_WORDS: Final = {True: "是 yes", False: "否 no"}


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
    if file.get(name) is None:
        return f"{name}：卷内无记载 nothing is on file"
    since = file.get(NOTED, {}).get(name)
    when = (
        f"认定于 established on {since}" if since else f"报案载明 stated with the notice of {told}"
    )
    return f"{name} = {_value(file[name])}，{when}"


def _value(kept: Any) -> str:
    if isinstance(kept, bool):
        return _WORDS[kept]
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
    name = {**matter.contract.papers, **file.get("extra_papers", {})}.get(code, code)
    return f"材料 paper: {name}，收到 received {file['papers'].get(code, '')}".rstrip()

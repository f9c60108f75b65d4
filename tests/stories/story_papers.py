"""Write a story that was run as what a reader may look at: papers, timeline, transcript."""

import json
import shutil
from pathlib import Path
from typing import Any

from story_ends import timelines
from story_teller import Told

_SUBJECTS = ("claim", "policy", "quote", "letter")


def write_story(told: Told, folder: Path) -> int:
    """Write it into a folder of its name; returns how many papers there are."""
    place = folder / told.story.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / "timeline.md").write_text(_timeline(told), encoding="utf-8")
    (place / "transcript.md").write_text(_transcript(told), encoding="utf-8")
    return _print(told, place)


def _print(told: Told, place: Path) -> int:
    papers = {one["id"]: one for subject in _subjects(told) for one in _listed(told, subject)}
    for number, one in enumerate(papers.values(), start=1):
        answer = told.counter.caller["underwriter"].ask("GET", one["content"])
        assert answer.status_code == 200, answer.text
        name = f"{number:02d}-{one['kind']}-{one['number']}.pdf".replace("/", "-")
        (place / name).write_bytes(answer.content)
    return len(papers)


def _subjects(told: Told) -> list[tuple[str, str]]:
    """Return what papers may be filed under: every subject that an answer of the story has."""
    found = []
    for one in told.answers.values():
        for kind in _SUBJECTS:
            found += [(kind, one[f"{kind}_id"])] if one.get(f"{kind}_id") else []
    found += [("claim", told.answers[name]["id"]) for name in told.story.claims]
    found += [(name, one["id"]) for name, one in told.answers.items() if name in _SUBJECTS]
    return sorted(dict.fromkeys(found), key=lambda one: _SUBJECTS[::-1].index(one[0]))


def _listed(told: Told, subject: tuple[str, str]) -> Any:
    return told.read("/v1/documents", subject_type=subject[0], subject_id=subject[1])["items"]


def _timeline(told: Told) -> str:
    lines = [f"# {told.story.title}", ""]
    for line in timelines(told):
        lines += [f"## {line['number']} ({line['state']}, {line['as_of']})", ""]
        for one in line["happened"]:
            lines += [f"- {one['zh']}", f"  {one['en']}"]
        lines += ["", *(f"- open: {one['whose']}: {one['en']}" for one in line["open"]), ""]
    return "\n".join(lines)


def _transcript(told: Told) -> str:
    lines = [f"# {told.story.title}", ""]
    for number, (step, path, sent, status, answer) in enumerate(told.heard, start=1):
        lines += [f"## {number}. {step.on} · {step.who} · {step.does}", "", step.says, ""]
        lines += [f"Worked: {step.worked}", ""] if step.worked else []
        lines += [f"`{step.does}` {path}", "", *_shown("sent", sent), *_shown(str(status), answer)]
    return "\n".join(lines)


def _shown(title: str, content: Any) -> list[str]:
    if content is None:
        return []
    return [f"{title}:", "```json", json.dumps(content, ensure_ascii=False, indent=1), "```", ""]

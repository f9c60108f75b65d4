"""What must hold when a story is over: closed, paid, balanced, told in sentences."""

import re
from typing import Any

from story_book import Milestone
from story_teller import Told

from api.cli.books import CHECKS
from kernel.db import books
from kernel.db.engine import read

_DONE = {"paid", "superseded", "released", "withdrawn"}
_UNSAID = ("(not stated)", "（未载明）", "This was noted")
_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\{|\}|\[|\]")


def books_differ(told: Told) -> list[str]:
    """Return what every audit of the house finds, and whether the journal balances."""
    engine = told.counter.engine
    wrong = [f"{name}: {read(engine, verify)}" for name, verify in CHECKS.items()]
    found = [one for one in wrong if not one.endswith(": ()")]
    kept = read(engine, lambda session: books.balances(session, ""))
    unbalanced = sum(kept.values())
    return found + ([f"the journal is out by {unbalanced}"] if unbalanced else [])


def left_open(told: Told) -> list[str]:
    """Return each claim that is not closed, and each call that nobody paid or released."""
    found = []
    for name in told.story.claims:
        place = f"/v1/claims/{told.answers[name]['id']}"
        claim = told.read(place)
        if claim["state"] != "closed":
            found.append(f"{name} is {claim['state']}")
        calls = told.read(f"{place}/calls")["items"]
        found += [
            f"{name}: call {one['sequence']} on {one['party']} is {one['state']}"
            for one in calls
            if one["state"] not in _DONE
        ]
        waiting = told.read(f"{place}/timeline")["open"]
        found += [f"{name} waits: {one['code']} by {one['whose']}" for one in waiting]
    return found


def timelines(told: Told) -> list[Any]:
    """Return the timeline of each claim of the story, as the house reads it."""
    return [
        told.read(f"/v1/claims/{told.answers[name]['id']}/timeline") for name in told.story.claims
    ]


def badly_told(told: Told) -> list[str]:
    """Return each sentence that cannot be read aloud, and each milestone that is not there."""
    happened = [one for line in timelines(told) for one in line["happened"]]
    found = [fault for one in happened for fault in _faults(one)]
    return found + _missed(told.story.told, happened)


def _faults(one: Any) -> list[str]:
    found = []
    if not one["zh"].endswith("。") or not one["en"].endswith((".", "?")):
        found.append(f"no sentence: {one['zh']} / {one['en']}")
    unclear = [words for words in (one["zh"], one["en"]) if _unclear(words)]
    return found + [f"not said in words: {words}" for words in unclear]


def _unclear(words: str) -> bool:
    return any(unsaid in words for unsaid in _UNSAID) or bool(_CODE.search(words))


def _missed(milestones: tuple[Milestone, ...], happened: list[Any]) -> list[str]:
    """Look for each milestone after the one before it."""
    place, found = 0, []
    for wanted in milestones:
        for number in range(place, len(happened)):
            one = happened[number]
            right_day = one["on"] == wanted.on.isoformat()
            if right_day and wanted.en in one["en"] and wanted.zh in one["zh"]:
                place = number + 1
                break
        else:
            found.append(f"not told in its place: {wanted.on} {wanted.en} / {wanted.zh}")
    return found

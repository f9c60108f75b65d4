"""Run a story through the API: each step asked by its holder of a token, each answer compared.

told = tell_story(read_story("default"), engine)
told.answers["claim"]["state"]
"""

from dataclasses import dataclass, field
from typing import Any

from callers import OPERATIONS, Counter, another, open_counter
from sqlalchemy import Engine
from story_book import Step, Story
from story_words import StoryError, differences, filled, refusal_differs

_PATHS = {one.id: one for one in OPERATIONS}
_MADE = (200, 201)


@dataclass
class Told:
    """A story that was run: its counter, its answers by name, every request with its answer."""

    story: Story
    counter: Counter
    answers: dict[str, Any]
    heard: list[tuple[Step, str, Any, int, Any]] = field(default_factory=list)

    def read(self, path: str, **params: Any) -> Any:
        """Read as the underwriter of the house, who sees all."""
        return self.counter.caller["underwriter"].get(path, **params)


def tell_story(story: Story, engine: Engine) -> Told:
    """Run every step; raise StoryError at the first that comes out otherwise.

    The caller keeps `counter.client` open around it.
    """
    counter = open_counter(engine)
    told = Told(story, counter, {"party": dict(counter.party)})
    _admit(told)
    for number, step in enumerate(story.steps, start=1):
        _take(told, step, f"{story.name} {number} ({step.on}, {step.does})")
    return told


def _admit(told: Told) -> None:
    """Register the parties of the story and give its people their tokens."""
    counter = told.counter
    for name, one in told.story.parties.items():
        sent = {"kind": one["kind"], "name": one["name"], "register_id": one["register_id"]}
        told.answers["party"][name] = counter.caller["underwriter"].post("/v1/parties", sent)["id"]
    for name, person in told.story.people.items():
        party = told.answers["party"][person.party]
        counter.caller[name] = another(
            counter, party, person.role, name, authority=person.authority
        )


def _take(told: Told, step: Step, place: str) -> None:
    told.counter.on(step.on.year, step.on.month, step.on.day)
    try:
        path, sent = _request(told, step)
    except StoryError as fault:
        raise StoryError(f"{place}: {fault}") from None
    more: dict[str, Any] = {"params": filled(step.query, told.answers)} if step.query else {}
    if step.body:
        more["content"] = step.body.encode()
    answer = told.counter.caller[step.who].ask(_PATHS[step.does].method, path, sent, **more)
    content = answer.json()
    told.heard.append((step, path, sent, answer.status_code, content))
    if step.refused:
        wrong = refusal_differs(step.refused, answer.status_code, content)
    elif answer.status_code not in _MADE:
        wrong = [f"{answer.status_code} {content['code']}: {content['errors']}"]
    else:
        wrong = differences(step.expects, content, told.answers)
    if wrong:
        raise StoryError("\n  ".join([f"{place}: {step.says}", *wrong]))
    if step.named:
        told.answers[step.named] = content


def _request(told: Told, step: Step) -> tuple[str, Any]:
    path = _PATHS[step.does].path
    for name, value in filled(step.path, told.answers).items():
        path = path.replace(f"{{{name}}}", str(value))
    return path, None if step.sends is None else filled(step.sends, told.answers)

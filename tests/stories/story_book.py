"""A story of a claim as it is written in `docs/casebook/stories`: who, when, what, what comes out.

story = read_story("default")
story.steps[0].does            # an operation of the API
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "casebook" / "stories"
NAMES = ("default", "enforcement", "liability", "customs")


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a token of its own: a name in the story, the party it speaks for, its role.

    `party` is one of the counter (`house`, `bank`, `firm`) or one that the story lists.
    """

    party: str
    role: str
    authority: str = "chief"


@dataclass(frozen=True, slots=True)
class Step:
    """One request: what is asked, what must come out, and how that was worked out.

    `path`, `query` and `sends` may name earlier answers as `$name.field`; `expects` maps a place
    in the answer to what must stand there; `refused` is the refusal that must come instead.
    """

    on: date
    who: str
    says: str
    does: str
    named: str = ""
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    sends: Mapping[str, Any] | None = None
    body: str = ""
    expects: Mapping[str, Any] = field(default_factory=dict)
    refused: Mapping[str, Any] = field(default_factory=dict)
    worked: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What the timeline of the claim must tell, in this order: a day, and words of its sentence."""

    on: date
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story; `claims` are the claims that must be closed at its end."""

    name: str
    title: str
    parties: Mapping[str, Mapping[str, str]]
    people: Mapping[str, Person]
    steps: tuple[Step, ...]
    claims: tuple[str, ...]
    told: tuple[Milestone, ...]


def read_story(name: str) -> Story:
    """Read a story; an unknown key or a missing one raises TypeError or KeyError."""
    text = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Story(
        name=name,
        title=text["title"],
        parties=text.get("parties", {}),
        people={name: Person(**one) for name, one in text.get("people", {}).items()},
        steps=tuple(Step(**one) for one in text["steps"]),
        claims=tuple(text["claims"]),
        told=tuple(Milestone(**one) for one in text["told"]),
    )

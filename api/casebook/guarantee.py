"""Take a customs letter of the casebook through its life, step by step, and say what came out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from pydantic import BaseModel
from sqlmodel import Session

from api import strict_json
from api.casebook.cases import FOLDER, Case
from api.casebook.offer import Offer, wire
from api.casebook.stage import desk_on
from api.casebook.walked import Walked
from api.house import House
from api.letter_acts import ACTS, Asked
from api.letter_life import act_on_letter
from api.sealing import signer_of
from kernel.clock import SystemClock
from kernel.db.engine import read
from kernel.money import format_minor
from underwriting.draft_letter import draft_letter
from underwriting.guarantees import store
from underwriting.guarantees.stated import LetterStated
from underwriting.standards.iso import tsrv001
from underwriting.standards.mt import mt760

LETTER: Final = "letter"
"""Kind of a case: a customs letter under a policy."""

POLICY: Final = "PG-CASE"
"""Number of the policy in messages of the casebook."""

MESSAGES: Final = FOLDER / "messages"
"""What banks would exchange of the letters of the casebook."""

SECOND: Final = frozenset({"approve", "pay"})
"""What another person does."""


@dataclass(frozen=True)
class Guaranteed(Offer):
    """A case of kind `letter`: quoted, bound, and then every step of the letter on its day."""

    def run(self) -> Walked:
        """Quote, bind, draft, and take the steps."""
        walked, values = super().run(), self.case.values
        policy = dict(walked.subjects)["policy"]
        letter = self._drafted(policy)
        found = [self._step(letter, step) for step in values["steps"]]
        return replace(
            walked,
            found={**walked.found, "steps": found, "messages": self._messages(letter)},
            subjects=(*walked.subjects, ("letter", letter)),
        )

    def _drafted(self, policy: str) -> str:
        values = self.case.values
        stated = LetterStated.model_validate(wire(values["letter"]), strict=False)
        made = partial(draft_letter, demonstration=signer_of(self._house).demonstration)
        letter: str = self._do(values["request"]["on"], made, policy, stated).id
        return letter

    @property
    def _house(self) -> House:
        return House(self.settings, self.engine, SystemClock(), self.calendar)

    def _step(self, letter: str, step: Mapping[str, Any]) -> dict[str, str]:
        """Take one step; return how the letter stands after it."""
        name = step["act"]
        actor = "second" if name in SECOND else "casebook"
        desk = desk_on(step["on"], self.settings.insurer_name, self.calendar, actor)
        sent = _form(ACTS[name].form, step.get("says", {}))
        asked = Asked(letter, sent, step.get("demand", ""), self.settings.public_url)
        act_on_letter(self._house, name, asked, desk=desk)
        return read(self.engine, lambda session: _standing(session, letter))

    def _messages(self, letter: str) -> dict[str, str]:
        """Return the letter as issued in the messages that banks exchange."""

        def first(session: Session) -> Any:
            terms = store.terms_of(store.version(session, letter, 1))
            return replace(terms, policy_number=POLICY)  # each run draws another

        terms = read(self.engine, first)
        return {"mt760": mt760(terms), "tsrv001": tsrv001(terms, None).decode()}


def differences_of_letter(case: Case, found: Mapping[str, Any]) -> tuple[str, ...]:
    """Say where a letter stood otherwise than its case says, and where a message differs."""
    lines = []
    steps = case.values["steps"]
    for number, (step, stood) in enumerate(zip(steps, found["steps"], strict=True), start=1):
        for key, value in step.get("then", {}).items():
            if stood[key] != value:
                told = f"step {number} {step['act']}: {key}"
                lines.append(f"{told}: expected {value}, found {stood[key]}")
    for message in case.values["expected"]["messages"]:
        text = (MESSAGES / f"{case.name}.{message}").read_text(encoding="utf-8")
        if text.strip() != found["messages"][message].replace("\r\n", "\n").strip():
            lines.append(f"{message}: is not what messages/{case.name}.{message} says")
    return tuple(lines)


def _form(form: type[BaseModel] | None, says: Mapping[str, Any]) -> BaseModel | None:
    return strict_json.read(form, json.dumps(wire(says)).encode()) if form else None


def _standing(session: Session, letter: str) -> dict[str, str]:
    row = store.letter(session, letter)
    free = row.limit_minor - row.reserved_minor - row.drawn_minor
    return {
        "state": row.state,
        "limit": format_minor(row.limit_minor, row.currency),
        "reserved": format_minor(row.reserved_minor, row.currency),
        "drawn": format_minor(row.drawn_minor, row.currency),
        "available": format_minor(free, row.currency),
    }

"""What `zhibao letter` does: the acts of the API on one letter, without HTTP."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from sqlmodel import Session

from api import strict_json
from api.cli.desk_work import open_counter
from api.cli.speak import read_file
from api.cli.who import Who
from api.letter_acts import ACTS, Asked
from api.letter_life import act_on_letter
from api.letter_messages import MESSAGES, message_of
from api.public import MAX_FILE
from api.schemas import letter_answers as wire
from api.schemas.letters import LetterRequest
from api.schemas.verify import verdict_answer
from api.sealing import signer_of, verdict_on
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Fault, Invalid, invalid
from kernel.settings import Settings
from underwriting.draft_letter import draft_letter, preview_letter
from underwriting.guarantees import store

_CURE: Final = "name a PDF file of at most 5 MB"


def run_verify(file: Path, settings: Settings) -> dict[str, Any]:
    """Test a file against signature and register.

    Raises:
        Invalid: it cannot be read, or is too long.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        fault = Fault(file.name, f"cannot be read: {error.strerror}", _CURE)
        raise Invalid("no-such-file", fault) from None
    if len(content) > MAX_FILE:
        raise Invalid("body-too-long", Fault(file.name, f"is longer than {MAX_FILE} bytes", _CURE))
    counter = open_counter(settings, Who())
    digest = sha256(content).hexdigest()
    return verdict_answer(verdict_on(counter.house, content), digest).model_dump(mode="json")


def run_show(name: str, settings: Settings) -> dict[str, Any]:
    """Show a letter, by id or number."""

    def act(session: Session, _: Desk) -> dict[str, Any]:
        row = store.letter_named(session, name)
        editions = tuple(map(wire.edition_answer, store.versions(session, row.id)))
        found = wire.LetterFileAnswer(letter=wire.letter_answer(row), editions=editions)
        return found.model_dump(mode="json")

    return open_counter(settings, Who()).see(act)


def run_usage(name: str, settings: Settings) -> list[dict[str, Any]]:
    """List every event of use of a letter."""

    def act(session: Session, _: Desk) -> list[dict[str, Any]]:
        row = store.letter_named(session, name)
        uses = store.uses(session, row.id)
        return [wire.use_answer(one, row.currency).model_dump(mode="json") for one in uses]

    return open_counter(settings, Who()).see(act)


def run_files(name: str, out: Path, settings: Settings) -> list[dict[str, str]]:
    """Write the papers of a letter into a folder.

    Raises:
        Invalid: the folder cannot be written into.
    """

    def act(session: Session, _: Desk) -> list[tuple[str, bytes]]:
        row = store.letter_named(session, name)
        papers = books.documents(session, books.Subject("letter", row.id))
        return [(f"{one.number}-{one.kind}.pdf", one.content or b"") for one in papers]

    found = open_counter(settings, Who()).see(act)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file, content in found:
            (out / file).write_bytes(content)
    except OSError as error:
        fault = Fault("out", f"cannot be written: {error.strerror}", "name a folder of yours")
        raise Invalid("no-such-folder", fault) from None
    return [{"file": file, "sha256": sha256(content).hexdigest()} for file, content in found]


def run_message(name: str, kind: str, edition: int | None, settings: Settings) -> dict[str, Any]:
    """Write an edition of a letter, else the one in force, as a message between banks.

    Raises:
        Invalid: the message is of no known kind, or cannot carry what a field says.
        NotFound: there is no such letter or edition.
    """
    if kind not in MESSAGES:
        raise invalid("kind", f"{kind!r} is no message", f"use one of {', '.join(MESSAGES)}")

    def act(session: Session, _: Desk) -> dict[str, Any]:
        row = store.letter_named(session, name)
        number = row.edition if edition is None else edition
        text = message_of(session, row.id, number, kind).decode()
        return {"letter": row.number, "edition": number, "kind": kind, "text": text}

    return open_counter(settings, Who()).see(act)


def run_draft(file: str, settings: Settings, who: Who, *, keep: bool) -> dict[str, Any]:
    """Draft a letter, or see what it would be.

    Raises:
        As `draft_letter`.
    """
    sent = read_file(LetterRequest, file)
    counter = open_counter(settings, who)
    made = signer_of(counter.house).demonstration

    def act(session: Session, desk: Desk) -> BaseModel:
        args = (session, sent.policy_id, sent.letter)
        if keep:
            return wire.letter_answer(draft_letter(*args, desk=desk, demonstration=made))
        return wire.preview_answer(*preview_letter(*args, desk=desk, demonstration=made))

    return (counter.do(act) if keep else counter.see(act)).model_dump(mode="json")


def run_act(
    kind: str,
    name: str,
    body: str | Mapping[str, str] | None,
    settings: Settings,
    who: Who,
    *,
    number: str = "",
) -> dict[str, Any]:
    """Do one of the acts on a letter, its papers printed and signed before.

    Raises:
        Invalid: the file is not the form of this act.
        As the act.
    """
    form = ACTS[kind].form
    sent = _read(form, body) if form else None
    counter = open_counter(settings, who)
    letter_id = counter.see(lambda session, _: store.letter_named(session, name).id)
    asked = Asked(letter_id, sent, number, settings.public_url)
    done = act_on_letter(counter.house, kind, asked, desk=counter.desk())
    return done.model_dump(mode="json")


def _read(form: type[BaseModel], body: str | Mapping[str, str] | None) -> BaseModel:
    if isinstance(body, str):
        return read_file(form, body)
    return strict_json.read(form, json.dumps(body).encode())

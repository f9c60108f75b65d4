"""What `zhibao claim timeline` does: the story of a claim, as JSON or in words."""

from typing import Any

from sqlmodel import Session

from api.cli.desk_work import open_counter
from api.cli.who import Who
from api.room_view import timeline_answer
from claims import store
from claims.facts import case_of
from claims.room.standing import view_of
from kernel.desk import Desk
from kernel.settings import Settings


def run_timeline(name: str, settings: Settings) -> dict[str, Any]:
    """Answer as the API does to the house, for a claim by id or number.

    Raises:
        NotFound: there is no such claim.
    """

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        case = case_of(session, store.claim_named(session, name).id)
        view = view_of(session, case, "", house=True)
        return timeline_answer(session, case, view, desk.on).model_dump(mode="json")

    return open_counter(settings, Who()).see(act)


def in_words(said: dict[str, Any]) -> str:
    """Tell the story line by line, in both languages, then whose turn it is and by when."""
    states = f"{said['state_zh']} {said['state_en']}"
    rows = [f"{said['number']} ({states}), {said['as_of']}"]
    rows += [f"{one['zh']}\n    {one['en']}" for one in said["happened"]]
    rows += [f"> {one['said_zh']}\n    {one['said_en']}" for one in said["open"]]
    return "\n".join(rows)

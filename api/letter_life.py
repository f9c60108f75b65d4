"""Acts on letters as the house's faces ask for them: papers are signed first, then it is kept."""

from functools import partial

from fastapi import Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import Office
from api.house import House
from api.letter_acts import ACTS, PAPERED, Asked
from api.sealing import Papers, signed_papers
from kernel.db.engine import transact
from kernel.desk import Desk


def act_on_letter(house: House, kind: str, asked: Asked, *, desk: Desk) -> BaseModel:
    """Do the act `kind` of `api.letter_acts` on a letter; its papers are signed before.

    Raises:
        As the act; Unavailable `press-busy`.
    """
    papers = _papers(house, kind, asked, desk)
    return transact(house.engine, lambda session: _keep(kind, asked, session, desk, papers))


def once_on_letter(
    office: Office,
    key: str,
    kind: str,
    letter_id: str,
    sent: BaseModel | None,
    *,
    number: str = "",
) -> Response:
    """Do an act on a letter once for its key, and answer.

    `sent` is the checked form, None where the act takes none; `number` that of a demand.

    Raises:
        As `act_on_letter`; Conflict `idempotency-key-reused`.
    """
    house = office.house
    asked = Asked(letter_id, sent, number, house.settings.public_url)
    keep = partial(_keep, kind, asked)
    if kind not in PAPERED:
        return office.once(key, sent, keep)
    return office.once_made(key, sent, partial(_papers, house, kind, asked), keep)


def _papers(house: House, kind: str, asked: Asked, desk: Desk) -> tuple[Papers, ...]:
    """Return the papers that an act is given; empty where it is given none."""
    sheets = PAPERED.get(kind)
    if sheets is None:
        return ()
    return (signed_papers(house, lambda session, by: sheets(session, asked, by), desk),)


def _keep(
    kind: str, asked: Asked, session: Session, desk: Desk, papers: tuple[Papers, ...] = ()
) -> BaseModel:
    return ACTS[kind].act(session, asked, desk, *papers)

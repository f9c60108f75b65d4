"""Who signs for the installation, and papers that are signed before they are kept."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from api.house import House
from api.sandbox.paper import mark_on, not_valid
from documents.sealing import Signer, Verdict, open_signer, verify
from kernel.db.engine import read
from kernel.desk import Desk
from underwriting.guarantees.paper import Drawn, Sheet, drawn
from underwriting.guarantees.stands import registered

Papers = tuple[Drawn, ...]


def signer_of(house: House) -> Signer:
    """Return who signs: the key of the settings, else a demonstration authority of its own.

    The authority is kept beside an embedded database; with a server it lives in memory, and
    what it signs cannot be checked by another process. A sandbox never signs by the key of the
    settings, nor asks a real service for a stamp.

    Raises:
        Invalid: `signing-key`: the folder of the settings holds no key that signs.
    """
    settings = house.settings
    if settings.sandbox:
        return open_signer(None, beside(house.engine))
    return open_signer(
        settings.signing_dir, beside(house.engine), timestamp_url=settings.timestamp_url
    )


def beside(engine: Engine) -> Path | None:
    """Return the folder of the demonstration authority beside an embedded database."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return None
    return Path(file).with_suffix(".signing")


def signed_papers(
    house: House, sheets: Callable[[Session, Desk], tuple[Sheet, ...]], desk: Desk
) -> Papers:
    """Print and sign what an act would issue, on the press, in no transaction.

    Raises:
        As the act; Unavailable `press-busy`.
    """
    asked = read(house.engine, lambda session: sheets(session, desk))
    signer = signer_of(house)
    return house.press.do(drawn, asked, signer, at=desk.at, mark=mark_on(house.settings))


def verdict_on(house: House, content: bytes) -> Verdict:
    """Return every test of a file: is it ours, unchanged and in force? None is, in a sandbox."""
    signer, desk = signer_of(house), house.visitor()
    found = verify(
        content,
        trusted=signer.roots,
        register=lambda digest: read(house.engine, lambda s: registered(s, digest, desk=desk)),
    )
    return not_valid(found) if house.settings.sandbox else found

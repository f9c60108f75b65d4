"""A process that drafts quotes for the server, one after another, and writes nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from api.staff import stay_with_server
from kernel.clock import business_date
from kernel.db.engine import make_engine, read
from kernel.desk import Desk
from kernel.settings import Settings
from kernel.working_days import load_calendar
from models.shelf import open_shelf
from underwriting.products import product
from underwriting.quote import Draft, draft


class Asked(NamedTuple):
    """What a rater is asked.

    Attributes:
        client_id: who asks for the quote.
        product: code of the product.
        risk: the proposal, JSON.
        at: the instant, aware, UTC.
        actor: who acts, for the trail.
        authority: how far the actor may go alone.
    """

    client_id: str
    product: str
    risk: str
    at: datetime
    actor: str
    authority: str


Work = Callable[[Asked], Draft]

_works: list[Work] = []
"""What this process does: one thing, once it was opened."""


def opened(settings: Settings) -> None:
    """Become a rater: load what a price needs, and end when the server does."""
    stay_with_server()
    _works.append(work_of(settings))


def answer(asked: Asked | None) -> Draft | None:
    """Draft what is asked; nothing is asked to hear that all is loaded."""
    (work,) = _works
    return asked and work(asked)


def work_of(settings: Settings) -> Work:
    """Return what drafts quotes by the database of the settings.

    The work raises as `underwriting.quote.draft`.
    """
    open_shelf(settings.fits_dir)
    engine = make_engine(settings.database_url)
    calendar = load_calendar(settings.holidays, assumed=settings.sandbox)

    def work(asked: Asked) -> Draft:
        on = business_date(asked.at)
        desk = Desk(asked.at, on, asked.actor, settings.insurer_name, calendar, asked.authority)
        risk = product(asked.product).risk.model_validate_json(asked.risk)
        return read(engine, lambda session: draft(
            session, asked.client_id, risk, desk=desk,
            schemes_folder=settings.schemes_dir, counts=settings.own_counts,
        ))  # fmt: skip

    return work

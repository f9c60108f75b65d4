"""`zhibao serve`: the API behind uvicorn."""

from typing import Any

import uvicorn

from api.app import create_app
from api.printers import Printers
from api.raters import Raters
from api.sandbox.paper import mark_on
from documents.press import HANDS
from kernel.db.engine import make_engine
from kernel.db.revisions import check_schema, upgrade
from kernel.settings import Settings
from kernel.working_days import load_calendar

GRACE_SECONDS = 30
"""Longer than the longest act: an act in flight at SIGTERM is finished, not cut."""

CONCURRENCY = 64
"""Requests under way at once; more are told to come back."""


def run_serve(settings: Settings, *, docs: bool) -> None:
    """Serve until SIGTERM. An embedded database is brought to the schema first.

    Raises:
        Unavailable: a PostgreSQL database is behind or ahead of this release.
        Invalid: the table of working days is faulty, or as `create_app`.
    """
    if settings.database_url.startswith("sqlite"):
        upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    check_schema(engine)
    load_calendar(settings.holidays)  # refused here, in words, and not by every rater in a trace
    raters = Raters(settings, settings.raters) if settings.raters else None
    printers = Printers(HANDS, mark_on(settings)) if settings.raters else None
    uvicorn.run(
        create_app(settings, engine=engine, docs=docs, raters=raters, printers=printers),
        host=settings.host,
        port=settings.port,
        **believing(settings),
        limit_concurrency=CONCURRENCY,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def believing(settings: Settings) -> dict[str, Any]:
    """Return what uvicorn is told of proxies: without one, no header says who asks.

    Left to itself it believes whatever comes from this machine, or whom the environment names.
    """
    return {
        "proxy_headers": bool(settings.proxies),
        "forwarded_allow_ips": list(settings.proxies),
    }


def description(settings: Settings) -> dict[str, Any]:
    """Return the OpenAPI description without serving it or touching a database."""
    return create_app(settings, check=False).openapi()

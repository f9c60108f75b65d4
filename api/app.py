"""The application: everything is made, checked and wired here, once.

create_app(settings, *, engine=None, clock=None, docs=False, check=True) -> FastAPI
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.types import ASGIApp, Lifespan

from api import errors
from api.door import Door
from api.house import House
from api.openapi import describe
from api.printers import Printers
from api.raters import Raters
from api.routes import PUBLIC, ROUTERS
from api.sandbox.header import Marked
from api.sandbox.mark import house_clock
from api.sandbox.paper import mark_on
from documents.press import Press, print_stated
from kernel.clock import Clock, SystemClock
from kernel.db.engine import make_engine
from kernel.db.revisions import check_durability, check_schema
from kernel.settings import Settings
from kernel.working_days import load_calendar
from models.shelf import open_shelf
from underwriting.figures import house_figures
from underwriting.schemes import load_schemes

VERSION: Final = "1"


class Api(FastAPI):
    """FastAPI with the house's own description of itself."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document; it is made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self)
        return self.openapi_schema

    def build_middleware_stack(self) -> ASGIApp:
        """Let every answer of a sandbox say that it is one, our own faults among them."""
        inner = super().build_middleware_stack()
        return Marked(inner) if self.state.house.settings.sandbox else inner


def _staffed(*staff: Raters | Printers | None) -> Lifespan[Any]:
    """Send raters and printers home when the application closes."""

    @asynccontextmanager
    async def open_(app: Any) -> AsyncIterator[None]:
        del app
        yield
        for some in staff:
            if some:
                some.close()

    return open_


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    clock: Clock | None = None,
    docs: bool = False,
    check: bool = True,
    raters: Raters | None = None,
    printers: Printers | None = None,
) -> FastAPI:
    """Wire the HTTP face of one installation.

    `docs` serves /docs and /openapi.json to everybody; without it no route is open. `check`
    looks at the database's schema and durability first; without it no connection is made.
    `raters` price and `printers` print, and go when it closes; without them this process does.

    Raises:
        Unavailable: the database is behind or ahead of this release, or may lose what it
            acknowledged.
        Invalid: the table of working days, a scheme file, the file of own counts or the folder of
            own fits is faulty.
    """
    engine = engine or make_engine(settings.database_url)
    if check:
        check_schema(engine)
        check_durability(engine)
    clock = clock or SystemClock()
    if check:
        clock = house_clock(settings, engine, clock)
    load_schemes(settings.schemes_dir)
    house_figures(settings.own_counts)
    open_shelf(settings.fits_dir)
    app = Api(
        title="Zhibao 知保",
        version=VERSION,
        docs_url="/docs" if docs else None,
        openapi_url="/openapi.json" if docs else None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_staffed(raters, printers),
    )
    mark = mark_on(settings)
    assert printers is None or printers.mark == mark, "printers of another house"
    own = partial(print_stated, mark=mark)
    press = Press(printer=printers.print if printers else own)
    calendar = load_calendar(settings.holidays, assumed=settings.sandbox)
    app.state.house = House(settings, engine, clock, calendar, raters, press)
    app.state.door = Door()
    for router in (*ROUTERS, *PUBLIC):
        app.include_router(router)
    errors.install(app)
    return app

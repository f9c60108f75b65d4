"""What `zhibao sandbox` does: the test clock of the API, without HTTP."""

from typing import Any

import typer

from api.cli.desk_work import open_counter
from api.cli.speak import read_file
from api.cli.who import Who
from api.sandbox.advance import Asked, advance, sandbox_clock
from api.sandbox.item import Item
from api.sandbox.view import advance_answer, clock_answer
from api.schemas.sandbox import ScenarioRequest
from kernel.canonical import canonical_sha256
from kernel.db.row import new_id
from kernel.settings import Settings


def run_clock(settings: Settings) -> dict[str, Any]:
    """Show where the clock stands.

    Raises:
        NotFound: `no-sandbox`.
    """
    counter = open_counter(settings, Who())
    now, calendar = sandbox_clock(counter.house).base.now(), counter.house.calendar
    return counter.see(
        lambda session, _: clock_answer(session, now, calendar).model_dump(mode="json")
    )


def run_advance(
    days: int, scenario: str | None, key: str | None, settings: Settings, *, quiet: bool
) -> dict[str, Any]:
    """Put the clock forward; each thing is told on standard error as it happens.

    Raises:
        Invalid: the file is no scenario.
        As `advance`.
    """
    told = read_file(ScenarioRequest, scenario).model_dump(mode="json") if scenario else None
    counter = open_counter(settings, Who())
    base = sandbox_clock(counter.house).base
    digest = canonical_sha256([days, told])
    asked = Asked("command line", key or new_id("key"), digest, days, told)

    def tell(item: Item) -> None:
        if not quiet:
            typer.echo(f"{item.on} {item.zh} {item.en}", err=True)

    row = advance(counter.house, asked, tell)
    return counter.see(
        lambda session, _: advance_answer(
            session, row.id, base.now(), counter.house.calendar, client_id=None
        ).model_dump(mode="json")
    )

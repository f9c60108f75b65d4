"""`zhibao sandbox`: where the test clock stands, and forward."""

import os
from typing import Annotated

import typer

from api.cli.speak import or_stop, say
from kernel.settings import Settings

sandbox = typer.Typer(help="The test clock of a sandbox.", no_args_is_help=True)


@sandbox.command()
def clock() -> None:
    """Show where the clock stands, and since when the database is a sandbox."""
    from api.cli.sandbox_work import run_clock  # noqa: PLC0415 - each command loads what it needs

    say(or_stop(lambda: run_clock(_settings())))


@sandbox.command()
def advance(
    days: Annotated[int, typer.Argument(help="To go forward: 1 to 2000.", min=1, max=2000)],
    scenario: Annotated[
        str | None, typer.Option(help="A JSON file: what the borrower of a policy does.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="Your name for this; the same again goes forward once.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Only JSON, no words beside.")] = False,
) -> None:
    """Go forward with the real acts; exit 0 if the day was reached, 1 if it stopped before."""
    from api.cli.sandbox_work import run_advance  # noqa: PLC0415 - as above

    found = or_stop(lambda: run_advance(days, scenario, key, _settings(), quiet=json))
    say(found)
    raise typer.Exit(0 if found["state"] == "arrived" else 1)


def _settings() -> Settings:
    return or_stop(lambda: Settings.from_environment(os.environ))

"""`zhibao claim`: what happened with a claim, and whose turn it is."""

import os
from typing import Annotated

import typer

from api.cli.speak import or_stop, say
from kernel.settings import Settings

claim = typer.Typer(help="A claim.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id or number.")]


@claim.callback()
def _claim() -> None:
    """Keep the name of the command where there is one command alone."""


@claim.command()
def timeline(
    name: Named,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
) -> None:
    """Tell all that happened, and what is open, the next deadline first."""
    from api.cli.claim_work import in_words, run_timeline  # noqa: PLC0415 - only what it needs

    house = or_stop(lambda: Settings.from_environment(os.environ))
    said = or_stop(lambda: run_timeline(name, house))
    say(said) if json else typer.echo(in_words(said))

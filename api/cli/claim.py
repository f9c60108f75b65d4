"""`zhibao claim`: what happened with a claim, and whose turn it is; many settled at once."""

import os
from typing import Annotated

import typer

from api.cli.speak import complain, or_stop, say
from api.cli.who import Who
from kernel.settings import Settings

claim = typer.Typer(help="Claims: their story, and settling.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id or number.")]


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


@claim.command()
def settle(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAIM]...", help="Ids or numbers.")
    ] = None,
    *,
    due: Annotated[
        bool, typer.Option("--due", help="All accepted claims whose waiting period has ended.")
    ] = False,
    who: Annotated[str, typer.Option("--as", help="Who does it.")] = "command line",
) -> None:
    """Settle accepted claims, many in one act; exit 0 if all were, JSON of each on the output.

    A claim that cannot be settled is named with its cure, and holds up no other.
    """
    from api.cli.progress import telling  # noqa: PLC0415 - only what it needs
    from api.cli.settle_work import run_settle  # noqa: PLC0415 - only what it needs

    house = or_stop(lambda: Settings.from_environment(os.environ))
    with telling() as tell:
        done = or_stop(lambda: run_settle(names or (), house, Who(who), tell, due=due))
    say(done.settled)
    for refusal in done.refused:
        complain(refusal)
    raise typer.Exit(1 if done.refused else 0)

"""`zhibao policy`: change, renew, cancel, reinstate, reverse; and how it stood when."""

import os
from typing import Annotated

import typer

from api.cli.speak import or_stop, say
from api.cli.who import Who
from kernel.settings import Settings

policy = typer.Typer(help="The life of a policy.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="POLICY", help="Its id or number.")]
Body = Annotated[
    str, typer.Argument(metavar="FILE", help="What the API takes, as JSON; - is standard input.")
]
Preview = Annotated[bool, typer.Option("--preview", help="Only say what would come of it.")]
As = Annotated[str, typer.Option("--as", help="Who does it; a second person gives another name.")]
Level = Annotated[str, typer.Option("--authority", help="clerk, underwriter, senior or chief.")]


@policy.command()
def show(name: Named) -> None:
    """Show a policy as it is agreed."""
    from api.cli.policy_work import run_show  # noqa: PLC0415 - each command loads only what it needs

    say(or_stop(lambda: run_show(name, _settings())))


@policy.command()
def transactions(name: Named) -> None:
    """List what was done with it, in the order in which it was done."""
    from api.cli.policy_work import run_transactions  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_transactions(name, _settings())))


@policy.command()
def state(
    name: Named,
    valid_on: Annotated[str | None, typer.Option(help="A day; today without it.")] = None,
    known_at: Annotated[str | None, typer.Option(help="An instant, with its time zone.")] = None,
) -> None:
    """Show how it stood on a day, as the books knew it at an instant."""
    from api.cli.policy_work import run_state  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_state(name, _settings(), valid_on=valid_on, known_at=known_at)))


@policy.command()
def readiness(
    name: Named,
    as_of: Annotated[str | None, typer.Option(help="Day of the default; today without it.")] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
) -> None:
    """Say what it would pay if its whole loan went into default on a day."""
    from api.cli.readiness_work import in_words, run_readiness  # noqa: PLC0415 - as above

    said = or_stop(lambda: run_readiness(name, _settings(), as_of=as_of))
    say(said) if json else typer.echo(in_words(said))


@policy.command()
def change(
    name: Named, file: Body, *,
    preview: Preview = False, who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Change its terms from a day on."""
    _act("change", name, file, Who(who, authority), keep=not preview)


@policy.command()
def renew(
    name: Named, file: Body, *,
    preview: Preview = False, who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Let another period follow."""
    _act("renewal", name, file, Who(who, authority), keep=not preview)


@policy.command()
def cancel(
    name: Named, file: Body, *,
    preview: Preview = False, who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """End it before its time."""
    _act("cancellation", name, file, Who(who, authority), keep=not preview)


@policy.command()
def reinstate(
    name: Named, file: Body, *,
    preview: Preview = False, who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Put it in force again after it was cancelled."""
    _act("reinstatement", name, file, Who(who, authority), keep=not preview)


@policy.command()
def reverse(
    name: Named,
    transaction: Annotated[str, typer.Argument(metavar="TRANSACTION", help="Its id.")],
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    *,
    preview: Preview = False, who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Undo one transaction within its window."""
    from api.cli.policy_work import run_reverse  # noqa: PLC0415 - as above

    by = Who(who, authority)
    say(or_stop(lambda: run_reverse(name, transaction, reason, _settings(), by, keep=not preview)))


def _act(kind: str, name: str, file: str, by: Who, *, keep: bool) -> None:
    """Do what a file asks, and print what was done."""
    from api.cli.policy_work import run_act  # noqa: PLC0415 - as above
    from underwriting.rules.history import Kind  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_act(Kind(kind), name, file, _settings(), by, keep=keep)))


def _settings() -> Settings:
    """Return the settings of the environment, with the house's own fits on the shelf."""
    read = or_stop(lambda: Settings.from_environment(os.environ))
    if read.fits_dir is not None:
        from models.shelf import open_shelf  # noqa: PLC0415 - most houses have no folder of fits

        or_stop(lambda: open_shelf(read.fits_dir))
    return read

"""`zhibao letter`: verify a file; draft, approve, sign, send; use, demand, end."""

import os
from pathlib import Path
from typing import Annotated

import typer

from api.cli.speak import or_stop, say
from api.cli.who import Who
from kernel.settings import Settings

letter = typer.Typer(help="Letters of guarantee.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="LETTER", help="Its id or number.")]
Body = Annotated[
    str, typer.Argument(metavar="FILE", help="What the API takes, as JSON; - is standard input.")
]
Number = Annotated[str, typer.Argument(metavar="DEMAND", help="Customs' own number of it.")]
Why = Annotated[str, typer.Option(help="Why; it stays on record.")]
As = Annotated[str, typer.Option("--as", help="Who does it; a second person gives another name.")]
Level = Annotated[str, typer.Option("--authority", help="clerk, underwriter, senior or chief.")]


@letter.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Only JSON, no words beside.")] = False,
) -> None:
    """Is a file ours, unchanged and in force? Exit 0 if it is, else 1 with every reason."""
    from api.cli.letter_work import run_verify  # noqa: PLC0415 - each command loads what it needs

    found = or_stop(lambda: run_verify(file, _settings()))
    say(found)
    if not json:
        for one in found["tests"]:
            mark = "passed" if one["passed"] else "FAILED"
            typer.echo(f"{mark} {one['code']}: {one['en']} {one['zh']}", err=True)
    raise typer.Exit(0 if found["accepted"] else 1)


@letter.command()
def show(name: Named) -> None:
    """Show a letter with its account and all its editions."""
    from api.cli.letter_work import run_show  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_show(name, _settings())))


@letter.command()
def usage(name: Named) -> None:
    """List every event of use, each with the account after it."""
    from api.cli.letter_work import run_usage  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_usage(name, _settings())))


@letter.command()
def files(
    name: Named,
    out: Annotated[Path, typer.Option(help="Folder to write them into.")] = Path(),
) -> None:
    """Write its signed papers, byte for byte."""
    from api.cli.letter_work import run_files  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_files(name, out, _settings())))


@letter.command()
def message(
    name: Named,
    kind: Annotated[str, typer.Option(help="mt760 or tsrv.001.")],
    *,
    edition: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Version; else the one in force.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The message as text within JSON.")] = False,
) -> None:
    """Write an edition of a letter as a message between banks."""
    from api.cli.letter_work import run_message  # noqa: PLC0415 - as above

    found = or_stop(lambda: run_message(name, kind, edition, _settings()))
    if json:
        say(found)
    else:
        typer.echo(found["text"].encode(), nl=False)


@letter.command()
def preview(file: Body) -> None:
    """See what a letter would say. Exit 0 if it may be issued, else 1 with every ground."""
    from api.cli.letter_work import run_draft  # noqa: PLC0415 - as above

    found = or_stop(lambda: run_draft(file, _settings(), Who(), keep=False))
    say(found)
    raise typer.Exit(1 if found["refusals"] else 0)


@letter.command()
def draft(file: Body, *, who: As = "command line", authority: Level = "clerk") -> None:
    """Draft a letter under a bound policy."""
    from api.cli.letter_work import run_draft  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_draft(file, _settings(), Who(who, authority), keep=True)))


@letter.command()
def approve(
    name: Named, reason: Why, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Approve the newest edition; who drafted it cannot."""
    _act("approve", name, {"reason": reason}, Who(who, authority))


@letter.command()
def send_back(
    name: Named, reason: Why, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Send the approved newest edition back to its draft, before it is signed."""
    _act("send_back", name, {"reason": reason}, Who(who, authority))


@letter.command()
def sign(name: Named, *, who: As = "command line", authority: Level = "clerk") -> None:
    """Print and sign the newest edition, and enter it into the register."""
    _act("sign", name, None, Who(who, authority))


@letter.command()
def send(name: Named, *, who: As = "command line", authority: Level = "clerk") -> None:
    """Send the newest edition to customs."""
    _act("send", name, None, Who(who, authority))


@letter.command()
def accept(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Record that customs accepted: its record number and the day."""
    _act("accept", name, file, Who(who, authority))


@letter.command()
def refuse(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Record that customs refused: its reasons and the day."""
    _act("refuse", name, file, Who(who, authority))


@letter.command()
def reserve(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Reserve the tax of a declaration."""
    _act("reserve", name, file, Who(who, authority))


@letter.command("tax-paid")
def tax_paid(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Free what a declaration reserved: its tax was paid."""
    _act("tax_paid", name, file, Who(who, authority))


@letter.command()
def demand(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Record customs' demand; it is examined at once."""
    _act("demand", name, file, Who(who, authority))


@letter.command()
def pay(
    name: Named, number: Number, file: Body, *,
    who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Pay a demand to the account that the file names."""
    _act("pay", name, file, Who(who, authority), number)


@letter.command("refuse-demand")
def refuse_demand(
    name: Named, number: Number, file: Body, *,
    who: As = "command line", authority: Level = "clerk",
) -> None:  # fmt: skip
    """Refuse a demand in one notice with every ground."""
    _act("refuse_demand", name, file, Who(who, authority), number)


@letter.command()
def amend(name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk") -> None:
    """Draft an amendment or extension."""
    _act("amend", name, file, Who(who, authority))


@letter.command()
def release(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Release a letter."""
    _act("release", name, file, Who(who, authority))


@letter.command()
def revoke(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Revoke a letter before acceptance, or with the beneficiary's written release."""
    _act("revoke", name, file, Who(who, authority))


@letter.command("pledge-paper")
def pledge_paper(
    name: Named, file: Body, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Sign the certificate of the pledge behind a letter, or the release of rights from it."""
    _act("pledge_paper", name, file, Who(who, authority))


@letter.command()
def withdraw(
    name: Named, reason: Why, *, who: As = "command line", authority: Level = "clerk"
) -> None:
    """Withdraw a letter or an amendment that is not in force."""
    _act("withdraw", name, {"reason": reason}, Who(who, authority))


@letter.command()
def expire(name: Named, *, who: As = "command line", authority: Level = "clerk") -> None:
    """Let a letter expire after its last day of demand."""
    _act("expire", name, None, Who(who, authority))


def _act(
    kind: str, name: str, body: str | dict[str, str] | None, by: Who, number: str = ""
) -> None:
    """Do an act on a letter, and print what came of it."""
    from api.cli.letter_work import run_act  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_act(kind, name, body, _settings(), by, number=number)))


def _settings() -> Settings:
    """Return the settings of the environment."""
    return or_stop(lambda: Settings.from_environment(os.environ))

"""`zhibao fit default|survival`: the options of a training; the work is in `train`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.speak import or_stop, say

fit = typer.Typer(help="Make a fit from a table of your own.", no_args_is_help=True)

Tape = Annotated[Path, typer.Argument(metavar="DATA", help="A CSV or Parquet file.")]
Out = Annotated[Path, typer.Option(help="Folder of the fit; one that is there is replaced.")]
Drop = Annotated[list[str] | None, typer.Option(help="Column not to be read; may be repeated.")]
Time = Annotated[str | None, typer.Option(help="Column of dates or years: splits go forward.")]
Weights = Annotated[str | None, typer.Option(help="Column of sampling weights.")]
Name = Annotated[str | None, typer.Option(help="First part of the fit's id.")]
Plot = Annotated[bool, typer.Option("--plot", help="Draw curves into DIR/plots.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@fit.command()
def default(
    table: Tape,
    target: Annotated[str, typer.Option(help="Column of 1 for a default and 0 for none.")],
    out: Out,
    time: Time = None,
    weights: Weights = None,
    *,
    drop: Drop = None,
    monotone: Annotated[
        list[str] | None,
        typer.Option(help="COLUMN=+1 if risk may only rise with it, =-1 if only fall."),
    ] = None,
    features: Annotated[
        Path | None, typer.Option(help="TOML that states units, ranges and words of columns.")
    ] = None,
    horizon: Annotated[
        float | None,
        typer.Option(help="Years within which a default falls; only a fit that says so can price."),
    ] = None,
    name: Name = None,
    plot: Plot = False,
    json: AsJson = False,
) -> None:
    """Train a borrower-default fit: boosted trees beside a scorecard, chosen on rows not seen."""
    from api.cli.train import DefaultOptions, run_default  # noqa: PLC0415 - loads the trainers

    options = DefaultOptions(
        target=target, time=time, weights=weights, drop=tuple(drop or ()),
        monotone=tuple(monotone or ()), features=features, horizon=horizon,
        name=name or table.stem,
    )  # fmt: skip
    answer = or_stop(lambda: run_default(table, options, out, _today(), plot=plot))
    _tell(answer, as_json=json)


@fit.command()
def survival(
    table: Tape,
    entry: Annotated[str, typer.Option(help="Column of the age, or date, first observed.")],
    exit_: Annotated[str, typer.Option("--exit", help="Column of the age, or date, at the end.")],
    event: Annotated[str, typer.Option(help="Column of 1 for the event and 0 for censored.")],
    out: Out,
    *,
    time: Time = None,
    weights: Weights = None,
    drop: Drop = None,
    unit: Annotated[str, typer.Option(help="Unit of the ages, in words.")] = "",
    name: Name = None,
    plot: Plot = False,
    json: AsJson = False,
) -> None:
    """Train a hazard fit with left truncation and right censoring."""
    from api.cli.train import SurvivalOptions, run_survival  # noqa: PLC0415 - loads the trainers

    options = SurvivalOptions(
        entry=entry, exit=exit_, event=event, time=time, weights=weights,
        drop=tuple(drop or ()), unit=unit, name=name or table.stem,
    )  # fmt: skip
    answer = or_stop(lambda: run_survival(table, options, out, _today(), plot=plot))
    _tell(answer, as_json=json)


def _today() -> date:
    from kernel.clock import SystemClock  # noqa: PLC0415 - one import for one call

    return SystemClock().today()


def _tell(answer: dict[str, object], *, as_json: bool) -> None:
    """Print the answer; warnings go to standard error in either form."""
    from api.cli.report import print_fit, warn  # noqa: PLC0415 - loads rich

    warn(answer)
    if as_json:
        say(answer)
    else:
        print_fit(answer)

"""`zhibao demo`: the casebook through the real acts, with a bar, a table, papers, a journal."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.casebook.cases import Case, read_cases
from api.casebook.run import WORKED, Outcome, Runner
from api.cli.speak import say
from kernel.errors import invalid
from kernel.money import format_minor
from kernel.settings import Settings

_FIGURES = ("loss", "premium", "ms")
_PIPED_WIDTH = 110


def run_demo(
    out: Path, folder: Path | None, settings: Settings, *, only: str | None, as_json: bool
) -> bool:
    """Run every case, or one; return whether all came out as written, with clean books.

    Raises:
        Refusal: the folder holds no case, none of that name, or one cannot be run as written.
    """
    outcomes = _run(_named(read_cases(folder), only), Runner(out, settings))
    sums = _write_journal(outcomes, out / "journal.csv")
    balanced = not any(sums.values())
    if as_json:
        say(_json(outcomes, sums, balanced=balanced))
    else:
        _print(outcomes, out, sums, balanced=balanced)
    return balanced and all(outcome.good for outcome in outcomes)


def _named(cases: list[Case], only: str | None) -> list[Case]:
    chosen = [case for case in cases if only in (None, case.name)]
    if not chosen:
        raise invalid("only", f"{only!r} is no case", f"such as {cases[0].name}")
    return chosen


def _run(cases: list[Case], runner: Runner) -> list[Outcome]:
    """Run the cases behind a progress bar on standard error."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    outcomes = []
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("casebook", total=len(cases))
        for case in cases:
            bar.update(task, description=case.name)
            outcomes.append(runner.run(case))
            bar.advance(task)
        bar.update(task, description="casebook")
    runner.close()
    return outcomes


def _write_journal(outcomes: list[Outcome], file: Path) -> dict[str, int]:
    """Write all postings as CSV; return debits less credits by currency."""
    sums: defaultdict[str, int] = defaultdict(int)
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["case", "date", "memo", "account", "currency", "amount"])
        for outcome in outcomes:
            for on, memo, account, currency, minor in outcome.journal:
                sums[currency] += minor
                amount = format_minor(minor, currency)
                rows.writerow([outcome.case.name, on, memo, account, currency, amount])
    return dict(sums)


def _print(outcomes: list[Outcome], out: Path, sums: dict[str, int], *, balanced: bool) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    table = Table(title="Casebook 案例", row_styles=("", "dim"))
    for heading in ("case", "loss", "who bears it", "premium", "ms", ""):
        table.add_column(heading, justify="right" if heading in _FIGURES else "left")
    for outcome in outcomes:
        table.add_row(*_row(outcome))
    console.print(table)
    for outcome in outcomes:
        for words in (*outcome.differences, *outcome.faults):
            console.print(f"[red]{outcome.case.name}[/red]: {words}")
    count = sum(len(outcome.journal) for outcome in outcomes)
    words = "balances" if balanced else f"does NOT balance: {sums}"
    papers = len(list(out.glob("*/*.pdf")))
    good = sum(outcome.good for outcome in outcomes)
    console.print(f"{good} of {len(outcomes)} cases came out as the casebook says.")
    console.print(f"The journal of {count} postings {words}: {out / 'journal.csv'}")
    console.print(f"{papers} papers: {out}/<case>/*.pdf")


def _row(outcome: Outcome) -> tuple[str, ...]:
    mark = "[green]ok[/green]" if outcome.good else "[red]DIFFERS[/red]"
    walked, kind = outcome.walked, outcome.case.kind
    if kind in WORKED:
        return (outcome.case.name, kind, _worked(outcome.case.values["expected"]), "", "", mark)
    if walked is None:
        expected = outcome.case.values["expected"]
        return (outcome.case.name, "split only", _shares(expected), "", "", mark)
    time = f"{walked.seconds * 1000:.0f}"
    if walked.loss is None:
        words = _decided(walked.found)
        return (
            outcome.case.name,
            kind,
            words,
            f"{walked.currency} {walked.premium}",
            time,
            mark,
        )
    loss = f"{walked.currency} {walked.loss}"
    return (outcome.case.name, loss, _shares(walked.found), walked.premium, time, mark)


def _decided(found: Any) -> str:
    return "\n".join([found["decision"], *dict.fromkeys(found["stops"])])


def _worked(expected: Any) -> str:
    """Show the amounts that were worked out by hand."""
    plain = {key: value for key, value in expected.items() if not isinstance(value, dict)}
    return "\n".join(f"{key} {value}" for key, value in list(plain.items())[:4])


def _shares(found: Any) -> str:
    parts = [f"{party} {amount}" for party, amount in found["shares"].items()]
    if float(found["uncovered"]):
        parts.append(f"uncovered {found['uncovered']}")
    return "\n".join(parts)


def _json(outcomes: list[Outcome], sums: dict[str, int], *, balanced: bool) -> dict[str, Any]:
    return {
        "cases": [
            {
                "case": outcome.case.name,
                "good": outcome.good,
                "differences": list(outcome.differences),
                "faults": list(outcome.faults),
                "premium": outcome.walked.premium if outcome.walked else None,
                "found": outcome.walked.found if outcome.walked else None,
                "seconds": outcome.walked.seconds if outcome.walked else None,
            }
            for outcome in outcomes
        ],
        "journal": {"balanced": balanced, "debits_less_credits": sums},
    }

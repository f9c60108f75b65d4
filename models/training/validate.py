"""Hold every model against real outcomes: `python -m models.training.validate DATA PAGE`.

Prints the table, writes it as a page, and leaves with 1 where a line is missed.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kernel.errors import Refusal
from models.training.checked import Checked
from models.training.default.validate import validate_default
from models.training.lgd.validate import validate_lgd
from models.training.progress import Tell
from models.training.severity.validate import validate_severity
from models.training.survival.validate import validate_survival

PARTS: tuple[tuple[str, Callable[[Path, Tell], Sequence[Checked]]], ...] = (
    ("Default of borrowers", validate_default),
    ("Loss given default", validate_lgd),
    ("Lapse of patents", validate_survival),
    ("Size of losses", validate_severity),
)
"""Heading -> the lines under it."""

_WIDTH = 140
_PREAMBLE = """# Validation

What each model reaches on real outcomes that it had not seen. Written by `make validate`; the
files of outcomes are no part of the project, and their folder is named on the command line.
Figures are of splits inside those files: later years are harder than any of them.
"""


def main(arguments: Sequence[str]) -> int:
    """Run all parts; return the exit status."""
    folder, page = Path(arguments[0]), Path(arguments[1])
    if not folder.is_dir():
        sys.stderr.write(f"validate: {folder} is no folder; name the one with the outcomes\n")
        return 1
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    found, started = dict[str, Sequence[Checked]](), perf_counter()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        for heading, part in PARTS:
            task = bar.add_task(heading, total=None)

            def tell(step: str, done: int, total: int, task: int = task, of: str = heading) -> None:
                bar.update(task, description=f"{of}: {step}", completed=done, total=total)  # type: ignore[arg-type] # a TaskID is an int

            try:
                found[heading] = part(folder, tell)
            except Refusal as refused:
                sys.stderr.write(f"validate: {heading}: {refused.faults[0]}\n")
                return 1
    page.write_text(page_text(found), encoding="utf-8")
    _print(found, perf_counter() - started)
    return 0 if all(line.passed is not False for lines in found.values() for line in lines) else 1


def page_text(found: dict[str, Sequence[Checked]]) -> str:
    """Return the page: a table for each part."""
    parts = [_PREAMBLE]
    for heading, lines in found.items():
        parts.append(f"\n## {heading}\n\n| what | at least | reached | |\n|---|---|---|---|\n")
        parts += [
            f"| {line.what} | {line.target} | {line.reached} | {line.verdict} |\n" for line in lines
        ]
    return "".join(parts)


def _print(found: dict[str, Sequence[Checked]], seconds: float) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH
    table = Table(title="Validation on real outcomes", row_styles=("", "dim"))
    for heading in ("what", "at least", "reached", ""):
        table.add_column(heading)
    for lines in found.values():
        for line in lines:
            table.add_row(line.what, line.target, line.reached, line.verdict.strip("*"))
    console.print(table)
    console.print(f"{seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How a fit is shown at the end of its training."""

import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

WARNING = "warning: "
_WIDTH = 110


def warn(answer: Mapping[str, Any]) -> None:
    """Print every warning on its own line of standard error."""
    for note in answer["notes"]:
        if note.startswith(WARNING):
            sys.stderr.write(f"zhibao: {note}\n")


def print_fit(answer: Mapping[str, Any]) -> None:
    """Print the id, what was decided, and the plain figures."""
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH
    tape = answer["tape"]
    console.print(f"{answer['fit_id']} ({answer['form']}) in {answer['out']}", highlight=False)
    console.print(f"{tape.get('rows')} rows, {tape.get('events')} events", highlight=False)
    for note in answer["notes"]:
        if not note.startswith(WARNING):
            console.print(f"- {note}", highlight=False, markup=False)
    for name, rows in answer["metrics"].items():
        if name == "candidates" and isinstance(rows, list) and rows:
            console.print(_candidates(rows))
    figures = Table(title="How it did on rows it had not seen", show_header=False)
    for name, value in answer["metrics"].items():
        if isinstance(value, int | float | str):
            figures.add_row(name, f"{value:.4g}" if isinstance(value, float) else str(value))
    console.print(figures)
    console.print(f"The whole of it: zhibao card {answer['out']}", highlight=False)


def _candidates(rows: list[Mapping[str, Any]]) -> Table:
    """Return the candidates and how each did."""
    names = [name for name, value in rows[0].items() if isinstance(value, int | float | str)]
    table = Table(title="Candidates")
    for name in names:
        table.add_column(name, justify="left" if isinstance(rows[0][name], str) else "right")
    for row in rows:
        cells = (row.get(name) for name in names)
        table.add_row(*(f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in cells))
    return table

"""How a fit is shown at the end of its training."""

import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
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
    console.print(
        f"{answer['fit_id']} ({answer['form']}) in {answer['out']}", highlight=False, markup=False
    )
    console.print(f"{tape.get('rows')} rows, {tape.get('events')} events", highlight=False)
    for note in answer["notes"]:
        if not note.startswith(WARNING):
            console.print(f"- {note}", highlight=False, markup=False)
    metrics = answer["metrics"]
    console.print(_candidates(_rows(metrics.get("candidates", []))))
    figures = Table(title="How it did on rows it had not seen", show_header=False)
    unseen = metrics.get("out_of_time")
    for name, value in (unseen if isinstance(unseen, Mapping) else metrics).items():
        if isinstance(value, int | float | str):
            figures.add_row(name, _shown(value))
    console.print(figures)
    last = f"The whole of it: zhibao card {answer['out']}"
    console.print(last, highlight=False, markup=False)


def _rows(candidates: Any) -> list[Mapping[str, Any]]:
    """Return candidates as rows, however the fit keeps them."""
    if isinstance(candidates, Mapping):
        return [{"candidate": name, **figures} for name, figures in candidates.items()]
    return list(candidates)


def _shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else escape(str(value))


def _candidates(rows: list[Mapping[str, Any]]) -> Table:
    """Return the candidates and how each did."""
    table = Table(title="Candidates")
    first = rows[0] if rows else {}
    names = [name for name, value in first.items() if isinstance(value, int | float | str)]
    for name in names:
        table.add_column(name, justify="left" if isinstance(first[name], str) else "right")
    for row in rows:
        table.add_row(*(_shown(row.get(name)) for name in names))
    return table

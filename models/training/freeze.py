"""Freeze the laws that rest on published figures into fits, so that old prices replay.

A law whose rows were changed becomes a new fit beside the old one; the old one is kept.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kernel.canonical import canonical_sha256
from models.borrower import grades
from models.borrower.grades import GradeLaw
from models.borrower.shapes import term_named
from models.borrower.term import FLAT
from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.recovery import frozen as recovery
from models.recovery.figures import recovery_figures
from models.right import frozen as right
from models.right.book import load_book
from models.severity.published import disputes, load_disputes
from models.shelf import shelf

SEASONED = "sba-7a-smooth"


def law_fits(made_on: str) -> Iterator[FitFile]:
    """Yield the laws as their rows now stand."""
    rows = right.book_parameters(load_book())
    yield _fit("right-life", right.FORM, made_on, rows, "models/right/*.csv")
    rows = recovery.figures_parameters(recovery_figures())
    yield _fit("forced-sale", recovery.FORM, made_on, rows, "models/recovery/recovery.csv")
    rows = load_disputes().parameters()
    yield _fit("disputes", disputes.FORM, made_on, rows, "models/severity/published/*.csv")
    for name, term in (("grades-flat", FLAT), ("grades-seasoned", term_named(SEASONED))):
        rows = GradeLaw("", term).parameters()
        yield _fit(name, grades.FORM, made_on, rows, "models/borrower/term.toml")


def freeze(folder: Path, made_on: str) -> list[str]:
    """Write each law that is not yet on the shelf; return the ids of all of them."""
    ids = []
    for fit in law_fits(made_on):
        if not (folder / fit.fit_id).exists():
            write_fit(folder / fit.fit_id, fit, write_card(fit))
        ids.append(fit.fit_id)
    return ids


def _fit(name: str, form: str, made_on: str, rows: dict[str, Any], file: str) -> FitFile:
    tape = {
        "file": file,
        "rows": sum(len(row) for row in rows.values() if isinstance(row, list)),
        "sha256": canonical_sha256(rows),
        "command": "make fits",
    }
    note = "No outcome was fitted: every row is a published or a judged figure with its grade."
    return FitFile.named(
        name, form, made_on=made_on, tape=tape, features=(), parameters=rows, metrics={},
        notes=(note,),
    )  # fmt: skip


if __name__ == "__main__":
    for fit_id in freeze(shelf(), f"{datetime.now(UTC):%Y-%m-%d}"):
        sys.stdout.write(f"{fit_id}\n")

"""The figures of recovery and value, beside the priors of the house."""

import csv
from functools import cache
from importlib.resources import files

from models.priors import Prior, PriorTable, load_priors


@cache
def recovery_figures() -> tuple[Prior, ...]:
    """Return the rows of `recovery.csv`, each with its source and grade."""
    text = files(__package__).joinpath("recovery.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(Prior.of(row) for row in csv.DictReader(lines))


@cache
def recovery_table() -> PriorTable:
    """Return the priors of the house and the figures of recovery in one table."""
    return with_recovery(load_priors())


def with_recovery(base: PriorTable) -> PriorTable:
    """Return `base` with the figures of recovery; a row that `base` has already stands.

    So a user's own figure replaces a default: put it into `base` under the same key.
    """
    added = [row for row in recovery_figures() if row.key not in base.rows]
    return PriorTable.of("recovery", (*base.rows.values(), *added))

"""The figures behind a price: published, moved by the house's own counts, frozen with it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kernel.canonical import canonical_json, canonical_list
from models.priors import (
    Prior,
    PriorTable,
    UpdatedTable,
    counts_of,
    load_priors,
    read_counts,
    with_counts,
)


@cache
def house_figures(counts: Path | None) -> PriorTable:
    """Return the published figures, updated by a file of own counts where there is one.

    Raises:
        Invalid: the file cannot be read, or a row of it fits no published figure.
    """
    table = load_priors()
    return table if counts is None else with_counts(table, read_counts(counts))


def cut_to(table: PriorTable, used: Iterable[Prior]) -> PriorTable:
    """Return the table with those of its rows that were used, under its old name.

    Rows that a fit brought along are frozen with the fit.
    """
    rows = {prior.key: prior for prior in used if table.rows.get(prior.key) == prior}
    if not isinstance(table, UpdatedTable) or table.base is None:
        return PriorTable(table.fit_id, rows)
    kept = {key: one for key, one in table.posteriors.items() if key in rows}
    base = {key: row for key, row in rows.items() if key not in kept}
    base |= {key: one.prior for key, one in kept.items()}
    return UpdatedTable(table.fit_id, rows, PriorTable(table.base.fit_id, base), kept)


def figures_written(table: PriorTable) -> dict[str, str]:
    """The table as it is frozen, in canonical JSON: rows before any own count, and the counts."""
    if not isinstance(table, UpdatedTable) or table.base is None:
        return _written(table.fit_id, table, None)
    counts = [
        {
            "param": one.prior.param,
            "right": one.prior.right,
            "jurisdiction": one.prior.jurisdiction,
            "events": one.counts.events,
            "exposure": one.counts.exposure,
        }
        for one in table.posteriors.values()
    ]
    own = {"published_fit_id": table.base.fit_id, "rows": counts}
    return _written(table.fit_id, table.base, own)


def _written(fit_id: str, table: PriorTable, own: Mapping[str, Any] | None) -> dict[str, str]:
    return {
        "fit_id": canonical_json(fit_id),
        "priors": canonical_list(map(_row, table.rows.values())),
        "own_counts": canonical_json(own),
    }


@lru_cache(maxsize=2048)
def _row(prior: Prior) -> str:
    return canonical_json(prior.json())


def figures_of(frozen: Mapping[str, Any]) -> PriorTable:
    """Read a frozen table back."""
    rows = {row.key: row for row in map(Prior.of, frozen["priors"])}
    own = frozen["own_counts"]
    if own is None:
        return PriorTable(frozen["fit_id"], rows)
    base = PriorTable(own["published_fit_id"], rows)
    return replace(with_counts(base, counts_of(own["rows"])), fit_id=frozen["fit_id"])

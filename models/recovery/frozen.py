"""The figures of a forced sale, frozen into a fit, so that an old price can be replayed."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.priors import Prior, PriorTable

FORM = "recovery.forced_sale"


def figures_parameters(figures: Iterable[Prior]) -> dict[str, Any]:
    """What a fit keeps: every row."""
    return {"figures": [prior.json() for prior in figures]}


def figures_of(parameters: Mapping[str, Any], base: PriorTable) -> PriorTable:
    """Return `base` with the frozen figures; a row that `base` has already stands."""
    frozen = [Prior.of(row) for row in parameters["figures"]]
    added = {row.key: row for row in frozen if row.key not in base.rows}
    return PriorTable(base.fit_id, {**base.rows, **added})

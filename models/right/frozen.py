"""The rows behind the life of a right, frozen into a fit, so that an old price can be replayed."""

from collections.abc import Mapping
from dataclasses import asdict
from math import inf, isinf
from typing import Any

from models.priors import Prior
from models.right.book import AgeBand, Book, FeeStep, Multiplier

FORM = "right_life.multistate"


def book_parameters(book: Book) -> dict[str, Any]:
    """What a fit keeps: every row; an age without end is null."""
    return {
        "figures": [prior.json() for prior in book.figures.rows.values()],
        "bands": [_open(asdict(band)) for band in book.bands],
        "steps": [asdict(step) for step in book.steps],
        "multipliers": [asdict(multiplier) for multiplier in book.multipliers],
    }


def book_of(parameters: Mapping[str, Any]) -> Book:
    """Read the rows from a fit."""
    return Book.of(
        [Prior.of(row) for row in parameters["figures"]],
        [AgeBand(**{**row, "age_to": _end(row["age_to"])}) for row in parameters["bands"]],
        [FeeStep(**row) for row in parameters["steps"]],
        [Multiplier(**row) for row in parameters["multipliers"]],
    )


def _open(band: dict[str, Any]) -> dict[str, Any]:
    return band | {"age_to": None if isinf(band["age_to"]) else band["age_to"]}


def _end(age: float | None) -> float:
    return inf if age is None else age

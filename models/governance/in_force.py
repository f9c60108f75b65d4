"""Which fit serves what, when: the table beside the fits, each fault with its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

from kernel.errors import Fault, Invalid
from models.governance.assignment import PRIORS, Assignment, InForce

_PURPOSE = re.compile(
    r"borrower_default|borrower_score|right_life|lapse|recovery|severity\.[a-z][a-z0-9_]*"
)
_FIT = re.compile(rf"{PRIORS}|[A-Za-z0-9._-]+-[0-9a-f]{{12}}")


def read_in_force(text: str, name: str = "in_force.toml") -> InForce:
    """Read and check the table of service.

    Raises:
        Invalid: the text is no TOML, a row is faulty, or two rows overlap; the line is named.
    """
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(name, str(error), "mend the line named") from None
    unknown = sorted(top.keys() - {"serves"})
    listed = top.get("serves", [])
    if unknown or not isinstance(listed, list):
        words = f"unknown key {unknown[0]!r}" if unknown else "serves is no list of tables"
        raise _refusal(name, words, "write rows under [[serves]]")
    lines = _header_lines(text)
    if len(lines) != len(listed):
        raise _refusal(name, "rows are not written as tables", "begin each row with [[serves]]")
    rows = tuple(
        _row(row, f"{name} line {line}", line) for row, line in zip(listed, lines, strict=True)
    )
    _no_overlap(rows, name)
    return InForce(rows)


def load_in_force() -> InForce:
    """Read the table that is shipped beside the fits."""
    return read_in_force(
        files("models").joinpath("fits", "in_force.toml").read_text(encoding="utf-8")
    )


def serving(purpose: str, product: str, on: date) -> Assignment:
    """Return who serves `purpose` for `product` on a date, by the shipped table.

    Raises:
        Unavailable: nobody does.
    """
    return load_in_force().serving(purpose, product, on)


def _header_lines(text: str) -> list[int]:
    """Lines, from 1, on which a row begins."""
    header = re.compile(r"\s*\[\[\s*serves\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]


_KEYS = frozenset(field.name for field in fields(Assignment)) - {"line"}
_MUST = ("purpose", "products", "champion", "valid_from")


def _row(row: Mapping[str, Any], place: str, line: int) -> Assignment:
    for key in _MUST:
        if key not in row:
            raise _refusal(place, f"{key} is missing", f"state {key}")
    for key in row:
        if key not in _KEYS:
            raise _refusal(place, f"unknown key {key!r}", f"use {', '.join(sorted(_KEYS))}")
    _check_names(row, place)
    _check_dates(row, place)
    return Assignment(**(dict(row) | {"products": tuple(row["products"]), "line": line}))


def _check_names(row: Mapping[str, Any], place: str) -> None:
    if not isinstance(row["purpose"], str) or not _PURPOSE.fullmatch(row["purpose"]):
        cure = (
            "use borrower_default, borrower_score, right_life, lapse, recovery or severity.<what>"
        )
        raise _refusal(place, f"purpose {row['purpose']!r} is unknown", cure)
    products = row["products"]
    texts = isinstance(products, list) and all(isinstance(code, str) for code in products)
    if not texts or not products or len(set(products)) < len(products):
        raise _refusal(place, "products is no list of codes", 'write products = ["code", ...]')
    for key in ("champion", "challenger"):
        if key in row and not (isinstance(row[key], str) and _FIT.fullmatch(row[key])):
            cure = f'name a folder of models/fits, or "{PRIORS}"'
            raise _refusal(place, f"{key} {row[key]!r} is no fit id", cure)
    if row["champion"] == row.get("challenger"):
        raise _refusal(place, "a fit challenges itself", "name another challenger, or none")


def _check_dates(row: Mapping[str, Any], place: str) -> None:
    for key in ("valid_from", "valid_to"):
        if key in row and type(row[key]) is not date:
            raise _refusal(place, f"{key} is no date", f"write {key} = 2026-01-01, without quotes")
    if "valid_to" in row and row["valid_to"] <= row["valid_from"]:
        cure = "let valid_to be the first day on which the fit serves no more"
        raise _refusal(place, "valid_to is not after valid_from", cure)


def _no_overlap(rows: Iterable[Assignment], name: str) -> None:
    """Refuse two rows that serve one purpose and product on one day."""
    listed = sorted(rows, key=lambda row: row.valid_from)
    for purpose, product in {(row.purpose, code) for row in listed for code in row.products}:
        same = [row for row in listed if row.purpose == purpose and product in row.products]
        for one, after in pairwise(same):
            if one.serves_on(after.valid_from):
                problem = f"{purpose} of {product} is served by line {one.line} too, {one.span}"
                cure = f"give line {one.line} valid_to = {after.valid_from} or earlier"
                raise _refusal(f"{name} line {after.line}", problem, cure)


def _refusal(place: str, problem: str, cure: str) -> Invalid:
    return Invalid("in-force-invalid", Fault(place, problem, cure))

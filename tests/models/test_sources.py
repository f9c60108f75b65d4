"""Every figure below `models/` names a source that stands in docs/sources.md.

The law of the known-truth market is made up, and has none.
"""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
FILES = sorted(
    path
    for path in (ROOT / "models").rglob("*")
    if path.suffix in (".csv", ".toml") and not {"fits", "market"} & {*path.parts}
)
GRADES = {"A", "B", "C", "K"}


def rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def keys(stated: Any) -> Iterator[tuple[str, str]]:
    """Every `source` and `grade` of a TOML file, however deep."""
    if isinstance(stated, dict):
        for key, value in stated.items():
            if key in ("source", "grade") and isinstance(value, str):
                yield key, value
            else:
                yield from keys(value)
    elif isinstance(stated, list):
        for value in stated:
            yield from keys(value)


def stated_by(path: Path) -> list[tuple[str, str]]:
    if path.suffix == ".toml":
        return list(keys(tomllib.loads(path.read_text(encoding="utf-8"))))
    return [(key, row[key]) for row in rows(path) for key in ("source", "grade") if key in row]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_source_has_its_place_and_every_grade_is_one(path: Path) -> None:
    for key, value in stated_by(path):
        if key == "source":
            assert f'<a id="{value.lower()}"></a>' in SOURCES, value
        else:
            assert value in GRADES


def test_there_is_something_to_hold() -> None:
    """The test would pass on no figure at all."""
    assert sum(len(stated_by(path)) for path in FILES) > 700

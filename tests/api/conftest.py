"""A house that serves, on both kinds of database."""

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine


def _lend(name: str) -> None:
    """Let the tests here import a plain module of this folder."""
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


for _name in (
    *("callers", "register_calls", "loan_desk_calls"),
    *("course_claim", "course_quotes", "course_life", "course_reads", "whole_course"),
    "asking",
):
    _lend(_name)


@pytest.fixture
def counter(engine: Engine) -> Iterator[Any]:
    """A house with two banks, an underwriter and an adjuster, on both kinds of database."""
    opened = sys.modules["callers"].open_counter(engine)
    with opened.client:  # one event loop for all its requests
        yield opened

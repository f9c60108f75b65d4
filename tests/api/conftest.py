"""A house that serves, on both kinds of database."""

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

HERE = Path(__file__).parent
LETTERS = HERE.parent / "underwriting" / "guarantees"


def _lend(name: str, folder: Path = HERE) -> None:
    """Let the tests here import a plain module of this folder, or of another."""
    spec = spec_from_file_location(name, folder / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_lend("letter_stated", LETTERS)
for _name in (
    *("callers", "register_calls", "loan_desk_calls", "letter_calls"),
    *(
        "course_calls",
        "course_case_room",
        "course_claim",
        "course_claim_demand",
        "course_claim_growth",
        "course_claim_papers",
        "course_disposals",
        "course_matters",
        "course_overdues",
        "course_readiness",
        "course_reports",
        "course_quotes",
        "course_life",
        "course_reads",
        "course_papers",
        "course_reserves",
        "course_sandbox",
        "course_of_claims",
        "whole_course",
    ),
    "asking",
):
    _lend(_name)


@pytest.fixture
def counter(engine: Engine) -> Iterator[Any]:
    """A house with two banks, an underwriter and an adjuster, on both kinds of database."""
    opened = sys.modules["callers"].open_counter(engine)
    with opened.client:  # one event loop for all its requests
        yield opened

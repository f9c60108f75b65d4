"""A house whose policies live: changes, renewals, cancellations, with an audit after each act."""

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from kernel.db.engine import make_engine


def _lend(name: str) -> None:
    """Let the tests here import a plain module of this folder."""
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_lend("living")


@pytest.fixture
def living(engine: Engine) -> Any:
    """A house with one bank and policies that live; on both kinds of database."""
    return sys.modules["living"].a_living_house(engine)


@pytest.fixture
def quick(sqlite_url: str) -> Iterator[Any]:
    """The same on one kind only, for what no database decides."""
    engine = make_engine(sqlite_url)
    yield sys.modules["living"].a_living_house(engine)
    engine.dispose()

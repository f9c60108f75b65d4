"""A house whose loans are reported, on both kinds of database."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

HERE = Path(__file__).parent


def _lend(name: str, folder: Path) -> None:
    """Let the tests here import a plain module."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, folder / f"{name}.py")
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


_lend("living", HERE.parent / "history")
_lend("lending", HERE)


@pytest.fixture
def lending(engine: Engine) -> Any:
    """A house with one bank that reports its loans and asks leave."""
    return sys.modules["lending"].a_lending_house(engine)

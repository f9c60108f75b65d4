"""A house that issues letters, on both kinds of database."""

import sys
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


_lend("letter_stated")
_lend("guaranteeing")


@pytest.fixture
def issuer(engine: Engine) -> Any:
    """A house with one firm, a signer, and no letter yet."""
    return sys.modules["guaranteeing"].an_issuer(engine)

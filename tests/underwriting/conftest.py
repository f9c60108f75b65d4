"""Plain modules that the tests of this folder share."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def _lend(name: str) -> None:
    """Let the tests here import a plain module of this folder."""
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_lend("insurer")

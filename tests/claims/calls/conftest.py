"""Lend the tests of calls what they share."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_NAME = "calls_floor"
_SPEC = spec_from_file_location(_NAME, Path(__file__).parent / f"{_NAME}.py")
sys.modules[_NAME] = module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules[_NAME])

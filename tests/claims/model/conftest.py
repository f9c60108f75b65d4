"""Lend the test of the model what it is made of."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

for _name in (
    "model_claim",
    "claim_model",
    "model_books",
    "model_schemes",
    "model_agrees",
    "model_dialogue",
    "model_life",
):
    _spec = spec_from_file_location(_name, Path(__file__).parent / f"{_name}.py")
    sys.modules[_name] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_name])

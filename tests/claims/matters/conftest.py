"""A house with a matter that is fought."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from builders import SAMPLES, House, a_house
from sqlalchemy import Engine

from claims.notify import notify
from underwriting.products import product

_spec = spec_from_file_location("matter_kit", Path(__file__).parent / "matter_kit.py")
sys.modules["matter_kit"] = module_from_spec(_spec)
_spec.loader.exec_module(sys.modules["matter_kit"])

from matter_kit import TOLD, told  # noqa: E402 - lent just above


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


@pytest.fixture
def policy(house: House) -> Any:
    risk = product("infringement_liability").risk
    return house.policy(risk.model_validate(SAMPLES["infringement_liability"], strict=False))


@pytest.fixture
def claim(house: House, policy: Any) -> Any:
    return house.do(notify, told(policy), on=TOLD)

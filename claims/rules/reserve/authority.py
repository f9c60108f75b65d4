"""Which level may set how high a reserve."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.money import Money
from underwriting.rules.levels import LEVELS


@cache
def _table() -> dict[str, Any]:
    text = files("claims.rules.reserve").joinpath("authority.toml").read_text(encoding="utf-8")
    most: dict[str, Any] = tomllib.loads(text)["most"]
    return most


def level_for(reserve: Money) -> str:
    """Return the lowest level that may set a net reserve alone.

    >>> level_for(Money.of("500000.00", "CNY")), level_for(Money.of("1", "SGD"))
    ('clerk', 'chief')
    """
    for level in LEVELS[:-1]:
        most = _table().get(level, {}).get(reserve.currency)
        if most is not None and reserve.minor <= Money.of(most, reserve.currency).minor:
            return level
    return LEVELS[-1]


def may_set(level: str, reserve: Money) -> bool:
    """Say whether a person of `level` may set it alone."""
    return LEVELS.index(level) >= LEVELS.index(level_for(reserve))

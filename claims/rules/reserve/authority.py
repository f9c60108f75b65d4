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
    return tomllib.loads(text)


def level_for(reserve: Money) -> str:
    """Return the lowest level that may set a reserve of a height alone (`Reserves.height`).

    >>> level_for(Money.of("500000.00", "CNY")), level_for(Money.of("1", "SGD"))
    ('clerk', 'chief')
    """
    for level in LEVELS[:-1]:
        most = _table()["most"].get(level, {}).get(reserve.currency)
        if most is not None and reserve.minor <= Money.of(most, reserve.currency).minor:
            return level
    return LEVELS[-1]


def may_set(level: str, reserve: Money) -> bool:
    """Say whether a person of `level` may set it alone."""
    return LEVELS.index(level) >= LEVELS.index(level_for(reserve))


def may_refuse(level: str, reserve: Money) -> bool:
    """Say whether a person of `level` may refuse it: to leave reserves as they are risks nothing.

    Above the lowest level anybody may, whatever the height.

    >>> may_refuse("underwriter", Money.of("900000000.00", "CNY"))
    True
    """
    return level != LEVELS[0] or may_set(level, reserve)


def most_of_a_line(sum_insured: Money) -> Money:
    """Return the most that any line of a reserve is set to under a policy.

    >>> most_of_a_line(Money.of("850000.00", "CNY")).text
    '1700000.00'
    """
    return Money(_table()["bound"]["sums_insured"] * sum_insured.minor, sum_insured.currency)

"""How high one recovery of a claim may be stated: beyond it an amount is taken for a slip."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.errors import invalid
from kernel.money import Money


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("claims.rules").joinpath("recovered.toml").read_text("utf-8"))


def most_recovered(kind: str, measure: Money) -> Money:
    """Return the most that one recovery may state.

    Args:
        kind: code of the kind of claim.
        measure: the loan that is guaranteed, or the sum insured.

    >>> most_recovered("default", Money.of("3000000.00", "CNY")).text
    '30000000.00'
    """
    return Money(measure.minor * _table()["times"][kind], measure.currency)


def check_recovered(kind: str, measure: Money, amounts: Mapping[str, int]) -> None:
    """Refuse an amount that no recovery of this claim comes to.

    Args:
        kind: code of the kind of claim.
        measure: as `most_recovered`.
        amounts: field -> minor units of its currency.

    Raises:
        Invalid: one of them is above the most.
    """
    most = most_recovered(kind, measure)
    for field, minor in amounts.items():
        if minor > most.minor:
            words = f"is above {most}, the most that one recovery of a claim on {measure} states"
            raise invalid(field, words, "check the figure; record money of other claims on those")

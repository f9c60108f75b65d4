"""How a long training tells where it is."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Told the step in words, how many are done, and of how many."""


def quiet(step: str, done: int, total: int) -> None:
    """Say nothing."""

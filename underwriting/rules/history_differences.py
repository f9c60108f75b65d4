"""What differs between two versions of terms, and where a change of an earlier day is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kernel.finding import Effect, Finding

_DERIVED: Final = ("earning", "papers", "loan.balances", "agreed.particulars")
"""Follows from what else is shown, or is too long to be read side by side."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One term before and after.

    Attributes:
        path: dotted place in the frozen terms.
        before: as text; None where it was not there.
        after: likewise.
    """

    path: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return every term that differs between two frozen contracts, in the order of the first.

    >>> differences({"waiting_days": 60}, {"waiting_days": 80})
    (Difference(path='waiting_days', before='60', after='80'),)
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = dict.fromkeys([*old, *new])
    return tuple(
        Difference(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    )


def overtaken(
    changed: tuple[Difference, ...], later: Mapping[str, Any], *, day: str
) -> tuple[Finding, ...]:
    """Return a finding for each changed term that a later version still states as it was before.

    A change of an earlier day is applied before the later ones, which state whole terms of
    their own: from their day on, theirs hold.
    """
    stated = dict(_leaves(later))
    return tuple(
        Finding(
            "overtaken", Effect.INFORM,
            f"the change that takes effect on {day} states {one.path} as {one.before}, "
            "as it was before this change",
            f"{day} 起生效的变更仍载明 {one.path} 为 {one.before}，与本次变更前相同",
            "a later change holds from its own day on",
            f"change it from {day} as well, if it is meant to last",
        )
        for one in changed
        if stated.get(one.path) == one.before
    )  # fmt: skip


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield every single value with its place."""
    if path in _DERIVED:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{place}]")
    else:
        yield path, None if value is None else str(value)

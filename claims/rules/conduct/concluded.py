"""Several demands of one matter come to their ends: what stands of all of them together."""

from collections.abc import Mapping
from typing import Any

from claims.rules.conduct.consent import UNCONSENTED
from claims.rules.kinds.liability_facts import CONCLUDED, REASSESSED


def in_all(file: Mapping[str, Any], minor: int, one: tuple[bool, int | None]) -> dict[str, Any]:
    """Return what the file holds of consent after one more conclusion: none forgives another.

    One settlement without consent leaves the whole without it. What is found owed is then the sum
    over all that was concluded: what was agreed or adjudged where consent was not wanting, and
    the figure of the re-assessment where it was. None: a person has to find the sum.

    What the file says before anything is concluded is taken as said of the first settlement
    without consent.

    Args:
        file: of the claim, with its conclusions before this one.
        minor: agreed or adjudged now, minor units.
        one: was this one without consent, and the figure it is re-assessed at (`reassessed`).

    >>> in_all({"concluded": [{"minor": 60}], "settled_unconsented": False}, 100, (True, 90))
    {'settled_unconsented': True, 'reassessed': 150}
    >>> in_all({"concluded": [{}], "settled_unconsented": True, "reassessed": 90}, 5, (False, None))
    {'settled_unconsented': True, 'reassessed': 95}
    """
    alone, found = one
    if not (alone or file.get(UNCONSENTED)):
        return {UNCONSENTED: False}
    if alone and not file.get(CONCLUDED):
        return {UNCONSENTED: True, REASSESSED: file.get(REASSESSED) if found is None else found}
    before, now = _before(file), found if alone else minor
    total = None if before is None or now is None else before + now
    return {UNCONSENTED: True, REASSESSED: total}


def _before(file: Mapping[str, Any]) -> int | None:
    """Return what is owed of all before: the figure found of it, else all that was agreed."""
    if file.get(UNCONSENTED):
        figure: int | None = file.get(REASSESSED)
        return figure
    return sum(int(kept["minor"]) for kept in file.get(CONCLUDED, ()))

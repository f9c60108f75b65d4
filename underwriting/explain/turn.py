"""Turn one lever of a proposal: the same proposal, with one figure changed."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any, Final

from kernel.errors import invalid
from kernel.money import format_minor, parse_minor
from underwriting.rules.lever import Lever, Unit

MOST_MONTHS: Final = 120
"""Of a term, as forms take it."""


def stated(risk: Mapping[str, Any], lever: Lever) -> Fraction | None:
    """Return where a lever stands: minor units, months or a share; None where it is left out."""
    place: Any = risk
    for key in lever.path:
        if not isinstance(place, Mapping | Sequence) or isinstance(place, str):
            return None
        try:
            place = place[key]  # type: ignore[index] # a key of a mapping, or a place in a list
        except (KeyError, IndexError):
            return None
    if place is None:
        return None
    if lever.unit is Unit.MONEY:
        return Fraction(parse_minor(place, currency_of(risk)))
    return Fraction(place)


def turned(risk: Mapping[str, Any], lever: Lever, to: Fraction) -> dict[str, Any]:
    """Return the proposal with a lever set.

    Raises:
        Invalid: the part of the proposal where the lever stands was left out.
    """
    changed: dict[str, Any] = deepcopy(dict(risk))
    place: Any = changed
    for depth, key in enumerate(lever.path[:-1]):
        if not isinstance(place, list) and place.get(key) is None:
            if lever.unit is not Unit.MONEY or depth != len(lever.path) - 2:
                name = ".".join(map(str, ("risk", *lever.path)))
                raise invalid(name, "is left out", "state it, so that it can be turned")
            place[key] = {"amount": "0", "currency": currency_of(risk)}
        place = place[key]
    place[lever.path[-1]] = shown(lever, to, currency_of(risk))
    return changed


def shown(lever: Lever, at: Fraction, currency: str) -> str | int:
    """Write the position of a lever as it stands in a proposal."""
    if lever.unit is Unit.MONEY:
        return format_minor(int(at), currency)
    return int(at) if lever.unit is Unit.MONTHS else str(at)


def position(lever: Lever, text: str, currency: str, field: str) -> Fraction:
    """Read a position as it is stated: an amount, months or a share.

    Raises:
        Invalid: it is none for this lever.
    """
    if lever.unit is Unit.MONEY:
        return Fraction(parse_minor(text, currency, field))
    try:
        at = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise invalid(field, f"{text!r} is no number", "write 12, 0.25 or 1/4") from None
    if lever.unit is Unit.MONTHS and (at.denominator != 1 or not 1 <= at <= MOST_MONTHS):
        raise invalid(field, f"{text!r} is no term", f"give whole months, 1 to {MOST_MONTHS}")
    if lever.unit is Unit.SHARE and not 0 <= at <= 1:
        raise invalid(field, f"{text!r} is no share", "give a share from 0 to 1")
    return at


def currency_of(risk: Mapping[str, Any]) -> str:
    """Return the one currency of the proposal, from the first amount that it states."""
    found = _first_currency(risk)
    assert found is not None, "a proposal states an amount"
    return found


def _first_currency(place: Any) -> str | None:
    if isinstance(place, Mapping):
        if set(place) == {"amount", "currency"}:
            return str(place["currency"])
        return next((c for c in map(_first_currency, place.values()) if c), None)
    if isinstance(place, list | tuple):
        return next((c for c in map(_first_currency, place) if c), None)
    return None

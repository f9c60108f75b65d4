"""Frozen values as plain JSON and back: what is printed or agreed is kept so that it can return.

    plain(value) -> JSON value
    read_plain(kind, stated) -> value of that kind

A value is built of frozen dataclasses, tuples, text, whole numbers, truth values, None, dates,
instants, exact fractions, money and enumerations, as the annotations say. Where an annotation
allows several kinds, the one that stands there is named beside the value, text excepted. Floats
are refused: they are for mathematics.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from kernel.money import Money

T = TypeVar("T")

_READ: Final[dict[type, Callable[[Any], Any]]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Fraction: Fraction,
    Money: lambda stated: Money(stated["minor"], stated["currency"]),
}
_WRITE: Final[dict[type, Callable[[Any], Any]]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    Fraction: str,
    Money: lambda money: {"minor": money.minor, "currency": money.currency},
}
_BARE: Final = (str, int, bool)


def plain(value: Any) -> Any:
    """Return a dataclass as what JSON holds.

    >>> from dataclasses import make_dataclass
    >>> Share = make_dataclass("Share", [("of", Fraction), ("on", date), ("rest", Money | None)])
    >>> plain(Share(Fraction(1, 3), date(2026, 1, 31), None))
    {'of': '1/3', 'on': '2026-01-31', 'rest': None}
    """
    return _out(type(value), value)


def read_plain(kind: type[T], stated: Any) -> T:
    """Return the value of `kind` that `plain` wrote, also before a field with a default came.

    >>> read_plain(Money, {"minor": -150, "currency": "CNY"})
    Money(minor=-150, currency='CNY')
    """
    value: T = _in(kind, stated)
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _choices(hint: Any) -> tuple[Any, ...]:
    """Return the kinds that an annotation allows, None left out."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(one for one in get_args(hint) if one is not NoneType)
    return (hint,)


def _out(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = _choices(hint)
    if len(kinds) > 1:
        kind = type(value)
        assert kind in kinds, f"{kind.__name__} is none of {hint}"
        written = _out(kind, value)
        return written if kind is str else {"kind": kind.__name__, "value": written}
    (kind,) = kinds
    if get_origin(kind) is tuple:
        return [_out(one, item) for one, item in _zipped(kind, value)]
    return _alone(kind, value)


def _alone(kind: Any, value: Any) -> Any:
    if get_origin(kind) is Literal:
        return value
    if isinstance(value, Enum):
        return value.value
    if kind in _WRITE:
        return _WRITE[kind](value)
    if isinstance(value, _BARE):
        return value
    assert is_dataclass(value), f"{type(value).__name__} is not a kind that is kept"
    hints = _hints(value.__class__)
    return {one.name: _out(hints[one.name], getattr(value, one.name)) for one in fields(value)}


def _in(hint: Any, stated: Any) -> Any:
    if stated is None:
        return None
    kinds = _choices(hint)
    if len(kinds) > 1:
        if isinstance(stated, str):
            return stated
        (kind,) = (one for one in kinds if one.__name__ == stated["kind"])
        return _in(kind, stated["value"])
    (kind,) = kinds
    if get_origin(kind) is tuple:
        return tuple(_in(one, item) for one, item in _zipped(kind, stated))
    return _read_alone(kind, stated)


def _read_alone(kind: Any, stated: Any) -> Any:
    if get_origin(kind) is Literal or kind in _BARE:
        return stated
    if kind in _READ:
        return _READ[kind](stated)
    if issubclass(kind, Enum):
        return kind(stated)
    hints = _hints(kind)  # a field that came later has its default
    return kind(**{name: _in(hint, stated[name]) for name, hint in hints.items() if name in stated})


def _zipped(kind: Any, items: Any) -> list[tuple[Any, Any]]:
    """Return the items of a tuple beside their kinds."""
    inner = get_args(kind)
    if inner[1:] == (Ellipsis,):
        return [(inner[0], item) for item in items]
    return list(zip(inner, items, strict=True))

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
from functools import cache, partial
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
    return None if value is None else _writer(hint)(value)


@cache
def _writer(hint: Any) -> Callable[[Any], Any]:
    """Return what writes a value under an annotation; the annotation is read once."""
    kinds = _choices(hint)
    if len(kinds) > 1:
        return partial(_write_named, hint, kinds)
    (kind,) = kinds
    if get_origin(kind) is tuple:
        return partial(_write_items, kind)
    if get_origin(kind) is Literal:
        return _as_it_is
    return partial(_write_alone, _WRITE.get(kind))


def _as_it_is(value: Any) -> Any:
    return value


def _write_named(hint: Any, kinds: tuple[Any, ...], value: Any) -> Any:
    """Name the kind beside the value, text excepted."""
    kind = type(value)
    assert kind in kinds, f"{kind.__name__} is none of {hint}"
    written = _out(kind, value)
    return written if kind is str else {"kind": kind.__name__, "value": written}


def _write_items(kind: Any, value: Any) -> Any:
    inner = get_args(kind)
    if inner[1:] == (Ellipsis,):
        write = _writer(inner[0])
        return [None if item is None else write(item) for item in value]
    return [_out(one, item) for one, item in _zipped(kind, value)]


def _write_alone(write: Callable[[Any], Any] | None, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if write is not None:
        return write(value)
    if isinstance(value, _BARE):
        return value
    assert is_dataclass(value), f"{type(value).__name__} is not a kind that is kept"
    found = {}
    for name, inner in _members(value.__class__):
        one = getattr(value, name)
        found[name] = None if one is None else inner(one)
    return found


@cache
def _members(kind: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the fields of a dataclass, each with what writes it."""
    hints = _hints(kind)
    return tuple((one.name, _writer(hints[one.name])) for one in fields(kind))


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

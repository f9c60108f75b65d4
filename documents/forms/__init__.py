"""The forms: one file each, a frozen dataclass of what is printed and its `blocks()`.

A module here with a class that has a `title` of its own is a form, and the module's name is its
kind: there is no list to keep. A module without one serves the others.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from documents.blocks import Label
from documents.render import Form
from kernel.errors import Fault, NotFound
from kernel.plain import read_plain


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def _form_in(kind: str) -> type[Form] | None:
    """Return the form that a module states, None where it states none."""
    name = f"{__name__}.{kind}"
    found = [
        one
        for one in vars(import_module(name)).values()
        if isinstance(one, type) and one.__module__ == name and _is_form(one)
    ]
    assert len(found) <= 1, f"{name} states more than one form"
    return found[0] if found else None


def _is_form(kind: type) -> bool:
    return isinstance(getattr(kind, "title", None), Label) and hasattr(kind, "blocks")


class _Forms(Mapping[str, type[Form]]):
    """Kind -> form; a module is imported when its kind is asked for."""

    def __getitem__(self, kind: str) -> type[Form]:
        form = _form_in(kind) if kind in _names() else None
        if form is None:
            raise KeyError(kind)
        return form

    def __iter__(self) -> Iterator[str]:
        return (name for name in _names() if _form_in(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


FORMS: Final[Mapping[str, type[Form]]] = _Forms()
"""Kind -> form, in the order of the alphabet."""


def kind_of(form: Form) -> str:
    """Return the kind under which a form is kept: the name of its module.

    The form is one of `FORMS`: asserted.
    """
    kind = type(form).__module__.rpartition(".")[2]
    assert FORMS.get(kind) is type(form), f"{type(form).__name__} is no form of the house"
    return kind


def form_of(kind: str, stated: Any) -> Form:
    """Return the form of `kind` that `kernel.plain.plain` wrote.

    Raises:
        NotFound: `no-such-form`.
    """
    if kind not in FORMS:
        fault = Fault("kind", f"{kind!r} is no form", f"use one of {', '.join(FORMS)}")
        raise NotFound("no-such-form", fault)
    return read_plain(FORMS[kind], stated)

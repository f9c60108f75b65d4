"""Every form of the folder is found by itself, and comes back from what was kept of it."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from documents.blocks import Label
from documents.forms import FORMS, form_of, kind_of
from kernel.errors import NotFound
from kernel.money import Money
from kernel.plain import plain

_BARE = {
    str: "甲 <b>&", int: 7, bool: True, date: date(2026, 2, 28), Fraction: Fraction(1, 3),
    datetime: datetime(2026, 2, 28, 1, 2, 3, tzinfo=UTC), Money: Money(123456, "CNY"),
}  # fmt: skip


def _some(hint: Any, choice: int) -> Any:
    """Any value that an annotation allows; `choice` picks among its kinds."""
    if get_origin(hint) in (Union, UnionType):
        kinds = get_args(hint)
        return _some(kinds[choice % len(kinds)], choice)
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[1:] == (Ellipsis,):
            return tuple(_some(inner[0], choice + n) for n in range(choice % 4))
        return tuple(_some(one, choice) for one in inner)
    if get_origin(hint) is Literal:
        return get_args(hint)[choice % len(get_args(hint))]
    if hint is NoneType or hint is None:
        return None
    return _BARE[hint] if hint in _BARE else _made(hint, choice)


def _made(kind: Any, choice: int) -> Any:
    if issubclass(kind, Enum):
        return list(kind)[choice % len(kind)]
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind)
    return kind(**{field.name: _some(hints[field.name], choice) for field in fields(kind)})


def _parts(hint: Any) -> set[type]:
    """Every dataclass that a form is made of, itself among them."""
    if not isinstance(hint, type) or get_origin(hint):
        return {kind for one in get_args(hint) for kind in _parts(one)}
    if not is_dataclass(hint) or hint is Money:
        return set()
    inner = get_type_hints(hint)
    return {hint}.union(*(_parts(inner[field.name]) for field in fields(hint)))


@pytest.mark.parametrize("choice", range(4))
@pytest.mark.parametrize("kind", FORMS)
def test_every_form_comes_back_from_what_was_kept(
    kind: str, choice: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in _parts(FORMS[kind]):  # what is made up here need not add up
        if hasattr(part, "__post_init__"):
            monkeypatch.setattr(part, "__post_init__", lambda self: None)
    form = _some(FORMS[kind], choice)
    assert kind_of(form) == kind
    again = form_of(kind, plain(form))
    assert again == form
    assert type(again) is FORMS[kind]


def test_forms_are_found_by_themselves() -> None:
    assert {"quote_letter", "policy_schedule", "endorsement", "consent_letter"} <= set(FORMS)
    assert len(FORMS) == len(list(FORMS)) == len(set(FORMS.values()))
    assert list(FORMS) == sorted(FORMS)
    assert all(isinstance(form.title, Label) for form in FORMS.values())


@pytest.mark.parametrize("kind", ["rows", "no_such", "__init__", "../quote_letter", ""])
def test_what_is_no_form_is_not_found(kind: str) -> None:
    assert kind not in FORMS
    with pytest.raises(NotFound) as refused:
        form_of(kind, {})
    assert refused.value.code == "no-such-form"


def test_a_form_from_elsewhere_has_no_kind() -> None:
    class Strange:
        title = Label("外", "Strange")

    with pytest.raises(AssertionError, match="no form of the house"):
        kind_of(Strange())

"""The codes that a field of a letter may take, as the annotations of `LetterTerms` say."""

from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from underwriting.letters.terms import LetterTerms
from underwriting.standards.mapping import Row


@cache
def codes_of(row: Row) -> tuple[str, ...]:
    """Return the codes of a field; none where it takes any text.

    >>> from underwriting.standards.mapping import by_label
    >>> codes_of(by_label()["MODE"]), codes_of(by_label()["PLACE"])
    (('single', 'revolving'), ())
    """
    kind: Any = LetterTerms
    for name in row.field.replace("[]", "").split("."):
        kind = _item(get_type_hints(_item(kind))[name])
    return get_args(kind) if get_origin(kind) is Literal else ()


def _item(kind: Any) -> Any:
    """Return the kind of the items of a list, or the kind itself."""
    return get_args(kind)[0] if get_origin(kind) is tuple else kind

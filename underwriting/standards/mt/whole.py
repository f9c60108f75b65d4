"""Was a message read whole? It is written again from what was read, and held against what came."""

from collections.abc import Sequence
from typing import Any

from kernel.errors import Invalid, invalid
from kernel.plain import read_plain
from underwriting.letters.terms import LetterTerms
from underwriting.standards.kinds import read_amount
from underwriting.standards.lines import at_path, put_at
from underwriting.standards.mapping import rows
from underwriting.standards.mt.check import check_mt
from underwriting.standards.mt.message import Field, Message

UNREAD = "-"
"""Stands for the Chinese of a letter that is built from a message, to be written again only."""

_AMOUNTS = ("32B", "33B", "34B")


def right(message: Message, kind: str) -> Message:
    """Return a message of a kind that breaks no rule.

    Raises:
        Invalid: of another kind, or with faults: all of them.
    """
    if message.kind != kind:
        raise invalid("kind", f"is MT{message.kind}", f"read an MT{kind}")
    faults = check_mt(message)
    if faults:
        raise Invalid("not-readable", *faults)
    return message


def built(fields: dict[str, Any]) -> LetterTerms:
    """Return the letter that a message states, its Chinese and its counter-security unread."""
    for row in (one for one in rows() if not one.carried("mt")):
        if row.field == "security":
            fields = fields | {"security": []}
        elif row.listed is None:
            put_at(fields, row.field, UNREAD)
        else:
            leaf = row.field.rpartition(".")[2]
            for item in at_path(fields, row.listed):
                item[leaf] = UNREAD
    return read_plain(LetterTerms, fields)


def whole(given: Message, again: Message) -> None:
    """Refuse a message that holds more or other than what was read from it."""
    if len(given.more) != len(again.more):
        raise invalid(f"MT{given.kind}.27", "is not understood", "send it as we write it")
    for one, other in zip((given, *given.more), (again, *again.more), strict=True):
        differs = _difference(one.fields, other.fields)
        if differs is not None:
            path = ".".join(
                part for part in (f"MT{one.kind}", differs.sequence, differs.tag) if part
            )
            cure = "leave it out, or have a person read it"
            raise Invalid("not-readable", *invalid(path, "is not understood", cure).faults)


def _difference(given: Sequence[Field], again: Sequence[Field]) -> Field | None:
    for at, one in enumerate(given):
        if at >= len(again) or _meant(one) != _meant(again[at]):
            return one
    return again[len(given)] if len(again) > len(given) else None


def _meant(field: Field) -> tuple[str, str, Any]:
    """Return what a field means: decimals left out of an amount change nothing."""
    amount = field.tag in _AMOUNTS
    return field.sequence, field.tag, read_amount(field.text, field.tag) if amount else field.text

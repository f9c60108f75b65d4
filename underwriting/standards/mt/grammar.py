"""The messages as tables: which fields, in which order, of which format. `messages.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a message.

    Attributes:
        tag: two digits and perhaps a letter.
        mandatory: must it stand where its sequence stands?
        format: in the notation of the standard.
        name: what it is.
        sequence: A, B or C; empty where the message has none.
        group: the field whose options it is one of.
        codes: the only codes allowed, where they are few.
    """

    tag: str
    mandatory: bool
    format: str
    name: str
    sequence: str
    group: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One message.

    Attributes:
        kind: three digits.
        title: what it is.
        fields: in order.
        continued_by: the message that continues it where a text is too long.
        optional_sequences: that need not stand.
    """

    kind: str
    title: str
    fields: tuple[FieldRule, ...]
    continued_by: str | None
    optional_sequences: tuple[str, ...]

    def rule(self, sequence: str, tag: str) -> FieldRule | None:
        """Return the rule of a field, or None where the message has no such field."""
        for one in self.fields:
            if (one.sequence, one.tag) == (sequence, tag):
                return one
        return None

    def place(self, sequence: str, tag: str) -> int:
        """Return where a field of the message stands in its order."""
        rule = self.rule(sequence, tag)
        assert rule is not None, f"MT{self.kind} has no field {tag} in sequence {sequence!r}"
        return self.fields.index(rule)


@cache
def layouts() -> dict[str, Layout]:
    """Return every message that is known, by its three digits."""
    text = (files(__package__) / "messages.toml").read_text(encoding="utf-8")
    tables = {kind: one for kind, one in tomllib.loads(text).items() if isinstance(one, dict)}
    return {kind: _layout(kind, table) for kind, table in tables.items()}


def _layout(kind: str, table: dict[str, Any]) -> Layout:
    return Layout(
        kind=kind,
        title=table["title"],
        fields=tuple(_rule(row) for row in table["fields"]),
        continued_by=table.get("continued_by"),
        optional_sequences=tuple(table.get("optional_sequences", ())),
    )


def _rule(row: dict[str, Any]) -> FieldRule:
    return FieldRule(
        tag=row["tag"],
        mandatory=row["status"] == "M",
        format=row["format"],
        name=row["name"],
        sequence=row.get("sequence", ""),
        group=row.get("group", row["tag"]),
        codes=tuple(row.get("codes", ())),
    )

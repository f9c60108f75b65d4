"""A message as fields, and the one writer and the one reader of its text.

    write_mt(message) -> text     read_mt(text) -> Message

The addresses in the first two blocks are those of the bank that sends: twelve X stand where the
letter names none. Lines end with CR LF, as the network wants them; a reader takes LF too.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kernel.errors import invalid
from underwriting.standards.mt.grammar import layouts

NOBODY: Final = "X" * 12
"""Stands for an address that the sending bank fills in."""

_TEXT_MOST: Final = 200_000
_WHOLE: Final = re.compile(
    r"\{1:F01([A-Z0-9]{12})0000000000\}\{2:I(\d{3})([A-Z0-9]{12})N\}\{4:\n(.*?)\n-\}",
    re.ASCII | re.DOTALL,
)
_TAG: Final = re.compile(r":(\d{2}[A-Z]?):(.*)", re.ASCII | re.DOTALL)
_STARTS: Final = {"15A": "A", "15B": "B", "15C": "C"}


@dataclass(frozen=True, slots=True)
class Field:
    r"""One field: its sequence (empty where there is none), tag and text; lines end with `\n`."""

    sequence: str
    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, with those that continue it.

    Attributes:
        kind: three digits, such as 760.
        fields: in the order that they stand.
        sender: logical terminal of 12 characters.
        receiver: the same.
        more: the messages that continue it, in order.
    """

    kind: str
    fields: tuple[Field, ...]
    sender: str = NOBODY
    receiver: str = NOBODY
    more: tuple["Message", ...] = ()

    def text(self, tag: str, sequence: str | None = None) -> str | None:
        """Return the text of the first field of a tag; None where it does not stand."""
        for one in self.fields:
            if one.tag == tag and sequence in (None, one.sequence):
                return one.text
        return None


def write_mt(message: Message) -> str:
    """Write a message and what continues it, each whole, one after the other."""
    body = "\n".join(f":{one.tag}:{one.text}" for one in message.fields)
    head = f"{{1:F01{message.sender}0000000000}}{{2:I{message.kind}{message.receiver}N}}"
    whole = f"{head}{{4:\n{body}\n-}}".replace("\n", "\r\n")
    return "\r\n".join([whole, *(write_mt(one) for one in message.more)])


def read_mt(text: str) -> Message:
    """Read a message and what continues it; the form only, `check_mt` judges the rest.

    Raises:
        Invalid: no message, a text around or between, a line that belongs to no field, or a
            second message that does not continue the first.
    """
    if len(text) > _TEXT_MOST:
        raise invalid("text", "is too long for a message", f"send at most {_TEXT_MOST} characters")
    plain = text.replace("\r\n", "\n").removesuffix("\n")
    found = list(_WHOLE.finditer(plain))
    edges = [0, *(at for one in found for at in one.span()), len(plain)]
    gaps = [plain[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    if not found or gaps != ["", *["\n"] * (len(found) - 1), ""]:
        raise invalid("text", "is no message", "send blocks 1, 2 and 4, and nothing around them")
    first, *more = (_one(found_one) for found_one in found)
    layout = layouts().get(first.kind)
    continued = layout.continued_by if layout else None
    if any(one.kind != continued for one in more):
        raise invalid("text", "holds messages that do not belong together", "send them singly")
    return Message(
        kind=first.kind,
        fields=first.fields,
        sender=first.sender,
        receiver=first.receiver,
        more=tuple(more),
    )


def _one(found: re.Match[str]) -> Message:
    sender, kind, receiver, body = found.groups()
    return Message(kind=kind, fields=_fields(body), sender=sender, receiver=receiver)


def _fields(body: str) -> tuple[Field, ...]:
    lines = body.split("\n")
    starts = [at for at, line in enumerate(lines) if line.startswith(":")]
    if not starts or starts[0] != 0:
        raise invalid("text", "begins with a line of no field", "begin with a tag such as :20:")
    found: list[Field] = []
    sequence = ""
    for begin, end in pairwise([*starts, len(lines)]):
        match = _TAG.fullmatch("\n".join(lines[begin:end]))
        if match is None:
            raise invalid("text", f"{lines[begin]!r} is no field", "write a tag such as :20:")
        tag, text = match.groups()
        sequence = _STARTS.get(tag, sequence)
        found.append(Field(sequence, tag, text))
    return tuple(found)

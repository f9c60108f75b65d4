"""Fields put in order, checked, and divided over as many messages as a long 77U needs."""

from kernel.errors import Fault, Invalid
from underwriting.standards.mt.check import check_mt
from underwriting.standards.mt.grammar import layouts
from underwriting.standards.mt.labels import MOST_LINES
from underwriting.standards.mt.message import Field, Message, write_mt

PARTS_MOST = 8
"""So many messages make one series."""


def checked(message: Message) -> str:
    """Return a message as text; refuse one that breaks a rule, with every fault."""
    faults = check_mt(message)
    if faults:
        raise Invalid("not-exportable", *faults)
    return write_mt(message)


def series(
    kind: str,
    parts: dict[str, dict[str, str]],
    free: list[str],
    ends: dict[str, str],
    sender: str,
) -> Message:
    """Return a message whose 77U may go on in others.

    Args:
        kind: of the first message.
        parts: its fields by sequence, 27 and 77U left out.
        free: the lines of 77U.
        ends: what each message that continues it repeats.
        sender: logical terminal.
    """
    most = MOST_LINES["77U"]
    chunks = [free[begin : begin + most] for begin in range(0, len(free), most)] or [[]]
    total = len(chunks)
    if total > PARTS_MOST:
        problem = f"needs {total} messages of {most} lines"
        cure = f"shorten the texts to {PARTS_MOST} messages"
        raise Invalid("not-exportable", Fault(f"MT{kind}.77U", problem, cure))
    first, *more = ["\n".join(one) for one in chunks]
    parts["A"]["27"] = f"1/{total}"
    if first:
        parts["B"]["77U"] = first
    continued = layouts()[kind].continued_by
    assert continued is not None, f"MT{kind} is not continued"
    rest = [
        {"": {"27": f"{at}/{total}", **ends, "77U": text}} for at, text in enumerate(more, start=2)
    ]
    return Message(
        kind=kind,
        fields=ordered(kind, parts),
        sender=sender,
        more=tuple(
            Message(kind=continued, fields=ordered(continued, one), sender=sender) for one in rest
        ),
    )


def ordered(kind: str, parts: dict[str, dict[str, str]]) -> tuple[Field, ...]:
    """Return the fields of each sequence in the order of their message."""
    layout = layouts()[kind]
    found = [Field(part, tag, text) for part, texts in parts.items() for tag, text in texts.items()]
    return tuple(sorted(found, key=lambda one: layout.place(one.sequence, one.tag)))

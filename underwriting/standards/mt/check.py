"""Is a message right? Every fault at once: fields, order, formats, characters, rules, series.

check_mt(message) -> faults; none where it is right
"""

from collections.abc import Iterator

from kernel.errors import Fault, Invalid
from underwriting.standards.kinds import read_amount
from underwriting.standards.mt.days import read_day
from underwriting.standards.mt.grammar import FieldRule, Layout, layouts
from underwriting.standards.mt.message import Field, Message
from underwriting.standards.mt.network import RULES
from underwriting.standards.mt.notation import foreign_fault, pattern_of, set_of

_REFERENCES = ("20", "21", "23")
_MOST_PARTS = 8


def check_mt(message: Message) -> tuple[Fault, ...]:
    """Return everything that is wrong with a message and with what continues it."""
    layout = layouts().get(message.kind)
    if layout is None:
        known = ", ".join(layouts())
        return (Fault("kind", f"MT{message.kind} is not a message we know", f"use one of {known}"),)
    faults = [*_fields(message, layout), *_order(message, layout), *_mandatory(message, layout)]
    for rule in RULES.get(message.kind, ()):
        faults += rule(message)
    for one in message.more:
        faults += check_mt(one)
    return (*faults, *_series(message))


def _path(message: Message, one: Field) -> str:
    return ".".join(part for part in (f"MT{message.kind}", one.sequence, one.tag) if part)


def _fields(message: Message, layout: Layout) -> Iterator[Fault]:
    """Judge each field by itself."""
    for one in message.fields:
        path, rule = _path(message, one), layout.rule(one.sequence, one.tag)
        if rule is None:
            yield Fault(path, "is no field of this message", "leave it out")
            continue
        foreign = foreign_fault(path, one.text, set_of(rule.format))
        if foreign is not None:
            yield foreign
        elif not _formed(one.text, rule):
            yield Fault(path, f"does not have the format {rule.format or 'empty'}", "mend it")
        else:
            yield from _meaning(path, one, rule)


def _formed(text: str, rule: FieldRule) -> bool:
    """Has a text the format, and no line that is empty or would end the message?"""
    lines = text.split("\n")
    broken = rule.format != "" and any(not line or line[0] in ":-" for line in lines)
    return pattern_of(rule.format).fullmatch(text) is not None and not broken


def _meaning(path: str, one: Field, rule: FieldRule) -> Iterator[Fault]:
    """Judge what a text of the right format says."""
    code = one.text.partition("\n")[0].partition("/")[0]
    if rule.codes and code not in rule.codes:
        yield Fault(path, f"{code!r} is not a code of this field", f"use {', '.join(rule.codes)}")
    slashes = one.text.startswith("/") or one.text.endswith("/") or "//" in one.text
    if one.tag in _REFERENCES and slashes:
        yield Fault(path, "has a slash at an end or two together", "take the slash away")
    try:
        if rule.format == "6!n":
            read_day(one.text, path)
        if rule.format == "3!a15d":
            read_amount(one.text, path)
    except Invalid as refusal:
        yield from refusal.faults


def _order(message: Message, layout: Layout) -> Iterator[Fault]:
    """Judge that known fields stand once and in their order."""
    last, groups = -1, set[tuple[str, str]]()
    for one in message.fields:
        rule = layout.rule(one.sequence, one.tag)
        if rule is None:
            continue
        place, group = layout.place(one.sequence, one.tag), (one.sequence, rule.group)
        if group in groups:
            yield Fault(_path(message, one), "stands twice", "give each field once")
        elif place < last:
            yield Fault(_path(message, one), "stands out of order", "use the order of the table")
        groups.add(group)
        last = max(last, place)


def _mandatory(message: Message, layout: Layout) -> Iterator[Fault]:
    """Judge that every field stands that must."""
    standing = {
        (one.sequence, rule.group)
        for one in message.fields
        if (rule := layout.rule(one.sequence, one.tag)) is not None
    }
    sequences = {one.sequence for one in message.fields}
    asked: set[tuple[str, str]] = set()
    for rule in layout.fields:
        skipped = rule.sequence in layout.optional_sequences and rule.sequence not in sequences
        group = (rule.sequence, rule.group)
        if rule.mandatory and not skipped and group not in standing | asked:
            asked.add(group)
            path = _path(message, Field(rule.sequence, rule.group, ""))
            yield Fault(path, f"is missing: {rule.name}", "give it")


def _series(message: Message) -> Iterator[Fault]:
    """Judge the numbering of a message that others continue."""
    if message.kind not in {one.kind for one in layouts().values() if one.continued_by}:
        return
    total = 1 + len(message.more)
    if total > _MOST_PARTS:
        yield Fault("27", f"{total} messages are too many", f"send at most {_MOST_PARTS}")
    for number, one in enumerate((message, *message.more), start=1):
        if one.text("27") != f"{number}/{total}":
            yield Fault(f"MT{one.kind}.27", f"is not {number}/{total}", "number the series")
        if one.text("20") != message.text("20"):
            yield Fault(f"MT{one.kind}.20", "is of another undertaking", "use one number")

"""Find the line of a TOML file on which a key stands, so that a refusal can name it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'"
_DOTTED = re.compile(rf"(?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*")
_PART = re.compile(_NAME)
_HEADER = re.compile(r"^\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*({_DOTTED.pattern})\s*=")
_TRIPLE = ('"""', "'''")


class Place(NamedTuple):
    """Where something stands.

    Attributes:
        line: counted from 1.
        path: tables and keys from the top of the file; an array of tables is followed by
            the number of its table, counted from 0.
    """

    line: int
    path: tuple[str | int, ...]


def places(text: str) -> Iterator[Place]:
    """Yield the place of every table header and of every key that starts a line.

    >>> text = chr(10).join(["a = 1", "[[layers]]", "upto = '1/2'"])
    >>> [place.path for place in places(text)]
    [('a',), ('layers', 0), ('layers', 0, 'upto')]
    """
    counts: dict[str, int] = {}
    table: tuple[str | int, ...] = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if key:
            yield Place(number, (*table, *_parts(key.group(1))))
            quote = next((mark for mark in _TRIPLE if line.count(mark) % 2), "")
        elif header:
            table = _table(line, _parts(header.group(1)), counts)
            yield Place(number, table)


def line_of(text: str, *path: str | int) -> int:
    """Return the line of `path`, else of the nearest table or key around it, else 1.

    >>> line_of(chr(10).join(["a = 1", "[[layers]]", "upto = '1/2'"]), "layers", 0, "shares")
    2
    """
    known: dict[tuple[str | int, ...], int] = {}
    for place in places(text):
        for end in range(1, len(place.path) + 1):
            known.setdefault(place.path[:end], place.line)
    while path:
        if path in known:
            return known[path]
        path = path[:-1]
    return 1


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table(line: str, names: tuple[str, ...], counts: dict[str, int]) -> tuple[str | int, ...]:
    """Return the path of a header; a table below an array belongs to its last table."""
    path: list[str | int] = []
    for depth, name in enumerate(names, start=1):
        dotted = ".".join(names[:depth])
        if depth == len(names) and line.lstrip().startswith("[["):
            counts[dotted] = counts.get(dotted, -1) + 1
        path.append(name)
        if dotted in counts:
            path.append(counts[dotted])
    return tuple(path)

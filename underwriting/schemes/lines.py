"""Find the line of a TOML file on which a key stands, so that a refusal can name it."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")


def line_of(text: str, table: str = "", index: int | None = None, key: str = "") -> int:
    """Return the 1-based line of `key` in `table` (`index` counts `[[table]]` from 0).

    Without such a key, the line of the table; without such a table, line 1.

    >>> line_of(chr(10).join(["a = 1", "[[layers]]", "upto = '1/2'"]), "layers", 0, "upto")
    3
    """
    current, seen, at_table = "", {"": 0}, 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            current = header.group(2).strip('"')
            seen[current] = seen.get(current, -1) + 1
        inside = current == table and (index is None or seen[current] == index)
        if not inside:
            continue
        if header:
            at_table = number
            if not key:
                return number
        found = _KEY.match(line)
        if found and found.group(1).strip('"') == key:
            return number
    return at_table

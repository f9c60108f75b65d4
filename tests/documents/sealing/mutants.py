"""Mutants of a sealed file: one random change each, anywhere or where it hurts."""

import random
import re
from collections.abc import Callable, Iterator

Change = Callable[[bytes, int, random.Random], bytes]

KEYS = (
    b"/ByteRange [", b"/Contents <", b"/DocMDP", b"/P 1", b"/M (", b"/Reference", b"/SubFilter",
    b"/Root", b"/Prev", b"/Size", b"/Index", b"/W [", b"startxref", b"%%EOF", b"obj", b"stream",
    b"/Perms", b"/AcroForm", b"/Fields", b"/SigFlags", b"/Annots", b"/ID [", b"/Type /Sig", b"%PDF",
    b"/Length", b"/Filter",
)  # fmt: skip
NASTY = (b"<<", b">>", b"[", b"]", b"(", b"/", b"%", b"\x00", b"\xff", b"-1", b"0", b"R", b"null")


def _flip(content: bytes, at: int, _luck: random.Random) -> bytes:
    return content[:at] + bytes((content[at] ^ 1 << _luck.randrange(8),)) + content[at + 1 :]


def _replace(content: bytes, at: int, luck: random.Random) -> bytes:
    other = luck.choice([one for one in range(256) if one != content[at]])
    return content[:at] + bytes((other,)) + content[at + 1 :]


def _insert(content: bytes, at: int, luck: random.Random) -> bytes:
    new = luck.choice(NASTY) if luck.random() < 0.5 else luck.randbytes(luck.randint(1, 40))
    return content[:at] + new + content[at:]


def _delete(content: bytes, at: int, luck: random.Random) -> bytes:
    return content[:at] + content[at + luck.randint(1, 40) :]


def _truncate(content: bytes, at: int, _luck: random.Random) -> bytes:
    return content[:at]


def _repeat(content: bytes, at: int, luck: random.Random) -> bytes:
    size = luck.choice((1, 16, 512, 4096))
    return content[: at + size] + content[at : at + size] + content[at + size :]


def _swap(content: bytes, at: int, luck: random.Random) -> bytes:
    other = luck.randrange(len(content))
    low, high = sorted((at, other))
    size = min(luck.choice((1, 8, 64)), high - low)
    first, second = content[low : low + size], content[high : high + size]
    return content[:low] + second + content[low + size : high] + first + content[high + size :]


CHANGES: tuple[Change, ...] = (_flip, _flip, _replace, _insert, _delete, _truncate, _repeat, _swap)


def places(content: bytes, luck: random.Random) -> Callable[[], int]:
    """Half of the places anywhere; the other half at keys, in the container and its padding."""
    keys = [found.start() for key in KEYS for found in re.finditer(re.escape(key), content)]
    start = content.rindex(b"/Contents <") + 11
    end = content.index(b">", start)
    padding = end - len(content[start:end]) + len(content[start:end].rstrip(b"0"))
    update = content.rindex(b"%%EOF", 0, start)

    def place() -> int:
        kind = luck.randrange(8)
        if kind == 0:
            return min(luck.choice(keys) + luck.randrange(20), len(content) - 1)
        if kind == 1:
            return luck.randrange(start, padding)
        if kind == 2:
            return luck.randrange(padding, end)
        if kind == 3:
            return luck.randrange(update, len(content))
        return luck.randrange(len(content))

    return place


def mutants(content: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """Endless mutants, each unlike the file, with what was done and where."""
    luck = random.Random(seed)
    place = places(content, luck)
    while True:
        change, at = luck.choice(CHANGES), place()
        mutant = change(content, at, luck)
        if mutant != content:
            yield f"{change.__name__} at {at}", mutant

"""Names that somebody might type: mark-up, steering characters, look-alikes, rare characters."""

import random
from collections.abc import Callable, Iterator
from itertools import chain, cycle

TAGS = (
    "b", "i", "para", "font color='red'", "a href='http://evil.example/'", "br/", "super",
    "img src='file:///etc/passwd'", "link destination='x'", "onDraw name='x'", "seq",
)  # fmt: skip
MARKED = (
    "<", ">", "&amp;", "&#60;", "{0}", "{terms}", "%s", "%(page)s", "$HOME", "\\n", "\\(", ")",
    "]]>", "<!--", "-->", "'", '"', "`", "${7*7}", "{{x}}", "BT /F1 9 Tf ET", "/URI",
)  # fmt: skip
STEERING = (
    *map(chr, range(32)), "\x7f", "\x85", *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x2028, 0x202F)), *map(chr, range(0x2060, 0x206A)), "\ufeff", "\u00ad",
    "\u061c", "\u180e", "\ufff9", "\U000e0001", "\U000e0041", "\ud800", "\udfff", "\u0301",
    "\u20e0", "\ufe0f", "\U000e0100",
)  # fmt: skip
ALIKE = (
    "АВЕКМНОРСТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΧοӀⅠⅤⅩℂ℃℉Ａｂ１２３＜＞＆／"
    "一ー－‐‑–—―丶ヽ、﹑日曰己已巳未末土士戊戌人入八朩ｏ０〇○"
)
RARE = (
    *range(0x20000, 0x2A6E0, 97), *range(0x3400, 0x4DC0, 41), *range(0x2A700, 0x31350, 611),
    *range(0xF900, 0xFAD9, 7), 0x20BB7, 0x9555, 0x5586, 0x5803, 0xE000, 0xFFFF,
)  # fmt: skip
PLAIN = (
    "示范精密仪器", "（集团）", "有限公司", "Shifan Precision", "Co., Ltd.", "No. 12", "镕", "é",
)  # fmt: skip


def names(count: int, seed: int = 20261122) -> Iterator[str]:
    """Return `count` names, the kinds in turn, no two the same."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[random.Random], str], ...] = (
        _marked, _steering, _alike, _rare, _any, _marked, _alike, _long,
    )  # fmt: skip
    known: set[str] = set()
    many = ["<b>" * 3000, "<para>" * 1500 + "</para>" * 1500, "<a href='x'>甲</a>" * 500]
    made = (kind(chance) for kind in cycle(kinds))
    for name in chain(many, made):
        if name not in known:
            known.add(name)
            yield name
        if len(known) == count:
            return


def _around(chance: random.Random, *odd: str) -> str:
    parts = [*chance.choices(PLAIN, k=3), *odd]
    chance.shuffle(parts)
    return "".join(parts)


def _marked(chance: random.Random) -> str:
    tags = chance.choices(TAGS, k=chance.randrange(1, 6))
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag.split()[0]}>" for tag in reversed(tags[chance.randrange(2) :]))
    return opened + _around(chance, *chance.choices(MARKED, k=3)) + closed


def _steering(chance: random.Random) -> str:
    return _around(chance, *chance.choices(STEERING, k=chance.randrange(1, 4)))


def _alike(chance: random.Random) -> str:
    return _around(chance, *chance.choices(ALIKE, k=chance.randrange(2, 12)))


def _rare(chance: random.Random) -> str:
    return _around(chance, *map(chr, chance.choices(RARE, k=chance.randrange(1, 3))))


def _any(chance: random.Random) -> str:
    top = chance.choice((0x100, 0x3000, 0x10000, 0x110000))
    return "".join(chr(chance.randrange(top)) for _ in range(chance.randrange(1, 30)))


def _long(chance: random.Random) -> str:
    length = chance.choice((60, 200, 700))
    if chance.randrange(2):
        return "".join(chr(0x4E00 + chance.randrange(20000)) for _ in range(length))
    return "".join(chance.choices("abcdefghijWMQ@#_", k=length))

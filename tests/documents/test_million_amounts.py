"""A million amounts: their words against a second writer by other means, and read back again.

The house divides numbers; the second writer here never does: it rewrites the string of figures,
each with its place, by rules. The reader parses by a grammar that takes nothing but what the
grammar allows. Writer, second writer and reader share no code and no table.
"""

import random
import re
from collections.abc import Iterator
from itertools import product

import pytest

from documents.words import in_chinese, in_english
from kernel.money import MAX_MINOR, Money

COUNT = 1_000_000
FIGURES = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
PLACES = ["分", "角", "元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟", "万",
          "拾", "佰"]  # fmt: skip
RULES = [
    (re.compile(r"零[拾佰仟]"), "零"),
    (re.compile(r"零+"), "零"),
    (re.compile(r"零([万亿元])"), r"\1"),
    (re.compile(r"亿万(?=[^零元])"), "亿零"),
    (re.compile(r"亿万"), "亿"),
    (re.compile(r"零角零分$"), "整"),
    (re.compile(r"零分$"), "整"),
    (re.compile(r"零角"), "零"),
]


def rewritten(minor: int) -> str:
    """Chinese capitals of at least one yuan: figures with their places, then struck by rules."""
    figures = str(minor)
    text = "".join(
        figure.translate(FIGURES) + PLACES[place]
        for figure, place in zip(figures, range(len(figures) - 1, -1, -1), strict=True)
    )
    for found, put in RULES:
        text = found.sub(put, text)
    return text


DIGIT = "壹贰叁肆伍陆柒捌玖"
WORTH = {char: figure for figure, char in enumerate("零" + DIGIT)}
SECTION = re.compile(
    rf"(?!.*零零)零?(?:([{DIGIT}])仟)?零?(?:([{DIGIT}])佰)?零?(?:([{DIGIT}])拾)?零?([{DIGIT}])?(?<!零)"
)
WHOLE = re.compile(
    r"人民币(?:(?:(?P<wy>[^万亿元]+)万)?(?P<y>[^万亿元]+)?亿)?"
    r"(?:(?P<w>[^万亿元]+)万)?(?P<one>[^万亿元]+)?元"
    rf"(?:(?P<whole>整)|(?:([{DIGIT}])角(?:整|([{DIGIT}])分))|零([{DIGIT}])分)"
)


def _section(text: str | None) -> int:
    """Value of up to four figures; what the grammar does not allow is no section."""
    if not text:
        return 0
    found = SECTION.fullmatch(text)
    assert found, text
    figures = zip(found.groups(), (1000, 100, 10, 1), strict=True)
    return sum(WORTH[one] * place for one, place in figures if one)


def read_capitals(text: str) -> int:
    """Minor units of capitals of at least one yuan."""
    found = WHOLE.fullmatch(text)
    assert found, text
    yuan = 0
    for name, scale in (("wy", 10**12), ("y", 10**8), ("w", 10**4), ("one", 1)):
        yuan += _section(found[name]) * scale
    jiao, fen, alone = found.groups()[-3:]
    return yuan * 100 + WORTH[jiao or "零"] * 10 + WORTH[fen or alone or "零"]


SPELT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen | twenty thirty forty fifty sixty seventy eighty ninety"
)
ONES, TENS = (part.split() for part in SPELT.split("|"))
UNITS = ["", *(f"-{one}" for one in ONES[:9])]
BELOW_100 = ["", *ONES, *(ten + unit for ten in TENS for unit in UNITS)]
BELOW_1000 = BELOW_100 + [
    f"{one} hundred {rest}".rstrip() for one in ONES[:9] for rest in BELOW_100
]
VALUES = {words: value for value, words in enumerate(BELOW_1000) if words}
SCALES = ("trillion", "billion", "million", "thousand", "")


def joined(minor: int) -> str:
    """English words of an amount: groups of three figures looked up in a table."""
    figures = f"{minor:017d}"
    groups = [figures[at : at + 3] for at in range(0, 15, 3)]
    words = [
        f"{BELOW_1000[int(group)]} {scale}".rstrip()
        for group, scale in zip(groups, SCALES, strict=True)
        if group != "000"
    ]
    cents = "" if figures[15:] == "00" else f" and {figures[15:]}/100"
    return f"Chinese Yuan {' '.join(words) or 'zero'}{cents} only"


ENGLISH = re.compile(
    r"Chinese Yuan(?: (.+?) trillion)?(?: (.+?) billion)?(?: (.+?) million)?"
    r"(?: (.+?) thousand)?(?: (.+?))??(?: and (\d\d)/100)? only"
)


def read_words(text: str) -> int:
    """Minor units of English words; a group that stands in no table is refused."""
    found = ENGLISH.fullmatch(text)
    assert found, text
    *groups, ones, cents = found.groups()
    yuan = 0
    for group in (*groups, "" if ones == "zero" else ones):
        yuan = yuan * 1000 + (VALUES[group] if group else 0)
    return yuan * 100 + int(cents or 0)


def amounts() -> Iterator[int]:
    """Every pattern of nought and nine up to the greatest amount, edges, then all magnitudes."""
    yield from (int("".join(one)) for one in product("09", repeat=17))
    yield from range(20_000)
    for place in range(18):
        for near in range(-60, 60):
            yield max(0, min(MAX_MINOR, 10**place + near))
    chance = random.Random(20261122)
    while True:
        size = chance.randrange(1, 18)
        minor = chance.randrange(10**size)
        yield minor - minor % 10 ** chance.choice((0, 0, 0, 2, 2, 4, 6, 10))


@pytest.mark.slow
def test_a_million_amounts_agree_with_their_words_in_both_languages() -> None:
    source = amounts()
    for _ in range(COUNT):
        minor = next(source)
        money = Money(minor, "CNY")
        capitals, words = in_chinese(money), in_english(money)
        assert words == joined(minor)
        assert read_words(words) == minor
        if minor >= 100:
            assert capitals == f"人民币{rewritten(minor)}", minor
            assert read_capitals(capitals) == minor, capitals


@pytest.mark.parametrize("minor", range(1, 100))
def test_less_than_a_yuan_has_no_yuan(minor: int) -> None:
    jiao, fen = divmod(minor, 10)
    said = f"{'零壹贰叁肆伍陆柒捌玖'[jiao]}角" if jiao else ""
    said += f"{'零壹贰叁肆伍陆柒捌玖'[fen]}分" if fen else "整"
    assert in_chinese(Money(minor, "CNY")) == f"人民币{said}"


@pytest.mark.parametrize(
    "wrong",
    [
        "人民币壹万零元整",
        "人民币壹拾壹佰元整",
        "人民币壹仟壹元",
        "人民币壹元零角整",
        "人民币壹元壹角",
        "人民币拾元整",
        "人民币壹佰零零壹元整",
    ],
)
def test_the_reader_takes_nothing_but_capitals(wrong: str) -> None:
    with pytest.raises(AssertionError):
        read_capitals(wrong)


@pytest.mark.parametrize("minor", [100_100, 1_000_100_000, 10**14 + 5, 20_000_500, MAX_MINOR])
def test_writers_and_readers_differ_where_one_is_wrong(minor: int) -> None:
    other = Money(minor - 100, "CNY")
    assert in_chinese(other) != f"人民币{rewritten(minor)}"
    assert in_english(other) != joined(minor)
    assert read_capitals(in_chinese(other)) != minor
    assert read_words(in_english(other)) != minor

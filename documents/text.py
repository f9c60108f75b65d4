"""Breaking text into lines: Chinese anywhere, numbers and Latin words nowhere.

Text is measured and drawn as it is. Nothing reads it as mark-up, so there is nothing to escape.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from documents.fonts import SUBSTITUTES, width

NO_LINE_START: Final = frozenset("，。、；：！？）》】」』〉〕”’％…—·～,.;:!?)]}%°/-ー々")
NO_LINE_END: Final = frozenset("（《【「『〈〔“‘￥([{¥$€£#№")
COUNTED_BY: Final = frozenset("年月日元角分万亿个天项笔页条款号份期")
"""Measure words that stay with the number before them."""

_WIDE_MARKS: Final = frozenset("“”‘’…—")

Break = Callable[[str, int], bool]


def _is_wide(char: str) -> bool:
    if char in _WIDE_MARKS:
        return True
    fullwidth_word = "\uff10" <= char <= "\uff5a" and char.isalnum()
    return unicodedata.east_asian_width(char) in {"W", "F"} and not fullwidth_word


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before `text[at]`.

    >>> [at for at in range(1, 8) if may_break("共36个月, abc", at)]
    [1, 7]
    """
    before, after = text[at - 1], text[at]
    if before == " ":
        return after != " " and not _is_amount(text, at) and not _is_counted(text, at)
    if after == " " or after in NO_LINE_START or before in NO_LINE_END:
        return False
    if before.isdigit() and after in COUNTED_BY:
        return False
    if (before == "第" and after.isdigit()) or before + after == "个月":
        return False
    if before == "’" and not _is_wide(after):  # an apostrophe inside a Latin word
        return False
    return _is_wide(before) or _is_wide(after)


def _is_amount(text: str, at: int) -> bool:
    """Whether the space before `at` stands between a currency and its figures, or before %."""
    code = text[max(0, at - 4) : at - 1]
    figures = text[at].isdigit() or text[at : at + 1] == "-"
    return (len(code) == 3 and code.isascii() and code.isupper() and figures) or text[at] == "%"  # noqa: PLR2004 - letters of an ISO currency code


def _is_counted(text: str, at: int) -> bool:
    """Whether the space before `at` stands in '第 4 条' or '36 个月'."""
    before = text[at - 2 : at - 1]
    return (before.isdigit() and text[at] in COUNTED_BY) or (before == "第" and text[at].isdigit())


def _at_space(text: str, at: int) -> bool:
    return text[at - 1] == " " != text[at]


def _anywhere(_text: str, _at: int) -> bool:
    return True


def segments(text: str, breaks: Break = may_break) -> list[str]:
    """Cut `text` at every place where a line may end; the parts joined are the text."""
    cuts = [0, *(at for at in range(1, len(text)) if breaks(text, at)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _fitting(text: str, room: float, size: float) -> Iterator[str]:
    """Segments no wider than `room`: by rule, else at spaces, else letter by letter."""
    finer: dict[Break, Break] = {may_break: _at_space, _at_space: _anywhere}
    waiting: list[tuple[str, Break]] = [(part, may_break) for part in reversed(segments(text))]
    while waiting:
        part, rule = waiting.pop()
        if rule in finer and width(part.rstrip(" "), size) > room:
            rule = finer[rule]
            waiting += [(piece, rule) for piece in reversed(segments(part, rule))]
        else:
            yield part


def wrap(text: str, room: float, size: float) -> list[str]:
    """Break `text` into lines no wider than `room` points at `size` points.

    A line feed ends a line; spaces at a line's end are dropped. A number or a word is
    split only where it alone is wider than `room`: first between currency and figures.

    >>> wrap("金额 CNY 1,234.00", 70, 10)
    ['金额', 'CNY 1,234.00']
    """
    return list(_lines(text, room, size))


@lru_cache(maxsize=4096)
def _lines(text: str, room: float, size: float) -> tuple[str, ...]:
    """Break a text once: papers repeat their labels and letterheads."""
    lines: list[str] = []
    for paragraph in text.translate(SUBSTITUTES).split("\n"):
        line = ""
        for part in _fitting(paragraph, room, size):
            if line and width((line + part).rstrip(" "), size) > room:
                if line.strip(" "):
                    lines.append(line.rstrip(" "))
                line = ""
            line += part
        lines.append(line.rstrip(" "))
    return tuple(lines)

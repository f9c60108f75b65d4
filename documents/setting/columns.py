"""How wide each column of a table is, from what stands in it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from documents.fonts import width
from documents.sheet import PAD_X
from documents.text import segments

NARROWEST: Final = 4.0
"""A text column keeps room for this many Chinese characters, come what may."""

SHORT: Final = 6
"""A text of up to this many characters, such as a column's name, stays on one line."""

CODE: Final = 24
"""A number or code of up to this many characters is not cut while columns can be had."""

WORD: Final = 14
"""The same for a word."""

MONSTROUS: Final = 40
"""A word or code longer than this is cut before an amount leaves its currency."""

SLACK: Final = 0.01
"""Points added so that rounding never breaks a line that fits exactly."""

Measure = Callable[[str, float], float]


def _natural(text: str, size: float) -> float:
    return max(width(line, size) for line in text.split("\n"))


def _by_rule(text: str, size: float) -> float:
    if len(text) <= SHORT:
        return _natural(text, size)
    return max(width(part.rstrip(" "), size) for part in segments(text))


def _at_spaces(text: str, size: float) -> float:
    return max((width(part, size) for part in text.split()), default=0.0)


def _readable(text: str, size: float) -> float:
    """Room for short texts, words, dates, numbers and codes; what is longer may be cut."""
    return _kept(text, size, code=CODE, word=WORD)


def _tamed(text: str, size: float) -> float:
    """Room for all but words and codes that no language and no office has."""
    return _kept(text, size, code=MONSTROUS, word=MONSTROUS)


def _kept(text: str, size: float, *, code: int, word: int) -> float:
    """Room for the parts of a text that are not to be cut: codes and words up to so long."""
    if len(text) <= SHORT:
        return _natural(text, size)
    parts = (part.strip(" ") for part in segments(text))
    kept = (one for one in parts if len(one) <= (code if any(map(str.isdigit, one)) else word))
    return max((width(one, size) for one in kept), default=_narrowest(text, size))


def _narrowest(_text: str, size: float) -> float:
    return NARROWEST * size


def _need(column: Iterable[tuple[str, float]], measure: Measure) -> float:
    return max(measure(text, size) for text, size in column) + 2 * PAD_X + SLACK


def share_out(
    columns: Sequence[Sequence[tuple[str, float]]], is_money: Sequence[bool], total: float
) -> list[float]:
    """Widths that add up to `total` points, for columns of (text, size).

    Every column gets at least its longest unbreakable piece, and the rest goes where lines
    are longest. When even that is too much, words of more than 40 letters are cut, amounts may
    leave their currency on a line of its own, then other words are cut, at last codes too; the
    figures of an amount never are.
    """
    natural = [min(_need(column, _natural), total) for column in columns]
    if sum(natural) <= total:
        return _stretch(natural, is_money, total)
    for text_measure, money_measure in (
        (_by_rule, _by_rule),
        (_tamed, _by_rule),
        (_by_rule, _at_spaces),
        (_readable, _at_spaces),
        (_narrowest, _at_spaces),
    ):
        least = [
            _need(column, money_measure if money else text_measure)
            for column, money in zip(columns, is_money, strict=True)
        ]
        if sum(least) <= total:
            return _grow(least, natural, total)
    msg = "amounts of at most 17 digits fit on the page"
    raise AssertionError(msg)


def _stretch(natural: list[float], is_money: Sequence[bool], total: float) -> list[float]:
    """Give what is left over to the text columns, in proportion."""
    open_to_more = [0.0 if money else wide for wide, money in zip(natural, is_money, strict=True)]
    if not any(open_to_more):
        open_to_more = natural
    more = (total - sum(natural)) / sum(open_to_more)
    return [wide + more * part for wide, part in zip(natural, open_to_more, strict=True)]


def _grow(least: list[float], natural: list[float], total: float) -> list[float]:
    """From the least widths towards the natural ones, in proportion to what each misses."""
    misses = [max(wide - small, 0.0) for wide, small in zip(natural, least, strict=True)]
    more = (total - sum(least)) / sum(misses) if any(misses) else 0.0
    return [small + more * miss for small, miss in zip(least, misses, strict=True)]

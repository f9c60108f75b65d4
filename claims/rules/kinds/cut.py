"""Why a line is not paid in full: each cut with its amount, on the line that it hits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.rules.line import Line
from kernel.money import Money, parse_minor


@dataclass(frozen=True, slots=True)
class Cut:
    """What one term takes from one line.

    Attributes:
        line: code of the line.
        term: stable, for programs: `retention`, `coinsurance`, `limit`, …
        minor: taken away, minor units, above 0.
        words: the term, in Chinese and in English; the adjuster's own words where it is his.
        clause: the clause or article it rests on.
    """

    line: str
    term: str
    minor: int
    words: str
    clause: str

    def told(self, currency: str) -> str:
        """Say it on paper: words, amount, clause.

        >>> Cut("tax", "limit", 500, "限额 limit", "schedule: limit").told("CNY")
        '限额 limit: -CNY 5.00 (schedule: limit)'
        """
        return f"{self.words}: -{Money(self.minor, currency)} ({self.clause})"


def cuts_of(
    term: str, taken: Mapping[str, int], words: str, clause: str
) -> Iterable[Cut]:  # in the order of the lines
    """Yield what one term takes, line by line; nought is left out."""
    for line, minor in taken.items():
        assert minor >= 0, "a term never adds to a line"
        if minor:
            yield Cut(line, term, minor, words, clause)


def lines_of(
    codes: Iterable[str],
    asked: Mapping[str, int],
    adjusted: Mapping[str, tuple[int, str]],
    cuts: Sequence[Cut],
    currency: str,
) -> tuple[Line, ...]:
    """Return every line: what is asked, less its cuts, is approved, to the minor unit."""
    found = []
    for code in codes:
        own = [cut for cut in cuts if cut.line == code]
        want = asked.get(code, 0)
        allowed = min(want, adjusted[code][0]) if code in adjusted else want
        approved = want - sum(cut.minor for cut in own)
        assert approved >= 0, "no line is cut below nothing"
        told = "; ".join(cut.told(currency) for cut in own)
        found.append(Line(code, want, allowed, approved, told))
    return tuple(found)


def taken_by(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Return what a step took from each line."""
    return {code: minor - after[code] for code, minor in before.items()}


def first(amounts: Mapping[str, int], most: int) -> dict[str, int]:
    """Return the part of each amount within the first `most` of their running total.

    >>> first({"tax": 70, "surcharge": 50}, 100)
    {'tax': 70, 'surcharge': 30}
    """
    left, found = max(0, most), {}
    for code, minor in amounts.items():
        found[code] = min(minor, left)
        left -= found[code]
    return found


def allowed_of(
    codes: Iterable[str], asked: Mapping[str, int], adjusted: Mapping[str, tuple[int, str]]
) -> tuple[dict[str, int], list[Cut]]:
    """Return what the adjuster allows of each line, and his cuts in his own words."""
    allowed, cuts = {}, []
    for code in codes:
        want = asked.get(code, 0)
        most, why = adjusted.get(code, (want, ""))
        allowed[code] = min(want, most)
        if most < want:
            cuts.append(Cut(code, "adjusted", want - most, why, "核定 assessment"))
    return allowed, cuts


def stated_minor(file: Mapping[str, Any], name: str, currency: str) -> int:
    """Return an amount of the claim's file in minor units; one that is not stated is nought.

    A file holds whole minor units, or the amount as it stood on the wire.

    >>> stated_minor({"received": {"amount": "12.50", "currency": "CNY"}}, "received", "CNY")
    1250
    """
    kept = file.get(name) or 0
    if isinstance(kept, Mapping):
        kept = kept["amount"]
    return parse_minor(kept, currency, name) if isinstance(kept, str) else int(kept)

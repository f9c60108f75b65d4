"""Money in whole minor units of one currency, and the rules that keep every fen.

Books hold integers only. Mathematics may use floats elsewhere; the one door between
the two is `underwriting/pricing/premium.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import Final, Self

from kernel.errors import invalid

AMOUNT_PATTERN: Final = r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$"
"""What an amount looks like on the wire: a string, never a JSON number."""

MINOR_DIGITS: Final = {
    "CNY": 2, "EUR": 2, "GBP": 2, "HKD": 2, "JPY": 0, "KRW": 0, "MYR": 2, "SGD": 2, "USD": 2,
}  # fmt: skip
"""Decimal places of each currency that may be written, after ISO 4217."""

MAX_MINOR: Final = 10**17 - 1
"""The largest amount that the wire can carry; every column is a 64-bit integer."""

_HALF: Final = 0.5
_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)


def minor_digits(currency: str) -> int:
    """Return the number of decimal places of `currency`; refuse one that is not listed."""
    digits = MINOR_DIGITS.get(currency)
    if digits is None:
        known = ", ".join(MINOR_DIGITS)
        raise invalid("currency", f"{currency!r} is not a currency we keep", f"use one of {known}")
    return digits


def parse_minor(text: str, currency: str, field: str = "amount") -> int:
    """Read an amount as it stands on the wire into minor units.

    >>> parse_minor("1234.5", "CNY")
    123450
    """
    digits = minor_digits(currency)
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text) or text.endswith("\n"):
        raise invalid(
            field,
            "is not an amount",
            'write a string such as "1234.50": digits, then at most two decimals',
        )
    whole, _, part = text.partition(".")
    if len(part.rstrip("0")) > digits:
        raise invalid(field, f"has more decimals than {currency} has", f"give at most {digits}")
    scale: int = 10**digits
    return int(whole) * scale + int(part[:digits].ljust(digits, "0") or "0")


def format_minor(minor: int, currency: str) -> str:
    """Write minor units the way they stand on the wire.

    >>> format_minor(123450, "CNY"), format_minor(-5, "CNY"), format_minor(70, "JPY")
    ('1234.50', '-0.05', '70')
    """
    digits = minor_digits(currency)
    sign, size = ("-" if minor < 0 else ""), abs(minor)
    if digits == 0:
        return f"{sign}{size}"
    whole, part = divmod(size, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"


def round_half_up(exact: Fraction) -> int:
    """Round to the nearest whole unit, halves away from zero: the one rounding rule.

    >>> [round_half_up(Fraction(n, 2)) for n in (-3, -1, 1, 3)]
    [-2, -1, 1, 2]
    """
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


def part_of_part(minor: int, one: Fraction, other: Fraction) -> int:
    """Return minor x one x other by the same rule, without building the fractions between.

    >>> part_of_part(-7, Fraction(1, 2), Fraction(3, 7)), round_half_up(Fraction(-3, 2))
    (-2, -2)
    """
    above = minor * one.numerator * other.numerator
    below = one.denominator * other.denominator
    size = (2 * abs(above) + below) // (2 * below)
    return size if above >= 0 else -size


def nearest_minor(value: float) -> int:
    """Round a float, read exactly, by the same rule.

    >>> [nearest_minor(one) for one in (-1.5, -0.5, 0.49999999999999994, 0.5, 1e16)]
    [-2, -1, 0, 1, 10000000000000000]
    """
    size = floor(abs(value))
    size += abs(value) - size >= _HALF  # the difference of a float and its floor is exact
    return size if value >= 0 else -size


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` minor units in proportion to `weights`; the parts are the whole.

    Largest remainder: each part is floored, then the units left over go one each to the
    largest remainders, ties in the order written. `total` and weights are not negative,
    at least one weight is positive. Each part is within one unit of its exact quota.

    >>> allocate(3333, [54, 26, 16, 4])
    [1800, 867, 533, 133]
    """
    whole = sum(weights)
    assert total >= 0, "only a non-negative total is allotted"
    assert whole > 0, "somebody must bear a share"
    assert min(weights) >= 0, "no share is negative"
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    if left:
        by_remainder = sorted(
            range(len(weights)), key=lambda i: -(total * weights[i] % whole)
        )  # sorted() is stable: ties keep the order written
        for i in by_remainder[:left]:
            parts[i] += 1
    assert sum(parts) == total, "parts are the whole"
    return parts


def weights_of(fractions: Iterable[Fraction]) -> list[int]:
    """Bring exact fractions to their least common denominator: weights for `allocate`.

    >>> weights_of([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    [3, 2, 1]
    """
    exact = tuple(fractions)
    whole = lcm(*(one.denominator for one in exact))
    return [int(one * whole) for one in exact]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency, exact.

    Attributes:
        minor: whole minor units (fen, cents); may be negative in books.
        currency: ISO 4217 code, one of `MINOR_DIGITS`.
    """

    minor: int
    currency: str

    @classmethod
    def of(cls, text: str, currency: str, field: str = "amount") -> Self:
        """Read an amount written as a string.

        >>> Money.of("0.07", "CNY")
        Money(minor=7, currency='CNY')
        """
        return cls(parse_minor(text, currency, field), currency)

    @property
    def text(self) -> str:
        """The amount as it stands on the wire."""
        return format_minor(self.minor, self.currency)

    def __str__(self) -> str:
        """For people: grouped digits and the currency.

        >>> str(Money(123456789, "CNY"))
        'CNY 1,234,567.89'
        """
        digits = self.text.lstrip("-")
        whole, dot, part = digits.partition(".")
        return f"{self.currency} {'-' if self.minor < 0 else ''}{int(whole):,}{dot}{part}"

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> None:
        assert self.currency == other.currency, f"{self.currency} is not {other.currency}"

"""A method of loss as it was worked out: its steps, what it comes to, what it must be shown by."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kernel.errors import invalid
from kernel.money import round_half_up

CURRENCY: Final = "CNY"
"""The law states its bounds in it, and every amount is in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a method.

    Attributes:
        code: stable, for programs.
        zh: what it is, in Chinese.
        en: the same in English.
        value: exact; minor units where it is money.
        money: is it an amount, and not a number or a share?
    """

    code: str
    zh: str
    en: str
    value: Fraction
    money: bool = True


@dataclass(frozen=True, slots=True)
class Worked:
    """What a method comes to.

    Attributes:
        method: `lost_profit`, `unjust_gain`, `royalty` or `statutory`.
        steps: in the order worked out; the last is the amount before it is rounded.
        evidence: code -> what each step must be shown by, in both languages.
    """

    method: str
    steps: tuple[Step, ...]
    evidence: Mapping[str, str]

    @property
    def exact(self) -> Fraction:
        """The amount before it is rounded, minor units."""
        return self.steps[-1].value

    @property
    def minor(self) -> int:
        """The amount, rounded half up to the minor unit, once and at the end."""
        return round_half_up(self.exact)

    def step(self, code: str) -> Fraction:
        """Return the value of one step."""
        return next(step.value for step in self.steps if step.code == code)


def not_negative(**figures: Fraction) -> None:
    """Refuse a figure below nought.

    Raises:
        Invalid: names the first of them.
    """
    for name, value in figures.items():
        if value < 0:
            raise invalid(name, f"{value} is below nought", "give nought or more")


def a_part(**figures: Fraction) -> None:
    """Refuse a share that is not from 0 to 1.

    Raises:
        Invalid: names the first of them.
    """
    for name, value in figures.items():
        if not 0 <= value <= 1:
            raise invalid(name, f"{value} is not from 0 to 1", "give a part of the whole")

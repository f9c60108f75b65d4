"""Which method holds, in the order of the law, and what is added to it.

Patent Law (2020) art. 71: the holder's loss or the infringer's gain; where neither can be
established, a reasonable multiple of the royalty; for a wilful and serious infringement one to five
times that; where none of the three can be established, statutory damages within bounds, which no
multiple raises; reasonable cost of stopping it always on top. Under art. 65 of 2008 the gain came
only after the loss, and nothing was multiplied. Copyright Law (2020) art. 54 gives the same choice;
Trademark Law (2019) art. 63 gives none: the gain only where the loss is difficult to establish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from claims.rules.loss.bounds import Bounds, bounds_of
from claims.rules.loss.statutory import check_within
from claims.rules.loss.worked import Worked
from kernel.errors import Invalid, invalid
from kernel.money import Money, round_half_up

ORDER: Final = (("lost_profit", "unjust_gain"), ("royalty",), ("statutory",))
"""Methods in the order of the law; of one place the holder chooses, where the law lets it."""


@dataclass(frozen=True, slots=True)
class Damages:
    """Damages for one infringement, minor units.

    Attributes:
        method: that holds.
        base: by that method, and by statute for a part that cannot be worked out.
        punitive: above the base, for wilful and serious infringement; no cover pays it.
        costs: reasonable cost of stopping it.
        law: the article.
    """

    method: str
    base: int
    punitive: int
    costs: int
    law: str

    @property
    def compensation(self) -> int:
        """What makes the holder whole: without the punitive part."""
        return self.base + self.costs

    @property
    def total(self) -> int:
        """All that is owed."""
        return self.compensation + self.punitive


def damages(
    right: str,
    on: date,
    worked: Mapping[str, Worked],
    *,
    multiple: Fraction = Fraction(1),
    costs: int = 0,
    statutory_part: int = 0,
) -> Damages:
    """Return the damages by the first method of the law that could be worked out.

    D = B m + S + C: B by the method, m multiple, S statutory damages for a part of the
    infringement that stands apart and cannot be worked out ((2018)最高法民再111号), C reasonable
    cost. The law sets the whole of B m at one to five times B, so the punitive part is B (m - 1).

    Args:
        right: kind of the right.
        on: day of the infringement.
        worked: method -> as worked out; those that cannot be established are left out.
        multiple: 1 where the infringement is not both wilful and serious.
        costs: reasonable cost of stopping it, minor units.
        statutory_part: for what cannot be worked out beside a method that can, minor units.

    Raises:
        Invalid: no method was worked out; the multiple is outside the law, or is put on
            statutory damages; or those lie outside their bounds.
    """
    law = bounds_of(right, on)
    method = chosen(worked, law)
    base = worked[method].minor
    if method == "statutory":
        check_within(right, on, base)
    _check_multiple(multiple, law.multiple, law.law, on_statutory=method == "statutory")
    if statutory_part:
        _check_part(method, statutory_part, law.most)
    punitive = round_half_up(base * (multiple - 1))
    return Damages(method, base + statutory_part, punitive, costs, law.law)


def chosen(worked: Mapping[str, Worked], law: Bounds) -> str:
    """Return the method that holds: the higher of loss and gain, else royalty, else statute.

    Under a law that gives no choice the gain stands only where the loss is not established.

    Raises:
        Invalid: none was worked out.
    """
    for place in ORDER:
        there = [name for name in place if name in worked]
        if there:
            return max(there, key=lambda n: worked[n].exact) if law.choice else there[0]
    raise invalid("worked", "no method was worked out", f"work out one of {_named()}")


def _named() -> str:
    return ", ".join(name for place in ORDER for name in place)


def _check_multiple(multiple: Fraction, most: Fraction, law: str, *, on_statutory: bool) -> None:
    if not 1 <= multiple <= most:
        raise invalid("multiple", f"{multiple} is not from 1 to {most} ({law})", "lower it")
    if on_statutory and multiple > 1:
        raise _no_multiple(law)


def _no_multiple(law: str) -> Invalid:
    words = f"statutory damages are not multiplied ({law})"
    return invalid("multiple", words, "work out loss, gain or royalty, or leave it at 1")


def _check_part(method: str, minor: int, most: int) -> None:
    if method == "statutory" or not 0 < minor <= most:
        problem = f"{Money(minor, 'CNY')} cannot stand beside {method}"
        raise invalid("statutory_part", problem, f"give up to {Money(most, 'CNY')}, or leave it")

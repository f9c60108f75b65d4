"""What a policy costs in all, exactly, and to the fen in parts that add up.

Every charge and every return is the difference of two of these totals, one before and one
after what was done. So whatever is done, in whatever order, all that was charged less all that
was returned is the total of what stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from kernel.money import allocate, round_half_up
from underwriting.rules.earning import earned
from underwriting.rules.history_segments import Segment


@dataclass(frozen=True, slots=True)
class Amounts:
    """A premium or a change of one, in minor units; a return is below zero.

    Attributes:
        total: all payers together, with tax.
        tax: of it.
        subsidy: of the total, the public payer's part.
    """

    total: int = 0
    tax: int = 0
    subsidy: int = 0

    @property
    def net(self) -> int:
        """Without tax."""
        return self.total - self.tax

    @property
    def policyholder(self) -> int:
        """The policyholder's part."""
        return self.total - self.subsidy

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.total + other.total, self.tax + other.tax, self.subsidy + other.subsidy)

    def __neg__(self) -> "Amounts":
        return Amounts(-self.total, -self.tax, -self.subsidy)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return self + -other


def charged(found: Sequence[Segment]) -> Amounts:
    """Return what all versions together cost, as they stand.

    Each version costs what it earns while it holds; where a cancellation ends the last, also
    what that keeps. The total is rounded once; tax and the public payer's part are allotted of
    it by largest remainder, the latter within its cap in each period.
    """
    exact = [_of_term([one for one in found if one.term == term]) for term in _terms(found)]
    total = round_half_up(sum((one[0] for one in exact), Fraction(0)))
    tax = sum((one[1] for one in exact), Fraction(0))
    subsidy = sum((one[2] for one in exact), Fraction(0))
    return Amounts(total, _part(total, tax, exact), _part(total, subsidy, exact))


def earned_by(found: Sequence[Segment], day: date) -> int:
    """Return what is earned when `day` begins, in minor units; at last it is all that is charged.

    What a cancellation keeps is earned on the day that it takes effect.
    """
    parts = [one.price.total * _held(one, min(day, one.until)) for one in found if day > one.start]
    last = found[-1] if found else None
    if last is not None and last.cancelled is not None and day >= last.until:
        term = [one for one in found if one.term == last.term]
        parts.append(kept_share(term) * _unearned(last))
    return round_half_up(sum(parts, Fraction(0)))


def kept_share(term: Sequence[Segment]) -> Fraction:
    """Return the part of the unearned premium that a cancellation of this term keeps, 0 to 1.

    At least its share of the whole premium is kept, and its floor; of what is left, the part of
    the sum insured that claims have used up.
    """
    last = term[-1]
    unearned = _unearned(last)
    if last.cancelled is None or unearned == 0:
        return Fraction(0)
    gone = sum((one.price.total * _held(one, one.until) for one in term), Fraction(0))
    rule, whole = last.cancelled, gone + unearned
    least = min(whole, max(gone, rule.share * whole, Fraction(rule.floor)))
    return max((least - gone) / unearned, rule.exhausted)


def _terms(found: Sequence[Segment]) -> list[int]:
    return list(dict.fromkeys(one.term for one in found))


def _of_term(term: Sequence[Segment]) -> tuple[Fraction, Fraction, Fraction]:
    """Return total, tax and the public payer's part of one period, exactly."""
    parts = [(one.price, _held(one, one.until)) for one in term]
    parts.append(
        (term[-1].price, kept_share(term) * (1 - earned(term[-1].contract, term[-1].until)))
    )
    total = sum((price.total * part for price, part in parts), Fraction(0))
    tax = sum((price.tax * part for price, part in parts), Fraction(0))
    subsidy = sum((price.subsidy * part for price, part in parts), Fraction(0))
    agreed = term[-1].contract.subsidy
    cap = agreed[2] if agreed else None
    return total, tax, subsidy if cap is None else min(subsidy, Fraction(cap.minor))


def _held(one: Segment, until: date) -> Fraction:
    """Return the part of its premium that a version earns from its start to `until`."""
    if until <= one.start:
        return Fraction(0)
    return earned(one.contract, until) - earned(one.contract, one.start)


def _unearned(last: Segment) -> Fraction:
    """Return what the last version has not earned when it is cut short."""
    return last.price.total * (1 - earned(last.contract, max(last.until, last.start)))


def _part(total: int, part: Fraction, exact: Sequence[tuple[Fraction, ...]]) -> int:
    """Return the whole units of a part of the total: it and the rest by largest remainder."""
    whole = sum((one[0] for one in exact), Fraction(0))
    if total == 0 or whole == 0:
        return 0
    unit = lcm(part.denominator, whole.denominator)
    return allocate(total, [int(part * unit), int((whole - part) * unit)])[0]

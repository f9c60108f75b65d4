"""What one matter is paid, exactly: whole minor units, every term in the order printed.

The same order as `matter_terms`, which prices it; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from kernel.money import round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerms:
    """The terms of a contract; amounts in whole minor units.

    Attributes:
        perils: peril -> its sublimit, None for none; in the order of payment.
        retention: borne by the insured first, once a matter.
        coinsurance: part of the rest that the insured bears, [0, 1).
        limit: most that is paid on a matter.
        per_right: most for one right in the period of the aggregate; None for none.
        aggregate: most for all.
        exempt: first part of a benefit in kind that is the insured's; None: nothing is repaid.
    """

    perils: Mapping[str, int | None]
    retention: int
    coinsurance: Fraction
    limit: int
    per_right: int | None
    aggregate: int
    exempt: int | None

    @classmethod
    def of(cls, agreed: Mapping[str, Any]) -> Self:
        """Read the terms that a contract of this product freezes in `agreed`."""
        return cls(
            perils=agreed["perils"],
            retention=agreed["retention_minor"],
            coinsurance=Fraction(agreed["coinsurance"]),
            limit=agreed["limit_minor"],
            per_right=agreed["per_right_minor"],
            aggregate=agreed["aggregate_minor"],
            exempt=agreed["exempt_minor"],
        )


@dataclass(frozen=True, slots=True)
class Payment:
    """What a matter is paid, by peril, and why not more; minor units.

    Attributes:
        paid: peril -> amount.
        cuts: (term, amount taken away), in the order applied.
        taken: term -> peril -> what the term takes from it; nought is left out.
    """

    paid: Mapping[str, int]
    cuts: tuple[tuple[str, int], ...]
    taken: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """All perils."""
        return sum(self.paid.values())


def pay(
    terms: AgreedTerms, loss: Mapping[str, int], *, used_right: int = 0, used: int = 0
) -> Payment:
    """Return what one matter is paid.

    Args:
        terms: of the contract.
        loss: peril -> ascertained loss, minor units.
        used_right: payments less repayments for the same right in the period of the aggregate.
        used: the same for all rights.
    """
    steps = [("not_covered", {name: loss.get(name, 0) for name in terms.perils})]
    steps.append(("retention", _less_first(steps[-1][1], terms.retention)))
    kept = 1 - terms.coinsurance
    shared = {name: round_half_up(kept * minor) for name, minor in steps[-1][1].items()}
    steps.append(("coinsurance", shared))
    held = {
        name: minor if (top := terms.perils[name]) is None else min(minor, top)
        for name, minor in shared.items()
    }
    steps.append(("sublimit", held))
    steps.append(("limit", _first(held, terms.limit)))
    if terms.per_right is not None:
        steps.append(("per_right", _first(steps[-1][1], max(0, terms.per_right - used_right))))
    steps.append(("aggregate", _first(steps[-1][1], max(0, terms.aggregate - used))))
    taken, before = {}, dict(loss)
    for name, left in steps:
        gone = {peril: minor - left.get(peril, 0) for peril, minor in before.items()}
        taken[name] = {peril: minor for peril, minor in gone.items() if minor}
        before = left
    cuts = tuple((name, sum(gone.values())) for name, gone in taken.items())
    return Payment(steps[-1][1], cuts, taken)


def repay(terms: AgreedTerms, paid: int, *, money: int = 0, kind: int = 0) -> int:
    """Return what the insured repays of what it was paid on a matter; it reinstates the limits.

    Args:
        terms: of the contract.
        paid: on the matter, minor units.
        money: received, less what of it made good a loss of profit that is covered.
        kind: worth of a benefit in kind, of which the first part is exempt.
    """
    if terms.exempt is None:
        return 0
    return min(paid, money + max(0, kind - terms.exempt))


def _first(amounts: Mapping[str, int], most: int) -> dict[str, int]:
    """Return the part of each amount within the first `most` of their running total."""
    left, found = most, {}
    for name, minor in amounts.items():
        found[name] = min(minor, left)
        left -= found[name]
    return found


def _less_first(amounts: Mapping[str, int], most: int) -> dict[str, int]:
    first = _first(amounts, most)
    return {name: minor - first[name] for name, minor in amounts.items()}

"""The expected loss branch by branch, in plain loops over exact fractions: slow and plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernel.money import round_half_up
from kernel.sharing import Facts, Scheme
from underwriting.pricing.expected_loss import (
    MONTHS_PER_YEAR,
    Curve,
    Default,
    MonthLoss,
    Sharing,
    Timing,
)

_WHOLE = 1e-9


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which a default of a month may fall out.

    Attributes:
        weight: its chance given a default in that month; those of a month sum to 1.
        default: what it would mean.
    """

    weight: float
    default: Default


def expected_loss(
    scheme: Scheme,
    facts: Facts,
    party: str,
    *,
    curve: Curve,
    timing: Timing,
    defaults: Sequence[Sequence[Branch]],
    shares: Sharing | None = None,
) -> tuple[MonthLoss, ...]:
    """Return the expected loss of `party` for a default in each month of cover.

    `defaults[m]` holds the branches of a default in month m + 1; they share one loss. The sum
    of `expected_loss` is the pure premium. `shares`, of the same scheme, facts and party, keeps
    what was shared before.
    """
    share = (shares or Sharing(scheme, facts, party)).of
    rows = []
    for index, branches in enumerate(defaults):
        assert abs(sum(branch.weight for branch in branches) - 1.0) < _WHOLE, "branches: not 1"
        start, end = index / MONTHS_PER_YEAR, (index + 1) / MONTHS_PER_YEAR
        probability = curve.default_between(start, end)
        at_claim = timing.discount(end + timing.to_claim_years)
        at_recovery = timing.discount(end + timing.to_recovery_years)
        paid, back, parts = 0, 0.0, []
        for branch in branches:
            paid, given = share(branch.default)
            back += branch.weight * given
            net = at_claim * paid - at_recovery * given
            parts.append(probability * branch.weight * net)
        owed, given_back = branches[0].default.loss.total, round_half_up(Fraction(back))
        month = MonthLoss(index + 1, probability, owed, paid, given_back, sum(parts), tuple(parts))
        rows.append(month)
    return tuple(rows)

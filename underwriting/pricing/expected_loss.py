"""The expected loss of one party's share of a guarantee, month by month.

EL = sum over months of PD in the month x (discount at claim x what we pay - discount at
recovery x what we get back). What we pay and get back come from the scheme's own `split` and
`give_back`, so price, payment and print share one definition. With pro-rata recovery this is
discount x PD x exposure at default x loss given default net of collateral x our share.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kernel.sharing import Facts, Loss, Recovery, Scheme, Standing, give_back, split
from models.borrower_default import DefaultCurve

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Default:
    """What a default in one month would mean, in minor units.

    Attributes:
        loss: principal, interest and costs unpaid.
        recovery: proceeds and costs of selling the collateral.
    """

    loss: Loss
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Timing:
    """When money moves after a default.

    Attributes:
        to_claim_years: from default to payment of the claim.
        to_recovery_years: from default to the proceeds.
        discount_rate: continuously applied per year, (1 + rate)^-t.
    """

    to_claim_years: float
    to_recovery_years: float
    discount_rate: float

    def discount(self, years: float) -> float:
        """Value today of one unit in `years`."""
        return float((1.0 + self.discount_rate) ** -years)


@dataclass(frozen=True, slots=True)
class MonthLoss:
    """One month's part of the expected loss; amounts in minor units.

    Attributes:
        month: counted from 1.
        default_probability: of a default in this month, seen from today.
        exposure: loss at default, all lines.
        paid: what the party pays under the scheme.
        given_back: what it gets of the recovery.
        expected_loss: discounted, in minor units, a float.
    """

    month: int
    default_probability: float
    exposure: int
    paid: int
    given_back: int
    expected_loss: float

    @property
    def net(self) -> int:
        """What the party loses for good if the default falls in this month."""
        return self.paid - self.given_back


def expected_loss(
    scheme: Scheme,
    facts: Facts,
    party: str,
    *,
    curve: DefaultCurve,
    timing: Timing,
    defaults: Sequence[Default],
) -> tuple[MonthLoss, ...]:
    """Return the expected loss of `party` for a default in each month of cover.

    `defaults[m]` is a default in month m + 1. The sum of `expected_loss` is the pure premium.
    """
    share = _remembered(scheme, facts, party)
    rows = []
    for index, default in enumerate(defaults):
        start, end = index / MONTHS_PER_YEAR, (index + 1) / MONTHS_PER_YEAR
        probability = curve.default_between(start, end)
        paid, back = share(default)
        at_claim = timing.discount(end + timing.to_claim_years)
        at_recovery = timing.discount(end + timing.to_recovery_years)
        expected = probability * (at_claim * paid - at_recovery * back)
        rows.append(MonthLoss(index + 1, probability, default.loss.total, paid, back, expected))
    return tuple(rows)


def _remembered(scheme: Scheme, facts: Facts, party: str) -> Callable[[Default], tuple[int, int]]:
    """Return the sharing of one default, worked out once for each different default."""
    known: dict[Default, tuple[int, int]] = {}

    def share(default: Default) -> tuple[int, int]:
        if default not in known:
            shared = split(scheme, default.loss, facts)
            standing = Standing(shared.borne)
            back = give_back(scheme.recovery, standing, default.recovery)
            known[default] = (shared.paid_by(party), back.parts.get(party, 0))
        return known[default]

    return share

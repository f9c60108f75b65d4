"""Expected loss by month: default, what is open then, what is paid, what the pledge gives back.

Of month m, with p the chance of a default in it, P what is paid and B what is got back of it:

    EL = share x p x (v_claim E[P] - v_sale E[B])
    E[B] = q E[B | key right dead] + (1 - q) E[B | key right alive]
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kernel.money import round_half_up
from models.recovery import JointMonth, joint_law
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.products.customs_guarantee.letter import Letter
from underwriting.products.customs_guarantee.proceeds import back_if_alive

Grid = NDArray[np.float64]


def joint_months(letter: Letter, laws: Laws) -> tuple[JointMonth, ...]:
    """Return the joint law of default and of the key right's death over the letter's months."""
    expected = letter.expected
    return joint_law(
        laws.borrower,
        laws.rights,
        len(expected),
        disposal=laws.disposal,
        link=laws.link,
        exposures=expected.tolist(),
    ).months


def losses(letter: Letter, laws: Laws) -> tuple[MonthLoss, ...]:
    """Return the issuer's expected loss of a default in each month.

    Of each month `parts` are what tax and what surcharge cost; what is got back is given to both
    in proportion.
    """
    joint = joint_months(letter, laws)
    chances, total = letter.drawn.chances, letter.paid.total
    back = _back(letter, laws, joint)
    sale = letter.after(laws.disposal.years_to_sale)
    net = chances * (letter.at_claim[:, None] * total - sale[:, None] * back)
    tax = np.divide(letter.paid.tax, total, out=np.zeros_like(total), where=total > 0)
    default = np.array([row.default_probability for row in joint])
    parts = letter.share * default[:, None] * (net @ np.stack([tax, 1.0 - tax], axis=1))
    given = (chances * back).sum(axis=1)
    return tuple(
        _month(place, joint[place], (letter.expected[place], given[place]), parts[place], letter)
        for place in range(len(joint))
    )


def _back(letter: Letter, laws: Laws, joint: Sequence[JointMonth]) -> Grid:
    """Return what is got back of each payment, both fates together, `[n_months, n_levels]`.

    With the key right dead it is the stated part of what is owed, if the rights fetch as much.
    """
    total, expected = letter.paid.total, letter.expected
    fetched = np.array([row.proceeds_dead for row in joint])
    rate = np.divide(fetched, expected, out=np.zeros_like(expected), where=expected > 0)
    left = rate[:, None] * total * (1.0 - laws.disposal.cost_rate) - letter.before
    dead = np.array([dead_at_default(row) for row in joint])[:, None]
    alive = back_if_alive(laws, len(joint), total, letter.before)
    return np.asarray(dead * np.clip(left, 0.0, total) + (1.0 - dead) * alive)


def dead_at_default(row: JointMonth) -> float:
    """Return the chance that the key right is dead, given a default in the month."""
    default = row.default_probability
    return row.with_right_dead / default if default > 0 else 0.0


def _month(
    place: int, row: JointMonth, amounts: tuple[float, float], parts: Grid, letter: Letter
) -> MonthLoss:
    owed, given = (float(amount) for amount in amounts)
    tax, surcharge = (float(part) for part in parts)
    return MonthLoss(
        month=place + 1,
        default_probability=row.default_probability,
        exposure=_minor(owed),
        paid=_minor(owed * letter.share),
        given_back=_minor(given * letter.share),
        expected_loss=tax + surcharge,
        parts=(tax, surcharge),
    )


def _minor(amount: float) -> int:
    return round_half_up(Fraction(amount))

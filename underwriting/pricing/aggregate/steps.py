"""What each term takes off: the expected loss of a year that is left after it, in printed order."""

from collections.abc import Sequence
from itertools import accumulate
from math import fsum

from underwriting.pricing.aggregate.cover import Cover, PolicyYear
from underwriting.pricing.aggregate.payment import Payment
from underwriting.pricing.view import Step

_WORDS = {
    "ground_up": ("全部损失", "ground-up loss", "events a year x mean loss"),
    "retention": ("免赔额后", "after the retention", "(loss - retention)+"),
    "coinsurance": ("共保比例后", "after coinsurance", "x (1 - copay)"),
    "sublimit": ("分项限额后", "after the sublimit", "at most the sublimit in one event"),
    "limit": ("每次事故限额后", "after the limit", "at most the limit in one event"),
    "aggregate": (
        "年累计免赔与限额后", "after the aggregate",
        "min(aggregate limit, (sum of the year - aggregate deductible)+), by FFT",
    ),
    "share": ("本方份额后", "after the share", "x our share"),
}  # fmt: skip


def ladder(covers: Sequence[Cover], year: PolicyYear, *, share: float) -> tuple[Step, ...]:
    """Return what is left after each term, `ground_up` first, never rising; minor units.

    The first may be infinite, where a law has no mean of its own and only the terms hold it.

    Args:
        covers: of the policy, as they were given to `policy_year`.
        year: what came of them.
        share: ours, as it was given there.
    """
    rows = [_of_events(cover) for cover in covers]
    mean = year.distribution.mean()
    left = [fsum(column) for column in zip(*rows, strict=True)] + [mean / share, mean]
    left = list(accumulate(reversed(left), max))[::-1]  # rounding must not look like a rise
    return tuple(
        Step(code, *words, expected)
        for (code, words), expected in zip(_WORDS.items(), left, strict=True)
    )


def _of_events(cover: Cover) -> tuple[float, ...]:
    """Expected loss of a year left after each term of an event: five figures."""
    terms, number = cover.terms, cover.frequency.mean
    everything = cover.severity.mean()
    above = everything - float(cover.severity.lev(terms.retention))
    payment = Payment(cover.severity, terms)
    kept = (1.0 - terms.copay) * above
    held = min(kept, payment.upto(terms.sublimit))
    paid = min(held, payment.mean())
    return tuple(number * amount for amount in (everything, above, kept, held, paid))

"""What each term leaves of the expected loss of the whole period, in the order applied."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Final

import numpy as np

from underwriting.pricing.view import Step
from underwriting.products.infringement_loss.schedule import Schedule
from underwriting.products.infringement_loss.severity import Matter
from underwriting.products.infringement_loss.yearly import Spell, YearTerms, spells

_WORDS: Final = {
    "ground_up": ("全部损失", "ground-up loss", "filings x mean loss under the covered perils"),
    "retention": ("免赔额后", "after the retention", "borne once a matter, in order of perils"),
    "coinsurance": ("共保比例后", "after coinsurance", "x (1 - the insured's part)"),
    "sublimit": ("分项限额后", "after the sublimits", "each peril at most its sublimit"),
    "limit": ("每案限额后", "after the limit of a matter", "all perils of a matter together"),
    "per_right": ("单项权利累计限额后", "after the aggregate of a right", "by FFT, each right"),
    "aggregate": ("累计限额后", "after the aggregate", "by FFT, all rights"),
    "repayment": (
        "经济利益返还后", "after repayments", "were every repayment made and nothing reinstated",
    ),
    "reinstatement": (
        "限额恢复后", "after reinstatement", "aggregates on payments less repayments",
    ),
    "share": ("本方份额后", "after our share", "x the issuer's share"),
    "discount": ("折现后", "discounted", "to the beginning of cover, at the middle of each year"),
}  # fmt: skip


def steps_of(
    schedule: Schedule, terms: YearTerms, matters: Sequence[Matter],
    *, found: Sequence[Spell], pure: float, repays: bool,
) -> tuple[Step, ...]:  # fmt: skip
    """Return the ladder of terms.

    Args:
        schedule: the rights.
        terms: of many matters.
        matters: of the rights, in their order.
        found: the years as they were priced, net of repayments and of our share.
        pure: the pure premium.
        repays: whether the insured repays out of what it wins.
    """
    left = dict(_of_matters(schedule, matters))
    left |= _of_years(schedule, replace(terms, share=1.0), matters, repays=repays)
    net = sum(spell.mean for spell in found)
    if repays:
        left["reinstatement"] = net / terms.share
    left |= {"share": net, "discount": pure}
    return tuple(Step(code, *_WORDS[code], expected) for code, expected in left.items())


def _of_matters(schedule: Schedule, matters: Sequence[Matter]) -> Iterator[tuple[str, float]]:
    total = np.zeros(5)
    for right, one in zip(schedule.rights, matters, strict=True):
        filings = sum(schedule.filings(right, year) for year in range(len(schedule.years)))
        total += filings * one.left.sum(axis=1)
    names = ("ground_up", "retention", "coinsurance", "sublimit", "limit")
    yield from zip(names, total.tolist(), strict=True)


def _of_years(
    schedule: Schedule, terms: YearTerms, matters: Sequence[Matter], *, repays: bool
) -> dict[str, float]:
    """What the aggregates leave of the payments, and the repayments of those."""
    left: dict[str, float] = {}
    if terms.per_right < inf:
        wide = replace(terms, aggregate=inf)
        left["per_right"] = sum(one.mean for one in spells(schedule, wide, matters, "gross"))
    paid = sum(one.mean for one in spells(schedule, terms, matters, "gross"))
    left["aggregate"] = paid
    if repays:
        back = sum(
            schedule.filings(right, year) * one.repaid
            for right, one in zip(schedule.rights, matters, strict=True)
            for year in range(len(schedule.years))
        )
        left["repayment"] = max(0.0, paid - back)
    return left

"""The expected loss by peril, and the words that go with each."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.pricing.view import Peril
from underwriting.products.infringement_loss.branches import PERILS
from underwriting.products.infringement_loss.severity import Matter
from underwriting.products.infringement_loss.yearly import Spell

WORDS: Final = {
    "investigation": ("调查费用", "investigation cost"),
    "litigation": ("法律费用", "legal cost"),
    "loss_of_profit": ("直接经济损失", "loss of profit"),
    "adverse_costs": ("败诉费用", "costs of losing"),
}
"""Peril -> its name in Chinese and in English."""

_BASIS: Final = "filings x payment less repayment under all terms, shared as one matter shares it"


def by_peril(
    spells: Sequence[Spell], discounts: Sequence[float], matters: Sequence[Matter]
) -> FloatArray:
    """Return the pure premium by peril, `[n_perils]`, discounted, minor units.

    What a cover adds in a year is shared over the perils as the mean of one of its matters is:
    the aggregates and the issuer's share take from all perils alike.
    """
    total = np.zeros(len(PERILS))
    for spell, discount in zip(spells, discounts, strict=True):
        for code, part in spell.parts().items():
            one = matters[int(code)]
            if one.net.mean() > 0:
                total += discount * part * one.net_parts / one.net_parts.sum()
    return total


def stated(amounts: FloatArray, covered: Sequence[bool]) -> tuple[Peril, ...]:
    """Return the perils that are covered, with their expected loss."""
    return tuple(
        Peril(code, *WORDS[code], _BASIS, float(amount))
        for code, amount, taken in zip(PERILS, amounts, covered, strict=True)
        if taken
    )

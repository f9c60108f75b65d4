"""Tranches read back from the books, their parties again in the order in which they were written.

What is left over in a split goes by largest remainder, ties in the order written. Price, payment
and print use the same order, so a tranche that was kept by name is put back into it before a
recovery is given back on it.
"""

from collections.abc import Iterator, Mapping, Sequence

from kernel.money import Money
from kernel.sharing import UNCOVERED, Scheme

Tranche = Mapping[str, int]


def as_written(
    scheme: Scheme, tranches: Sequence[Tranche], *, loan: Money, tier: str | None
) -> list[dict[str, int]]:
    """Return tranches in minor units, each with its parties as the terms name them.

    A tranche with the parties of a layer has the order of that layer, or of the bracket that
    the loan is in. What a cap passes on has the order of the caps, then the residual party, then
    what nobody bore.

    Raises:
        Invalid: the brackets ask for the tier and it is missing.
    """
    layers = list(_layers(scheme, loan, tier))
    takers = (*(cap.then for cap in scheme.caps if cap.then), scheme.residual, UNCOVERED)
    placed = []
    for tranche in tranches:
        order: Sequence[str] = takers
        for place, parties in enumerate(layers):
            if set(parties) == set(tranche):
                order = parties
                del layers[: place + 1]
                break
        placed.append({name: tranche[name] for name in dict.fromkeys(order) if name in tranche})
        assert len(placed[-1]) == len(tranche), "whoever bears is named in the terms"
    return placed


def _layers(scheme: Scheme, loan: Money, tier: str | None) -> Iterator[tuple[str, ...]]:
    """Yield the parties of each layer, the lowest first."""
    bracket = scheme.bracket_for(loan, tier)
    for layer in scheme.layers:
        shares = bracket.shares if bracket else layer.shares
        if shares is not None:
            yield shares.parties

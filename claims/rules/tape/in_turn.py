"""Losses shared one after another: balances fall, years and portfolios fill, as in the books."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from kernel.sharing import CapPer, Facts, Loss, Portfolio, Scheme, Split, split


class Taped(NamedTuple):
    """One loss of a tape.

    Attributes:
        year: calendar year of its settlement.
        loan: the insured loan, minor units; None where the scheme asks for none.
        loss: its lines.
        ip_share: part of the loan that IP secures; None where the scheme asks for none.
        tier: of the borrower, where the scheme shares by it.
    """

    year: int
    loan: int | None
    loss: Loss
    ip_share: Fraction | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands behind the parties before the first loss, minor units.

    Attributes:
        balances: party -> money in its pool.
        paid_in_year: (party, year) -> what it had paid in that year.
        portfolio: volume, and what was paid on it.
        ratios: measure -> value, the same for the whole tape.
    """

    balances: Mapping[str, int] = field(default_factory=dict)
    paid_in_year: Mapping[tuple[str, int], int] = field(default_factory=dict)
    portfolio: Portfolio | None = None
    ratios: Mapping[str, Fraction] = field(default_factory=dict)


def settled_in_turn(scheme: Scheme, tape: Iterable[Taped], opening: Opening) -> Iterator[Split]:
    """Share every loss of a tape, in its order.

    What a party pays comes off its balance, fills its year and its portfolio before the next loss
    is shared, as `underwriting.standing` keeps it in the books. A year that the opening does not
    name begins at nothing paid.

    Raises:
        Invalid: a fact that the scheme needs is missing or out of range.
    """
    capped = {per: _capped(scheme, per) for per in CapPer}
    balances, years = dict(opening.balances), dict(opening.paid_in_year)
    portfolio = opening.portfolio
    for one in tape:
        facts = Facts(
            loan_minor=one.loan,
            ip_share=one.ip_share,
            tier=one.tier,
            balances=balances,
            paid_this_year={
                party: years.get((party, one.year), 0) for party in capped[CapPer.YEAR]
            },
            portfolio=portfolio,
            ratios=opening.ratios,
        )
        shared = split(scheme, one.loss, facts)
        for party in capped[CapPer.POOL_BALANCE]:
            balances[party] -= shared.paid_by(party)
        for party in capped[CapPer.YEAR]:
            years[party, one.year] = years.get((party, one.year), 0) + shared.paid_by(party)
        for party in capped[CapPer.PORTFOLIO]:
            assert portfolio is not None, "the split has asked for it"
            portfolio = replace(portfolio, paid=portfolio.paid + shared.paid_by(party))
        yield shared


def _capped(scheme: Scheme, per: CapPer) -> tuple[str, ...]:
    """Return each party with a cap of this kind once."""
    return tuple(dict.fromkeys(cap.party for cap in scheme.caps if cap.per is per))

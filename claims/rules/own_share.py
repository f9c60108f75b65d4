"""What a scheme would be told of a day if one claim had drawn on nobody yet."""

from collections.abc import Iterable
from dataclasses import replace

from kernel.sharing import CapPer, Facts, Scheme


def without(facts: Facts, scheme: Scheme, own: Iterable[tuple[str, int, int]]) -> Facts:
    """Take a claim's own shares out of balances, years and portfolio.

    `own` is (party, paid, given back), minor units. A recovery went back into the pool and the
    portfolio, yet the year's payments stay as they were made: `underwriting.standing` keeps
    them so.
    """
    balances, years = dict(facts.balances), dict(facts.paid_this_year)
    portfolio = facts.portfolio
    capped = {cap.party for cap in scheme.caps if cap.per is CapPer.PORTFOLIO}
    for party, paid, given_back in own:
        if party in balances:
            balances[party] += paid - given_back
        if party in years:
            years[party] -= paid
        if portfolio is not None and party in capped:
            portfolio = replace(portfolio, paid=portfolio.paid - (paid - given_back))
    return replace(facts, balances=balances, paid_this_year=years, portfolio=portfolio)

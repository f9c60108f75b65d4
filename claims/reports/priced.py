"""What pricing expects of one policy for any party of its scheme: month by month, any day later.

The policy's own frozen inputs are rated with that party in the issuer's place and nobody's means
spent, so the forecast of a pool and the price share one definition.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any, Final

from sqlmodel import Session

from claims.reports.standing import Stood
from claims.rules.forecast.outlook import PolicyRisk, seen_from
from claims.rules.reporting.uncapped import uncapped
from kernel.period import add_months
from kernel.sharing import PaysOn
from underwriting import store as contracts
from underwriting.checked import checked
from underwriting.inputs import Inputs
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.products import product
from underwriting.rules.contract import Contract

MONTHS_TO_SALE: Final = 24
"""From default to the proceeds, where the figures of a policy state none (grade C)."""
_DAYS_OF_MONTH: Final = 365 / 12
_SALE: Final = "years_to_sale"


@dataclass(frozen=True, slots=True)
class Priced:
    """A policy as a party of its scheme expects it.

    Attributes:
        months: from the first month of cover on.
        to_sale: months from the event to the proceeds.
    """

    months: tuple[MonthLoss, ...]
    to_sale: int

    def back_ratio(self, month: int) -> float:
        """Return what comes back per unit paid for an event of a month, counted from 1; 0 to 1.

        An event behind the last month is taken as of the last.
        """
        row = self.months[max(0, min(month, len(self.months)) - 1)]
        return min(1.0, row.given_back / row.paid) if row.paid else 0.0


_MOST: Final = 20_000
_RATED: Final[dict[tuple[str, str], Priced]] = {}
"""SHA-256 of a receipt and a party -> what it expects. A receipt never changes and rates the same
for ever; rating one takes some 20 ms, so a pool of thousands is rated once and not at each look."""


def priced(session: Session, one: Stood, party: str) -> Priced:
    """Rate the terms that a policy had on a day for a party; once for each receipt and party."""
    quoted = contracts.quote(session, _quote(one))
    key = (quoted.receipt_sha256, party)
    found = _RATED.get(key)
    if found is None:
        found = _rated(quoted.receipt, party)
        if len(_RATED) >= _MOST:
            _RATED.clear()
        _RATED[key] = found
    return found


def _rated(receipt: str, party: str) -> Priced:
    inputs = Inputs.of(json.loads(receipt)["inputs"])
    facts = replace(inputs.facts, balances={}, paid_this_year={}, portfolio=None, ratios={})
    scheme = replace(inputs.scheme, scheme=uncapped(inputs.scheme.scheme))
    risk = _issued_by(inputs.risk, party)
    there = replace(inputs, risk=risk, facts=facts, scheme=scheme)
    line = product(there.product)
    view = line.rate(checked(line, risk), there.basis)
    years = [float(prior.value) for prior in view.priors if prior.key.split("/")[0] == _SALE]
    to_sale = ceil(12 * years[0]) if years else MONTHS_TO_SALE
    return Priced(view.months, to_sale)


def _quote(one: Stood) -> str:
    """Return the quote of the newest terms until the day; else that of the policy."""
    quoted = [row.quote_id for row in one.moves if row.id in one.state.counting and row.quote_id
              and row.effective_on <= one.on]  # fmt: skip
    return quoted[-1] if quoted else one.policy.quote_id


def _issued_by(risk: Any, party: str) -> dict[str, Any]:
    return {**risk, "cover": {**risk["cover"], "issuer": party}}


def risk_of(one: Stood, of: Priced, pays_on: PaysOn) -> PolicyRisk:
    """Return what a policy may still cost the party, seen from its day on.

    A policy that pays on the final loss is charged after the sale, else after the waiting period.
    """
    terms, rows = one.terms, of.months
    elapsed = months_between(terms.period.start, one.on)
    once = terms.loan is not None
    chances = [row.default_probability for row in rows]
    ahead = seen_from(chances, elapsed) if once else _shifted(chances, elapsed)
    return PolicyRisk(
        key=one.policy.number,
        chances=tuple(map(float, ahead)),
        paid=_shifted([row.paid for row in rows], elapsed),
        back=_shifted([min(row.given_back, row.paid) for row in rows], elapsed),
        pays_after=pays_after(terms, of, pays_on),
        back_after=max(of.to_sale, pays_after(terms, of, pays_on)),
        once=once,
    )


def pays_after(terms: Contract, of: Priced, pays_on: PaysOn) -> int:
    """Return the months from the event to the charge, rounded up."""
    waits = ceil(terms.waiting_days / _DAYS_OF_MONTH)
    return max(waits, of.to_sale) if pays_on is PaysOn.FINAL_LOSS else waits


def _shifted(months: Sequence[Any], elapsed: int) -> tuple[Any, ...]:
    """Return a series seen `elapsed` months later; before its first month stands nothing."""
    return (0,) * -elapsed + tuple(months[max(0, elapsed) :])


def months_between(first: date, on: date) -> int:
    """Return the whole months from one day to another; before it, below zero and rounded up.

    >>> months_between(date(2026, 1, 31), date(2026, 4, 29))
    2
    >>> months_between(date(2026, 3, 1), date(2026, 1, 15))
    -1
    """
    found = (on.year - first.year) * 12 + on.month - first.month
    if on >= first:
        return found - (add_months(first, found) > on)
    return found + (add_months(first, found) < on)

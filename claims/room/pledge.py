"""What a viewer sees of the rights behind a case: what they were valued at, what became of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from claims.disposal import lots
from claims.facts import Case
from claims.room.view import Side, View
from kernel.money import Money
from underwriting import store as contracts

_SOLD: Final = ("standing", "paid")


@dataclass(frozen=True, slots=True)
class Valuation:
    """A value that somebody stands for.

    Attributes:
        appraiser: who valued.
        method: `market`, `income` or `cost`; empty where the proposal names none.
        on: the day as of which.
        minor: the value, minor units.
    """

    appraiser: str
    method: str
    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class PledgedRight:
    """One right behind a case.

    Attributes:
        number: of the right.
        state: of its lot in a disposal; None before there is one.
        valuations: at underwriting, then as a lot; empty for whoever has no need of them.
        price: what it was sold or licensed for, minor units; None before that.
    """

    number: str
    state: str | None
    valuations: tuple[Valuation, ...]
    price: int | None


def pledge_seen(session: Session, case: Case, view: View) -> tuple[PledgedRight, ...]:
    """Return the rights of a case as far as a viewer needs them.

    Whoever answers for a value sees the values: the house, the insured, the seat of an appraiser.
    Every seat sees what became of the pledge, as recoveries follow from it; none sees bids,
    bidders, reserve prices, buyers or expenses.
    """
    valued = view.side is not Side.SEAT or view.values
    stated = _stated(session, case)
    found = {
        row.number: row
        for disposal in lots.disposals(session, case.claim.id)
        for row in lots.lots(session, disposal.id)
    }
    seen = []
    for number in dict.fromkeys((*stated, *found)):
        lot = found.get(number)
        rows = lots.valuations(session, lot.id) if lot else ()
        later = [Valuation(one.appraiser, one.method, one.valued_on, one.amount_minor)
                 for one in rows]  # fmt: skip
        price = _price(session, lot.id) if lot else None
        values = (*stated.get(number, ()), *later) if valued else ()
        seen.append(PledgedRight(number, lot.state if lot else None, values, price))
    return tuple(seen)


def _price(session: Session, lot_id: str) -> int | None:
    standing = [one for one in lots.awards(session, lot_id) if one.state in _SOLD]
    return standing[-1].price_minor if standing else None


def _stated(session: Session, case: Case) -> dict[str, tuple[Valuation, ...]]:
    """Return what the proposal says of each pledged right."""
    quote = contracts.quote(session, case.policy.quote_id)
    rights = json.loads(quote.receipt)["inputs"]["risk"].get("rights", ())
    return {one["number"]: _at_first(one, case.claim.currency) for one in rights}


def _at_first(right: Mapping[str, Any], currency: str) -> tuple[Valuation, ...]:
    if not right.get("appraised") or not right.get("appraised_on"):
        return ()
    return (
        Valuation(
            right.get("appraiser") or "",
            right.get("method") or "",
            date.fromisoformat(right["appraised_on"]),
            Money.of(right["appraised"]["amount"], currency).minor,
        ),
    )

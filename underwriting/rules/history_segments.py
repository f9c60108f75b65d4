"""The life of a policy as stretches of days, each under one version of its terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One version while it holds; it may hold for no day at all.

    Attributes:
        transaction_id: what brought it.
        term: 0 for the first period, one more with every renewal.
        contract: its terms.
        price: of those, for their whole period.
        start: first day.
        until: first day after it.
        cancelled: what a cancellation that cuts it short keeps; None where none does.
    """

    transaction_id: str
    term: int
    contract: Contract
    price: Price
    start: date
    until: date
    cancelled: Kept | None = None


def segments(counting: Iterable[Transaction]) -> tuple[Segment, ...]:
    """Cut the life of a policy into its versions; `counting` as `history.in_force` gives it.

    A cancellation ends it all: what would hold from a later day no longer does.
    """
    found: list[Segment] = []
    ordered = [*counting, None]
    term = -1
    for one, after in pairwise(ordered):
        assert one is not None, "only the end is none"
        if one.kind is Kind.CANCELLATION:
            break
        term += one.kind in (Kind.ISSUE, Kind.RENEWAL)
        found.append(_segment(one, after, term))
    assert not found or found[0].contract.period.start == found[0].start, "an issue comes first"
    return tuple(found)


def _segment(one: Transaction, after: Transaction | None, term: int) -> Segment:
    assert one.contract is not None, "a version has terms"
    assert one.price is not None, "and a price"
    ends = one.contract.period.end + _ONE_DAY
    cut = after is not None and after.effective_on < ends
    return Segment(
        transaction_id=one.id,
        term=term,
        contract=one.contract,
        price=one.price,
        start=one.effective_on,
        until=after.effective_on if after is not None and cut else ends,
        cancelled=after.kept if after is not None and cut else None,
    )

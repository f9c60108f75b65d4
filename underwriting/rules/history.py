"""What was done with a policy, and which of it counts. Nothing done is ever taken out again.

Two clocks: a transaction is *valid* from `effective_on` and *known* from `known_at`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from underwriting.rules.contract import Contract


class Kind(StrEnum):
    """What can be done with a policy."""

    ISSUE = "issue"
    CHANGE = "change"
    RENEWAL = "renewal"
    CANCELLATION = "cancellation"
    REINSTATEMENT = "reinstatement"
    REVERSAL = "reversal"


UNDOING = (Kind.REINSTATEMENT, Kind.REVERSAL)
"""Kinds that take another transaction out of force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The premium of one version for its whole period, in minor units.

    Attributes:
        total: all payers together, with tax.
        tax: of it.
        subsidy: of the total, what a public payer bears.
    """

    total: int
    tax: int
    subsidy: int

    def __post_init__(self) -> None:
        assert 0 <= self.tax <= self.total, "tax is part of the premium"
        assert 0 <= self.subsidy <= self.total, "so is what a public payer bears"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What of the premium a cancellation keeps beside what was earned.

    Attributes:
        share: of the term's whole premium, at least; 0 for pro rata, 1 for no return.
        floor: minor units that are kept in any case.
        exhausted: part of the sum insured that claims have used up; so much of what is
            unearned is kept.
    """

    share: Fraction = Fraction(0)
    floor: int = 0
    exhausted: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One thing that was done.

    Attributes:
        id: of it.
        seq: 1, 2, 3 ... within the policy.
        kind: what.
        effective_on: first day on which it holds, from 00:00.
        known_at: the instant from which the books know it.
        contract: the terms after it; of an issue, a change and a renewal.
        price: of those terms, for their whole period; likewise.
        kept: of a cancellation.
        undoes: the transaction that a reversal or a reinstatement takes out of force.
    """

    id: str
    seq: int
    kind: Kind
    effective_on: date
    known_at: datetime
    contract: Contract | None = None
    price: Price | None = None
    kept: Kept | None = None
    undoes: str | None = None

    def __post_init__(self) -> None:
        terms = self.kind in (Kind.ISSUE, Kind.CHANGE, Kind.RENEWAL)
        assert (self.contract is not None) is (self.price is not None) is terms, "terms are priced"
        assert (self.kept is not None) is (self.kind is Kind.CANCELLATION), "only that keeps"
        assert (self.undoes is not None) is (self.kind in UNDOING), "only these undo"


def in_force(
    transactions: Iterable[Transaction], known: datetime | None = None
) -> tuple[Transaction, ...]:
    """Return what counts, in order of its days: known by then, and not undone as known by then.

    What undoes another is itself not listed. Of two on one day the one done later comes later,
    so that a change of an earlier day, done later, is put in its place and what follows it is
    applied again after it.
    """
    seen = [one for one in transactions if known is None or one.known_at <= known]
    undone: set[str] = set()
    for one in sorted(seen, key=lambda each: -each.seq):  # the last word first
        if one.undoes is not None and one.id not in undone:
            undone.add(one.undoes)
    kept = [one for one in seen if one.id not in undone and one.kind not in UNDOING]
    return tuple(sorted(kept, key=lambda one: (one.effective_on, one.seq)))

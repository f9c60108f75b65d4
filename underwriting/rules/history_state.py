"""The state of a policy on any day, as known at any instant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kernel.money import Money
from kernel.period import Period
from underwriting.rules.contract import Contract
from underwriting.rules.history import Transaction, in_force
from underwriting.rules.history_segments import Segment, segments
from underwriting.rules.returns_amounts import Amounts, charged, earned_by


class Status(StrEnum):
    """What a policy is on a day."""

    NOT_KNOWN = "not_known"
    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A policy on one day, as known at one instant.

    Attributes:
        valid: the day.
        known: the instant; None: all that is known.
        status: what it is on that day.
        contract: the terms of that day; before the first, the first; after the last, the last,
            its period cut where it was cancelled. None where nothing counts.
        sum_insured: of those terms; nothing where none.
        charged: the premium of the whole life, as it stands.
        earned: of it, before that day begins, in minor units.
        ends_on: last day of cover, as it stands; None where nothing counts.
        counting: ids of the transactions that count, in order of their days.
    """

    valid: date
    known: datetime | None
    status: Status
    contract: Contract | None
    sum_insured: Money | None
    charged: Amounts
    earned: int
    ends_on: date | None
    counting: tuple[str, ...]

    @property
    def unearned(self) -> int:
        """What is charged and not earned, in minor units."""
        return self.charged.total - self.earned


def state_as_of(
    transactions: Iterable[Transaction], valid: date, known: datetime | None = None
) -> State:
    """Fold what was done into the state on day `valid`, of what was known at `known`."""
    seen = tuple(transactions)
    counting = in_force(seen, known)
    found = segments(counting)
    one = segment_on(found, valid)
    contract = seen_contract(one) if one else None
    return State(
        valid=valid,
        known=known,
        status=_status(found, one, valid, any(known is None or t.known_at <= known for t in seen)),
        contract=contract,
        sum_insured=contract.sum_insured if contract else None,
        charged=charged(found),
        earned=earned_by(found, valid),
        ends_on=found[-1].until - timedelta(days=1) if found else None,
        counting=tuple(t.id for t in counting),
    )


def segment_on(found: tuple[Segment, ...], day: date) -> Segment | None:
    """Return the version of a day: the last that has begun, else the first; None of none.

    A version that held for no day gives way to the one that took its place.
    """
    begun = [one for one in found if one.start <= day]
    return begun[-1] if begun else found[0] if found else None


def seen_contract(one: Segment) -> Contract:
    """Return the terms of a version, its period cut where a cancellation cut it."""
    contract = one.contract
    if one.cancelled is None or one.until <= contract.period.start:
        return contract
    period = Period(contract.period.start, one.until - timedelta(days=1))
    return replace(contract, period=period)


def _status(
    found: tuple[Segment, ...],
    one: Segment | None,
    day: date,
    known: bool,  # noqa: FBT001 - private
) -> Status:
    if one is None:
        return Status.VOID if known else Status.NOT_KNOWN
    if day < found[0].start and any(part.until > part.start for part in found):
        return Status.NOT_STARTED
    if day < one.until:
        return Status.IN_FORCE
    return Status.CANCELLED if found[-1].cancelled is not None else Status.ENDED

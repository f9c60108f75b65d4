"""A pool as it stood on a day, and its forecast, on the wire."""

from datetime import date
from fractions import Fraction

from pydantic import Field

from api.schemas.common import Answer, money
from claims.reports.called import Called
from claims.reports.capped import Capped
from claims.reports.fused import Fused
from claims.reports.moved import Movement
from claims.reports.pool_forecast import Foreseen
from claims.reports.pool_state import PoolState
from claims.reports.reserved import Reserved
from claims.rules.forecast.exhaustion import CurvePoint
from kernel.money import format_minor
from kernel.wire import MoneyWire

SIGNED = "An amount in the pool's currency as text, below nothing with a minus"
RATIO = "Exact, per 1; null where it is not known"


class PaidInAnswer(Answer):
    """A contribution."""

    on: date
    reference: str
    amount: MoneyWire


class OpenCallAnswer(Answer):
    """A call that is awaited, or a refund that is owed."""

    claim: str
    direction: str
    raised_on: date
    due_on: date
    amount: MoneyWire
    paid: MoneyWire


class ReservedAnswer(Answer):
    """An open claim with the pool's expected part beside the issuer's reserve."""

    claim: str
    issuer_reserve: MoneyWire
    expected_part: MoneyWire


class PoolFuseAnswer(Answer):
    """A fuse on one bank."""

    measure: str
    above: str
    effect: str
    bank: str | None = Field(description="Null where no ratio was ever stated")
    state: str = Field(description="`armed`, `near`, `blown`, or `not_stated`")
    ratio: str | None = Field(description=RATIO)
    as_of: date | None
    since: date | None = Field(description="First of the statements in a row with this state")


class PoolCapAnswer(Answer):
    """A cap with what is used of it."""

    per: str
    limit: MoneyWire | None
    used: MoneyWire | None = Field(description="Null where nothing adds up, as per loan")
    left: str | None = Field(description=SIGNED)
    then: str | None


class PoolVolumeAnswer(Answer):
    """What stands behind a pool."""

    policies: int
    eligible: MoneyWire = Field(description="Of loans in force: what the scheme counts")
    secured: MoneyWire = Field(description="Principal owed that IP secures, of loans in force")
    taken: MoneyWire = Field(description="What the scheme counts of all policies ever issued")
    unreported: int = Field(description="Loans in force that no bank reports")


class PoolStateAnswer(Answer):
    """A pool at the end of a day, from the journal and from what was written until then."""

    pool_id: str
    scheme: str
    party: str
    as_of: date
    contributions: tuple[PaidInAnswer, ...]
    contributed: MoneyWire
    drawn_before: MoneyWire = Field(description="Before it came into these books")
    charged: MoneyWire = Field(description="Its shares of losses")
    given_back: MoneyWire
    counted: bool = Field(description="Does a cap of the scheme count what it paid?")
    drawn: MoneyWire
    balance: MoneyWire
    calls: tuple[OpenCallAnswer, ...]
    called: str = Field(description=f"Awaited on calls less owed back. {SIGNED}")
    reserved: tuple[ReservedAnswer, ...]
    expected_part: MoneyWire
    volume: PoolVolumeAnswer
    leverage: str | None = Field(description=f"Eligible volume over balance. {RATIO}")
    promised_leverage: str | None = Field(description=f"Times the contributions. {RATIO}")
    room: str | None = Field(description=f"Volume that the promise still leaves. {SIGNED}")
    paid_ratio: str | None = Field(description=RATIO)
    bad_loan_ratio: str | None = Field(description=RATIO)
    fuses: tuple[PoolFuseAnswer, ...]
    caps: tuple[PoolCapAnswer, ...]


class CurveAnswer(Answer):
    """The pool at the end of a month."""

    month: int
    day: date
    drawn: str = Field(description=f"In the month, less what comes back. {SIGNED}")
    expected: MoneyWire
    low: MoneyWire
    high: MoneyWire
    empty: float = Field(description="Chance that it is empty by then, 0 to 1")


class PoolForecastAnswer(Answer):
    """When a pool will be empty if nothing new is written and nothing is paid in."""

    pool_id: str
    as_of: date
    horizon_months: int
    balance: MoneyWire
    policies: int
    within_horizon: bool = Field(description="Does the expected balance reach nothing in it?")
    empty_on: date | None = Field(description="Null: not within the horizon")
    earliest: date | None = Field(description="For one path in ten; null likewise")
    median: date | None
    latest: date | None = Field(description="For nine paths in ten; null likewise")
    odds: dict[str, float] = Field(description="Months -> chance that it is empty by then")
    standard_error: float
    paths: int
    seed: str
    curve: tuple[CurveAnswer, ...]


def pool_state_answer(found: PoolState) -> PoolStateAnswer:
    """Return a pool on a day."""
    unit, pool = found.pool.currency, found.pool
    whole = ("contributed", "drawn_before", "charged", "given_back", "drawn", "balance",
             "expected_part")  # fmt: skip
    return PoolStateAnswer(
        pool_id=pool.id,
        scheme=pool.scheme_code,
        party=pool.party,
        as_of=found.on,
        contributions=tuple(_paid_in(one, unit) for one in found.contributions),
        counted=found.counted,
        called=format_minor(found.called, unit),
        calls=tuple(_call(one, unit) for one in found.calls if one.open),
        reserved=tuple(_reserved(one, unit) for one in found.reserved),
        volume=_volume(found, unit),
        leverage=_ratio(found.leverage),
        promised_leverage=_ratio(found.promised),
        room=None if found.room is None else format_minor(found.room, unit),
        paid_ratio=_ratio(found.paid_ratio),
        bad_loan_ratio=_ratio(found.volume.bad_ratio),
        fuses=tuple(map(_fuse, found.fuses)),
        caps=tuple(_cap(one, unit) for one in found.caps),
        **{name: money(getattr(found, name), unit) for name in whole},
    )


def pool_forecast_answer(found: Foreseen) -> PoolForecastAnswer:
    """Return a forecast."""
    seen, unit = found.forecast, found.state.pool.currency
    plain = ("empty_on", "earliest", "median", "latest", "paths")
    return PoolForecastAnswer(
        pool_id=found.state.pool.id,
        as_of=seen.on,
        horizon_months=seen.months,
        balance=money(seen.balance, unit),
        policies=len(found.outlook.policies),
        within_horizon=seen.empty_on is not None,
        odds={str(months): odds for months, odds in seen.odds.items()},
        standard_error=seen.error,
        seed=f"{seen.seed:016x}",
        curve=tuple(_point(one, unit) for one in seen.curve),
        **{name: getattr(seen, name) for name in plain},
    )


def _point(one: CurvePoint, unit: str) -> CurveAnswer:
    amounts = {n: money(getattr(one, n), unit) for n in ("expected", "low", "high")}
    drawn = format_minor(one.drawn, unit)
    return CurveAnswer(month=one.month, day=one.day, drawn=drawn, empty=one.empty, **amounts)


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _paid_in(one: Movement, unit: str) -> PaidInAnswer:
    return PaidInAnswer(on=one.booked_on, reference=one.reference, amount=money(one.minor, unit))


def _call(one: Called, unit: str) -> OpenCallAnswer:
    plain = ("claim", "direction", "raised_on", "due_on")
    return OpenCallAnswer(
        **{name: getattr(one, name) for name in plain},
        amount=money(one.minor, unit),
        paid=money(one.paid, unit),
    )


def _reserved(one: Reserved, unit: str) -> ReservedAnswer:
    return ReservedAnswer(
        claim=one.claim.number,
        issuer_reserve=money(one.issuer, unit),
        expected_part=money(one.party, unit),
    )


def _volume(found: PoolState, unit: str) -> PoolVolumeAnswer:
    volume = found.volume
    amounts = {n: money(getattr(volume, n), unit) for n in ("eligible", "secured", "taken")}
    return PoolVolumeAnswer(policies=volume.policies, unreported=volume.unreported, **amounts)


def _fuse(one: Fused) -> PoolFuseAnswer:
    stands = one.stands
    return PoolFuseAnswer(
        measure=one.measure,
        above=str(one.above),
        effect=one.effect,
        bank=one.bank or None,
        state=stands.state.value if stands else "not_stated",
        ratio=str(stands.ratio) if stands else None,
        as_of=stands.as_of if stands else None,
        since=stands.since if stands else None,
    )


def _cap(one: Capped, unit: str) -> PoolCapAnswer:
    left = None if one.most is None or one.used is None else one.most - one.used
    shown = {"limit": one.most, "used": one.used}
    return PoolCapAnswer(
        per=one.per,
        then=one.then or None,
        left=None if left is None else format_minor(left, unit),
        **{name: None if minor is None else money(minor, unit) for name, minor in shown.items()},
    )

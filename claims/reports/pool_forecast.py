"""When a pool will be empty: its policies as pricing sees them, open claims, recoveries."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter

from sqlmodel import Session

from claims.reports.awaited import Behind, claims_on, ended_as, to_be_charged, to_come_back
from claims.reports.day import known_by
from claims.reports.pool_state import PoolState, state_with
from claims.reports.priced import Priced, priced, risk_of
from claims.reports.standing import Stood, stood
from claims.rules.forecast.exhaustion import Forecast, forecast
from claims.rules.forecast.outlook import (
    LEAST_FRAILTY,
    MOST_FRAILTY,
    MOST_MONTHS,
    Outlook,
    YearCap,
    bounded,
)
from claims.rules.forecast.seed import seed_of
from kernel.errors import invalid
from kernel.sharing import CapPer, Scheme
from underwriting import store as contracts
from underwriting.rules.history_state import Status

_RUNS = (Status.IN_FORCE, Status.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A forecast with what it rests on.

    Attributes:
        state: of the pool on the day.
        outlook: what may be drawn.
        forecast: worked out.
    """

    state: PoolState
    outlook: Outlook
    forecast: Forecast


def pool_forecast(
    session: Session, pool_id: str, scheme: Scheme, on: date, *,
    today: date, months: int = 36, frailty: float = 0.0,
) -> Foreseen:  # fmt: skip
    """Return when a pool is expected to be empty if nothing new is written and nothing paid in.

    Raises:
        NotFound: there is no such pool.
        Invalid: the day lies ahead, the horizon is none, or the frailty cannot be drawn.
    """
    if on > today:
        raise invalid("as_of", f"{on} lies ahead", "name a day until today")
    if not 1 <= months <= MOST_MONTHS:
        raise invalid("months", "is no horizon", f"name 1 to {MOST_MONTHS} months")
    if not bounded(frailty):
        cure = f"name 0, or {LEAST_FRAILTY:f} to {MOST_FRAILTY:g}"
        raise invalid("frailty", f"{frailty} is no variance that can be drawn", cure)
    pool = contracts.pool_by_id(session, pool_id)
    behind = stood(
        session, on, scheme=pool.scheme_code, currency=pool.currency, known=known_by(on)
    )  # fmt: skip
    state = state_with(session, pool, scheme, on, behind)
    outlook = _outlook(session, state, scheme, behind, months=months, frailty=frailty)
    return Foreseen(state, outlook, forecast(outlook, seed_of(outlook)))


def _outlook(
    session: Session,
    state: PoolState,
    scheme: Scheme,
    behind: tuple[Stood, ...],
    *,
    months: int,
    frailty: float,
) -> Outlook:
    by_id = {one.policy.id: one for one in behind}

    @cache
    def law(policy_id: str) -> Priced:
        return priced(session, by_id[policy_id], state.pool.party)

    seen = Behind(state.on, by_id, lambda one: law(one.policy.id), scheme.pays_on)
    claims = claims_on(session, list(by_id), state.on)
    ended = ended_as(session, claims.values(), state.on)
    hit = {row.policy_id for number, row in claims.items() if ended[number] != "denied"}
    live = {number: row for number, row in claims.items() if not ended[number]}
    flows = (*to_be_charged(seen, state.reserved), *to_come_back(seen, live, state.moves))
    risks = (risk_of(one, seen.priced(one), scheme.pays_on) for one in behind if _runs(one, hit))
    return Outlook(
        on=state.on,
        months=months,
        balance=max(0, state.balance),
        policies=tuple(sorted(risks, key=attrgetter("key"))),
        flows=tuple(flow for flow in flows if flow.minor),
        year_cap=_year_cap(state),
        frailty=frailty,
    )


def _runs(one: Stood, hit: set[str]) -> bool:
    """Can a policy still have its event? A loan that is repaid, or has defaulted, cannot."""
    if one.state.status not in _RUNS:
        return False
    return one.lent is None or (one.policy.id not in hit and one.owed != 0)


def _year_cap(state: PoolState) -> YearCap | None:
    found = [one for one in state.caps if one.per == CapPer.YEAR.value and one.most is not None]
    return YearCap(found[0].most or 0, found[0].used or 0) if found else None

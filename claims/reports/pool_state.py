"""A pool as it stood at the end of any day: its money, what hangs over it, its fuses and caps.

All of it is read from the journal and from what was written until then, not from the counters
of today; of today the two agree.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from claims.reports.called import Called, calls_on
from claims.reports.capped import Capped, caps_on
from claims.reports.day import known_by
from claims.reports.fused import Fused, fuses_on
from claims.reports.moved import (
    CHARGED,
    CONTRIBUTED,
    GIVEN_BACK,
    OPENED,
    Movement,
    Whose,
    charged,
    given_back,
    money_in,
    total,
)
from claims.reports.reserved import Reserved, reserved_on
from claims.reports.standing import Stood, stood
from claims.reports.volume import Volume, volume_of
from kernel.errors import invalid
from kernel.sharing import Scheme
from underwriting import store as contracts
from underwriting.standing import counts
from underwriting.store import PoolRow


@dataclass(frozen=True, slots=True)
class PoolState:
    """A pool on a day; amounts in minor units.

    Attributes:
        pool: the row.
        on: the day.
        contributions: until then, by day.
        drawn_before: what it had paid before these books, less what had come back.
        moves: its shares of losses under these books and its parts of recoveries, until then.
        counted: does a cap of the scheme count what it paid against its means?
        calls: raised until then.
        reserved: open claims with its expected part.
        volume: of the loans behind it.
        promised: leverage that is published, in times of the contributions; None: not stated.
        fuses: that concern it.
        caps: on it.
    """

    pool: PoolRow
    on: date
    contributions: tuple[Movement, ...]
    drawn_before: int
    moves: tuple[Movement, ...]
    counted: bool
    calls: tuple[Called, ...]
    reserved: tuple[Reserved, ...]
    volume: Volume
    promised: Fraction | None
    fuses: tuple[Fused, ...]
    caps: tuple[Capped, ...]

    @property
    def contributed(self) -> int:
        """All that was paid in."""
        return sum(one.minor for one in self.contributions)

    @property
    def charged(self) -> int:
        """Its shares of losses under these books."""
        return -total(self.moves, CHARGED)

    @property
    def given_back(self) -> int:
        """Its parts of recoveries."""
        return total(self.moves, GIVEN_BACK)

    @property
    def drawn(self) -> int:
        """Charged less given back, where a cap counts it; else only what was drawn before."""
        return self.drawn_before + (self.charged - self.given_back if self.counted else 0)

    @property
    def balance(self) -> int:
        """What is left."""
        return self.contributed - self.drawn

    @property
    def called(self) -> int:
        """What is awaited on its calls, less what it is owed back."""
        return sum(one.open for one in self.calls)

    @property
    def expected_part(self) -> int:
        """Its expected part of open claims."""
        return sum(one.party for one in self.reserved)

    @property
    def leverage(self) -> Fraction | None:
        """Eligible volume in force over the balance; None where nothing is left."""
        return Fraction(self.volume.eligible, self.balance) if self.balance else None

    @property
    def room(self) -> int | None:
        """Volume that the promised leverage still leaves; None where none is stated."""
        if self.promised is None:
            return None
        return int(self.promised * self.contributed) - self.volume.eligible

    @property
    def paid_ratio(self) -> Fraction | None:
        """Charged less given back, over the volume ever taken; None where nothing was taken."""
        if not self.volume.taken:
            return None
        return Fraction(self.charged - self.given_back, self.volume.taken)


def pool_state(
    session: Session, pool_id: str, scheme: Scheme, on: date, *, today: date
) -> PoolState:
    """Return a pool at the end of a day.

    Raises:
        NotFound: there is no such pool.
        Invalid: the day lies ahead.
    """
    pool = contracts.pool_by_id(session, pool_id)
    if on > today:
        raise invalid("as_of", f"{on} lies ahead", "name a day until today")
    behind = stood(
        session, on, scheme=pool.scheme_code, currency=pool.currency, known=known_by(on)
    )  # fmt: skip
    return state_with(session, pool, scheme, on, behind)


def state_with(
    session: Session, pool: PoolRow, scheme: Scheme, on: date, behind: tuple[Stood, ...]
) -> PoolState:
    """Return the same with the policies behind it already read."""
    assert scheme.code == pool.scheme_code, "the pool stands behind this scheme"
    of = Whose.pool(pool)
    money = _until(money_in(session, pool), on)
    moves = _until((*charged(session, of), *given_back(session, of)), on)
    contributions = tuple(one for one in money if one.kind == CONTRIBUTED)
    before, counted = -total(money, OPENED), counts(scheme, pool.party)
    paid_in = total(money, CONTRIBUTED)
    drawn = before + (-sum(one.minor for one in moves) if counted else 0)
    return PoolState(
        pool=pool,
        on=on,
        contributions=contributions,
        drawn_before=before,
        moves=moves,
        counted=counted,
        calls=calls_on(session, of, on),
        reserved=reserved_on(session, of, on),
        volume=volume_of(behind, scheme.eligible),
        promised=_promised(scheme, pool.party),
        fuses=fuses_on(session, scheme, pool.party, on),
        caps=caps_on(session, scheme, pool, on, contributed=paid_in, drawn=drawn),
    )


def _until(moves: tuple[Movement, ...], on: date) -> tuple[Movement, ...]:
    return tuple(one for one in moves if one.booked_on <= on)


def _promised(scheme: Scheme, party: str) -> Fraction | None:
    """Return the published leverage of a party; None where the scheme states none."""
    found = [one.leverage for one in scheme.pools if one.party == party]
    return found[0] if found else None

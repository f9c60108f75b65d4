"""Default and recovery as one joint law, month by month, by exact recursion over a few states.

The state is (borrower in order, which of the enumerated rights are dead). In each month the
rights move first, each by its own survival; then the borrower defaults with the hazard of the
state it is in, so that a death and the default that it causes may fall in one month. With w_s the
chance of state s and in order, k_s its multiple and h the curve's hazard of the month,

    P(default in m, s) = w_s k_s x,   x = h W / sum(w k)  if the marginal is kept,  x = h  if not,

W = sum(w). A hazard is never above one: what a state cannot take, the others do. A state of
the rights says what would be fetched; the value itself is tilted by the month of default
(`Link.tilts`), given which it is independent of the state.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.recovery.link import Link
from models.recovery.pledge import Disposal, PledgedRight
from models.recovery.read_off import survivals
from models.recovery.states import States, recursion

MONTHS_PER_YEAR = 12

Grid = NDArray[np.float64]


class Curve(Protocol):
    """The borrower's time to default."""

    def survival(self, years: float, /) -> float:
        """Chance of no default within `years`."""

    def __hash__(self) -> int:
        """It never changes, so what was read off it can be kept."""


class JointMonth(NamedTuple):
    """One month of the joint law, seen from today.

    Attributes:
        month: counted from 1; a default is taken at its end.
        default_probability: of a default in this month, all states.
        with_right_dead: the part of it with the key right dead.
        with_right_alive: the part with it alive.
        proceeds: expected gross proceeds given a default in this month, in the unit of the
            values; nought where no default can be.
        proceeds_dead: the same, given also that the key right is dead.
        proceeds_alive: the same, given also that it is alive.
    """

    month: int
    default_probability: float
    with_right_dead: float
    with_right_alive: float
    proceeds: float
    proceeds_dead: float
    proceeds_alive: float


@dataclass(frozen=True, slots=True)
class JointLaw:
    """Default and recovery together.

    Attributes:
        months: one row for each month.
        key: place of the key right among the rights; None without rights.
    """

    months: tuple[JointMonth, ...]
    key: int | None

    @property
    def default_probability(self) -> float:
        """Of a default within the months."""
        return sum(row.default_probability for row in self.months)

    @property
    def expected_proceeds(self) -> float:
        """Sum of P(default in month) x proceeds, not discounted."""
        return sum(row.default_probability * row.proceeds for row in self.months)


def joint_law(
    curve: Curve,
    rights: Sequence[PledgedRight],
    months: int,
    *,
    disposal: Disposal,
    link: Link,
    exposures: Sequence[float] | None = None,
) -> JointLaw:
    """Return the joint law of default and proceeds over so many months.

    Args:
        curve: the borrower's; see `Link.keeps_marginal` for how it is read.
        rights: pledged rights; the key right is the one of the greatest value after haircut.
        months: 1 or more.
        disposal: the forced sale.
        link: how they hang together; `Link()` makes them independent, and the proceeds are
            then `disposal.gross(rights, month / 12)`.
        exposures: exposure at default for each month, in the unit of the values; needed where
            the link states a loss with the key right dead.

    Raises:
        Invalid: no month, or the exposures are missing or not one for each month.
    """
    _refuse(months, link, exposures)
    places = _by_value(rights)
    ordered = [rights[place] for place in places]
    law = _by_state(curve, ordered, months, disposal=disposal, link=link, exposures=exposures)
    parts, means = zip(*(_mean(*law, which) for which in (_all, _dead, _alive)), strict=True)
    columns = [column.tolist() for column in (*parts, *means)]
    table = tuple(map(JointMonth, range(1, months + 1), *columns))
    return JointLaw(table, places[0] if places else None)


class KeyDead(NamedTuple):
    """A default with the key right dead, by month, each `[n_months]`.

    Attributes:
        default: chance of a default in the month, all states.
        chance: the part of it with the key right dead.
        proceeds: expected gross proceeds given that.
    """

    default: Grid
    chance: Grid
    proceeds: Grid


def key_dead(
    curve: Curve,
    rights: Sequence[PledgedRight],
    months: int,
    *,
    disposal: Disposal,
    link: Link,
    exposures: Sequence[float] | None = None,
) -> KeyDead:
    """Return what `joint_law` says of the key right's death, and nothing besides; see there."""
    _refuse(months, link, exposures)
    ordered = [rights[place] for place in _by_value(rights)]
    law = _by_state(curve, ordered, months, disposal=disposal, link=link, exposures=exposures)
    return KeyDead(law.chances.sum(axis=1), *_mean(*law, _dead))


def _by_value(rights: Sequence[PledgedRight]) -> list[int]:
    """Return the places of the rights, the most valuable first."""
    return sorted(range(len(rights)), key=lambda at: (-rights[at].after_haircut, at))


class _States(NamedTuple):
    """By month and state: the chance of a default, and what would be fetched."""

    chances: Grid
    fetched: Grid


def _by_state(
    curve: Curve,
    ordered: Sequence[PledgedRight],
    months: int,
    *,
    disposal: Disposal,
    link: Link,
    exposures: Sequence[float] | None,
) -> _States:
    striking = ordered[: link.enumerated]
    years = [month / MONTHS_PER_YEAR for month in range(months + 1)]
    kept = survivals(curve, years).tolist()
    killed = [survivals(right.killed or right.life, years) for right in striking]
    states = States.of([right.after_haircut for right in striking], link.pd_multiple)
    chances = np.array(recursion(kept, killed, states, keeps=link.keeps_marginal))
    fetched = np.zeros_like(chances)
    if ordered:
        each = _fetched(kept, ordered, disposal, link, killed)
        fetched = np.broadcast_to(_proceeds(each, states, link, exposures), chances.shape)
    return _States(chances, fetched)


Among = NDArray[np.bool_] | slice
"""Some of the states."""


def _all(states: int) -> Among:
    del states
    return slice(None)


def _dead(states: int) -> Among:
    """Mark the states with the key right dead: it is their lowest bit."""
    return np.asarray(np.arange(states) % 2 == 1)


def _alive(states: int) -> Among:
    return np.asarray(np.arange(states) % 2 == 0)


def _mean(chances: Grid, fetched: Grid, which: Callable[[int], Among]) -> tuple[Grid, Grid]:
    """Return the chance of these states and the mean of what they fetch, `[n_months]`."""
    among = which(chances.shape[1])
    part = chances[:, among].sum(axis=1)
    worth = (chances * fetched)[:, among].sum(axis=1)
    return part, np.divide(worth, part, out=np.zeros(len(part)), where=part > 0)


def _fetched(
    kept: Sequence[float],
    ordered: Sequence[PledgedRight],
    disposal: Disposal,
    link: Link,
    killed: Sequence[Grid],
) -> Grid:
    """Return `[n_rights, n_months]`: what each right is expected to fetch after a default.

    Value x recovery rate x tilt x S(month + wait), over S_killed(month) where the state already
    says that it was not killed by then.
    """
    cumulative = [1.0 - one for one in kept]
    tilts = {one: np.array(link.tilts(cumulative, one)) for one in {r.spread for r in ordered}}
    ends = [month / MONTHS_PER_YEAR for month in range(1, len(kept))]
    rows = np.empty((len(ordered), len(ends)))
    for place, right in enumerate(ordered):
        chance = np.zeros(len(ends))
        for weight, wait in disposal.times:
            chance += weight * survivals(right.life, [end + wait for end in ends])
        if place < len(killed):
            np.divide(chance, killed[place][1:], out=chance, where=chance > 0)
        rows[place] = right.after_haircut * disposal.recovery_rate * tilts[right.spread] * chance
    return rows


def _proceeds(fetched: Grid, states: States, link: Link, exposures: Sequence[float] | None) -> Grid:
    """Return `[n_months, n_states]`: expected proceeds in each state of the enumerated rights.

    With d the dead part, A what the living enumerated rights fetch, P the pool and F what all
    would fetch alive: A + (1 - d) P + d min(F, (1 - lgd) exposure); without a stated loss A + P.
    """
    count = min(link.enumerated, len(fetched))
    alive: Grid = fetched[:count].T @ np.array(states.living(count))
    pool = fetched[count:].sum(axis=0)[:, None]
    if link.lgd_when_dead is None or exposures is None:
        return np.asarray(alive + pool)
    dead = np.array(states.dead)
    rest = np.minimum(fetched.sum(axis=0), (1.0 - link.lgd_when_dead) * np.array(exposures))
    return np.asarray(alive + pool * (1.0 - dead) + rest[:, None] * dead)


def _refuse(months: int, link: Link, exposures: Sequence[float] | None) -> None:
    if months < 1:
        raise invalid("months", f"{months} is none", "give one month or more")
    if exposures is None:
        if link.lgd_when_dead is not None:
            problem = "are missing, and the link states a loss with the key right dead"
            raise invalid("exposures", problem, "give the exposure at default for each month")
    elif len(exposures) != months:
        raise invalid("exposures", f"are {len(exposures)} for {months} months", "give one a month")

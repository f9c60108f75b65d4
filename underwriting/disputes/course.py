"""How a suit ends, by chance: settled or decided, won or lost, and how much cost was spent."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.priors import Prior, PriorTable
from models.severity.published import Stage
from underwriting.disputes.courts import Court
from underwriting.disputes.figures import Figures
from underwriting.disputes.rows import Row

_WHOLE = 1e-9
_DECIDED = ("first_instance", "appeal", "trial")


class Outcome(StrEnum):
    """Of a suit, as its plaintiff sees it."""

    SETTLED = "settled"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class End:
    """One way in which a suit ends.

    Attributes:
        stage: where.
        outcome: how; `settled` takes in what is withdrawn.
        chance: per 1.
        cost: part of the whole cost spent by then, per 1.
    """

    stage: str
    outcome: Outcome
    chance: float
    cost: float


@dataclass(frozen=True, slots=True)
class Course:
    """All ways in which a suit ends.

    Attributes:
        ends: chances sum to 1.
        priors: figures of the prior table behind them.
        rows: other rows behind them.
    """

    ends: tuple[End, ...]
    priors: tuple[Prior, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        assert abs(sum(end.chance for end in self.ends) - 1.0) < _WHOLE, "a suit ends in some way"

    def chance(self, outcome: Outcome) -> float:
        """Return the chance of an outcome."""
        return sum(end.chance for end in self.ends if end.outcome is outcome)

    @property
    def mean_cost(self) -> float:
        """Part of the whole cost that a suit takes on average."""
        return sum(end.chance * end.cost for end in self.ends)


def course_of(figures: Figures, court: Court, priors: PriorTable) -> Course:
    """Return how suits end before a court.

    Settled or withdrawn and won when decided come from the prior table where it has them, so
    that a house's own counts move them; else from the frozen figures. Within the settled, and
    within the decided, suits are spread over the stages as published.

    Raises:
        Invalid: no stage or no share of wins is known there.
    """
    stages = figures.stages(court)
    undecided = sum(one.share for one in stages if one.name not in _DECIDED)
    settled, known = undecided, _first(priors, _SETTLED, court)
    wins = _first(priors, _WON, court)
    behind: list[Row] = list(stages)
    if known is not None:
        settled = known.value
    if wins is not None:
        won = wins.value
    else:
        rate = figures.rate("plaintiff_wins", court)
        won = rate.value
        behind.append(rate)
    ends = tuple(_ends(stages, undecided, settled, won))
    return Course(ends, tuple(one for one in (known, wins) if one), tuple(behind))


_SETTLED = (("p_settle_or_withdraw", "ip"), ("p_settle_or_withdraw", "patent"))
_WON = (("p_plaintiff_win_judged", "patent"), ("p_plaintiff_win_decided", "patent"))


def _first(priors: PriorTable, names: tuple[tuple[str, str], ...], court: Court) -> Prior | None:
    keys = (f"{param}/{right}/{court.value}" for param, right in names)
    return next((priors.rows[key] for key in keys if key in priors.rows), None)


def _ends(stages: tuple[Stage, ...], undecided: float, settled: float, won: float) -> Iterator[End]:
    for one in stages:
        if one.name not in _DECIDED:
            yield End(one.name, Outcome.SETTLED, settled * one.share / undecided, one.cost)
            continue
        decided = (1.0 - settled) * one.share / (1.0 - undecided)
        yield End(one.name, Outcome.WON, decided * won, one.cost)
        yield End(one.name, Outcome.LOST, decided * (1.0 - won), one.cost)

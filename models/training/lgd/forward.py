"""Candidates held against the mean forward in time, with what was known at each date.

At a split only losses known by then are learned from, and loans approved after it are the test.
R^2 = 1 - SSE of the candidate / SSE of the mean known at the split: it says what the candidate
adds to the forecast that anybody could make. The ordinary R^2, `r2_own`, sets it against the
mean of the test itself, which nobody knew: where the level moves, the mean has less than 0 there,
and so has a candidate whose gain is smaller than the move.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from kernel.errors import invalid
from models.training.lgd.ask import LgdAsk, Losses
from models.training.lgd.candidates import CANDIDATES, Candidate
from models.training.progress import Tell, quiet

MARGIN = 0.01
"""So much forward R^2 in all a candidate must reach."""

RULE = (
    f"R^2 against the known mean of at least 0 at every split and {MARGIN:g} in all, and an "
    "ordinary R^2 (against the tests' own means) of at least 0 in all"
)


@dataclass(frozen=True, slots=True)
class Score:
    """One candidate at one split.

    Attributes:
        candidate: its name.
        split: ISO date of the forecast.
        trained: losses known by then.
        tested: losses of later loans.
        sse: sum of squared errors of the candidate.
        sse_mean: of the mean known at the split.
        sse_own: of the test's own mean.
        r2: 1 - sse / sse_mean.
        r2_own: 1 - sse / sse_own.
        level: mean of the test less the mean forecast.
    """

    candidate: str
    split: str
    trained: int
    tested: int
    sse: float
    sse_mean: float
    sse_own: float
    r2: float
    r2_own: float
    level: float

    def json(self) -> dict[str, Any]:
        """The score as it stands in a fit, rounded for the card."""
        rounded = {key: round(value, 5) for key, value in asdict(self).items() if key in _ROUND}
        return asdict(self) | rounded


_ROUND = ("sse", "sse_mean", "sse_own", "r2", "r2_own", "level")


def forward_scores(
    losses: Losses,
    ask: LgdAsk,
    candidates: Sequence[Candidate] = CANDIDATES,
    tell: Tell = quiet,
) -> tuple[Score, ...]:
    """Return every candidate's score at every split that has rows enough on both sides.

    Raises:
        Invalid: no split has.
    """
    rows: list[Score] = []
    for done, split in enumerate(ask.splits):
        tell(f"forecast at {split.isoformat()}", done, len(ask.splits))
        known, later = _sides(losses, split, ask.horizon_years)
        if min(len(known.lgd), len(later.lgd)) >= ask.floor:
            rows.extend(_score(one, split, known, later) for one in candidates)
    if not rows:
        problem = f"leave no forecast with {ask.floor} losses on both sides"
        raise invalid("splits", problem, "give dates inside the tape, or a lower floor")
    return tuple(rows)


def pooled(scores: Sequence[Score], candidate: str, *, own: bool = False) -> float:
    """Return the candidate's forward R^2 over all splits: 1 - sum of its SSE / sum of the other.

    The other is the mean known at each split, or with `own` the test's own mean.
    """
    mine = [score for score in scores if score.candidate == candidate]
    other = sum(one.sse_own if own else one.sse_mean for one in mine)
    return 1.0 - sum(one.sse for one in mine) / other


def chosen(scores: Sequence[Score]) -> str:
    """Return the candidate that serves: the best that is steadily above the mean, else the mean.

    Steadily is `RULE`.
    """
    best, reached = "mean", MARGIN
    for name in dict.fromkeys(score.candidate for score in scores):
        worst = min(score.r2 for score in scores if score.candidate == name)
        steady = worst >= 0 and pooled(scores, name, own=True) >= 0
        if name != "mean" and steady and pooled(scores, name) >= reached:
            best, reached = name, pooled(scores, name)
    return best


def level_error(scores: Sequence[Score], candidate: str) -> float:
    """Return the root mean square by which the level of later loans missed the forecast."""
    missed = [score.level for score in scores if score.candidate == candidate]
    return float(np.sqrt(np.mean(np.square(missed))))


def _sides(losses: Losses, split: date, horizon: int) -> tuple[Losses, Losses]:
    at = np.datetime64(split)
    end = np.datetime64(split.replace(year=split.year + horizon))
    later = (losses.approved > at) & (losses.approved <= end)
    return losses.at(losses.known <= at), losses.at(later)


def _score(candidate: Candidate, split: date, known: Losses, later: Losses) -> Score:
    forecast = candidate.learn(known).forecast(later)
    w, y = later.weight, later.lgd

    def squares(around: Any) -> float:
        return float(np.sum(w * (y - around) ** 2))

    sse, sse_mean, sse_own = squares(forecast), squares(known.mean), squares(later.mean)
    return Score(
        candidate.name,
        split.isoformat(),
        len(known.lgd),
        len(y),
        sse,
        sse_mean,
        sse_own,
        1.0 - sse / sse_mean,
        1.0 - sse / sse_own,
        later.mean - float(np.average(forecast, weights=w)),
    )

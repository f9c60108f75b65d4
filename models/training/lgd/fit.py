"""Train a fit of loss given default: the candidate that is steadily above the mean, or the mean."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.training.lgd.ask import LgdAsk, Losses, losses_of
from models.training.lgd.candidates import CANDIDATES, Candidate, Learned
from models.training.lgd.forward import (
    RULE,
    Score,
    chosen,
    forward_scores,
    level_error,
    pooled,
)
from models.training.lgd.inflated_beta import InflatedBeta, fit_inflated_beta
from models.training.progress import Tell, quiet

_LEAST_SD = 0.005


def fit_lgd(
    frame: pl.DataFrame,
    asked: LgdAsk,
    out: Path | None = None,
    *,
    name: str = "lgd",
    candidates: Sequence[Candidate] = CANDIDATES,
    tell: Tell = quiet,
) -> FitFile:
    """Train, choose forward in time, and freeze into `out` / fit id where `out` is given.

    The mean's own uncertainty is the level error that the chosen candidate had at the splits:
    by how much the mean loss of later loans missed the forecast. `candidates` hold the mean.

    Raises:
        Invalid: the tape has not what is asked for.
    """
    losses = losses_of(frame, asked)
    scores = forward_scores(losses, asked, candidates, tell)
    best = chosen(scores)
    tell(f"fit of the {best.replace('_', ' ')}", len(asked.splits), len(asked.splits) + 1)
    learned = next(one for one in candidates if one.name == best).learn(losses)
    shape = fit_inflated_beta(losses.lgd, losses.weight)
    sd = max(level_error(scores, best), _LEAST_SD)
    fit = FitFile.named(
        name,
        learned.form,
        made_on=asked.made_on,
        tape={**asked.tape, "rows": len(losses.lgd), **losses.counts, **_period(losses)},
        features=learned.features,
        parameters=_parameters(learned, losses, shape, sd),
        metrics=_metrics(scores, best, shape),
        notes=_notes(scores, best, losses),
        booster=learned.booster,
    )
    if out is not None:
        write_fit(out / fit.fit_id, fit, write_card(fit))
    return fit


def _parameters(learned: Learned, losses: Losses, shape: InflatedBeta, sd: float) -> dict[str, Any]:
    """Return the parameters of the score and of the loss around it.

    Where features are read, the beta's precision is what is left of the variance around the
    forecast: mean of m (1 - m) over mean squared error, less one.
    """
    precision = shape.law.a + shape.law.b
    if learned.features:
        inner = 1.0 - shape.zero - shape.one
        m = np.clip((learned.forecast(losses) - shape.one) / inner, 1e-3, 1.0 - 1e-3)
        inside = (losses.lgd > 0) & (losses.lgd < 1)
        error = np.average((losses.lgd - m)[inside] ** 2, weights=losses.weight[inside])
        precision = float(np.mean((m * (1.0 - m))[inside]) / error - 1.0)
    return {
        **learned.parameters,
        "zero": shape.zero,
        "one": shape.one,
        "precision": precision,
        "mean_sd": sd,
    }


def _metrics(scores: Sequence[Score], best: str, shape: InflatedBeta) -> dict[str, Any]:
    names = tuple(dict.fromkeys(score.candidate for score in scores))
    return {
        "candidates": [
            {
                "candidate": name,
                "forward_r2": round(pooled(scores, name), 5),
                "ordinary_r2": round(pooled(scores, name, own=True), 5),
                "worst_split_r2": round(min(_r2(scores, name)), 5),
                "level_error": round(level_error(scores, name), 5),
                "serves": name == best,
            }
            for name in names
        ],
        "out_of_time": [score.json() for score in scores],
        "forward_r2": round(pooled(scores, best), 5),
        "beta": {
            "a": shape.law.a,
            "b": shape.law.b,
            "a_by_moments": shape.moments.a,
            "b_by_moments": shape.moments.b,
            "log_likelihood_per_row": shape.log_likelihood,
            "log_likelihood_per_row_by_moments": shape.log_likelihood_moments,
            "rows": shape.rows,
        },
    }


def _r2(scores: Sequence[Score], name: str) -> list[float]:
    return [score.r2 for score in scores if score.candidate == name]


def _notes(scores: Sequence[Score], best: str, losses: Losses) -> tuple[str, ...]:
    count, missed = len({score.split for score in scores}), level_error(scores, best)
    none = f"The mean is used: no candidate had a forward {RULE}, over {count} splits."
    some = f"The {best.replace('_', ' ')} is used: it had a forward {RULE}, over {count} splits."
    level = (
        f"The level moved: the mean of later loans missed the forecast by {missed:.3f} (root mean "
        "square); this is the stated doubt about the mean."
    )
    cut = (
        f"Loss over exposure is cut to 0 to 1: {losses.counts['cut_to_one']} rows lay above and "
        f"{losses.counts['cut_to_nought']} below."
    )
    known = "At each split only losses known by then were learned from."
    return (none if best == "mean" else some, known, level, cut)


def _period(losses: Losses) -> dict[str, str]:
    first, last = losses.approved.min(), losses.approved.max()
    return {"period": f"{first} to {last}", "losses_known_to": str(losses.known.max())}

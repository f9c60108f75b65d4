"""Choose penalty, entry age and law by how they did on rows that were not trained on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from models.governance.metrics import kaplan_meier
from models.training.progress import Tell, quiet
from models.training.survival.candidates import CANDIDATES, COX, Candidate
from models.training.survival.lives import Array, Lives
from models.training.survival.score import ages_of, mean_scores, score
from models.training.survival.study import Study
from models.training.survival.trial import Trial

PENALTIES = (0.003, 0.01, 0.03, 0.1)
"""Ridges per row that are tried; the smallest keeps collinear columns apart."""
TREES = "boosted trees (challenger)"


@dataclass(frozen=True, slots=True)
class Choice:
    """What won, and the figures of everything that was tried.

    Attributes:
        candidate: the law.
        penalizer: its ridge per row.
        with_age: whether the entry age is a predictor.
        candidates: mean figures over the folds, by name; the challenger too.
        tuning: integrated Brier of the Cox regression by penalty and entry age.
        folds: figures of the winner, by fold.
        failed: candidates that found no maximum, and why.
    """

    candidate: Candidate
    penalizer: float
    with_age: bool
    candidates: Mapping[str, Mapping[str, float]]
    tuning: Mapping[str, float]
    folds: Mapping[str, Mapping[str, float]]
    failed: Mapping[str, str]


def choose(study: Study, *, tell: Tell = quiet) -> Choice:
    """Try everything on every fold.

    First the Cox regression chooses penalty and whether the entry age is a predictor, then all
    laws compete with these, by integrated Brier of S(t) / S(entry), averaged over test rows;
    see `best_of`.
    """
    ways = [None] if study.age is None else [None, study.age]
    sets = [[Trial.of(fold, study, way) for fold in study.folds] for way in ways]
    trials, penalizer, tuning = _tune(sets, tell)
    with_age = trials is not sets[0]
    rows = [trial.lives.rows for trial in trials]
    scores: dict[str, dict[str, float]] = {}
    each: dict[str, list[dict[str, float]]] = {}
    failed: dict[str, str] = {}
    for place, candidate in enumerate(CANDIDATES):
        tell(f"trying {candidate.name}", place, len(CANDIDATES) + 1)
        try:
            each[candidate.name] = [trial.judge(candidate, penalizer) for trial in trials]
        except ArithmeticError as error:
            failed[candidate.name] = str(error)
            continue
        scores[candidate.name] = mean_scores(each[candidate.name], rows)
    best = best_of(scores)
    tell("trying the challenger", len(CANDIDATES), len(CANDIDATES) + 1)
    scores[TREES] = mean_scores([trial.judge_trees() for trial in trials], rows)
    tell("candidates tried", len(CANDIDATES) + 1, len(CANDIDATES) + 1)
    named = {trial.fold.name: one for trial, one in zip(trials, each[best], strict=True)}
    winner = next(one for one in CANDIDATES if one.name == best)
    return Choice(winner, penalizer, with_age, scores, tuning, named, failed)


def best_of(scores: Mapping[str, Mapping[str, float]]) -> str:
    """Return the candidate of least integrated Brier; within 1 % of it, the first in `CANDIDATES`.

    That order goes from the fewest assumptions about the shape of the hazard to the most.
    """
    least = min(one["integrated_brier"] for one in scores.values())
    ordered = [one.name for one in CANDIDATES if one.name in scores]
    return next(name for name in ordered if scores[name]["integrated_brier"] <= least * _LEVEL)


_LEVEL = 1.01


def _tune(sets: list[list[Trial]], tell: Tell) -> tuple[list[Trial], float, dict[str, float]]:
    """Return the trials and the penalty with which the Cox regression does best.

    Of penalties within 0.25 % of the least integrated Brier the smallest is taken: what is drawn
    to nought for no gain is missed where later rows are mixed otherwise than these.

    Args:
        sets: trials without the entry age, and where it can be a predictor, with it.
        tell: told the progress.
    """
    tuning: dict[str, float] = {}
    tried: list[tuple[float, list[Trial], float]] = []
    for place, way in enumerate(sets):
        tell("choosing penalty and entry age", place, len(sets))
        for penalizer in PENALTIES:
            each = [trial.judge(COX, penalizer) for trial in way]
            found = mean_scores(each, [trial.lives.rows for trial in way])["integrated_brier"]
            tuning[f"penalty {penalizer:g}{', entry age' if place else ''}"] = found
            tried.append((found, way, penalizer))
    least, trials, _ = min(tried, key=lambda one: one[0])
    level = [one[2] for one in tried if one[1] is trials and one[0] <= least * _SAME]
    return trials, min(level), tuning


_SAME = 1.0025


def null_scores(study: Study) -> dict[str, float]:
    """Figures of Kaplan-Meier alone: what any fit has to beat."""
    each = []
    for fold in study.folds:
        train, test = study.lives.take(fold.train), study.lives.take(fold.test)
        each.append(score(partial(_marginal, train, test.rows), test, ages_of(test)))
    return mean_scores(each, [int(fold.test.sum()) for fold in study.folds])


def _marginal(train: Lives, rows: int, ages: Array) -> Array:
    """H(t) of Kaplan-Meier, the same for every row; ages `[k]` or `[rows, 1]`."""
    curve = kaplan_meier(train.entry, train.exit, train.event, ages.ravel())
    found: Array = -np.log(np.maximum(curve, 1e-12)).reshape(ages.shape)
    return np.tile(found, (rows, 1)) if ages.ndim == 1 else found


def as_figures(choice: Choice) -> dict[str, Any]:
    """Return the choice as it stands in the metrics of a fit."""
    return {
        "candidates": {name: dict(each) for name, each in choice.candidates.items()},
        "tuning": dict(choice.tuning),
        "folds": {name: dict(each) for name, each in choice.folds.items()},
    }

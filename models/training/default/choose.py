"""Choosing a recipe, one thing after the other, by the mean AUC on rows never seen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from models.training.default.trees import Recipe
from models.training.default.trial import Bench, Trial, try_scorecard, try_trees
from models.training.progress import Tell

_WORTH = 0.002
"""A gain in mean AUC below this does not unseat what was there: it is noise."""
_HALF_LIVES, _SHARES = (3.0, 1.5), (0.3, 0.1)
_WIDE_ROUNDS, _ROUNDS = 400, 300


class Chosen(NamedTuple):
    """What the splits say.

    Attributes:
        recipe: the best.
        best: how it did.
        card: how the scorecard did, under the better of no fading and the recipe's.
        card_half_life: that fading.
        trials: all that were tried, in order.
    """

    recipe: Recipe
    best: Trial
    card: Trial
    card_half_life: float | None
    trials: tuple[Trial, ...]


def choose(bench: Bench, tell: Tell) -> Chosen:
    """Try recipes: first how fast the past fades, then the trees, then when to stop.

    Early stopping, and leaving out columns that changed sign, are recipes like any other: they
    are used only if they win.
    """
    recipe = Recipe(rounds=_ROUNDS) if bench.forward else Recipe(None, 4, 1.0, _WIDE_ROUNDS)
    best = try_trees(bench, recipe)
    trials = [best]
    rounds = _rounds(bench)
    for done, names in enumerate(rounds, 1):
        tell("trying recipes on rows never seen", done, len(rounds) + 1)
        found = []
        for other in _others(recipe, names, bench):
            trial = try_trees(bench, other)
            trials.append(trial)
            found.append((trial.auc, other, trial))
        top = max(found, key=lambda one: one[0])
        if top[0] > best.auc + _WORTH:
            _, recipe, best = top
    tell("trying the scorecard", len(rounds) + 1, len(rounds) + 1)
    cards = [(half, try_scorecard(bench, half)) for half in dict.fromkeys((None, recipe.half_life))]
    half_life, card = max(cards, key=lambda one: one[1].auc)
    return Chosen(recipe, best, card, half_life, (*trials, *(trial for _, trial in cards)))


def scorecard_alone(bench: Bench, tell: Tell) -> Chosen:
    """Return the scorecard where there are too few defaults for trees."""
    tell("trying the scorecard", 1, 1)
    card = try_scorecard(bench, None)
    return Chosen(Recipe(), card, card, None, (card,))


def _rounds(bench: Bench) -> list[str]:
    return ["half_life", "shape", "length", "steady"] if bench.forward else ["shape", "length"]


def _others(recipe: Recipe, what: str, bench: Bench) -> Iterable[Recipe]:
    """Return the recipes that differ from the present one in one thing."""
    if what == "half_life":
        assert bench.tape.time is not None, "only a tape with time is judged forward"
        span = float(np.ptp(bench.tape.time))
        lives = _HALF_LIVES if bench.tape.calendar else [span * share for share in _SHARES]
        return [replace(recipe, half_life=life) for life in lives]
    if what == "shape":
        shapes = [(3, 5.0), (5, 1.0)] if bench.forward else [(3, 1.0), (6, 1.0)]
        return [
            replace(recipe, depth=depth, child=child)
            for depth, child in shapes
            if (depth, child) != (recipe.depth, recipe.child)
        ]
    if what == "steady":
        return [replace(recipe, steady=True)]
    return [replace(recipe, rounds=2 * recipe.rounds), replace(recipe, early=True)]

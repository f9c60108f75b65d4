"""One recipe tried on all splits: what it foresaw of rows that it never saw."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from xgboost import DMatrix

from models.borrower.encoding import Floats
from models.governance.metrics import auc
from models.training.default.ask import Tape
from models.training.default.card_points import train_scorecard
from models.training.default.columns import Read
from models.training.default.forward import Split, splits_of
from models.training.default.grid import Grid, Matrix
from models.training.default.steps import plan_of
from models.training.default.trees import Recipe, faded, grow, signs_of, stopped, turning


class Bench(NamedTuple):
    """What every trial is made with.

    Attributes:
        tape: the rows.
        grid: them as numbers.
        splits: on which a recipe is judged.
        forward: whether those are forward in time.
        monotone: declared sign of columns.
        seed: of all that is drawn.
    """

    tape: Tape
    grid: Grid
    splits: list[Split]
    forward: bool
    monotone: dict[str, int]
    seed: int

    @property
    def counts(self) -> list[float]:
        """Weight of each split: forward ones count 1, 2, 3, 4, the latest most."""
        return [place + 1.0 if self.forward else 1.0 for place in range(len(self.splits))]

    @property
    def signs(self) -> tuple[int, ...]:
        """Declared sign of each column of the matrix, `[k]`."""
        return (*signs_of(self.grid.steps, self.monotone), *(0 for _ in self.grid.learned))


def bench_of(tape: Tape, read: Mapping[str, Read], seed: int) -> Bench:
    """Lay out a tape for trials."""
    grid = Grid.of(
        plan_of(read, tape.time_name),
        {name: one.column for name, one in read.items()},
        tape.outcome,
        seed,
    )
    splits, forward = splits_of(tape, seed)
    monotone = {name: one.feature.monotone for name, one in read.items()}
    return Bench(tape, grid, splits, forward, monotone, seed)


class Foreseen(NamedTuple):
    """What one split's fit says.

    Attributes:
        split: which.
        test: log-odds of the rows judged on, `[s]`.
        train: log-odds of the rows learned from, `[t]`.
    """

    split: Split
    test: Floats
    train: Floats


class Trial(NamedTuple):
    """A recipe and how it did.

    Attributes:
        words: the recipe in words.
        aucs: on each split.
        foreseen: what it said on each split.
        auc: mean over the splits, under their weights.
    """

    words: str
    aucs: tuple[float, ...]
    foreseen: tuple[Foreseen, ...]
    auc: float


def try_trees(bench: Bench, recipe: Recipe) -> Trial:
    """Try boosted trees on every split."""
    found = []
    for split in bench.splits:
        made = prepared(bench, split, recipe)
        booster = grow(
            made.train, made.outcome, made.weights, settled(bench, made, recipe),
            signs=made.signs, seed=bench.seed,
        )  # fmt: skip
        test, train = (
            np.asarray(booster.predict(DMatrix(side), output_margin=True), float)
            for side in (made.test, made.train)
        )
        found.append(Foreseen(split, test, train))
    return _judged(bench, recipe.words(), found)


def try_scorecard(bench: Bench, half_life: float | None) -> Trial:
    """Try the logistic scorecard on every split."""
    found = []
    for split in bench.splits:
        made = prepared(bench, split, Recipe(half_life))
        card = train_scorecard(made.train, made.outcome, made.weights, made.signs)
        found.append(Foreseen(split, card.margin(made.test), card.margin(made.train)))
    past = "all years alike" if half_life is None else f"half-life {half_life:.3g}"
    return _judged(bench, f"logistic scorecard, {past}", found)


class Prepared(NamedTuple):
    """Matrices of one split, ready to learn from.

    Attributes:
        train: `[t, k]`.
        test: `[s, k]`.
        outcome: of the rows to learn from, `[t]`.
        weights: theirs, faded, `[t]`.
        signs: `[k]`.
        order: time of the rows to learn from, or a random order, `[t]`.
    """

    train: Matrix
    test: Matrix
    outcome: Floats
    weights: Floats
    signs: tuple[int, ...]
    order: Floats


def prepared(bench: Bench, split: Split, recipe: Recipe) -> Prepared:
    """Return the matrices of a split; columns that are not steady are blanked where asked for."""
    tape = bench.tape
    weights = faded(tape.weights, tape.time, split.train, recipe.half_life)
    train, test = bench.grid.split(split.train, split.test, weights)
    if recipe.steady and tape.time is not None:
        turned = turning(train, tape.outcome[split.train], tape.time[split.train])
        train[:, turned] = np.nan
        test[:, turned] = np.nan
    drawn = np.random.default_rng(bench.seed).random(len(split.train))
    order = drawn if tape.time is None else tape.time[split.train] + 1e-6 * drawn
    return Prepared(
        train, test, tape.outcome[split.train], weights[split.train], bench.signs, order
    )


def settled(bench: Bench, made: Prepared, recipe: Recipe) -> Recipe:
    """Return the recipe with its number of trees, found by early stopping where asked for."""
    if not recipe.early:
        return recipe
    rounds = stopped(
        made.train, made.outcome, made.weights, recipe,
        signs=made.signs, seed=bench.seed, order=made.order,
    )  # fmt: skip
    return Recipe(
        recipe.half_life, recipe.depth, recipe.child, rounds, early=True, steady=recipe.steady
    )


def _judged(bench: Bench, words: str, found: list[Foreseen]) -> Trial:
    tape = bench.tape
    aucs = tuple(
        auc(tape.outcome[one.split.test], one.test, tape.weights[one.split.test]) for one in found
    )
    return Trial(words, aucs, tuple(found), float(np.average(aucs, weights=bench.counts)))

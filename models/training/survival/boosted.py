"""Train the boosted challenger: Poisson trees on cut lives, exposure as offset."""

from dataclasses import dataclass

import numpy as np
import xgboost

from models.hazard.challenger import Challenger
from models.hazard.laws import PiecewiseLaw
from models.training.survival.episodes import cut, edges_of
from models.training.survival.lives import Array, Lives

_SETTINGS = {
    "objective": "count:poisson",
    "max_depth": 3,
    "eta": 0.05,
    "reg_lambda": 5.0,
    "min_child_weight": 5.0,
    "max_delta_step": 0.7,
    "subsample": 0.7,
    "colsample_bytree": 0.7,
    "seed": 1,
    "tree_method": "hist",
}


@dataclass(frozen=True, slots=True)
class Trees:
    """A trained challenger.

    Attributes:
        challenger: as it is scored.
        rounds: trees in it.
    """

    challenger: Challenger
    rounds: int

    def frozen(self) -> tuple[dict[str, object], bytes]:
        """Return the fields that stand in a fit, and the trees in xgboost's binary form."""
        law = self.challenger.law
        fields = {"edges": law.edges.tolist(), "level": law.level.tolist(), "rounds": self.rounds}
        return fields, bytes(self.challenger.trees.save_raw("ubj"))


def train_trees(raw: Array, lives: Lives, *, rounds: int = 80, threads: int = 2) -> Trees:
    """Train on terms as read `[n, p]`; each piece starts from its own occurrence over exposure."""
    edges = edges_of(lives)
    seen, size = cut(lives, edges), len(edges)
    lived = np.bincount(seen.pieces, seen.years * seen.weights, size)
    died = np.bincount(seen.pieces, seen.events * seen.weights, size)
    level = np.log((died + 0.5 * died.sum() / lived.sum()) / (lived + 0.5))
    table = xgboost.DMatrix(
        np.column_stack([raw[seen.rows], seen.pieces]),
        seen.events,
        weight=seen.weights,
        base_margin=np.log(seen.years) + level[seen.pieces],
    )
    trees = xgboost.train({**_SETTINGS, "nthread": threads}, table, rounds)
    return Trees(Challenger(trees, PiecewiseLaw(edges, level)), rounds)

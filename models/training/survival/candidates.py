"""The laws that compete, each trained the same way on the same design."""

from dataclasses import dataclass

import polars as pl

from models.training.survival.aft import train_aft
from models.training.survival.baseline import train_cox, train_drifting
from models.training.survival.columns import Columns
from models.training.survival.design import Design, learn_design
from models.training.survival.freeze import AFT
from models.training.survival.frozen import Frozen
from models.training.survival.lives import Array, Lives
from models.training.survival.poisson import train_piecewise


@dataclass(frozen=True, slots=True)
class Candidate:
    """One law to be tried.

    Attributes:
        name: how it stands in tables.
        form: such as `hazard.cox`.
        drifting: whether effects may drift with age.
    """

    name: str
    form: str
    drifting: bool = False


COX = Candidate("cox", "hazard.cox")
CANDIDATES = (
    Candidate("cox, drifting effects", "hazard.cox", drifting=True),
    COX,
    Candidate("piecewise, drifting effects", "hazard.piecewise", drifting=True),
    Candidate("piecewise", "hazard.piecewise"),
    Candidate("loglogistic", "hazard.loglogistic"),
    Candidate("lognormal", "hazard.lognormal"),
    Candidate("weibull", "hazard.weibull"),
)
"""All laws that compete, from the fewest assumptions about the shape of the hazard to the most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Training rows ready for any candidate.

    Attributes:
        design: learned from them.
        x: standardised terms `[n, p]`.
        raw: terms as read `[n, p]`.
        lives: of the rows.
    """

    design: Design
    x: Array
    raw: Array
    lives: Lives

    @classmethod
    def of(cls, frame: pl.DataFrame, lives: Lives, columns: Columns, age: str | None) -> "Sheet":
        """Learn a design from rows and lay them out; `age` adds the entry age's column."""
        design = learn_design(frame, columns.numbers, columns.texts, age)
        x, raw = design.matrix(frame), design.raw(frame)
        return cls(design, x, raw, lives)

    def train(self, candidate: Candidate, penalizer: float) -> Frozen:
        """Train one candidate.

        Raises:
            ArithmeticError: it found no maximum.
        """
        ready = (self.design, self.x, self.lives)
        if candidate.form in AFT:
            return train_aft(candidate.form, *ready, penalizer=penalizer)
        if candidate.form == "hazard.piecewise":
            return train_piecewise(*ready, penalizer=penalizer, drifting=candidate.drifting)
        if candidate.drifting:
            return train_drifting(*ready, penalizer=penalizer)
        return train_cox(*ready, penalizer=penalizer)

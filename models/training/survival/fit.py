"""Train a hazard fit on a user's own table: `zhibao fit survival`."""

from pathlib import Path

import polars as pl

from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.training.progress import Tell, quiet
from models.training.survival.asked import SurvivalAsked
from models.training.survival.choose import choose
from models.training.survival.state import state
from models.training.survival.study import read_study

__all__ = ["SurvivalAsked", "fit_survival"]


def fit_survival(
    frame: pl.DataFrame, asked: SurvivalAsked, out: Path, *, tell: Tell = quiet
) -> FitFile:
    """Train a hazard fit and write its folder: `fit.json`, `card.md`, `booster.ubj`.

    Args:
        frame: the table; numbers, flags, text, dates, missing values.
        asked: which columns mean what.
        out: folder to write; one that is there is replaced.
        tell: told the progress.

    Raises:
        Invalid: see `models.training.survival.study.read_study`.
    """
    tell("reading columns", 0, 1)
    study = read_study(frame, asked)
    choice = choose(study, tell=tell)
    tell("fitting on all rows", 0, 1)
    fit = state(study, asked, choice)
    write_fit(out, fit, write_card(fit))
    tell("done", 1, 1)
    return fit

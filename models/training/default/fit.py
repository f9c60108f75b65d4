"""Training a default fit on any loan tape: read, warn, choose, calibrate, grow on all, freeze."""

from pathlib import Path

import polars as pl

from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.training.default.ask import THIN, DefaultAsked, Tape, read_asked
from models.training.default.choose import Chosen, choose, scorecard_alone
from models.training.default.columns import Columns, read_all
from models.training.default.leaks import leaks_of
from models.training.default.report import Trained, fit_file_of
from models.training.default.trial import Bench, bench_of
from models.training.progress import Tell, quiet

_PARTS = 4


def fit_default(
    frame: pl.DataFrame, asked: DefaultAsked, out: Path | None, *, tell: Tell = quiet
) -> FitFile:
    """Train a default fit and freeze it into the folder `out`, where one is given.

    The trees serve where they rank rows never seen better than the scorecard and 100 loans or
    more defaulted; else the scorecard does.

    Raises:
        Invalid: a column is not there or cannot be read, or fewer than 30 loans defaulted.
    """
    trained = train_default(frame, asked, tell)
    fit = fit_file_of(trained, asked)
    if out is not None:
        write_fit(out, fit, write_card(fit))
    return fit


def train_default(frame: pl.DataFrame, asked: DefaultAsked, tell: Tell = quiet) -> Trained:
    """Read the tape, look for leaks, and choose on rows never seen."""
    tell("reading the tape", 0, _PARTS)
    tape = read_asked(frame, asked)
    columns = read_all(tape)
    tell("looking for columns that know the outcome", 1, _PARTS)
    warnings = tuple(f"warning: {leak}" for leak in leaks_of(tape, asked.seed))
    bench = bench_of(tape, columns.read, asked.seed)
    chosen = _chosen(bench, tape, tell)
    tell("growing on all rows", _PARTS - 1, _PARTS)
    return Trained(tape, columns, bench, chosen, (*warnings, *_notes(tape, columns, bench, chosen)))


def _chosen(bench: Bench, tape: Tape, tell: Tell) -> Chosen:
    return choose(bench, tell) if tape.defaults >= THIN else scorecard_alone(bench, tell)


def _notes(tape: Tape, columns: Columns, bench: Bench, chosen: Chosen) -> tuple[str, ...]:
    """Say what was decided and why."""
    how = "forward in time" if bench.forward else "on random folds, for want of a column of time"
    notes = [f"Everything was chosen {how}: {len(bench.splits)} splits."]
    if tape.defaults < THIN:
        notes.append(
            f"Thin: {tape.defaults} defaults, and trees need {THIN}; the scorecard serves."
        )
    elif chosen.best.auc <= chosen.card.auc:
        notes.append("The trees did not rank better than the scorecard, which serves.")
    else:
        gain = chosen.best.auc - chosen.card.auc
        notes.append(
            f"Trees serve ({chosen.best.words}): mean AUC {chosen.best.auc:.4f} on rows never "
            f"seen, {gain:.4f} above the scorecard."
        )
    return (*notes, *columns.notes)

"""A trained fit as it is kept: parameters, figures on rows never seen, and what was decided."""

from typing import Any, NamedTuple

from models.borrower.boosted import BOOSTED, SCORECARD
from models.borrower.calibration import Calibration
from models.borrower.interval import Intervals
from models.borrower.level import swing
from models.borrower.odds import expit
from models.fit_file import FitFile
from models.governance.metrics import auc
from models.governance.reference import reference
from models.training.default import freeze, level, measure
from models.training.default.ask import THIN, DefaultAsked, Tape
from models.training.default.choose import Chosen
from models.training.default.columns import Columns
from models.training.default.trial import Bench, Trial

_DIGITS = 5
_PARTED = 0.995


class Trained(NamedTuple):
    """All that a fit is made of.

    Attributes:
        tape: the rows.
        columns: those that may predict.
        bench: what trials were made with.
        chosen: what the splits said.
        notes: warnings and decisions.
    """

    tape: Tape
    columns: Columns
    bench: Bench
    chosen: Chosen
    notes: tuple[str, ...]

    @property
    def trees(self) -> bool:
        """Whether the trees serve."""
        return self.tape.defaults >= THIN and self.chosen.best.auc > self.chosen.card.auc

    @property
    def serving(self) -> Trial:
        """The trial of what serves."""
        return self.chosen.best if self.trees else self.chosen.card


def fit_file_of(trained: Trained, asked: DefaultAsked) -> FitFile:
    """Grow on all rows, calibrate, and put together what is kept."""
    bench = trained.bench
    later = level.later_rows(
        trained.tape, trained.serving.foreseen, forward=bench.forward, seed=asked.seed
    )
    found = level.calibrated(later)
    grown = freeze.grow_on_all(bench, trained.chosen, trees=trained.trees)
    shift = freeze.level_now(bench, grown, found.form)
    interval = _intervals(trained, later, found)
    parameters = freeze.parameters_of(grown, found.form, shift, interval.json(), trained.columns)
    return FitFile.named(
        asked.name,
        BOOSTED if trained.trees else SCORECARD,
        made_on=asked.made_on,
        tape={**asked.tape, **_tape(trained, asked)},
        features=trained.columns.features,
        parameters={**parameters, **({"time": asked.time} if asked.time else {})},
        metrics={**_metrics(trained, later, found), **_kept(trained, grown, found.form, shift)},
        notes=trained.notes,
        booster=grown.booster,
    )


def _intervals(trained: Trained, later: level.Later, found: level.Found) -> Intervals:
    """Return the intervals around PDs of later rows.

    Where those rows are parted all but without error, a column knows the outcome: nothing honest
    can be learned of doubt, and any PD is possible.
    """
    if _parted(later, found):
        least, most = 1e-6, 1.0 - 1e-6
        return Intervals((0.01, 0.99), (least, least), (most, most), (0.0, 0.0), 0.9)
    drift = _drift(trained, found)
    return Intervals.fit(found.crossed, later.outcome, later.weights, drift=drift)


def _parted(later: level.Later, found: level.Found) -> bool:
    """Whether later rows are parted all but without error: no table of grades says anything."""
    return auc(later.outcome, found.crossed, later.weights) > _PARTED


def _tape(trained: Trained, asked: DefaultAsked) -> dict[str, Any]:
    tape = trained.tape
    period = {} if tape.time is None else {"period": f"{tape.time.min():g} to {tape.time.max():g}"}
    rate = float((tape.weights @ tape.outcome) / tape.weights.sum())
    return {
        "rows": len(tape.outcome),
        "events": tape.defaults,
        "rate": round(rate, _DIGITS),
        "target": asked.target,
        "weights": asked.weights or "none",
        "dropped": ", ".join(asked.drop) or "none",
        **period,
    }


def _drift(trained: Trained, found: level.Found) -> float:
    """Return the swing of the level between later years, where two or more have one."""
    if not trained.bench.forward:
        return 0.0
    first = trained.serving.foreseen[0]
    then = measure.as_it_stood(trained.tape, first, found.form)
    levels = measure.overlay_levels(trained.tape, first, then)
    return swing(levels) if sum(one.multiplier is not None for one in levels) > 1 else 0.0


def _metrics(trained: Trained, later: level.Later, found: level.Found) -> dict[str, Any]:
    """Return all figures on rows never seen; the plain ones are of the latest split."""
    chosen, tape = trained.chosen, trained.tape
    if trained.bench.forward:
        lines = measure.forward_lines(tape, trained.serving, chosen.card, found.form)
        last = trained.serving.foreseen[-1]
        rows, p = last.split.test, measure.as_it_stood(tape, last, found.form)
        plain = measure.figures(tape.outcome[rows], p, tape.weights[rows])
        plain["brier_skill_with_overlay"] = lines[-1]["brier_skill_with_overlay"]
    else:
        lines = [
            {"split": one.split.name, "auc": a, "scorecard_auc": b}
            for one, a, b in zip(
                trained.serving.foreseen, trained.serving.aucs, chosen.card.aucs, strict=True
            )
        ]
        plain = measure.figures(later.outcome, found.crossed, later.weights)
    return {
        **{name: round(value, _DIGITS) for name, value in plain.items()},
        "scorecard_auc": round(chosen.card.auc, _DIGITS),
        "candidates": [_candidate(trial, trained.serving) for trial in chosen.trials],
        "out_of_time" if trained.bench.forward else "folds": [_rounded(line) for line in lines],
        "calibration_log_loss": {name: round(x, 6) for name, x in found.loss.items()},
        **({} if _parted(later, found) else measure.tables(later, found.crossed)),
    }


def _candidate(trial: Trial, serving: Trial) -> dict[str, Any]:
    return {
        "candidate": trial.words,
        "mean_auc": round(trial.auc, _DIGITS),
        "least_auc": round(min(trial.aucs), _DIGITS),
        "latest_auc": round(trial.aucs[-1], _DIGITS),
        "serves": trial is serving,
    }


def _rounded(line: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, _DIGITS) if isinstance(v, float) else v for k, v in line.items()}


def _kept(trained: Trained, grown: freeze.Grown, form: Calibration, shift: float) -> dict[str, Any]:
    """Return the histograms that drift is measured from, and the number of trees."""
    score = form.apply(expit(grown.margin + shift))
    columns = {name: one.column.tolist() for name, one in trained.columns.read.items()}
    return {
        "trees": grown.rounds,
        "reference": reference(trained.columns.features, columns, score),
    }

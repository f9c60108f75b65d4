"""The rows of lapse in the validation table: the whole training, on rows that it never saw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from models.governance.metrics import brier_at, c_index, kaplan_meier
from models.tape import read_tape
from models.training.checked import Checked
from models.training.progress import Tell, quiet
from models.training.survival.asked import SurvivalAsked
from models.training.survival.cn_lapse import cn_lapse_table
from models.training.survival.lives import Array, Lives
from models.training.survival.state import chosen_and_trained
from models.training.survival.study import read_study

FILE = "cn_patents_dev_app_to_2000.parquet"
AGES = np.array([8.0, 10.0, 12.0])
ASKED = SurvivalAsked("entry", "exit", "lapsed", name="cn-lapse", unit="years since filing")
_CUTS = (0.5, 0.65, 0.8, 1.0)
_REPEATS = 6
_TRAIN_SHARE = 0.7
LEAST_C, MOST_BRIER, MOST_GAP = 0.665, 0.200, 0.05


@dataclass(frozen=True, slots=True)
class Foretold:
    """Test rows of one or several splits, with what was foretold for them.

    Attributes:
        lives: of the rows.
        survival: S at the ages asked, 8, 10, 12 `[n, 3]` where none were.
        from_entry: S over S at entry, at the same ages.
        risk: higher means sooner `[n]`.
    """

    lives: Lives
    survival: Array
    from_entry: Array
    risk: Array

    @property
    def place(self) -> tuple[Array, Array, Array]:
        """Entry, exit and event."""
        return self.lives.entry, self.lives.exit, self.lives.event

    @property
    def c(self) -> float:
        """Concordance."""
        return c_index(*self.place, self.risk)

    @property
    def brier(self) -> float:
        """Brier score at ten years of the unconditional S."""
        return brier_at(10.0, *self.place, self.survival[:, 1])

    @property
    def brier_from_entry(self) -> float:
        """Brier score at ten years of the chance given that the right stood at its entry."""
        return brier_at(10.0, *self.place, self.from_entry[:, 1])

    @property
    def gaps(self) -> Array:
        """Mean S less Kaplan-Meier with delayed entry, at 8, 10 and 12 years."""
        found: Array = self.survival.mean(axis=0) - kaplan_meier(*self.place, AGES)
        return found


def validate_survival(folder: Path, tell: Tell = quiet) -> tuple[Checked, ...]:
    """Return the lines on lapse of granted Chinese patents, from the file in `folder`.

    Everything is chosen again inside each training part: penalty, entry age, law.

    Raises:
        Invalid: the file is not there.
    """
    table = cn_lapse_table(read_tape(folder / FILE)).sort("app_date")
    forward, random = list(forward_splits(table)), list(random_splits(table))
    total = len(forward) + len(random)
    tested = []
    for place, (train, test) in enumerate([*forward, *random]):
        tell(f"lapse: split {place + 1} of {total}", place, total)
        tested.append(run_split(train, test))
    tell("lapse: done", total, total)
    ahead = joined(tested[: len(forward)])
    return (*_lines([ahead]), *_reported(tested[len(forward) :]))


def forward_splits(table: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield rows filed before a date and those filed after, up to the next date: 3 splits."""
    rank = table["app_date"].rank("max") / table.height
    for start, end in pairwise(_CUTS):
        yield table.filter(rank <= start), table.filter((rank > start) & (rank <= end))


def random_splits(table: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield six random splits of 70 to 30 %."""
    for seed in range(_REPEATS):
        chosen = pl.Series(np.random.default_rng(seed).random(table.height) < _TRAIN_SHARE)
        yield table.filter(chosen), table.filter(~chosen)


def run_split(train: pl.DataFrame, test: pl.DataFrame, ages: Array = AGES) -> Foretold:
    """Run the whole training on one part and foretell the other, at `ages`."""
    study = read_study(train, ASKED)
    sheet, frozen = chosen_and_trained(study)
    fit, rows = frozen.hazard(), sheet.design.raw(test)
    entry, exit_, event = (
        test[name].cast(pl.Float64).to_numpy() for name in ("entry", "exit", "lapsed")
    )
    from_entry = fit.survival_from(rows, ages, entry[:, None])
    lives = Lives(entry, exit_, event, np.ones(test.height))
    return Foretold(lives, fit.survival(rows, ages), from_entry, fit.risk(rows))


def joined(parts: Sequence[Foretold]) -> Foretold:
    """Join the test rows of several splits."""
    keys = ("entry", "exit", "event", "weights")
    lives = Lives(*(np.concatenate([getattr(one.lives, key) for one in parts]) for key in keys))
    survival, from_entry, risk = (
        np.concatenate([getattr(one, key) for one in parts])
        for key in ("survival", "from_entry", "risk")
    )
    return Foretold(lives, survival, from_entry, risk)


def _lines(parts: Sequence[Foretold]) -> Iterator[Checked]:
    """The forward splits, held against the levels."""
    what = f"lapse after grant, forward splits ({_rows(parts)} test rows)"
    c, brier, own, gaps = _means(parts)
    yield Checked(f"{what}: C-index", f"{LEAST_C}", f"{c:.3f}", c >= LEAST_C)
    reached = f"{brier:.3f} (given that it stood at grant: {own:.3f})"
    target = f"at most {MOST_BRIER:.3f}"
    yield Checked(f"{what}: Brier at 10 years", target, reached, brier <= MOST_BRIER)
    told = ", ".join(f"{gap:+.3f}" for gap in gaps)
    mean = f"{what}: mean predicted less observed survival at 8, 10, 12 years"
    yield Checked(mean, f"within {MOST_GAP}", told, bool(np.abs(gaps).max() <= MOST_GAP))


def _reported(parts: Sequence[Foretold]) -> Iterator[Checked]:
    """The random splits, reported: one mix of owners on both sides ranks less far apart."""
    c, brier, _, gaps = _means(parts)
    told = ", ".join(f"{gap:+.3f}" for gap in gaps)
    what = f"lapse after grant, {len(parts)} random splits ({_rows(parts)} test rows)"
    yield Checked(what, "reported", f"C-index {c:.3f}, Brier {brier:.3f}, gaps {told}", passed=True)


def _rows(parts: Sequence[Foretold]) -> int:
    return sum(part.lives.rows for part in parts)


def _means(parts: Sequence[Foretold]) -> tuple[float, float, float, Array]:
    """C-index, Brier unconditional and from entry, and gaps, averaged over parts."""
    c, brier, own = (
        float(np.mean([getattr(one, key) for one in parts]))
        for key in ("c", "brier", "brier_from_entry")
    )
    return c, brier, own, np.mean([one.gaps for one in parts], axis=0)

"""The rows on borrower default in the validation table, on real outcomes.

Small-business loans: the whole training, choosing included, is done on the past alone and judged
on the years that follow. Company ratios have no dates: five random folds. Leaks: the tape as it
came, with the columns that are known only later.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from models.borrower.batch import scored_frame
from models.borrower.boosted import BorrowerFit
from models.borrower.level import FittedLevel, fit_overlay
from models.borrower.overlay import Overlay
from models.governance.metrics import auc, brier_skill, calibration_slope, ks
from models.tape import read_tape
from models.training.checked import Checked
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.default.leaks import leaks
from models.training.progress import Tell, quiet

SBA = "sba_dev_fy1971_2003.parquet"
POLISH = {"polish_1year_dev.parquet": 0.945, "polish_5year_dev.parquet": 0.96}
SLOVAK = "slovak_sme_dev_2013_2015.parquet"
KNOWN_LATER = (
    "LEAK_term_months", "disbursement_date", "disbursement_gross", "chg_off_date",
    "chg_off_prin_gr", "months_to_chargeoff",
)  # fmt: skip
_AHEAD = {"polish_1year_dev.parquet": "5 years ahead", "polish_5year_dev.parquet": "1 year ahead"}
_ECE = 0.012
_ORIGINS = ((1997, 2000), (2000, 2003), (2002, 2003))
_AUC, _KS = 0.69, 0.28
_LEAKS = {"LEAK_term_months", "chg_off_date", "chg_off_prin_gr", "months_to_chargeoff"}


class Backtest(NamedTuple):
    """Figures of a fit on the years after it.

    Attributes:
        auc: of the trees, or of what serves.
        ks: the same.
        card_auc: of the scorecard trained beside it.
        slope: of the calibration line.
        skill: Brier skill without an overlay.
        skill_overlay: with the factor that each year turned out to need.
        levels: those factors.
        fit: which was judged.
    """

    auc: float
    ks: float
    card_auc: float
    slope: float
    skill: float
    skill_overlay: float
    levels: tuple[FittedLevel, ...]
    fit: BorrowerFit


def sba_asked(**changed: Any) -> DefaultAsked:
    """Return what is asked of the small-business loans."""
    return DefaultAsked(
        **{
            "target": "default",
            "time": "approval_date",
            "weights": "sample_weight",
            "drop": (*KNOWN_LATER, "approval_fy"),
            "name": "default-sba",
            **changed,
        }
    )


def backtest(frame: pl.DataFrame, origin: int, end: int, tell: Tell = quiet) -> Backtest:
    """Train on fiscal years to `origin`, judge on the years after it to `end`."""
    year = pl.col("approval_fy")
    fit = BorrowerFit.of(fit_default(frame.filter(year <= origin), sba_asked(), None, tell=tell))
    later = frame.filter((year > origin) & (year <= end))
    p = scored_frame(fit, later).pd.to_numpy()
    outcome, weights = (
        later[name].to_numpy().astype(float) for name in ("default", "sample_weight")
    )
    levels = fit_overlay(p, outcome, later["approval_date"].dt.year().to_numpy(), weights)
    over = scored_frame(fit, later, overlay_of(levels)).pd.to_numpy()
    card = scored_frame(_card_of(fit), later).pd.to_numpy()
    return Backtest(
        auc(outcome, p, weights),
        ks(outcome, p, weights),
        auc(outcome, card, weights),
        calibration_slope(outcome, p, weights)[1],
        brier_skill(outcome, p, weights),
        brier_skill(outcome, over, weights),
        levels,
        fit,
    )


def overlay_of(levels: Sequence[FittedLevel]) -> Overlay:
    """Return the overlay that would have been right: each year's factor, within 0.25 to 4."""
    rows = [
        {
            "from": date(int(float(level.period)), 1, 1),
            "to": date(int(float(level.period)), 12, 31),
            "odds_multiplier": float(np.clip(level.multiplier or 1.0, 0.25, 4.0)),
            "source": "the outcomes of that year",
            "author": "validation",
            "reason": "what a true forecast of the level would have been worth",
        }
        for level in levels
    ]
    return Overlay.of({"title": "known afterwards", "entries": rows})


def validate_default(folder: Path, tell: Tell = quiet) -> list[Checked]:
    """Return the lines on borrower default for the validation table.

    Raises:
        Invalid: a file is not in the folder.
    """
    tape = read_tape(folder / SBA)
    lines = [line for pair in _ORIGINS for line in _sba_lines(tape, *pair, tell)]
    for name, least in POLISH.items():
        lines += _polish_lines(read_tape(folder / name), name, least, tell)
    return [*lines, *_leak_lines(folder, tape)]


def _sba_lines(tape: pl.DataFrame, origin: int, end: int, tell: Tell) -> list[Checked]:
    """Judge one origin; the latest is held to the figures asked of later years."""
    found = backtest(tape, origin, end, tell)
    what = f"SBA default, to FY {origin}, judged on {origin + 1}-{end}"
    held = origin == _ORIGINS[-1][0]
    rank = f"AUC {found.auc:.3f}, KS {found.ks:.3f}, slope {found.slope:.2f}"
    target = f"AUC {_AUC}, KS {_KS}" if held else "reported"
    gain = found.auc - found.card_auc
    return [
        Checked(what, target, rank, found.auc >= _AUC and found.ks >= _KS if held else None),
        Checked(what, "logistic beaten", f"{found.card_auc:.3f}, beaten by {gain:.3f}", gain > 0),
        Checked(
            what,
            "Brier skill above 0 with the overlay",
            f"{found.skill_overlay:.4f}; without {found.skill:.4f}; odds x "
            + ", ".join(f"{one.multiplier or 1.0:.2f}" for one in found.levels),
            found.skill_overlay > 0,
        ),
    ]


def _polish_lines(tape: pl.DataFrame, name: str, least: float, tell: Tell) -> list[Checked]:
    """Judge company ratios on rows left out."""
    figures = fit_default(tape, DefaultAsked("class"), None, tell=tell).metrics
    what = f"Polish bankruptcy, {_AHEAD[name]}, five random folds"
    mean = float(np.mean([line["auc"] for line in figures["folds"]]))
    card = figures["scorecard_auc"]
    words = f"AUC {mean:.4f} (all folds as one {figures['auc']:.4f}; logistic {card:.4f})"
    return [
        Checked(what, f"AUC {least}", words, mean >= least),
        Checked(what, f"ECE {_ECE}", f"ECE {figures['ece']:.4f}", figures["ece"] <= _ECE),
    ]


def _leak_lines(folder: Path, tape: pl.DataFrame) -> list[Checked]:
    """Look for leaks where there are some, and where there are none."""
    found = leaks(tape, DefaultAsked("default", "approval_date", "sample_weight"))
    named = {leak.column for leak in found}
    term = next((leak.problem for leak in found if leak.column == "LEAK_term_months"), "not named")
    honest = [(read_tape(folder / name), DefaultAsked("class")) for name in POLISH] + [
        (read_tape(folder / SLOVAK), DefaultAsked("bankrupt", "year"))
    ]
    false = [leak.column for frame, asked in honest for leak in leaks(frame, asked)]
    columns = tape.width - len(_LEAKS) + sum(frame.width for frame, _ in honest)
    wrong = sorted((named - _LEAKS) | set(false))
    return [
        Checked("a leaking column", "LEAK_term_months named", term, "LEAK_term_months" in named),
        Checked("other leaking columns", "each named", ", ".join(sorted(named)), named >= _LEAKS),
        Checked("honest columns", "none named", f"{len(wrong)} of {columns} named", not wrong),
    ]


def _card_of(fit: BorrowerFit) -> BorrowerFit:
    """Return the scorecard of a fit, to be judged beside it."""
    return replace(fit, booster=None)

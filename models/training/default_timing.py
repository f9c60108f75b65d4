"""When charge-off comes in a cohort of loans: the seasoning shape, from a tape, offline.

The tape has no pay-off date, so no loan is censored at an invented one. A loan that was repaid
stays in the count as one that will not be charged off, and a loan is counted only if the file
follows it for the whole window: the share of loans charged off by month m is then a plain mean.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.stats import fisk, lognorm, weibull_min

from models.borrower.odds import Floats
from models.tape import need, read_tape

if TYPE_CHECKING:
    import polars as pl

DAYS_PER_MONTH = 365.25 / 12
WINDOW = 132
"""Months that every counted loan is followed for."""
FIRST_YEAR = 1989
"""Charge-offs are on the file from October 1988 on: earlier cohorts lack their early ones."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Months from disbursement to charge-off.

    Attributes:
        months: of the loans charged off within the window, `[n]`.
        weights: of those loans, `[n]`.
        loans: weight of all loans followed for the window.
        rows: rows counted.
        dropped: reason -> rows left out.
    """

    months: Floats
    weights: Floats
    loans: float
    rows: int
    dropped: dict[str, int]

    @property
    def incidence(self) -> float:
        """Share of loans charged off within the window."""
        return float(self.weights.sum() / self.loans)

    def share(self, window: int = WINDOW) -> Floats:
        """Cumulative share of the window's charge-offs by month 0, 1, ... `[window + 1]`."""
        place = np.ceil(self.months).astype(int)
        by_month = np.bincount(place, self.weights, window + 1)[: window + 1]
        return np.asarray(np.cumsum(by_month) / by_month.sum())


def timing_of(
    path: Path, *, first: int = FIRST_YEAR, last: int = 9999, window: int = WINDOW
) -> Timing:
    """Read the months from disbursement to charge-off from a tape of SBA 7(a) loans.

    Counts loans approved in fiscal years `first` to `last`, started (disbursed, or approved
    where no disbursement is stated) at least `window` months before the last charge-off on the
    file. A charge-off without a date, or not after the start, is left out and counted.
    """
    import polars as pl  # noqa: PLC0415 - the tape's library, as in models.tape

    tape = read_tape(path)
    columns = ("approval_fy", "approval_date", "disbursement_date", "chg_off_date", "default")
    need(tape, (*columns, "sample_weight"), "tape")
    end = tape["chg_off_date"].max()
    tape = tape.filter(pl.col("approval_fy").is_between(first, last)).with_columns(
        start=pl.coalesce("disbursement_date", "approval_date")
    )
    tape = tape.with_columns(
        followed=_months(pl.lit(end) - pl.col("start")),
        months=pl.when(pl.col("default") == 1).then(
            _months(pl.col("chg_off_date") - pl.col("start"))
        ),
    )
    return _counted(tape, window)


def _months(span: "pl.Expr") -> "pl.Expr":
    return span.dt.total_days() / DAYS_PER_MONTH


def _counted(tape: "pl.DataFrame", window: int) -> Timing:
    """Leave out what cannot be counted, and say how much of each kind."""
    import polars as pl  # noqa: PLC0415 - as above

    short = pl.col("followed") < window
    bad = (pl.col("default") == 1) & (pl.col("months").is_null() | (pl.col("months") <= 0.0))
    dropped = {
        f"followed for less than {window} months": tape.filter(short).height,
        "charge-off without a date, or not after the start": tape.filter(bad & ~short).height,
    }
    kept = tape.filter(~bad & ~short)
    ended = kept.filter(pl.col("months") <= window)
    return Timing(
        ended["months"].to_numpy(),
        ended["sample_weight"].cast(pl.Float64).to_numpy(),
        float(kept["sample_weight"].cast(pl.Float64).sum()),
        kept.height,
        dropped,
    )


LAWS = {"lognormal": lognorm, "loglogistic": fisk, "weibull": weibull_min}
"""Laws of the months to the event: scipy's, with (shape, loc 0, scale)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A law fitted to the timing.

    Attributes:
        law: name in `LAWS`.
        form: scipy's shape parameter (sigma of a lognormal, beta of a log-logistic).
        scale: median of a lognormal or log-logistic, in months.
        log_likelihood: of the weighted months, given that they lie in the window.
        gap: largest distance of the fitted from the counted cumulative share.
    """

    law: str
    form: float
    scale: float
    log_likelihood: float
    gap: float


def fit_shape(timing: Timing, law: str, window: int = WINDOW) -> Shape:
    """Fit `law`, truncated at the window, to the weighted months by maximum likelihood."""
    family = LAWS[law]

    def lost(theta: Floats) -> float:
        form, scale = np.exp(theta)
        logs = family.logpdf(timing.months, form, 0.0, scale)
        whole = family.logcdf(window, form, 0.0, scale)
        return -float(timing.weights @ (logs - whole) / timing.weights.sum())

    best = minimize(lost, np.log([0.6 if law == "lognormal" else 2.0, 60.0]), method="Nelder-Mead")
    form, scale = np.exp(best.x)
    share = family.cdf(np.arange(window + 1.0), form, 0.0, scale)
    gap = np.abs(share / share[-1] - timing.share(window)).max()
    return Shape(law, float(form), float(scale), -float(best.fun), float(gap))


def seasoning_csv(timing: Timing) -> str:
    """Write the counted shape: month, cumulative share, with what it rests on."""
    lines = [
        f"# Cumulative share of charge-offs by month since disbursement, window {WINDOW} months.",
        f"# {timing.rows} loans followed for all of it, {len(timing.months)} charged off in it,",
        f"# weighted incidence {timing.incidence:.4f}. No lag is taken off here.",
        "# Source SBA-7a-file, grade B: counted by models/training/default_timing.",
        "month,share",
    ]
    shares = timing.share().tolist()
    return "\n".join([*lines, *(f"{m},{share:.6f}" for m, share in enumerate(shares))]) + "\n"

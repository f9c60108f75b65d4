"""The row of loss given default in the validation table, on real charge-offs."""

from datetime import date
from pathlib import Path

import polars as pl

from models.fit_file import FitFile
from models.tape import fingerprint, read_tape
from models.training.checked import Checked
from models.training.lgd.ask import LgdAsk
from models.training.lgd.fit import fit_lgd
from models.training.progress import Tell, quiet

FILE = "sba_dev_fy1971_2003.parquet"
_YEARS = (1990, 1992, 1994, 1996, 1998, 2000)
_CODES = 10_000
_FEATURES = (
    "amount", "guaranteed", "staff", "jobs", "franchise", "elsewhere", "new_exist", "urban_rural",
    "rev_line_cr", "low_doc", "sector",
)  # fmt: skip


def sba_ask(path: Path, made_on: str) -> LgdAsk:
    """Return what is asked of the file of small-business loans: fiscal years end in September."""
    return LgdAsk(
        loss="chg_off_prin_gr",
        exposure="disbursement_gross",
        approved="approval_date",
        known="chg_off_date",
        features=_FEATURES,
        made_on=made_on,
        tape={"file": path.name, "sha256": fingerprint(path)},
        default="default",
        weight="sample_weight",
        splits=tuple(date(year, 9, 30) for year in _YEARS),
    )


def sba_frame(path: Path) -> pl.DataFrame:
    """Return the file with the columns that were known at approval, as a fit reads them."""
    return read_tape(path).with_columns(
        pl.col("gr_appv").alias("amount"),
        (pl.col("sba_appv") / pl.col("gr_appv")).alias("guaranteed"),
        pl.col("no_emp").alias("staff"),
        (pl.col("create_job") + pl.col("retained_job")).alias("jobs"),
        pl.col("franchise").cast(pl.Int8),
        (pl.col("bank_state") != pl.col("state")).cast(pl.Int8).alias("elsewhere"),
        (pl.col("naics") // _CODES).cast(pl.String).alias("sector"),
    )


def fit_sba(folder: Path, made_on: str, out: Path | None = None, tell: Tell = quiet) -> FitFile:
    """Train on the file in `folder`, and freeze below `out` where that is given."""
    path = folder / FILE
    return fit_lgd(sba_frame(path), sba_ask(path, made_on), out, name="lgd-sba", tell=tell)


def validate_lgd(folder: Path, tell: Tell = quiet) -> tuple[Checked, ...]:
    """Return the lines on loss given default for the validation table.

    Raises:
        Invalid: the file is not in the folder.
    """
    fit = fit_sba(folder, "1970-01-01", tell=tell)
    reached = fit.metrics["forward_r2"]
    mean_serves = fit.form == "recovery.lgd.mean"
    says_so = any(note.startswith("The mean is used") for note in fit.notes)
    others = ", ".join(
        f"{row['candidate']} {row['forward_r2']:.3f} (ordinary {row['ordinary_r2']:.3f})"
        for row in fit.metrics["candidates"]
        if row["candidate"] != "mean"
    )
    words = f"the mean {fit.parameters['mean']:.3f} serves" if mean_serves else fit.form
    return (
        Checked(
            "SBA LGD",
            "forward R² ≥ 0, or the mean is used and the card says so",
            f"{words}, forward R² {reached:.3f}; others: {others}",
            (mean_serves and says_so) or (not mean_serves and reached >= 0),
        ),
    )

"""The default score of small firms on ratios that any bank has, from published bankruptcies."""

import tomllib
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import polars as pl

from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.tape import fingerprint, read_tape
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.default.horizon import with_horizon
from models.training.progress import Tell, quiet

FILE: Final = "polish_5year_dev.parquet"
"""Accounts one year before the outcome; the file's own name counts from the other end."""

COLUMNS: Final = {
    "net_profit_to_assets": "Attr1",
    "liabilities_to_assets": "Attr2",
    "working_capital_to_assets": "Attr3",
    "current_ratio": "Attr4",
    "retained_earnings_to_assets": "Attr6",
    "ebit_to_assets": "Attr7",
    "sales_to_assets": "Attr9",
    "inventory_days": "Attr20",
    "sales_to_last_year": "Attr21",
    "cash_flow_to_liabilities": "Attr26",
    "interest_cover": "Attr27",
    "receivable_days": "Attr44",
    "quick_ratio": "Attr46",
    "costs_to_sales": "Attr58",
}
"""Ratio -> column of the file."""

HORIZON_YEARS: Final = 1.0
LEVEL_OF: Final = "default/ip_pledge_sme/CN"
"""Failures of that file are another population's: odds are brought to this published rate."""

_RATIOS: Final = "ratios.toml"


def ratios() -> dict[str, dict[str, Any]]:
    """Return what is said of each ratio, by name."""
    text = files(__package__).joinpath(_RATIOS).read_text(encoding="utf-8")
    columns: dict[str, dict[str, Any]] = tomllib.loads(text)["columns"]
    return columns


def ratio_frame(path: Path) -> pl.DataFrame:
    """Return the ratios under their names, and `failed`; what cannot be is taken as missing.

    A ratio that lies outside its stated range is a slip of the accounts: it says nothing.
    """
    frame = read_tape(path)
    columns = [
        pl.when(pl.col(COLUMNS[name]).is_between(row["low"], row["high"]))
        .then(pl.col(COLUMNS[name]))
        .alias(name)
        for name, row in ratios().items()
    ]
    return frame.select(*columns, pl.col("class").alias("failed"))


def fit_ratios(folder: Path, made_on: str, out: Path | None = None, tell: Tell = quiet) -> FitFile:
    """Train on the file in `folder`, and freeze into `out` where that is given."""
    path = folder / FILE
    tape = {
        "file": FILE,
        "sha256": fingerprint(path),
        "command": "models.training.default.ratios.fit_ratios",
    }
    with as_file(files(__package__).joinpath(_RATIOS)) as stated:
        asked = DefaultAsked(
            target="failed", made_on=made_on, tape=tape, name="sme-ratios", features_file=stated
        )
        found = fit_default(ratio_frame(path), asked, None, tell=tell)
    fit = with_horizon(found, HORIZON_YEARS, level_of=LEVEL_OF)
    if out is not None:
        write_fit(out / fit.fit_id, fit, write_card(fit))
    return fit

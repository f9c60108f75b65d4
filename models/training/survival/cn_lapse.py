"""Lapse after grant in the Chinese patent file: who is studied, from when, until what.

Granted invention patents, under observation from grant to lapse or to the end of follow-up. A
patent waived at grant never lapsed and is left out; one that ended at 19.9 years or more expired
and is censored there.
"""

from datetime import datetime

import polars as pl

FOLLOW_UP_ENDS = datetime(2017, 8, 25)  # noqa: DTZ001 - the file's dates carry no zone
EXPIRY = 19.9
"""Years from filing at which an ending is expiry."""
_YEAR = 365.25
AFTER_GRANT = (
    "reject_date", "withdraw_date", "terminate_date", "waive_date", "event", "patent_status_n",
)  # fmt: skip
"""Columns of the file that are known only later."""


def cn_lapse_table(patents: pl.DataFrame, origin: str = "filing") -> pl.DataFrame:
    """Build the study table: the file's own columns and `entry`, `exit`, `lapsed`.

    Args:
        patents: the file as it is.
        origin: `filing` (ages are years since filing, entry at grant) or `grant` (years since
            grant, entry at nought, and the years from filing to grant as `pendency`).
    """
    granted = patents.filter(pl.col("grant_date").is_not_null() & pl.col("waive_date").is_null())
    ends = pl.min_horizontal(
        pl.col("terminate_date").fill_null(FOLLOW_UP_ENDS), pl.lit(FOLLOW_UP_ENDS)
    )
    seen = (pl.col("terminate_date") <= FOLLOW_UP_ENDS).fill_null(value=False)
    lapsed = seen & (pl.col("exit") < EXPIRY)
    aged = granted.with_columns(
        entry=_years("app_date", pl.col("grant_date")), exit=_years("app_date", ends)
    ).with_columns(lapsed=lapsed.cast(pl.Int8), exit=pl.col("exit").clip(upper_bound=20.0))
    if origin == "grant":
        aged = aged.with_columns(
            pendency=pl.col("entry"), exit=pl.col("exit") - pl.col("entry"), entry=pl.lit(0.0)
        )
    return aged.filter(pl.col("exit") > pl.col("entry")).drop(AFTER_GRANT)


def _years(start: str, end: pl.Expr) -> pl.Expr:
    return (end - pl.col(start)).dt.total_days() / _YEAR

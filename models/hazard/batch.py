"""Many rows at once: a whole table scored in one streaming pass from the frozen fit."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kernel.errors import invalid
from models.features import Feature, Kind, Missing
from models.fit_file import read_fit
from models.hazard.expressions import cumulative, expression, risk, score_expressions
from models.hazard.fit import HazardFit
from models.hazard.laws import CoxLaw
from models.hazard.look import Found, look

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_ages", "expression", "score_frame"]


def score_frame(
    folder: Path, frame: "pl.DataFrame", at: Sequence[float], from_age: str | None = None
) -> "pl.DataFrame":
    """Score every row: `risk` and `survival_T` for each age T of `at`, in the rows' order.

    Args:
        folder: of the fit.
        frame: with the fit's columns; others are left alone.
        at: ages in the unit of the fit's entry and exit, above nought.
        from_age: column of the age that each row is known to have reached; the chances are then
            P(T > t | T > age), 1 where the age has passed t already.

    Raises:
        Invalid: what `models.hazard.columns.look` refuses, an age that is nought, below, or
            beyond what a table reaches, or no column `from_age`.
    """
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    fit = HazardFit.of(read_fit(folder))
    check_ages(fit, at)
    ready, found = _ready(fit, frame, from_age)
    names = [f"\0{place}" for place in range(len(fit.offset))]
    scores = [
        one.alias(name) for name, one in zip(names, score_expressions(fit, found), strict=True)
    ]
    kept = [] if from_age is None else [pl.col(from_age)]
    plan = ready.lazy().select(*scores, *kept).select(_asked(fit, names, at, from_age))
    return plan.collect(engine="streaming")


def _asked(
    fit: HazardFit, scores: Sequence[str], at: Sequence[float], from_age: str | None
) -> list["pl.Expr"]:
    """`risk` and one survival for each age, over columns of scores."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    columns = [pl.col(name) for name in scores]
    hazards = {age: cumulative(fit.law, columns, pl.lit(age, pl.Float64)) for age in at}
    asked = [risk(fit, columns).alias("risk")]
    if from_age:
        spent = cumulative(fit.law, columns, pl.col(from_age).cast(pl.Float64))
        hazards = {age: (total - spent).clip(lower_bound=0.0) for age, total in hazards.items()}
    return asked + [(-total).exp().alias(f"survival_{age:g}") for age, total in hazards.items()]


def _ready(
    fit: HazardFit, frame: "pl.DataFrame", from_age: str | None
) -> tuple["pl.DataFrame", dict[str, Found]]:
    """Add columns that may be absent as missing, and look at all of them."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    absent = [
        pl.lit(None, pl.Float64).alias(feature.name)
        for feature in fit.features
        if feature.missing is Missing.FILL
        and feature.kind is Kind.NUMBER
        and feature.name not in frame.columns
    ]
    ready = frame.with_columns(absent) if absent else frame
    age = [] if from_age is None else [Feature(from_age, low=0.0)]
    named = {feature.name for feature in fit.features}
    return ready, look([*fit.features, *(one for one in age if one.name not in named)], ready)


def check_ages(fit: HazardFit, at: Sequence[float]) -> None:
    """Refuse ages that no curve of the fit answers for.

    Raises:
        Invalid: an age is not above nought, or beyond the last age that a step table has seen.
    """
    if not at:
        raise invalid("at", "names no age", "give one or more, such as 8,10,12")
    table = isinstance(fit.law, CoxLaw)
    for age in at:
        if not age > 0.0:
            raise invalid("at", f"{age:g} is not above nought", "give ages such as 8,10,12")
        if table and age > fit.horizon:
            cure = f"ask at ages up to {fit.horizon:g}"
            raise invalid("at", f"{age:g} is beyond {fit.horizon:g}, the last age seen", cure)

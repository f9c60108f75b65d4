"""The one place where the package `chainladder` is called.

Two habits of the package are met here. It takes a stated nought for a missing cell and leaves
the cohort out of that factor: noughts go in as a billionth of the greatest amount, so that
they count. And it reads all cohorts on one last diagonal: cohorts that are past the last age
go in with their last amount carried on, which adds factors of 1 that are left out again; and
it adds empty cohorts up to the last period, which are left out too.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import chainladder
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.training.reserving.triangle import Triangle

cl: Any = chainladder
"""The package says that it is typed, and is in part: taken as it comes."""

_BILLIONTH = 1e-9
_TINY = 1e-300
"""The package writes 1e-320 for a sigma of nought."""

_FIRST_YEAR = 2000
"""Cohorts are periods of any length: they go in as years from here on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a method takes beside the triangle.

    Attributes:
        volumes: premium by cohort, `[n]`.
        loss_ratio: expected.
        decay: of Cape Cod.
        tail: 1 is none.
    """

    volumes: tuple[float, ...] | None
    loss_ratio: float | None
    decay: float
    tail: float


class Estimate(NamedTuple):
    """What came back, `[n]` by cohort, `[m - 1]` by factor; None where there is no such thing."""

    factors: NDArray[np.float64]
    sigmas: NDArray[np.float64]
    to_ultimate: NDArray[np.float64]
    ultimate: NDArray[np.float64]
    errors: NDArray[np.float64] | None
    total_error: float | None
    ratios: NDArray[np.float64] | None


def estimate(run_off: Triangle, method: str, figures: Figures) -> Estimate:
    """Run one method of the package."""
    # the package divides by the empty ages and extends their spread, which is not used here
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return _estimate(run_off, method, figures)


def _estimate(run_off: Triangle, method: str, figures: Figures) -> Estimate:
    developed = cl.Development(sigma_interpolation="mack").fit_transform(_triangle(run_off))
    factors = _flat(developed.ldf_)[: run_off.ages - 1]
    plain = figures.tail == 1 and not (run_off.cumulative == 0).any()
    sigmas = _sigmas(developed, run_off) if plain else np.empty(0)
    reached = np.isfinite(run_off.cumulative).sum(axis=1)
    left = np.cumprod(np.append(factors, figures.tail)[::-1])[::-1][reached - 1]
    if method == "chain_ladder" and plain:
        fitted = cl.MackChainladder().fit(developed)
        by_cohort = np.nan_to_num(_column(fitted.mack_std_err_, run_off))
        total = float(_flat(fitted.total_mack_std_err_)[-1])
        ultimate = _column(fitted.ultimate_, run_off)
        return Estimate(factors, sigmas, left, ultimate, by_cohort, total, None)
    if figures.tail > 1:
        developed = cl.TailConstant(figures.tail).fit_transform(developed)
    fitted, ratios = _fitted(run_off, method, figures, developed)
    ultimate = _column(fitted.ultimate_, run_off)
    return Estimate(factors, sigmas, left, ultimate, None, None, ratios)


def _sigmas(developed: Any, run_off: Triangle) -> NDArray[np.float64]:
    """Mack's sigmas; where the two before the last are nought, so is the last (NaN there)."""
    found = np.nan_to_num(_flat(developed.sigma_)[: run_off.ages - 1])
    return np.where(found < _TINY, 0.0, found)


def _fitted(
    run_off: Triangle, method: str, figures: Figures, developed: Any
) -> tuple[Any, NDArray[np.float64] | None]:
    """A method without an error of its own, and its loss ratios by cohort."""
    if method == "chain_ladder":
        return cl.Chainladder().fit(developed), None
    volumes = _volumes(run_off, figures)
    if method == "bornhuetter_ferguson":
        fitted = cl.BornhuetterFerguson(apriori=figures.loss_ratio).fit(
            developed, sample_weight=volumes
        )
        return fitted, np.full(len(run_off.cohorts), figures.loss_ratio)
    fitted = cl.CapeCod(decay=figures.decay, trend=0).fit(developed, sample_weight=volumes)
    return fitted, _column(fitted.apriori_, run_off)


def _triangle(run_off: Triangle) -> Any:
    """The triangle as the package wants it: every cohort reaches the last diagonal."""
    values = run_off.cumulative
    least = np.nanmax(values) * _BILLIONTH
    n, ages = values.shape
    cells = [
        (row, row + age, values[row, min(age, ages - 1)] or least)
        for row in range(n)
        for age in range(_last(run_off) - row + 1)
    ]
    return _packed(cells)


def _volumes(run_off: Triangle, figures: Figures) -> Any:
    assert figures.volumes is not None, "the method was checked to have its premiums"
    last = _last(run_off)
    return _packed([(row, last, volume) for row, volume in enumerate(figures.volumes)])


def _last(run_off: Triangle) -> int:
    """The last period seen, the first cohort's own being 0."""
    reached = np.isfinite(run_off.cumulative).sum(axis=1) - 1
    return max(row + int(age) for row, age in enumerate(reached))


def _packed(cells: list[tuple[int, int, float]]) -> Any:
    """Cells (cohort, period, amount) as the package's triangle."""
    frame = pd.DataFrame(cells, columns=["origin", "development", "amount"])
    for column in ("origin", "development"):
        years = (frame[column] + _FIRST_YEAR).astype(str)
        frame[column] = pd.to_datetime(years, format="%Y")
    return cl.Triangle(
        frame, origin="origin", development="development", columns="amount", cumulative=True
    )


def _flat(values: Any) -> NDArray[np.float64]:
    """Figures of one triangle as a plain array."""
    return np.asarray(values.values, dtype=np.float64).reshape(-1)


def _column(values: Any, run_off: Triangle) -> NDArray[np.float64]:
    """The last column of a triangle, for the cohorts that are real."""
    cells = np.asarray(values.values, dtype=np.float64)
    column: NDArray[np.float64] = cells.reshape(cells.shape[-2:])[: len(run_off.cohorts), -1]
    return column

"""Ultimate and outstanding amounts of a triangle: chain ladder, Bornhuetter-Ferguson, Cape Cod."""

from collections.abc import Mapping

import numpy as np

from kernel.errors import invalid
from models.training.reserving.demands import check_amounts, check_figures, volumes
from models.training.reserving.through_chainladder import Estimate, Figures, estimate
from models.training.reserving.triangle import Triangle
from models.training.reserving.values import CohortReserve, Method, Reserve


def reserve(
    run_off: Triangle,
    method: Method = Method.CHAIN_LADDER,
    *,
    premium: Mapping[int, float] | None = None,
    loss_ratio: float | None = None,
    decay: float | None = None,
    tail: float = 1.0,
) -> Reserve:
    """Work out what is still to come of a triangle.

    Chain ladder: volume-weighted factors f_k = sum C_{i,k+1} / sum C_{i,k}; ultimate = latest
    times the factors left; standard error by Mack (1993) with his last sigma.
    Bornhuetter-Ferguson (1972): latest + premium x loss ratio x (1 - 1/F).
    Cape Cod: the same with the loss ratio sum latest / sum (premium / F) of all cohorts, or,
    with decay d below 1, weighing cohorts by d to the power of their distance (Gluck 1997).

    Args:
        run_off: the triangle.
        method: one of three.
        premium: earned, by cohort; for the last two methods.
        loss_ratio: expected, 0 or more; for Bornhuetter-Ferguson.
        decay: 0 to 1; for Cape Cod; 1 where left out.
        tail: factor from the last age to the end, 1 or more; with one above 1 no standard
            error is given, for the triangle holds no evidence of the tail.

    Raises:
        Invalid: the triangle is negative or has an age with nothing in all cohorts, or the
            method lacks a figure or is given one that it cannot use.
    """
    check_amounts(run_off)
    check_figures(method, premium, loss_ratio, decay)
    if not 1 <= tail < np.inf:
        raise invalid("tail", f"{tail} is no factor", "give 1 or more; 1 is no tail")
    premiums = volumes(run_off, premium) if premium is not None else None
    shares = Figures(premiums, loss_ratio, 1.0 if decay is None else decay, tail)
    found = estimate(run_off, method.value, shares)
    return _reserve(run_off, method, tail, found)


def _reserve(run_off: Triangle, method: Method, tail: float, found: Estimate) -> Reserve:
    latest = run_off.latest
    errors = [None] * latest.size if found.errors is None else [float(e) for e in found.errors]
    cohorts = tuple(
        CohortReserve(
            cohort=cohort,
            age=int(np.isfinite(run_off.cumulative[place]).sum()),
            latest=float(latest[place]),
            to_ultimate=float(found.to_ultimate[place]),
            ultimate=float(found.ultimate[place]),
            ibnr=float(found.ultimate[place] - latest[place]),
            mack_se=errors[place],
            loss_ratio=None if found.ratios is None else float(found.ratios[place]),
        )
        for place, cohort in enumerate(run_off.cohorts)
    )
    return Reserve(
        method=method,
        of=run_off.of,
        ultimate=float(found.ultimate.sum()),
        ibnr=float(found.ultimate.sum() - latest.sum()),
        mack_se=found.total_error,
        factors=tuple(map(float, found.factors)),
        sigmas=tuple(map(float, found.sigmas)),
        tail=tail,
        cohorts=cohorts,
        notes=_notes(run_off, method, tail),
    )


def _notes(run_off: Triangle, method: Method, tail: float) -> tuple[str, ...]:
    notes = []
    if run_off.falling:
        cells = ", ".join(f"{cohort} at age {age}" for cohort, age in run_off.falling)
        notes.append(f"The amount falls in {cells}: recoveries or released reserves.")
    if method is Method.CHAIN_LADDER and has_noughts(run_off):
        notes.append("No standard error: Mack's law has none where an amount to date is nought.")
    if tail > 1:
        notes.append(f"The tail of {tail:g} was given and not found in the triangle.")
        if method is Method.CHAIN_LADDER:
            notes.append("No standard error: the triangle says nothing of the tail's.")
    return tuple(notes)


def has_noughts(run_off: Triangle) -> bool:
    """Whether an amount to date is nought anywhere."""
    return bool((run_off.cumulative == 0).any())

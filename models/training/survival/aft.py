"""Accelerated-failure-time fits by lifelines, frozen."""

import warnings

import numpy as np

from models.training.survival.baseline import short
from models.training.survival.design import Design
from models.training.survival.freeze import AFT, freeze_aft, score_covariance
from models.training.survival.frozen import Frozen
from models.training.survival.lives import Array, Lives


def train_aft(
    form: str,
    design: Design,
    x: Array,
    lives: Lives,
    *,
    penalizer: float,
) -> Frozen:
    """Fit a Weibull, log-normal or log-logistic law of the age at the event.

    Args:
        form: `hazard.weibull`, `hazard.lognormal` or `hazard.loglogistic`.
        design: that `x` was made by.
        x: standardised terms `[n, p]`.
        lives: of the rows.
        penalizer: ridge per row on the standardised terms.

    Raises:
        ArithmeticError: lifelines found no maximum.
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and not needed by every form
    from lifelines import (  # noqa: PLC0415 - as pandas
        LogLogisticAFTFitter,
        LogNormalAFTFitter,
        WeibullAFTFitter,
    )
    from lifelines.exceptions import ConvergenceError  # noqa: PLC0415 - as pandas

    kinds = dict(
        zip(AFT, (WeibullAFTFitter, LogNormalAFTFitter, LogLogisticAFTFitter), strict=True)
    )
    names = [f"x{place}" for place in range(x.shape[1])]
    table = pd.DataFrame(x, columns=names)
    ages = {"entry": lives.entry, "exit": lives.exit, "event": lives.event}
    table = table.assign(**ages, weights=lives.weights)
    fitter = kinds[form](penalizer=penalizer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of steps in the search; the end is checked below
        try:
            fitter.fit(table, "exit", "event", entry_col="entry", weights_col="weights")
        except (ConvergenceError, np.linalg.LinAlgError, ValueError) as error:
            raise ArithmeticError(f"lifelines: {str(error).splitlines()[0]}") from None
    return _frozen(fitter, form, design, names, lives)


def _frozen(fitter: object, form: str, design: Design, names: list[str], lives: Lives) -> Frozen:
    own = freeze_aft(fitter, form, names)
    matrix, offset = design.served(np.array(own["matrix"]), np.array(own["offset"]))
    if not (np.isfinite(matrix).all() and np.isfinite(offset).all()):
        raise ArithmeticError("lifelines: the coefficients are not finite")
    return Frozen(
        form,
        design,
        offset,
        matrix,
        {},
        _band(fitter, form, design, names),
        float(np.median(lives.exit[lives.event == 1.0])),
        float(lives.exit.max()),
    )


def _band(fitter: object, form: str, design: Design, names: list[str]) -> dict[str, object] | None:
    """Fields of a `models.hazard.band.ScoreBand` in terms as read; None where there is no variance.

    With z = (x - c) / s a coefficient of z is one of x times s, and the offset takes up the rest:
    the parameters in x are `turn` times those in z.
    """
    scores, terms, covariance = score_covariance(fitter, form, names)
    if not (np.isfinite(covariance).all() and (np.diag(covariance) >= 0.0).all()):
        return None
    turn = np.eye(len(scores))
    for row, (score, term) in enumerate(zip(scores, terms, strict=True)):
        if term >= 0:
            turn[row, row] = 1.0 / design.scale[term]
        else:
            for column, (other, read) in enumerate(zip(scores, terms, strict=True)):
                if other == score and read >= 0:
                    turn[row, column] = -design.centre[read] / design.scale[read]
    own = turn @ covariance @ turn.T
    return {"scores": scores, "of_terms": terms, "covariance": short(own, 12)}

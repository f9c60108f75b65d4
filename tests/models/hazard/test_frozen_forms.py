"""What lifelines fitted and what is served from JSON give the same survival on random rows."""

import json
import warnings
from typing import Any

import lifelines
import numpy as np
import pandas as pd
import polars as pl
import pytest

from models.features import Feature
from models.fit_file import FitFile
from models.hazard.batch import expression
from models.hazard.fit import HazardFit
from models.hazard.terms import Take, Term
from models.training.survival.freeze import freeze_aft, freeze_cox, freeze_piecewise

NAMES = ["x0", "x1", "x2"]
AGES = np.array([0.3, 1.0, 4.5, 8.0, 12.0, 19.0])
AFT = {
    "hazard.weibull": lifelines.WeibullAFTFitter,
    "hazard.lognormal": lifelines.LogNormalAFTFitter,
    "hazard.loglogistic": lifelines.LogLogisticAFTFitter,
}
FORMS = ("hazard.cox", *AFT, "hazard.piecewise")


def lifelines_fit(form: str, table: pd.DataFrame) -> tuple[Any, dict[str, Any]]:
    place = {"duration_col": "exit", "event_col": "event", "entry_col": "entry"}
    if form == "hazard.cox":
        fitter = lifelines.CoxPHFitter(penalizer=0.01).fit(table, **place)
        return fitter, freeze_cox(fitter, NAMES)
    if form in AFT:
        fitter = AFT[form](penalizer=0.01).fit(table, **place, ancillary=table[["x1"]])
        return fitter, freeze_aft(fitter, form, NAMES)
    fitter = lifelines.PiecewiseExponentialRegressionFitter([3.0, 6.0, 10.0], penalizer=0.1)
    return fitter.fit(table, **place), freeze_piecewise(fitter, NAMES)


def as_served(form: str, own: dict[str, Any]) -> HazardFit:
    """Through the text of the fit file, as it will stand on the disk."""
    terms = [Term(name, Take.VALUE).json() for name in NAMES]
    parameters = {**own, "terms": terms, "reference": 8.0, "horizon": 25.0, "band": None}
    fit = FitFile.named(
        "frozen", form, made_on="2024-01-02", tape={},
        features=tuple(Feature(name) for name in NAMES),
        parameters=json.loads(json.dumps(parameters)), metrics={},
    )  # fmt: skip
    return HazardFit.of(fit)


@pytest.fixture
def rows() -> np.ndarray:
    """Ten thousand random rows, wider than those trained on."""
    rng = np.random.default_rng(17)
    x = rng.normal(size=(10_000, 3)) * np.array([2.0, 1.0, 2.0])
    x[:, 1] = rng.integers(0, 2, 10_000)
    return x


@pytest.mark.parametrize("form", FORMS)
def test_equal_to_lifelines_within_1e9(form: str, truth: Any, rows: np.ndarray) -> None:
    with warnings.catch_warnings():
        # lifelines divides by a variance of nought while it searches, and says so
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", lifelines.exceptions.ApproximationWarning)
        fitter, own = lifelines_fit(form, truth.frame().to_pandas())
    table = pd.DataFrame(rows, columns=NAMES)
    if form == "hazard.piecewise":  # it has no predict_survival_function at chosen times
        expected = np.exp(-fitter.predict_cumulative_hazard(table, times=AGES).to_numpy().T)
    else:
        shape = {"ancillary": table[["x1"]]} if form in AFT else {}
        expected = fitter.predict_survival_function(table, times=AGES, **shape).to_numpy().T
    fit = as_served(form, own)
    assert np.ptp(expected) > 0.9, "the rows must reach over the whole curve"
    np.testing.assert_allclose(fit.survival(rows, AGES), expected, rtol=0.0, atol=1e-9)
    frame = pl.DataFrame(rows, schema=NAMES)
    batch = frame.select(expression(fit, float(age)) for age in AGES).to_numpy()
    np.testing.assert_allclose(batch, expected, rtol=0.0, atol=1e-9)


@pytest.mark.parametrize("form", ["hazard.cox", *AFT])
def test_conditional_survival_equals_lifelines(form: str, truth: Any, rows: np.ndarray) -> None:
    """lifelines counts conditional times from the age; we count ages."""
    fitter, own = lifelines_fit(form, truth.frame().to_pandas())
    some = rows[:200]
    table, age = pd.DataFrame(some, columns=NAMES), np.full(200, 4.0)
    shape = {"ancillary": table[["x1"]]} if form in AFT else {}
    expected = fitter.predict_survival_function(
        table, times=np.array([1.0, 5.0]), conditional_after=age, **shape
    )
    found = as_served(form, own).survival_from(some, np.array([5.0, 9.0]), age[:, None])
    np.testing.assert_allclose(found, expected.to_numpy().T, rtol=0.0, atol=1e-9)

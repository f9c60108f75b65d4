"""One row: what is asked of a curve, of a row from an age on, and what is refused."""

from time import perf_counter
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from kernel.errors import Invalid
from models.fit_file import FitFile
from models.hazard.fit import HazardFit

ROW: dict[str, Any] = {"claims": 12, "pages": 30.0, "agency": 1, "country": "US"}
AGES = np.linspace(0.05, 20.0, 300)


def test_a_curve_falls_from_one(served: HazardFit) -> None:
    curve = served.survival(served.read(ROW), AGES)
    assert curve.shape == (300,)
    assert (np.diff(curve) <= 0.0).all()
    assert curve[0] == pytest.approx(1.0, abs=0.01)
    assert 0.0 < curve[-1] < 0.7


def test_from_an_age_on_is_the_ratio(served: HazardFit) -> None:
    x = served.read(ROW)
    found = served.survival_from(x, np.array([3.0, 7.0, 12.0]), 7.0)
    ratio = served.survival(x, 12.0)[0] / served.survival(x, 7.0)[0]
    np.testing.assert_allclose(found, [1.0, 1.0, ratio], rtol=1e-12)


def test_many_rows_are_the_rows_one_by_one(served: HazardFit) -> None:
    rows = [ROW, {**ROW, "claims": 90}, {**ROW, "pages": None, "country": None}]
    x = np.array([served.read(row) for row in rows])
    each = np.array([served.survival(one, np.array([4.0, 9.0])) for one in x])
    np.testing.assert_allclose(served.survival(x, np.array([4.0, 9.0])), each, rtol=1e-13)
    own = served.survival(x, np.array([[4.0], [9.0], [2.0]]))
    np.testing.assert_allclose(own[:, 0], [each[0, 0], each[1, 1], served.survival(x[2], 2.0)[0]])


def test_risk_orders_as_the_curve_at_the_reference(served: HazardFit) -> None:
    x = np.array([served.read({**ROW, "claims": claims}) for claims in (1, 5, 30, 200)])
    by_risk = np.argsort(served.risk(x))
    by_curve = np.argsort(-served.survival(x, served.reference)[:, 0])
    assert by_risk.tolist() == by_curve.tolist()


def test_laws_by_their_definitions(served: HazardFit) -> None:
    """H is the integral of its own slope; for each form against its textbook formula."""
    x = served.read(ROW)
    scores = served.offset + served.matrix @ x
    t = 6.0
    textbook = {
        "hazard.weibull": lambda: (t / np.exp(scores[0])) ** np.exp(scores[1]),
        "hazard.loglogistic": lambda: np.log1p((t / np.exp(scores[0])) ** np.exp(scores[1])),
        "hazard.lognormal": lambda: -np.log(
            quad(lambda z: np.exp(-z * z / 2) / np.sqrt(2 * np.pi),
                 (np.log(t) - scores[0]) / np.exp(scores[1]), 40.0)[0]
        ),
        "hazard.piecewise": lambda: np.exp(scores[0]) * (3 * np.exp(-4.0) + 2 * np.exp(-2.0)),
        "hazard.cox": lambda: (
            np.exp(scores[0]) * 0.525
            if len(scores) == 1
            else np.exp(scores[0]) * 0.4 + np.exp(scores[1]) * 0.125
        ),
    }  # fmt: skip
    assert served.cumulative_hazard(x, t)[0] == pytest.approx(textbook[served.form](), rel=1e-9)


def test_beyond_what_was_seen_is_the_nearest_seen(served: HazardFit) -> None:
    far, edge = served.read({**ROW, "claims": 900}), served.read({**ROW, "claims": 200})
    np.testing.assert_array_equal(far, edge)


def test_every_fault_of_a_row_is_named(served: HazardFit) -> None:
    wrong = {"claims": -3, "agency": None, "country": 7, "pages": {"value": 3, "unit": "sheets"}}
    with pytest.raises(Invalid) as refused:
        served.read(wrong)
    fields = [fault.field for fault in refused.value.faults]
    assert fields == [f"features.{name}" for name in ("agency", "claims", "country", "pages")]
    assert all(fault.cure for fault in refused.value.faults)


def test_what_is_no_hazard_fit_is_refused(known: FitFile) -> None:
    other = FitFile.named(
        "x", "borrower.boosted", made_on="", tape={}, features=(), parameters={}, metrics={}
    )
    with pytest.raises(Invalid, match=r"borrower\.boosted"):
        HazardFit.of(other)


def test_a_band_needs_a_covariance(served: HazardFit) -> None:
    with pytest.raises(Invalid, match="covariance"):
        served.survival_band(served.read(ROW), 5.0)


def test_one_row_is_fast(served: HazardFit) -> None:
    """Measured at 20 to 40 microseconds; the bound leaves room for a busy machine."""
    values = {"claims": 12.0, "pages": 30.0, "agency": 1.0, "country": "US"}
    best = 1.0
    for _ in range(200):
        start = perf_counter()
        served.survival(served.terms_of(values), 9.0)
        best = min(best, perf_counter() - start)
    assert best < 100e-6

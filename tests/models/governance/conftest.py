"""A small fit for tests: a logistic score with two features, whole in every part."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from models.features import Feature, Kind, Missing
from models.fit_file import FitFile
from models.governance.judge import judge
from models.governance.reference import reference

RNG = np.random.default_rng(4)
ROWS = 3000
AGE = RNG.uniform(0, 20, ROWS).round(1)
BRANCH = [["retail", "mining"][one] for one in RNG.integers(0, 2, ROWS)]
P = 1 / (1 + np.exp(2.0 - 0.1 * AGE))
OUTCOME = (RNG.random(ROWS) < P).astype(float)
FEATURES = (
    Feature("age", unit="years", low=0.0, seen_low=0.0, seen_high=20.0, typical=10.0, monotone=1),
    Feature(
        "branch", Kind.CATEGORY, levels=("mining", "retail"), missing=Missing.FILL, fill="retail"
    ),
)


def _a_fit(**changes: Any) -> FitFile:
    """Build the fit, with some parts replaced."""
    parts: dict[str, Any] = {
        "made_on": "2026-03-01",
        "tape": {
            "file": "loans.csv",
            "rows": ROWS,
            "events": int(OUTCOME.sum()),
            "period": ["2001-01-01", "2019-12-31"],
            "sha256": "ab" * 32,
            "command": "zhibao fit default loans.csv --target defaulted --out fit",
        },
        "features": FEATURES,
        "parameters": {"intercept": -2.0, "coefficients": {"age": 0.1}, "knots": [0.5] * 40},
        "metrics": {
            "candidates": [
                {"name": "logistic", "auc": 0.6512345678, "chosen": True},
                {"name": "boosted", "auc": 0.64, "rounds": 120},
            ],
            **judge(OUTCOME, P),
            "reference": reference(FEATURES, {"age": AGE, "branch": BRANCH}, P),
            "grades": [{"grade": "A", "n": 10, "defaults": 1, "rate": 0.1}],
        },
        "notes": ("`status` alone gives an AUC of 0.97: a leaking column, left out",),
    } | changes
    return FitFile.named("sample", "borrower.scorecard", **parts)


@pytest.fixture
def a_fit() -> Callable[..., FitFile]:
    """Build the fit."""
    return _a_fit


@pytest.fixture
def sample() -> SimpleNamespace:
    """What the fit was trained on."""
    return SimpleNamespace(features=FEATURES, age=AGE, branch=BRANCH, p=P, outcome=OUTCOME)

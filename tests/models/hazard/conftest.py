"""Lives with known hazards, delayed entries and censoring, and frozen fits to serve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.features import Feature, Kind, Missing
from models.fit_file import FitFile, write_fit
from models.hazard.fit import HazardFit
from models.hazard.terms import Take, Term


@dataclass(frozen=True)
class Truth:
    """Lives drawn from a Weibull law: H(t) = (t / 10)^shape exp(x beta).

    `alike` is the share of time that the late entries take.
    """

    x: np.ndarray
    beta: np.ndarray
    shape: float
    entry: np.ndarray
    exit: np.ndarray
    event: np.ndarray

    def survival(self, x: np.ndarray, at: np.ndarray) -> np.ndarray:
        hazard = (at[None, :] / 10.0) ** self.shape * np.exp(x @ self.beta)[:, None]
        return np.exp(-hazard)

    def frame(self) -> pl.DataFrame:
        columns = {f"x{place}": column for place, column in enumerate(self.x.T)}
        ages = {"entry": self.entry, "exit": self.exit, "event": self.event.astype(int)}
        return pl.DataFrame({**columns, **ages})


def draw_truth(
    rows: int = 1500, seed: int = 1, shape: float = 1.6, latest: float = 6.0, digits: int = 6
) -> Truth:
    rng = np.random.default_rng(seed)
    beta = np.array([0.6, -0.4, 0.0])
    x = np.column_stack([rng.normal(size=3 * rows), rng.integers(0, 2, 3 * rows),
                         rng.normal(size=3 * rows)])  # fmt: skip
    ends = 10.0 * (rng.exponential(size=3 * rows) / np.exp(x @ beta)) ** (1.0 / shape)
    entry = rng.uniform(0.0, latest, 3 * rows)
    censored = entry + rng.uniform(2.0, 14.0, 3 * rows)
    seen = np.flatnonzero(ends > entry)[:rows]
    x, ends, entry, censored = x[seen], ends[seen], entry[seen], censored[seen]
    leaves = np.round(np.minimum(ends, censored), digits)
    entry = np.round(entry, digits)
    later = leaves > entry
    return Truth(
        x[later], beta, shape, entry[later], leaves[later], (ends <= censored)[later].astype(float)
    )


@pytest.fixture
def truth() -> Truth:
    return draw_truth()


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Truth]:
    return draw_truth


LAWS: Mapping[str, dict[str, Any]] = {
    "hazard.cox": {
        "offset": [0.2],
        "law": {"ages": [0.0, 1.0, 3.0, 9.0, 20.0], "hazard": [0.0, 0.02, 0.15, 0.9, 1.4]},
    },
    "hazard.cox drifting": {
        "offset": [0.2, -0.1],
        "law": {
            "ages": [0.0, 1.0, 3.0, 9.0, 20.0], "hazard": [0.0, 0.02, 0.15, 0.9, 1.4],
            "cuts": [5.0],
        },
    },
    "hazard.weibull": {"offset": [2.2, 0.4], "law": {}},
    "hazard.lognormal": {"offset": [2.1, -0.4], "law": {}},
    "hazard.loglogistic": {"offset": [2.0, 0.7], "law": {}},
    "hazard.piecewise": {
        "offset": [0.1], "law": {"edges": [1.0, 4.0, 8.0], "level": [-4.0, -2.0, -1.5]},
    },
}  # fmt: skip
FEATURES = (
    Feature("claims", low=0.0, high=1000.0, seen_low=1.0, seen_high=200.0),
    Feature(
        "pages", low=0.0, high=500.0, seen_low=2.0, seen_high=90.0, missing=Missing.LEARNED,
        fill=12.0,
    ),
    Feature("agency", low=0.0, high=1.0, seen_low=0.0, seen_high=1.0),
    Feature("country", Kind.CATEGORY, levels=("JP", "US"), missing=Missing.LEARNED),
)  # fmt: skip
TERMS = (
    Term("claims", Take.LOG),
    Term("pages", Take.VALUE),
    Term("pages", Take.MISSING),
    Term("agency", Take.VALUE),
    Term("country", Take.LEVEL, "JP"),
    Term("country", Take.LEVEL, "US"),
)
WEIGHTS = (-0.2, 0.004, 0.3, 0.15, -0.25, 0.1)


def fit_of(name: str) -> FitFile:
    law = LAWS[name]
    scores = len(law["offset"])
    matrix = [[weight * (1.0 - 0.4 * score) for weight in WEIGHTS] for score in range(scores)]
    if name.split(maxsplit=1)[0] in ("hazard.weibull", "hazard.lognormal", "hazard.loglogistic"):
        matrix[1] = [0.02, 0.0, 0.0, 0.1, 0.0, 0.0]
    parameters = {
        "terms": [term.json() for term in TERMS], "offset": law["offset"], "matrix": matrix,
        "law": law["law"], "reference": 8.0, "horizon": 20.0, "band": None,
    }  # fmt: skip
    return FitFile.named(
        "known", name.split(maxsplit=1)[0], made_on="2024-01-02", tape={}, features=FEATURES,
        parameters=parameters, metrics={},
    )  # fmt: skip


@pytest.fixture(params=list(LAWS))
def known(request: pytest.FixtureRequest) -> FitFile:
    """A small fit of each form, over numbers, a flag, gaps and a category."""
    return fit_of(request.param)


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[FitFile], Path]:
    def write(fit: FitFile) -> Path:
        write_fit(tmp_path / fit.fit_id, fit)
        return tmp_path / fit.fit_id

    return write


@pytest.fixture
def served(known: FitFile) -> HazardFit:
    return HazardFit.of(known)


@pytest.fixture
def rows() -> pl.DataFrame:
    """Rows within and beyond what was seen, with gaps and unknown levels."""
    rng = np.random.default_rng(5)
    pages = [None if rng.random() < 0.2 else float(rng.integers(0, 130)) for _ in range(400)]
    pages[7] = float("nan")
    levels = ["JP", "US", "FR", None]
    return pl.DataFrame(
        {
            "claims": rng.integers(0, 400, 400),
            "pages": pages,
            "agency": rng.random(400) < 0.5,
            "country": [levels[place] for place in rng.integers(0, 4, 400)],
            "age": rng.uniform(0.0, 15.0, 400),
            "note": ["left alone"] * 400,
        }
    )

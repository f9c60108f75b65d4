"""A loan tape of every kind of column, with a known law of default; and a fit on it."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from models.borrower.boosted import BorrowerFit
from models.fit_file import FitFile
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default


def loan_tape(rows: int, seed: int = 1) -> pl.DataFrame:
    """Draw a tape: log-odds -2 + 0.8 new + bank + 0.9 (4 share - 3) - 0.4 log(staff)."""
    drawn = np.random.default_rng(seed)
    bank = drawn.integers(0, 40, rows)
    amount = np.round(np.exp(drawn.normal(11.5, 1, rows)), -3) + 1000
    share = drawn.choice([0.5, 0.75, 0.85], rows)
    staff = drawn.geometric(0.1, rows)
    new = drawn.random(rows) < 0.3
    odds = -2 + 0.8 * new + np.linspace(-1, 1, 40)[bank] + 0.9 * (4 * share - 3)
    outcome = drawn.random(rows) < 1 / (1 + np.exp(-odds + 0.4 * np.log(staff)))
    made = [date(2010, 1, 1) + timedelta(days=int(d)) for d in drawn.integers(0, 3650, rows)]
    ages = drawn.integers(90, 6000, rows)
    founded = [day - timedelta(days=int(age)) for day, age in zip(made, ages, strict=True)]
    states = np.array(["GD", "SH", "BJ", "ZJ", "JS", "SD", "HB", "HN", "SC"])
    home = states[drawn.integers(0, 9, rows)]
    away = np.where(drawn.random(rows) < 0.7, home, states[drawn.integers(0, 9, rows)])
    sector = drawn.choice(np.arange(311000, 339000, 371), rows)
    turnover = np.where(drawn.random(rows) < 0.2, np.nan, drawn.lognormal(3, 1, rows))
    return pl.DataFrame(
        {
            "loan": [f"L{k:07d}x" for k in range(rows)],
            "made": made,
            "founded": founded,
            "bank": [f"bank {k}" for k in bank],
            "state": home,
            "bank_state": away,
            "sector": sector,
            "staff": staff,
            "new": new,
            "amount": amount,
            "guaranteed": amount * share,
            "turnover": pl.Series(turnover, nan_to_null=True),
            "stage": drawn.choice(["seed", "growth", "old"], rows),
            "one": 1,
            "bad": outcome.astype(int),
            "weight": np.where(outcome, 1.0, 3.0),
        }
    )


@pytest.fixture(scope="session")
def tape() -> pl.DataFrame:
    return loan_tape(3000)


@pytest.fixture(scope="session")
def asked() -> DefaultAsked:
    return DefaultAsked("bad", "made", "weight", monotone={"staff": -1}, name="loans")


@pytest.fixture(scope="session")
def trained(tape: pl.DataFrame, asked: DefaultAsked) -> FitFile:
    return fit_default(tape, asked, None)


@pytest.fixture(scope="session")
def ready(trained: FitFile) -> BorrowerFit:
    return BorrowerFit.of(trained)


@pytest.fixture(scope="session")
def draw() -> Callable[[int, int], pl.DataFrame]:
    return loan_tape

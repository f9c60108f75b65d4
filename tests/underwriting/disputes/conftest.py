"""What every test of disputes opens: the frozen figures of one day."""

from datetime import date
from types import SimpleNamespace

import pytest

from underwriting.disputes import Figures, figures_of
from underwriting.fits import fits_in_force

QUOTED = date(2025, 3, 3)


def opened(currency: str = "CNY", on: date = QUOTED) -> Figures:
    """The figures in force; only the fits and the day of a basis are asked."""
    fits = fits_in_force("infringement_loss", on)
    return figures_of(SimpleNamespace(fits=fits, on=on), currency)  # type: ignore[arg-type]  # all that is asked


@pytest.fixture
def figures() -> Figures:
    return opened()


@pytest.fixture
def open_in():  # noqa: ANN201 - the function above
    return opened


@pytest.fixture
def book() -> str:
    return fits_in_force("infringement_loss", QUOTED)["right_life"].champion

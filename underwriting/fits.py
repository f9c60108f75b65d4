"""Which fits a price stands on: those in force on its day, frozen with it ever after."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from models.shelf import in_force


class Serving(NamedTuple):
    """Who serves a purpose.

    Attributes:
        champion: id of the fit that prices.
        challenger: id of the fit that is scored beside it and never priced with; None if none is.
    """

    champion: str
    challenger: str | None

    @property
    def rival(self) -> str:
        """The challenger, or the champion where nobody challenges it."""
        return self.challenger or self.champion

    def json(self) -> dict[str, str | None]:
        """As it is frozen with a quote."""
        return self._asdict()


Fits = Mapping[str, Serving]
"""Purpose -> who serves it."""


def fits_in_force(product: str, on: date) -> Fits:
    """Return who serves each purpose of a product on a day.

    Raises:
        Unavailable: a purpose that the product has is served by nobody on that day.
    """
    table = in_force()
    purposes = sorted({row.purpose for row in table.rows if product in row.products})
    rows = {purpose: table.serving(purpose, product, on) for purpose in purposes}
    return {name: Serving(row.champion, row.challenger) for name, row in rows.items()}


def fits_json(fits: Fits) -> dict[str, Any]:
    """The fits as they are frozen."""
    return {purpose: serving.json() for purpose, serving in fits.items()}


def fits_of(frozen: Mapping[str, Any]) -> Fits:
    """Read frozen fits back."""
    return {purpose: Serving(**serving) for purpose, serving in frozen.items()}

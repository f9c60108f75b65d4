"""How long a Chinese right runs, where a record states its filing and not its end."""

from datetime import date
from typing import Final

from kernel.period import add_months

_YEARS: Final = {"invention": 20, "utility_model": 10, "ic_layout": 10}
_DESIGN_SINCE: Final = date(2021, 6, 1)
"""Designs filed from this day on run for fifteen years, those before for ten."""

SOURCE: Final = "Patent Law art. 42 (S96); IC layout rules art. 12"


def end_of_term(kind: str, office: str, filed: date) -> date | None:
    """Return the day on which the term ends by statute; None where no statute is kept here.

    It is the day of filing, years later: the right runs until the day before.

    >>> end_of_term("invention", "CN", date(2020, 3, 1))
    datetime.date(2040, 3, 1)
    """
    years = _YEARS.get(kind)
    if kind == "design":
        years = 15 if filed >= _DESIGN_SINCE else 10
    if office != "CN" or years is None:
        return None
    return add_months(filed, 12 * years)

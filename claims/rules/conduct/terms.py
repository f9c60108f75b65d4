"""Days that the insurer has to answer, and ways to send a notice."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from kernel.period import add_days

_FILE: Final = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True, slots=True)
class Days:
    """Days for one thing.

    Attributes:
        days: calendar days.
        clause: the term or article.
        source: of the figure.
        grade: `A` official, `B` study, `C` judgement, `K` from memory and not verified.
    """

    days: int
    clause: str
    source: str
    grade: str

    def by(self, since: date) -> date:
        """Return the last day, counted from the day after `since`."""
        return add_days(since, self.days)


def answer_days(asked: str) -> Days:
    """Return the days to answer `counsel`, `budget` or `settlement`.

    >>> answer_days("settlement").by(date(2026, 3, 2))
    datetime.date(2026, 3, 12)
    """
    return Days(**_table()["answer"][asked])


def reservation_days() -> Days:
    """Return the days to reserve rights, from the day on which the ground was known."""
    return Days(**_table()["reservation"])


def methods() -> dict[str, str]:
    """Return how a notice may be sent: code -> words."""
    return dict(_table()["methods"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))

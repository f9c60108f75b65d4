"""One dated entry of an overlay, stated as a factor or through a macro index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import exp, isfinite
from typing import Any

from kernel.errors import Fault

_TEXTS = ("source", "author", "reason")
_KEYS = {"from", "to", "odds_multiplier", "index", *_TEXTS}
_LINK = {"index", "unit", "beta", "baseline", "source"}
_MAX_LOG = 50.0


@dataclass(frozen=True, slots=True)
class Link:
    """How a macro index moves the log-odds: log m = beta (index - baseline).

    Attributes:
        index: which index it is, in words.
        unit: of the index.
        beta: change of the log-odds for each unit of the index.
        baseline: the index at which the fit needs no overlay.
        source: where beta and baseline come from.
    """

    index: str
    unit: str
    beta: float
    baseline: float
    source: str

    @classmethod
    def read(cls, row: Any, faults: list[Fault]) -> "Link | None":
        """Read the `link` table; what is wrong is added to `faults`."""
        begun = len(faults)
        if not isinstance(row, Mapping):
            faults.append(Fault("overlay.link", "is not a table", "write [link]"))
            return None
        _unknown(row, _LINK, "overlay.link", faults)
        beta, baseline = (
            _number(row, name, "overlay.link", faults) for name in ("beta", "baseline")
        )
        index, unit, source = (
            _text(row, name, "overlay.link", faults) for name in ("index", "unit", "source")
        )
        return None if len(faults) > begun else cls(index, unit, beta, baseline, source)

    def multiplier(self, index: float) -> float:
        """Return exp(beta (index - baseline)), held finite."""
        return exp(min(_MAX_LOG, max(-_MAX_LOG, self.beta * (index - self.baseline))))


@dataclass(frozen=True, slots=True)
class Entry:
    """One period's judgement.

    Attributes:
        field: where it stood in the file.
        start: first day in force.
        end: last day in force.
        multiplier: factor of the odds of default, above nought.
        source: what it rests on.
        author: who answers for it.
        reason: why, in words.
        index: value of the macro index, where it was stated through a link.
    """

    field: str
    start: date
    end: date
    multiplier: float
    source: str
    author: str
    reason: str
    index: float | None = None

    def json(self) -> dict[str, Any]:
        """The entry as it stands in a receipt; a linked one is frozen as its factor."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "odds_multiplier": self.multiplier,
            **{name: getattr(self, name) for name in _TEXTS},
        }


def read_entry(
    row: Mapping[str, Any], field: str, link: Link | None, faults: list[Fault]
) -> Entry | None:
    """Read one entry; what is wrong is added to `faults`, and None returned."""
    begun = len(faults)
    _unknown(row, _KEYS, field, faults)
    start, end = (_day(row, name, field, faults) for name in ("from", "to"))
    if start and end and end < start:
        faults.append(
            Fault(f"{field}.to", f"{end} is before {start}", "give the last day in force")
        )
    multiplier, index = _factor(row, field, link, faults)
    source, author, reason = (_text(row, name, field, faults) for name in _TEXTS)
    if len(faults) > begun or start is None or end is None:
        return None
    return Entry(field, start, end, multiplier, source, author, reason, index)


def _factor(
    row: Mapping[str, Any], field: str, link: Link | None, faults: list[Fault]
) -> tuple[float, float | None]:
    """Return the odds multiplier, stated or through the link, and the index."""
    if ("odds_multiplier" in row) == ("index" in row):
        cure = "state odds_multiplier, or index where the file has a [link]; missing is not 1"
        faults.append(Fault(f"{field}.odds_multiplier", "must be stated in one way", cure))
        return 1.0, None
    if "index" in row:
        if link is None:
            cure = "add [link] with index, unit, beta, baseline and source"
            faults.append(Fault(f"{field}.index", "has no readable link", cure))
            return 1.0, None
        index = _number(row, "index", field, faults)
        return link.multiplier(index), index
    multiplier = _number(row, "odds_multiplier", field, faults)
    if multiplier <= 0.0:
        faults.append(Fault(f"{field}.odds_multiplier", f"{multiplier:g}", "give it above zero"))
    return multiplier, None


def _unknown(row: Mapping[str, Any], keys: set[str], field: str, faults: list[Fault]) -> None:
    known = ", ".join(sorted(keys))
    faults.extend(
        Fault(f"{field}.{key}", "is unknown", f"use {known}") for key in sorted(row.keys() - keys)
    )


def _number(row: Mapping[str, Any], name: str, field: str, faults: list[Fault]) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        said = "is missing" if value is None else f"{value!r} is no number"
        faults.append(Fault(f"{field}.{name}", said, "give a finite number"))
        return 1.0
    return float(value)


def _text(row: Mapping[str, Any], name: str, field: str, faults: list[Fault]) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        faults.append(Fault(f"{field}.{name}", "is missing", "state it in words"))
        return ""
    return value.strip()


def _day(row: Mapping[str, Any], name: str, field: str, faults: list[Fault]) -> date | None:
    """Read a TOML date or ISO text; an instant is no day."""
    value = row.get(name)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = f"{value!r}"
    said = "is missing" if value is None else f"{value} is no day"
    faults.append(Fault(f"{field}.{name}", said, "give a date such as 2026-01-01"))
    return None

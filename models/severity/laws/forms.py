"""Laws as they are frozen: JSON in, law out."""

from collections.abc import Callable, Mapping
from typing import Any

from kernel.errors import invalid
from models.severity.laws.bounded import Capped, Fixed
from models.severity.laws.law import Law
from models.severity.laws.lognormal import Lognormal
from models.severity.laws.mixture import Mixture
from models.severity.laws.pareto import GeneralisedPareto, Pareto
from models.severity.laws.spliced import Spliced


def law_of(frozen: Mapping[str, Any], field: str = "law") -> Law:
    """Read a law that `Law.json` wrote.

    Raises:
        Invalid: the kind is unknown, or a parameter is missing, unknown or out of range.
    """
    own = {name: value for name, value in frozen.items() if name != "law"}
    kind = frozen.get("law")
    if kind not in _READERS:
        raise invalid(field, f"{kind!r} is no law", f"use one of {', '.join(sorted(_READERS))}")
    try:
        return _READERS[kind](own)
    except (KeyError, TypeError, ValueError) as error:
        problem = f"is no {kind}: {error}"
        raise invalid(field, problem, "give its parameters as `Law.json` writes them") from None


def _plain(make: Callable[..., Law]) -> Callable[[dict[str, Any]], Law]:
    """Read a law whose parameters are all numbers."""
    return lambda own: make(**{name: float(value) for name, value in own.items()})


def _spliced(own: dict[str, Any]) -> Law:
    tail = law_of(own.pop("tail"), "tail")
    if not isinstance(tail, Pareto | GeneralisedPareto):
        raise invalid("tail", "is no Pareto", "give a tail from a threshold up")
    return Spliced(law_of(own.pop("body"), "body"), tail, **own)


def _mixture(own: dict[str, Any]) -> Law:
    parts = tuple(law_of(part, "parts") for part in own.pop("parts"))
    return Mixture(tuple(own.pop("weights")), parts, **own)


def _capped(own: dict[str, Any]) -> Law:
    return Capped(law_of(own.pop("of"), "of"), **own)


_READERS: dict[Any, Callable[[dict[str, Any]], Law]] = {
    "capped": _capped,
    "fixed": _plain(Fixed),
    "generalised_pareto": _plain(GeneralisedPareto),
    "lognormal": _plain(Lognormal),
    "mixture": _mixture,
    "pareto": _plain(Pareto),
    "spliced": _spliced,
}

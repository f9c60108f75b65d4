"""`zhibao fit`: train on a user's own table, freeze, and say how it did."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.cli.progress import telling
from kernel.errors import Fault, Invalid
from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.tape import fingerprint, read_tape
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.default.horizon import with_horizon
from models.training.pictures import draw_fit
from models.training.survival.fit import SurvivalAsked, fit_survival

_SIGNS = {"+1": 1, "1": 1, "-1": -1}


@dataclass(frozen=True, slots=True)
class DefaultOptions:
    """What `zhibao fit default` was asked; see its help."""

    target: str
    time: str | None
    weights: str | None
    drop: tuple[str, ...]
    monotone: tuple[str, ...]
    features: Path | None
    horizon: float | None
    name: str


@dataclass(frozen=True, slots=True)
class SurvivalOptions:
    """What `zhibao fit survival` was asked; see its help."""

    entry: str
    exit: str
    event: str
    time: str | None
    weights: str | None
    drop: tuple[str, ...]
    unit: str
    name: str


def run_default(
    table: Path, options: DefaultOptions, out: Path, on: date, *, plot: bool
) -> dict[str, Any]:
    """Train a default fit into `out`; return what became of it.

    Raises:
        Invalid: the table or an option cannot be used; each fault is named with its cure.
    """
    frame = read_tape(table)
    asked = DefaultAsked(
        target=options.target,
        time=options.time,
        weights=options.weights,
        drop=options.drop,
        monotone=signs_of(options.monotone),
        features_file=options.features,
        made_on=on.isoformat(),
        tape=_tape(table, "default", asdict(options)),
        name=options.name,
    )
    with telling() as tell:
        fit = fit_default(frame, asked, None, tell=tell)
    if options.horizon is not None:
        fit = with_horizon(fit, options.horizon)
    write_fit(out, fit, write_card(fit))
    return _answer(fit, out, plot=plot)


def run_survival(
    table: Path, options: SurvivalOptions, out: Path, on: date, *, plot: bool
) -> dict[str, Any]:
    """Train a hazard fit into `out`; return what became of it.

    Raises:
        Invalid: the table or an option cannot be used; each fault is named with its cure.
    """
    frame = read_tape(table)
    asked = SurvivalAsked(
        entry=options.entry,
        exit=options.exit,
        event=options.event,
        time=options.time,
        weights=options.weights,
        drop=options.drop,
        unit=options.unit,
        made_on=on.isoformat(),
        tape=_tape(table, "survival", asdict(options)),
        name=options.name,
    )
    with telling() as tell:
        fit = fit_survival(frame, asked, out, tell=tell)
    return _answer(fit, out, plot=plot)


def signs_of(stated: tuple[str, ...]) -> dict[str, int]:
    """Read `COLUMN=+1` and `COLUMN=-1`.

    Raises:
        Invalid: one is neither.

    >>> signs_of(("amount=+1", "age=-1"))
    {'amount': 1, 'age': -1}
    """
    signs, faults = {}, []
    for text in stated:
        column, _, sign = text.rpartition("=")
        if not column or sign not in _SIGNS:
            faults.append(Fault("--monotone", f"{text!r} is no sign", "write COLUMN=+1 or =-1"))
        signs[column] = _SIGNS.get(sign, 0)
    if faults:
        raise Invalid("monotone", *faults)
    return signs


def _tape(table: Path, what: str, options: dict[str, Any]) -> dict[str, Any]:
    """Say what a fit is trained on, and by which command."""
    words = [f"zhibao fit {what} {table.name}"]
    for name, value in options.items():
        stated = value if isinstance(value, tuple) else (value,)
        shown = [one.name if isinstance(one, Path) else one for one in stated if one]
        words += [f"--{name} {one}" for one in shown if name != "name"]
    return {"file": table.name, "sha256": fingerprint(table), "command": " ".join(words)}


def _answer(fit: FitFile, out: Path, *, plot: bool) -> dict[str, Any]:
    pictures = draw_fit(fit, out / "plots") if plot else []
    return {
        "fit_id": fit.fit_id,
        "form": fit.form,
        "out": str(out),
        "tape": dict(fit.tape),
        "metrics": dict(fit.metrics),
        "notes": list(fit.notes),
        "plots": [str(picture) for picture in pictures],
    }

"""The curves of a right, drawn: what `docs/methods/right-life.md` shows."""

from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from models.priors import PriorTable
from models.right import RightLife
from models.right.ages import AgeCurve
from models.right.book import load_book

MONTHS: Final = tuple(range(121))
YEARS: Final = np.array(MONTHS) / 12.0
_SIZE: Final = (8.0, 4.2)
_DOTS: Final = 100
_COLOURS: Final = ("#2f6f8f", "#6fae75", "#e0c35a", "#b5403c", "#9a9a9a", "#d9d9d9")
_FEES: Final = {"none": "fees not watched", "watched": "fees watched by the bank"}

KINDS: Final = (
    ("invention", 3.0, 14.0),
    ("utility_model", 1.0, 8.0),
    ("design", 1.0, 13.0),
    ("trademark", 4.0, 6.0),
    ("copyright", 2.0, 40.0),
    ("ic_layout", 1.0, 8.5),
    ("gi", 4.0, 6.0),
)
"""Kind, age and years left of the rights that are shown."""


def draw_all(folder: Path, table: PriorTable) -> tuple[Path, ...]:
    """Draw every plot of the page into `folder`; return what was written."""
    plots = {
        "right-life-kinds": survival_by_kind(table),
        "right-life-states": states_by_month(table),
        "right-life-today": by_state_today(table),
        "right-life-ages": litigation_by_age(),
    }
    return tuple(_write(folder / f"{name}.png", figure) for name, figure in plots.items())


def survival_by_kind(table: PriorTable) -> Figure:
    """S(t) of each kind in China, fees watched by nobody and by the bank."""
    figure = Figure(figsize=_SIZE)
    for place, covenant in enumerate(_FEES, start=1):
        axes = _axes(figure, 1, 2, place)
        for kind, age, left in KINDS:
            life = RightLife.of(kind, age_years=age, years_left=left, table=table,
                                covenant=covenant)  # fmt: skip
            label = f"{kind}, {age:.0f} y old"
            axes.step(YEARS, life.curve(MONTHS).alive, where="post", label=label)
        _name(axes, _FEES[covenant], "chance to be in force")
    figure.axes[0].legend(fontsize=7)
    return figure


def states_by_month(table: PriorTable) -> Figure:
    """Where a Chinese invention, challenged today, stands month by month."""
    figure = Figure(figsize=_SIZE)
    life = RightLife.of(
        "invention", age_years=9.0, years_left=8.0, table=table, state="challenged",
        covenant="none",
    )  # fmt: skip
    curves = life.curve(MONTHS)
    parts = ("untouched", "upheld", "partly_invalid", "wholly_invalid", "lapsed", "expired")
    axes = _axes(figure, 1, 1, 1)
    shares = [getattr(curves, name) for name in parts]
    axes.stackplot(YEARS, *shares, labels=parts, colors=_COLOURS, step="post")
    _name(axes, "invention, CN, 9 years old, challenged today, fees not watched", "share")
    axes.legend(loc="lower left", fontsize=8)
    return figure


def by_state_today(table: PriorTable) -> Figure:
    """S(t) and whole invalidation by what runs today, with 90 % bands."""
    figure = Figure(figsize=_SIZE)
    left, right = (_axes(figure, 1, 2, place) for place in (1, 2))
    for state in ("quiet", "asserted", "challenged"):
        life = RightLife.of("invention", age_years=6.0, years_left=11.0, table=table, state=state)
        curves, band = life.curve(MONTHS), life.bands(MONTHS)
        for axes, name in ((left, "alive"), (right, "wholly_invalid")):
            (line,) = axes.plot(YEARS, getattr(curves, name), label=f"{state} today")
            axes.fill_between(YEARS, getattr(band.low, name), getattr(band.high, name),
                              color=line.get_color(), alpha=0.2, linewidth=0)  # fmt: skip
    _name(left, "in force, fees watched", "chance", low=0.4)
    _name(right, "wholly invalid by then", "chance", high=0.6)
    left.legend(loc="lower left", fontsize=8)
    return figure


def litigation_by_age() -> Figure:
    """Multipliers on assertion by age: three owners, and the timing of first suits in the US."""
    figure = Figure(figsize=_SIZE)
    axes = _axes(figure, 1, 1, 1)
    ages = np.linspace(0.0, 17.0, 1701)
    shown = (
        ("operating", "CN", "operating company"),
        ("npe", "CN", "non-practising owner"),
        ("mixed", "CN", "mixed, 15 % of suits non-practising"),
        ("mixed", "US", "first suits, US grants 2002-05"),
    )
    for owner, office, label in shown:
        bands = load_book().ages("assert", "invention", office, owner)
        curve = AgeCurve.of(bands, otherwise=1.0)
        heavy = 2.5 if office == "US" else 1.2
        axes.plot(ages, [curve.at(age) for age in ages], label=label, linewidth=heavy)
    _name(axes, "assertion by age, mean over the living 1", "multiplier", high=2.4)
    axes.set_xlabel("years since grant")
    axes.legend(fontsize=8)
    return figure


def _axes(figure: Figure, rows: int, columns: int, place: int) -> Any:
    axes = figure.add_subplot(rows, columns, place)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.3)
    return axes


def _name(axes: Any, title: str, upright: str, *, low: float = 0.0, high: float = 1.0) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_ylabel(upright)
    axes.set_xlabel("years from today")
    axes.set_ylim(low, high)
    axes.margins(x=0)


def _write(path: Path, figure: Figure) -> Path:
    """Write 800 pixels wide, the same bytes for the same curves."""
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        figure.tight_layout()
        figure.savefig(path, dpi=_DOTS, metadata={"Software": None})
    return path

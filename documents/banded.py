"""A line with a band around it as SVG: what is expected, and between what it will lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, String
from reportlab.lib.colors import HexColor

_WIDTH, _HEIGHT, _LEFT, _FOOT, _TOP, _SIDE = 800, 360, 104, 44, 44, 30
_LINE, _BAND, _AXIS = HexColor("#1f4e79"), HexColor("#bdd7ee"), HexColor("#595959")
_TICKS: Final = 5
_EVERY: Final = 6
"""Months between two labels."""


@dataclass(frozen=True, slots=True)
class Band:
    """A point in time: what is expected, and the two ends of the band."""

    expected: float
    low: float
    high: float


def banded(title: str, unit: str, points: Sequence[Band], legend: str) -> bytes:
    """Return a chart as SVG.

    Args:
        title: above the chart.
        unit: of the upright axis, such as "CNY".
        points: month by month, the day itself first; none below nothing.
        legend: what line and band are.
    """
    assert len(points) > 1, "a line has two ends"
    top = max(max(one.high, one.expected) for one in points) or 1.0
    across = (_WIDTH - _LEFT - _SIDE) / (len(points) - 1)
    tall = _HEIGHT - _FOOT - _TOP

    def at(place: int, value: float) -> tuple[float, float]:
        return _LEFT + place * across, _FOOT + value / top * tall

    drawing = Drawing(_WIDTH, _HEIGHT)
    upper = [at(place, one.high) for place, one in enumerate(points)]
    lower = [at(place, one.low) for place, one in enumerate(points)]
    drawing.add(Polygon(_flat([*upper, *lower[::-1]]), fillColor=_BAND, strokeColor=None))
    middle = [at(place, one.expected) for place, one in enumerate(points)]
    drawing.add(PolyLine(_flat(middle), strokeColor=_LINE, strokeWidth=2))
    _axes(drawing, len(points), top, across)
    drawing.add(_text(_LEFT, _HEIGHT - 20, title, 13))
    drawing.add(_text(_LEFT, _HEIGHT - 34, f"{unit}    {legend}", 9))
    svg: str = renderSVG.drawToString(drawing)
    return svg.encode()


def _axes(drawing: Drawing, count: int, top: float, across: float) -> None:
    right, tall = _WIDTH - _SIDE, _HEIGHT - _FOOT - _TOP
    for tick in range(_TICKS + 1):
        height = _FOOT + tall * tick / _TICKS
        drawing.add(Line(_LEFT, height, right, height, strokeColor=_AXIS, strokeWidth=0.3))
        drawing.add(_text(8, height - 3, f"{top * tick / _TICKS:,.0f}", 8))
    for month in range(0, count, _EVERY):
        drawing.add(_text(_LEFT + month * across - 4, _FOOT - 14, str(month), 8))
    drawing.add(_text(_LEFT + (right - _LEFT) / 2, 8, "月 month", 9))


def _flat(points: Sequence[tuple[float, float]]) -> list[float]:
    return [figure for point in points for figure in point]


def _text(x: float, y: float, words: str, size: int) -> String:
    return String(x, y, words, fontName="Helvetica", fontSize=size)

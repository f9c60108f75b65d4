"""A stacked bar chart as SVG: one bar a month, one colour a party."""

from collections.abc import Mapping, Sequence
from typing import Final

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import Color, HexColor, white

_WIDTH, _HEIGHT, _LEFT, _FOOT, _TOP, _SIDE = 800, 360, 74, 44, 34, 150
_LABELS: Final = 24
"""Months that are named at most; of more, every so many-th."""

COLOURS: Final = tuple(
    HexColor(code)
    for code in ("#1f4e79", "#c55a11", "#548235", "#7f6000", "#7030a0", "#2e75b6", "#843c0c")
)
NOBODY: Final = HexColor("#a6a6a6")
"""Of what nobody bears."""


def stacked_bars(
    title: str, unit: str, series: Mapping[str, Sequence[float]], *, grey: str = ""
) -> bytes:
    """Return a chart as SVG.

    Args:
        title: above the chart.
        unit: of the upright axis, such as "CNY".
        series: name -> a height for each month, all of one length, none below nothing.
        grey: name of the series that nobody bears.
    """
    months = {len(heights) for heights in series.values()}
    assert len(months) == 1, "every series has the same months"
    drawing = Drawing(_WIDTH, _HEIGHT)
    drawing.add(_text(_LEFT, _HEIGHT - 20, title, 13))
    drawing.add(_text(_LEFT, _HEIGHT - _TOP - 4, unit, 9))
    colours = dict(zip(series, _colours(series, grey), strict=True))
    drawing.add(_bars(series, colours))
    drawing.add(_legend(colours))
    drawing.add(_text(_LEFT + 230, 8, "月 month", 9))
    svg: str = renderSVG.drawToString(drawing)
    return svg.encode()


def _bars(series: Mapping[str, Sequence[float]], colours: Mapping[str, Color]) -> VerticalBarChart:
    chart = VerticalBarChart()
    chart.x, chart.y = _LEFT, _FOOT
    chart.width, chart.height = _WIDTH - _LEFT - _SIDE, _HEIGHT - _FOOT - _TOP - 14
    chart.data = [tuple(heights) for heights in series.values()]
    chart.categoryAxis.style = "stacked"
    count = len(chart.data[0])
    every = -(-count // _LABELS)
    names = [str(month) if (month - 1) % every == 0 else "" for month in range(1, count + 1)]
    chart.categoryAxis.categoryNames = names
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 8
    chart.valueAxis.valueMin, chart.valueAxis.labels.dx = 0, -6
    chart.valueAxis.labelTextFormat = "{:,.0f}".format
    chart.barWidth, chart.groupSpacing = 8, 3
    for place, colour in enumerate(colours.values()):
        chart.bars[place].fillColor = colour
        chart.bars[place].strokeColor = white
        chart.bars[place].strokeWidth = 0.2
    return chart


def _legend(colours: Mapping[str, Color]) -> Legend:
    legend = Legend()
    legend.x, legend.y = _WIDTH - _SIDE + 14, _HEIGHT - _TOP - 20
    legend.alignment, legend.columnMaximum, legend.fontSize = "right", len(colours), 9
    legend.colorNamePairs = [(colour, name) for name, colour in colours.items()]
    return legend


def _colours(series: Mapping[str, Sequence[float]], grey: str) -> list[Color]:
    plain = iter(COLOURS * len(series))
    return [NOBODY if name == grey else next(plain) for name in series]


def _text(x: float, y: float, words: str, size: int) -> String:
    return String(x, y, words, fontName="Helvetica", fontSize=size)

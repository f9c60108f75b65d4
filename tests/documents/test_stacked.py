"""Stacked bars: heights are in proportion, every series has its colour, nobody's part is grey."""

from xml.etree import ElementTree as ET

import pytest

from documents.stacked import NOBODY, stacked_bars


def bars(svg: bytes) -> list[tuple[str, float]]:
    """Fill and height of every bar, in the order drawn."""
    found = []
    for one in ET.fromstring(svg).iter():
        if one.tag.endswith("rect"):
            style = dict(
                part.strip().split(":") for part in one.get("style", "").split(";") if ":" in part
            )
            found.append((style.get("fill", "").strip(), float(one.get("height", "0"))))
    return found


def test_heights_are_in_proportion() -> None:
    drawn = bars(stacked_bars("t", "CNY", {"a": [10.0, 5.0], "b": [30.0, 15.0]}))
    first, second = (
        [height for fill, height in drawn if fill == colour and height > 20]
        for colour in dict.fromkeys(fill for fill, height in drawn if fill and height > 20)
    )
    assert first[0] / first[1] == pytest.approx(2.0, rel=0.02)
    assert second[0] / first[0] == pytest.approx(3.0, rel=0.02)


def test_every_series_has_a_colour_of_its_own_and_nobody_is_grey() -> None:
    series = {"insurer": [1.0], "bank": [1.0], "uncovered": [1.0]}
    fills = {fill for fill, _ in bars(stacked_bars("t", "CNY", series, grey="uncovered"))}
    parts = (NOBODY.red, NOBODY.green, NOBODY.blue)
    grey = ",".join(f"{round(100 * part)}%" for part in parts)
    assert f"rgb({grey})" in {fill.replace(" ", "") for fill in fills}
    assert len(fills) >= 3


def test_more_parties_than_colours_are_drawn() -> None:
    series = {f"party_{number}": [1.0, 2.0] for number in range(12)}
    words = "".join(ET.fromstring(stacked_bars("t", "CNY", series)).itertext())
    assert all(name in words for name in series)


def test_of_many_months_only_some_are_named() -> None:
    words = list(ET.fromstring(stacked_bars("t", "CNY", {"a": [1.0] * 120})).itertext())
    named = [word.strip() for word in words if word.strip().isdigit()]
    assert "1" in named
    assert len([word for word in named if int(word) <= 120]) < 60


def test_the_same_figures_give_the_same_picture() -> None:
    first = stacked_bars("标题 title", "CNY", {"a": [1.5, 2.5]})
    assert first == stacked_bars("标题 title", "CNY", {"a": [1.5, 2.5]})
    assert "标题" in first.decode()


def test_series_of_different_lengths_are_a_mistake() -> None:
    with pytest.raises(AssertionError):
        stacked_bars("t", "CNY", {"a": [1.0], "b": [1.0, 2.0]})

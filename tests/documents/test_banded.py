"""A line with a band around it: an SVG that says what it was given."""

from xml.etree import ElementTree as ET

import pytest

from documents.banded import Band, banded

POINTS = [Band(100.0, 100.0, 100.0), Band(60.0, 20.0, 90.0), Band(0.0, 0.0, 50.0)]


def test_the_picture_is_svg_with_a_line_a_band_and_their_scale() -> None:
    drawn = banded("Balance 余额", "CNY", POINTS, "legend")
    root = ET.fromstring(drawn)
    kinds = [one.tag.rpartition("}")[2] for one in root.iter()]
    assert kinds.count("polygon") >= 1
    assert kinds.count("polyline") >= 1
    words = " ".join(root.itertext())
    assert "Balance" in words
    assert "100" in words


def test_the_same_points_give_the_same_bytes() -> None:
    assert banded("t", "CNY", POINTS, "l") == banded("t", "CNY", POINTS, "l")


def test_a_pool_without_money_is_drawn_too() -> None:
    assert b"<svg" in banded("t", "CNY", [Band(0.0, 0.0, 0.0)] * 2, "l")


def test_a_line_has_two_ends() -> None:
    with pytest.raises(AssertionError):
        banded("t", "CNY", POINTS[:1], "l")

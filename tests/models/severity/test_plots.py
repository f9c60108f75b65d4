"""The pictures of the page are drawn, small, and the same each time."""

from pathlib import Path

from models.training.plots_severity import draw_severity

NAMES = ("dependence", "laws", "limits", "threshold", "truth")


def test_every_picture_is_drawn(tmp_path: Path) -> None:
    draw_severity(tmp_path)
    written = sorted(tmp_path.iterdir())
    assert [path.stem for path in written] == [f"severity-{name}" for name in NAMES]
    for path in written:
        picture = path.read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert 3_000 < len(picture) < 60_000
        assert int.from_bytes(picture[16:20]) == 800

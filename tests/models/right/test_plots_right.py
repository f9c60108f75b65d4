"""The plots of the page are drawn from the curves, small enough for the page."""

from pathlib import Path

from models.priors import load_priors
from models.training.plots_right import draw_all

PNG = b"\x89PNG"


def test_every_plot_is_drawn(tmp_path: Path) -> None:
    written = draw_all(tmp_path, load_priors())
    assert len(written) == 4
    for path in written:
        drawn = path.read_bytes()
        assert drawn.startswith(PNG)
        assert int.from_bytes(drawn[16:20], "big") == 800
        assert 10_000 < len(drawn) < 60_000

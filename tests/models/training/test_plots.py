"""What stands in a picture is what the figures say, held against sums done another way."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image
from scipy.stats import gamma, truncnorm

from models.features import Feature
from models.fit_file import FitFile
from models.governance.deciles import Decile
from models.governance.double_lift import Contest
from models.governance.metrics import kaplan_meier_band
from models.hazard.fit import HazardFit
from models.hazard.terms import Take, Term
from models.priors import load_priors
from models.severity import load_severities
from models.training import (
    plots,
    plots_default,
    plots_governance,
    plots_hazard,
    plots_market,
    plots_recovery,
    plots_right,
    plots_scale,
    plots_severity,
)

Capture = Callable[..., Figure]


@pytest.fixture
def drawn_by(monkeypatch: pytest.MonkeyPatch) -> Capture:
    """Call what draws, and return the figure instead of its bytes."""

    def capture(module: ModuleType, last: str, draw: Callable[..., Any], *given: Any) -> Figure:
        kept: list[Figure] = []
        monkeypatch.setattr(module, last, lambda figure, *_: kept.append(figure))
        draw(*given)
        (figure,) = kept
        return figure

    return capture


def line(axes: Axes, start: str) -> tuple[np.ndarray, np.ndarray]:
    """Points of the one line whose label begins so."""
    (found,) = [one for one in axes.get_lines() if str(one.get_label()).startswith(start)]
    return np.asarray(found.get_xdata(), float), np.asarray(found.get_ydata(), float)


def chunks(picture: bytes) -> list[bytes]:
    """Kinds of the parts of a PNG, in order."""
    place, kinds = 8, []
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        kinds.append(picture[place + 4 : place + 8])
        place += 12 + length
    return kinds


BIN = Decile(1, 200, 200.0, 0.01, 0.03, 0.02, 0.025, 4.0, 5.0, 2.0, 8.0, inside=True)
OFF = Decile(2, 100, 100.0, 0.05, 0.15, 0.1, 0.3, 10.0, 30.0, 4.0, 17.0, inside=False)


def test_a_picture_names_no_program_and_no_date() -> None:
    drawn, axes = plots.figure("a", "b", "c")
    empty = plots.png(drawn)
    assert set(chunks(empty)) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert plots.png(drawn) == empty
    axes.plot([0, 1], [0, 1])
    assert plots.png(drawn) != empty


def test_calibration_bands_are_rates_and_what_is_outside_stands_apart(drawn_by: Capture) -> None:
    axes = drawn_by(plots, "png", plots.calibration_plot, [BIN, OFF]).axes[0]
    segments = [one.tolist() for one in axes.collections[0].get_segments()]  # type: ignore[attr-defined] # a LineCollection
    assert np.allclose(segments, [[[0.02, 0.01], [0.02, 0.04]], [[0.1, 0.04], [0.1, 0.17]]])
    assert [one.tolist() for one in line(axes, "observed")] == [[0.02], [0.025]]
    assert [one.tolist() for one in line(axes, "outside")] == [[0.1], [0.3]]
    assert axes.get_ylim() == pytest.approx((0.0, 1.08 * 0.3))


@pytest.mark.parametrize(("weights", "area"), [(None, 0.75), ([1.0, 2.0, 3.0, 1.0], 0.5)])
def test_the_areas_of_the_legend_are_pairs_counted_by_hand(
    drawn_by: Capture, weights: list[float] | None, area: float
) -> None:
    scored = {"a": ([1, 0, 1, 0], [0.9, 0.8, 0.3, 0.1], weights)}
    axes = drawn_by(plots, "png", plots.roc_plot, scored).axes[0]
    assert np.trapezoid(*line(axes, f"a: AUC {area:.3f}")[::-1]) == pytest.approx(area)
    axes = drawn_by(plots, "png", plots.lift_plot, scored).axes[0]
    share, caught = line(axes, f"a: Gini {2 * area - 1:.3f}")
    assert (share[-1], caught[-1]) == pytest.approx((1.0, 1.0))
    first = 0.25 if weights is None else 1 / 7
    assert np.interp(first, share, caught) == pytest.approx(0.5 if weights is None else 0.25)


def test_double_lift_draws_the_three_rates(drawn_by: Capture) -> None:
    blank = dict.fromkeys(Contest.__dataclass_fields__, 0.0)
    rows = [(1, 0.1, 0.2, 0.15), (2, 0.3, 0.2, 0.25)]
    names = ("rank", "rate", "champion", "challenger")
    bins = [Contest(**{**blank, **dict(zip(names, row, strict=True))}) for row in rows]  # type: ignore[arg-type] # the winner is not drawn
    axes = drawn_by(plots, "png", plots.double_lift_plot, bins).axes[0]
    for place, name in enumerate(("observed", "champion", "challenger"), start=1):
        assert line(axes, name)[1].tolist() == [row[place] for row in rows]


def test_observed_survival_is_the_product_by_hand(drawn_by: Capture) -> None:
    times = np.array([0.5, 1.5, 2.5, 3.5])
    seen = kaplan_meier_band(np.zeros(4), np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 0, 1, 1]),
                             times)  # fmt: skip

    def draw() -> bytes:
        bands = {"nobody": (times, times)}
        return plots.survival_plot(times, {"flat": np.ones(4)}, bands=bands, observed=seen)

    axes = drawn_by(plots, "png", draw).axes[0]
    assert line(axes, "observed")[1] == pytest.approx([1.0, 0.75, 0.75, 0.375])
    assert len(axes.collections) == 1, "a band without a curve is not drawn"


def test_a_watched_right_lasts_longer_and_none_comes_back() -> None:
    bare, watched = plots_right.survival_by_kind(load_priors()).axes
    for kind, age, _ in plots_right.KINDS:
        label = f"{kind}, {age:.0f}"
        without, with_ = line(bare, label)[1], line(watched, label)[1]
        assert without[0] == with_[0] == pytest.approx(1.0)
        assert np.all(np.diff(without) <= 1e-12)
        assert np.all(with_ >= without - 1e-12)


def test_a_right_is_written_the_same_twice(tmp_path: Path) -> None:
    paths = [
        plots_right._write(tmp_path / name, plots_right.litigation_by_age())
        for name in ("a.png", "b.png")
    ]
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert struct.unpack(">II", first[16:24]) == (800, 420)


def test_the_update_is_the_gamma_law(drawn_by: Capture) -> None:
    table = load_priors()
    axes = drawn_by(plots_market, "png", plots_market.plot_update, table).axes[0]
    prior = table.find("challenge", "invention")
    own, mean = line(axes, "figure used")
    a, b = prior.a + 0.0008 * own, prior.b + own
    assert mean == pytest.approx(1e3 * a / b)
    edge = np.asarray(axes.collections[0].get_paths()[0].vertices)
    for chance in (0.025, 0.975):
        end = 1e3 * gamma.ppf(chance, a[0], scale=1 / b[0])
        at = edge[np.isclose(edge[:, 0], own[0]), 1]
        assert np.abs(at - end).min() < 1e-3 * end


def test_credibility_is_half_at_its_own_weight(drawn_by: Capture) -> None:
    axes = drawn_by(plots_market, "png", plots_market.plot_weights, load_priors()).axes[0]
    assert len(axes.get_lines()) == 5
    for one in axes.get_lines():
        half = float(str(one.get_label()).split("half at ")[1].split()[0].replace(",", ""))
        own, z = (np.asarray(values, float) for values in one.get_data())
        assert np.interp(half, own, z) == pytest.approx(0.5, abs=0.01)


def test_lapses_are_counted_over_weighted_years_of_each_band() -> None:
    rights = {
        "right_id": [1, 2, 3], "kind": ["x", "x", "y"], "entry_years": [0.0, 2.0, 0.0],
        "exit_years": [5.0, 4.0, 1.0], "lapsed": [1, 0, 1],
    }  # fmt: skip
    truth = {"right_id": [1, 2, 3], "lapse_log_ratio": [0.0, np.log(3.0), np.log(2.0)]}
    rates = {"x": [0.1, 0.2], "y": [0.3, 0.4]}
    market: Any = SimpleNamespace(
        law={"rights": {"lapse": {"rates": rates, "bands": [0.0, 3.0]}}},
        rights=pl.DataFrame(rights), truth={"truth_rights": pl.DataFrame(truth)},
    )  # fmt: skip
    found = [(kind, *figures) for kind, *figures in plots_market.lapses(market)]
    assert [one[:3] for one in found] == [
        ("x", 0.1, 0.0), ("x", 0.2, 1.0), ("y", 0.3, 1.0), ("y", 0.4, 0.0),
    ]  # fmt: skip
    assert [one[3] for one in found] == pytest.approx([3 + 3 * 1, 2 + 3 * 1, 2 * 1, 0.0])


def test_the_law_of_judged_losses_is_a_cut_normal_and_a_power() -> None:
    law = {"mean": 12.0, "sd": 1.1, "threshold": 3e6, "weight": 0.05, "alpha": 1.6}
    below, above = np.geomspace(1e3, 2.9e6, 40), np.array([3e6, 6e6, 3e7])
    body = truncnorm(-np.inf, (np.log(3e6) - 12.0) / 1.1, loc=12.0, scale=1.1)
    plain = 0.05 + 0.95 * body.sf(np.log(below))
    assert plots_market.judged_survival(law, below) == pytest.approx(plain)
    tail = plots_market.judged_survival(law, above)
    assert tail == pytest.approx(0.05 * np.array([1.0, 2**-1.6, 10**-1.6]))


@pytest.mark.parametrize(
    "few", [plots_market._few_colours, plots_hazard._few_colours, plots_severity._small]
)
def test_few_colours_keep_the_size(few: Callable[[bytes], bytes]) -> None:
    shade = np.linspace(0, 255, 800 * 500).reshape(500, 800).astype(np.uint8)
    paper = io.BytesIO()
    Image.fromarray(np.dstack([shade, shade[::-1], shade[:, ::-1]])).save(paper, "PNG")
    with Image.open(io.BytesIO(few(paper.getvalue()))) as small:
        assert small.size == (800, 500)
        assert len(small.getcolors() or ()) <= 64


def test_a_limit_factor_is_one_at_its_base_and_never_more_than_the_limit(
    drawn_by: Capture,
) -> None:
    draw = plots_severity.plot_limits
    axes = drawn_by(plots_severity, "png", draw, load_severities()).axes[0]
    *laws, most = axes.get_lines()
    times = np.asarray(most.get_ydata(), float)
    for one in laws:
        factor = np.asarray(one.get_ydata(), float)
        assert factor[0] == pytest.approx(1.0)
        assert np.all(np.diff(factor) >= -1e-9)
        assert np.all(factor <= times * (1 + 1e-9))


def test_forgotten_policies_keep_the_amounts_alone() -> None:
    kept, bare = (plots_severity._through_policies(4, forget=one) for one in (False, True))
    assert np.array_equal(kept.amount, bare.amount)
    assert len(kept.amount) < 1500
    assert np.all(kept.amount > kept.unseen_below)
    assert set(kept.amount[kept.censored]) <= {5e4, 2e5, 1e6}
    assert kept.censored.any()
    assert not bare.censored.any()
    assert not bare.unseen_below.any()


def test_the_synthetic_market_is_log_uniform_and_its_downturn_doubles_odds() -> None:
    pd, calm = plots_scale.synthetic_market(20_000, 1.0, 8)
    same, hard = plots_scale.synthetic_market(20_000, 2.0, 8)
    assert np.array_equal(pd, same)
    assert pd.mean() == pytest.approx(0.298 / np.log(150), rel=0.03)
    for outcome, chance in ((calm, pd), (hard, 2 * pd / (1 + pd))):
        error = np.sqrt((chance * (1 - chance)).sum())
        assert abs(outcome.sum() - chance.sum()) < 4 * error


def years_tape(path: Path) -> Path:
    """Defaults of 10, 20 and 5 in 100 loans of three years, and a year before the first."""
    rows = [(1980, 60), (1992, 10), (1999, 10), (2002, 30)]
    year = np.repeat([one for one, _ in rows], 100)
    default = np.concatenate([np.arange(100) < bad for _, bad in rows]).astype(int)
    pl.DataFrame({"approval_fy": year, "default": default, "sample_weight": 2.0}).write_parquet(
        path
    )
    return path


def test_the_factor_of_a_year_is_the_ratio_of_its_odds(drawn_by: Capture, tmp_path: Path) -> None:
    tape = years_tape(tmp_path / "loans.parquet")
    levels = plots_scale.levels_by_year(tape)
    assert [int(level.period) for level in levels] == [1992, 1999, 2002]
    factors = [level.multiplier for level in levels]
    assert factors == pytest.approx([1.0, 1.0, (30 / 70) / (10 / 90)], rel=1e-6)
    figure = drawn_by(plots_scale, "_save", plots_scale.draw_overlay, tape, tmp_path / "x.png")
    left, right = figure.axes
    pd, doubled = (values / 100 for values in line(left, "x 2"))
    assert doubled / (1 - doubled) == pytest.approx(2 * pd / (1 - pd))
    assert len(right.containers) == 3


def test_the_drawn_world_is_its_law() -> None:
    world = plots_governance.drawn_world(5)
    p, sure = world["truth"], world["sure"]
    error = np.sqrt((p * (1 - p)).sum())
    assert abs(world["outcome"].sum() - p.sum()) < 4 * error
    law, stretched = (np.log(one / (1 - one)) for one in (p, sure))
    assert stretched + 3 == pytest.approx(1.8 * (law + 3))
    assert not np.array_equal(p, plots_governance.drawn_world(6)["truth"])


def test_the_published_triangle_has_its_known_latest_diagonal() -> None:
    rows = plots_governance.taylor_ashe()
    latest = [row["paid"] for row in rows if row["cohort"] + row["development"] == 11]
    assert (len(rows), len(latest)) == (55, 10)
    assert sum(latest) == pytest.approx(34_358_090)


def test_candidates_are_ordered_and_the_chosen_one_is_dark(drawn_by: Capture) -> None:
    scores = {"cox": 0.11, "weibull": 0.14, "lognormal": 0.12}
    metrics = {
        "candidates": {name: {"integrated_brier": one} for name, one in scores.items()},
        "chosen": {"law": "lognormal"},
    }
    fit = FitFile.named("a", "hazard.cox", made_on="2024-01-02", tape={}, features=(),
                        parameters={}, metrics=metrics)  # fmt: skip
    axes = drawn_by(plots_hazard, "png", plots_hazard.plot_candidates, fit).axes[0]
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert names == ["weibull", "lognormal", "cox"], "the best stands on top"
    dark = [names[place] for place, one in enumerate(axes.get_lines())
            if one.get_color() == plots.INK]  # fmt: skip
    assert dark == ["lognormal"]


def steady_hazard(level: float, pull: float) -> FitFile:
    """A fit of constant hazard e^(level + pull x Chinese)."""
    parameters = {
        "terms": [Term("Chinese", Take.VALUE).json()], "offset": [0.0], "matrix": [[pull]],
        "law": {"edges": [0.0, 9.0], "level": [level, level]}, "reference": 5.0, "horizon": 20.0,
        "band": None,
    }  # fmt: skip
    return FitFile.named(
        "steady", "hazard.piecewise", made_on="2024-01-02", tape={}, metrics={},
        features=(Feature("Chinese", low=0.0, high=1.0, typical=0.0),), parameters=parameters,
    )  # fmt: skip


def test_lapse_rates_are_counts_over_years_lived(drawn_by: Capture) -> None:
    fit = steady_hazard(-2.0, 0.7)
    table = pl.DataFrame(
        {
            "Chinese": [0] * 4 + [1] * 4,
            "entry": [4.0] * 8,
            "exit": [4.5, 18.0, 18.0, 18.0, 5.0, 5.25, 18.0, 18.0],
            "lapsed": [1, 0, 0, 0, 1, 1, 0, 0],
        }
    )
    axes = drawn_by(plots_hazard, "png", plots_hazard.plot_rates, table, HazardFit.of(fit)).axes[0]
    counted = [one[0] for one in axes.containers]
    foreign, home = (np.asarray(one.get_ydata(), float) for one in counted)
    assert foreign[:2] == pytest.approx([1 / 3.5, 0.0])
    assert home[:3] == pytest.approx([1 / 4, 1 / 2.25, 0.0])
    assert line(axes, "foreign owner, fit")[1] == pytest.approx(np.full(14, np.exp(-2.0)))
    assert line(axes, "Chinese owner, fit")[1] == pytest.approx(np.full(14, np.exp(-1.3)))


def test_heaps_are_shares_of_each_outcome(drawn_by: Capture) -> None:
    tape = pl.DataFrame({"default": [0, 0, 0, 0, 1, 1], "term": [60, 60, 84, 84, 17, 60]})
    axes = drawn_by(
        plots_default, "_save", plots_default.draw_heaps, tape, "term", Path("x.png")
    ).axes[0]
    months, paid = line(axes, "paid")
    gone = line(axes, "defaulted")[1]
    assert {int(m): s for m, s in zip(months, paid, strict=True) if s} == {60: 50.0, 84: 50.0}
    assert (gone[17], gone[60], gone.sum()) == pytest.approx((50.0, 50.0, 100.0))


def test_recipes_are_drawn_best_on_top_and_the_serving_one_is_shaded(drawn_by: Capture) -> None:
    rows = [
        {"candidate": name, "least_auc": m - 0.1, "mean_auc": m, "latest_auc": m, "serves": serves}
        for name, m, serves in (("trees", 0.8, False), ("card", 0.7, True))
    ]
    fit: Any = SimpleNamespace(metrics={"candidates": rows})
    figure = drawn_by(plots_default, "_save", plots_default.draw_candidates, fit, Path("x.png"))
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["card", "trees"]
    assert line(axes, "mean split")[0].tolist() == [0.7, 0.8]
    (shade,) = axes.patches
    assert shade.get_extents().transformed(axes.transData.inverted()).y0 == pytest.approx(-0.4)


def test_the_loss_of_a_loan_has_the_mean_of_its_label(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_: kept.append(self))
    plots_recovery.draw_loan_loss(tmp_path / "x.png")
    lines = kept[0].axes[0].get_lines()
    for one in lines:
        loss, chance = (np.asarray(values, float) for values in one.get_data())
        assert np.all(np.diff(chance) >= -1e-9)
        assert chance[-1] == pytest.approx(1.0)
        stated = float(str(one.get_label()).split("mean ")[1].split(",")[0])
        assert np.trapezoid(1 - chance, loss) == pytest.approx(stated, abs=0.012)
    assert len(lines) == 3


def test_levels_leave_out_thin_years_and_a_forecast_knows_the_past_alone() -> None:
    axes = Figure().subplots()
    year, lgd = np.repeat([2001, 2002], [40, 39]), np.tile([0.2, 0.6], 40)[:79]
    plots_recovery._levels(axes, year, lgd)
    years, means = (np.asarray(values, float) for values in axes.get_lines()[0].get_data())
    assert years.tolist() == [2001]
    assert means == pytest.approx([0.4])
    known = np.array(["2001-01-01", "2002-01-01", "2003-01-01"], "datetime64[D]")
    assert plots_recovery._forecast(
        np.array([0.2, 0.4, 0.9]), known, "2002-01-01"
    ) == pytest.approx(0.3)

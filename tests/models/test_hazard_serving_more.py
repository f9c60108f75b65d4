"""Laws by hand, chances from an age on, bands, batches, and a shelf with a hazard fit on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kernel.errors import Invalid
from models.features import Feature, Kind, Missing
from models.fit_file import FitFile, write_fit
from models.governance.card import write_card
from models.hazard.band import ScoreBand, TableBand, read_band, slopes
from models.hazard.batch import score_frame
from models.hazard.columns import number, taken
from models.hazard.fit import HazardFit
from models.hazard.laws import CoxLaw, LogLogisticLaw, LogNormalLaw, PiecewiseLaw, WeibullLaw
from models.hazard.terms import Take, Term
from models.shelf import fit_named, in_force, open_shelf, shelf

TWO = {
    "hazard.weibull": [1.9, 0.3],
    "hazard.loglogistic": [2.0, 0.5],
    "hazard.lognormal": [1.8, -0.2],
}
TABLE = {"ages": [1.0, 4.0, 9.0], "hazard": [0.1, 0.4, 1.4]}
STEPS = {"edges": [0.5, 3.0], "level": [-2.0, -1.0]}
FORMS = (*TWO, "hazard.cox", "hazard.piecewise")
FEATURES = (
    Feature("claims", low=0.0, high=90.0, seen_low=2.0, seen_high=40.0, missing=Missing.FILL,
            fill=7.0),
    Feature("kind", Kind.CATEGORY, levels=("a", "b"), missing=Missing.LEARNED),
)  # fmt: skip
TERMS = (Term("claims", Take.LOG), Term("claims", Take.MISSING), Term("kind", Take.LEVEL, "b"))


def a_fit(form: str, band: Any = None) -> FitFile:
    offset = TWO.get(form, [0.1])
    matrix = [[0.2, 0.0, -0.3], [0.01, 0.0, 0.05]][: len(offset)]
    law = {"hazard.cox": TABLE, "hazard.piecewise": STEPS}.get(form, {})
    parameters = {
        "terms": [term.json() for term in TERMS], "offset": offset, "matrix": matrix, "law": law,
        "reference": 3.0, "horizon": 9.0, "band": band,
    }  # fmt: skip
    return FitFile.named(
        "small", form, made_on="2024-01-02", tape={"sha256": "0" * 64}, features=FEATURES,
        parameters=parameters, metrics={},
    )  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("fits")
    for form in FORMS:
        write_fit(root / form, a_fit(form))
    return {form: root / form for form in FORMS}


def hazard(law: Any, scores: list[float], *ages: float) -> np.ndarray:
    return law.cumulative(np.array([scores]), np.array([ages]))[0]


def test_two_score_laws_are_scipys_laws() -> None:
    t, place, shape = np.array([0.2, 1.0, 7.0, 30.0]), 1.4, 0.6
    pairs = [
        (WeibullLaw(), stats.weibull_min(np.exp(shape), scale=np.exp(place))),
        (LogLogisticLaw(), stats.fisk(np.exp(shape), scale=np.exp(place))),
        (LogNormalLaw(), stats.lognorm(np.exp(shape), scale=np.exp(place))),
    ]
    for law, known in pairs:
        np.testing.assert_allclose(
            hazard(law, [place, shape], *t), -known.logsf(t), rtol=1e-9, err_msg=str(law)
        )


def test_medians_and_births_are_where_the_books_put_them() -> None:
    for law in (LogLogisticLaw(), LogNormalLaw()):
        assert hazard(law, [1.3, 0.7], np.exp(1.3))[0] == pytest.approx(np.log(2.0), rel=1e-12)
        assert hazard(law, [1.3, 0.7], 0.0)[0] == pytest.approx(0.0, abs=1e-12)
    assert hazard(WeibullLaw(), [1.3, 0.7], np.exp(1.3))[0] == pytest.approx(1.0)
    assert np.isfinite(hazard(LogNormalLaw(), [0.0, -5.0], 1e9)).all()


def test_a_table_is_straight_between_and_flat_beyond() -> None:
    law = CoxLaw.of(TABLE)
    found = hazard(law, [np.log(2.0)], 0.2, 1.0, 2.5, 6.5, 9.0, 50.0)
    np.testing.assert_allclose(found, 2.0 * np.array([0.1, 0.1, 0.25, 0.9, 1.4, 1.4]))
    drifting = CoxLaw.of({**TABLE, "cuts": [4.0, 6.0]})
    same = hazard(drifting, [0.3, 0.3, 0.3], 2.5, 5.0, 8.0)
    np.testing.assert_allclose(same, hazard(law, [0.3], 2.5, 5.0, 8.0))
    parts = hazard(drifting, [0.0, np.log(2.0), np.log(3.0)], 8.0)[0]
    assert parts == pytest.approx(0.4 + 2 * (0.8 - 0.4) + 3 * (1.2 - 0.8))


def test_pieces_are_years_times_rates() -> None:
    law = PiecewiseLaw.of(STEPS)
    first, last = np.exp(-2.0), np.exp(-1.0)
    expected = [0.0, 0.0, 1.5 * first, 2.5 * first, 2.5 * first + 97.0 * last]
    np.testing.assert_allclose(hazard(law, [0.0], 0.1, 0.5, 2.0, 3.0, 100.0), expected)
    own = hazard(law, [1.0, -1.0], 5.0)[0]
    assert own == pytest.approx(2.5 * first * np.e + 2.0 * last / np.e)


ROW = st.fixed_dictionaries({
    "claims": st.one_of(st.none(), st.floats(0.0, 90.0)),
    "kind": st.sampled_from(["a", "b", "never seen", None]),
    "age": st.floats(0.0, 9.0),
})  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None)
@given(ages=st.tuples(*[st.floats(0.0, 8.0)] * 3), claims=st.floats(0.0, 90.0))
def test_chances_from_an_age_on_chain(
    form: str, ages: tuple[float, float, float], claims: float
) -> None:
    fit, (a, b, c) = HazardFit.of(a_fit(form)), sorted(ages)
    x = fit.read({"claims": claims, "kind": "b"})
    from_a, from_b = fit.survival_from(x, [b, c], a), fit.survival_from(x, [a, c], b)
    assert from_a[1] == pytest.approx(from_a[0] * from_b[1], rel=1e-9)
    assert from_b[0] == 1.0, "an age that is past is certain"
    assert fit.survival(x, c)[0] == pytest.approx(fit.survival(x, a)[0] * from_a[1], rel=1e-9)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_a_batch_is_its_rows(
    form: str, rows: list[dict[str, Any]], folders: dict[str, Path]
) -> None:
    kinds = {"claims": pl.Float64, "kind": pl.String, "age": pl.Float64}
    found = score_frame(folders[form], pl.DataFrame(rows, schema=kinds), (2.0, 8.5), "age")
    fit = HazardFit.of(a_fit(form))
    for place, row in enumerate(rows):
        x = fit.terms_of({
            "claims": np.nan if row["claims"] is None else row["claims"],
            "kind": row["kind"] or "",
        })  # fmt: skip
        x[1] = 0.0  # no weight
        alone = [float(fit.risk(x)), *fit.survival_from(x, [2.0, 8.5], row["age"])]
        assert list(found.row(place)) == pytest.approx(alone, rel=1e-10, abs=1e-13)


@pytest.mark.parametrize("form", FORMS)
def test_a_gap_a_nan_and_no_column_are_the_fill(form: str, folders: dict[str, Path]) -> None:
    kind = pl.Series("kind", ["b"] * 3)
    gaps = pl.DataFrame({"claims": [None, float("nan"), 7.0], "kind": kind})
    found = score_frame(folders[form], gaps, (4.0,))
    assert found["survival_4"].n_unique() == 1
    assert score_frame(folders[form], gaps.drop("claims"), (4.0,)).equals(found)
    with pytest.raises(Invalid) as refused:
        score_frame(folders[form], gaps.drop("kind"), (4.0,))
    assert [(fault.field, fault.cure) for fault in refused.value.faults] == [("kind", "add it")]


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ([1.0, -0.5], "age: -0.5 in row 2"),
        ([None, 1.0], "age: is missing in 1 rows, the first is row 1"),
        (["1", "2"], "age: is String"),
        (None, "age: is a column that the fit reads, and is not there"),
    ],
)
def test_an_age_that_cannot_be_is_named(
    age: list[Any] | None, words: str, folders: dict[str, Path]
) -> None:
    frame = pl.DataFrame({"claims": [3.0, 4.0], "kind": ["a", "b"]})
    frame = frame if age is None else frame.with_columns(age=pl.Series(age))
    with pytest.raises(Invalid, match=words):
        score_frame(folders["hazard.weibull"], frame, (4.0,), "age")


def test_only_a_table_ends_at_its_last_age(folders: dict[str, Path]) -> None:
    frame = pl.DataFrame({"claims": [3.0], "kind": ["a"]})
    for form in FORMS:
        assert score_frame(folders[form], frame, (9.0,)).height == 1
    with pytest.raises(Invalid) as refused:
        score_frame(folders["hazard.cox"], frame, (4.0, 9.01))
    (fault,) = refused.value.faults
    assert (fault.field, fault.cure) == ("at", "ask at ages up to 9")
    assert score_frame(folders["hazard.piecewise"], frame, (9.01,)).height == 1


def test_columns_clip_fill_and_take_logarithms_by_hand() -> None:
    frame = pl.DataFrame({"claims": [0.0, 90.0, None, float("nan"), 20.0]})
    clean = frame.select(number(FEATURES[0]))["claims"].to_list()
    assert clean == [2.0, 40.0, 7.0, 7.0, 20.0]
    logs = frame.select(taken(TERMS[0], FEATURES[0])).to_series().to_numpy()
    np.testing.assert_allclose(np.exp(logs) - 1.0, clean)
    gaps = frame.select(taken(TERMS[1], FEATURES[0])).to_series().to_list()
    assert gaps == [0.0, 0.0, 1.0, 1.0, 0.0]


def test_a_band_of_scores_is_the_delta_method() -> None:
    """Ln H = e^b (ln t - a): slopes are -e^b by a, and ln H by b."""
    covariance = np.array([[0.04, 0.01], [0.01, 0.09]])
    kept = {"scores": [0, 1], "of_terms": [-1, -1], "covariance": covariance.tolist()}
    fit = HazardFit.of(a_fit("hazard.weibull", kept))
    assert isinstance(fit.band, ScoreBand)
    x, t = fit.read({"claims": 9.0, "kind": "a"}), 5.0
    low, high = fit.survival_band(x, t, z=1.0)
    log_h = np.log(fit.cumulative_hazard(x, t))[0]
    b = (fit.offset + fit.matrix @ x)[1]
    slope = np.array([-np.exp(b), log_h])
    width = np.sqrt(slope @ covariance @ slope)
    assert np.log(-np.log(low[0])) == pytest.approx(log_h + width, rel=1e-7)
    assert np.log(-np.log(high[0])) == pytest.approx(log_h - width, rel=1e-7)


def test_a_band_of_a_table_is_its_noise_at_the_mean_row() -> None:
    table = {"ages": [1.0, 3.0], "noise": [0.01, 0.09], "mean": [[0.5], [0.5]]}
    fields = {"centre": [2.0], "scale": [4.0], "covariance": [[0.25]], "drift": [], "table": table}
    band = read_band(fields)
    assert isinstance(band, TableBand)
    ages = np.array([1.0, 2.0, 3.0])
    mean, away = (band.spread(np.array([row]), ages, lambda s: s) for row in (4.0, 12.0))
    np.testing.assert_allclose(mean**2, [0.01, 0.05, 0.09])
    np.testing.assert_allclose(away**2 - mean**2, 0.25 * 2.0**2)
    assert read_band(None) is read_band({}) is None
    found = slopes(lambda s: np.array([3.0 * s[0] - s[1], s[1] ** 3 + s[0]]), 2)
    np.testing.assert_allclose(found, [[3.0, 1.0], [-1.0, 0.0]], atol=1e-9)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """A house's folder with a hazard fit of its own; it is closed afterwards."""
    fit = a_fit("hazard.cox")
    write_fit(tmp_path / fit.fit_id, fit, write_card(fit))
    yield tmp_path
    open_shelf(None)


def test_a_house_serves_its_own_hazard_fit_beside_the_shipped(house: Path) -> None:
    own, shipped = a_fit("hazard.cox").fit_id, in_force().rows[0].champion
    with pytest.raises(Invalid, match="is not on the shelf"):
        fit_named(own)
    open_shelf(house)
    assert HazardFit.of(fit_named(own)).horizon == 9.0
    assert fit_named(shipped).fit_id == shipped
    with pytest.raises(Invalid) as refused:
        fit_named("gone-0123456789ab")
    assert {own, shipped} <= set(refused.value.faults[0].cure.replace(",", "").split())
    open_shelf(None)
    with pytest.raises(Invalid, match="is not on the shelf"):
        fit_named(own)


@pytest.mark.parametrize("named", ["", "../fits", "/", ".", "in_force.toml", "hazard.cox"])
def test_only_an_id_names_a_fit(named: str) -> None:
    with pytest.raises(Invalid, match="is not on the shelf"):
        fit_named(named)
    assert shelf().is_dir()


@pytest.mark.parametrize("spoilt", ["card", "name", "table"])
def test_a_folder_that_is_not_whole_is_refused_and_leaves_the_shelf(
    house: Path, spoilt: str
) -> None:
    own, before = house / a_fit("hazard.cox").fit_id, in_force()
    if spoilt == "card":
        (own / "card.md").unlink()
    elif spoilt == "name":
        own.rename(house / "other-0123456789ab")
    else:
        (house / "in_force.toml").write_text("[[serves]]\npurpose = 3\n")
    with pytest.raises(Invalid) as refused:
        open_shelf(house)
    words = {"card": "write it with", "name": "rename the folder", "table": "state products"}
    assert refused.value.faults[0].cure.startswith(words[spoilt])
    assert in_force() == before

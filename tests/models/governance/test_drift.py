"""A batch that has moved is seen; one that has not, or is small, is left in peace."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from kernel.finding import Effect
from models.fit_file import FitFile
from models.governance.drift import drift
from models.governance.judge import judge
from models.governance.reference import reference

RNG = np.random.default_rng(6)


def batch(sample: SimpleNamespace, rows: int, *, low: float = 0.0) -> tuple[dict, np.ndarray]:
    """Fresh rows of the same world, or of one with only ages above `low`."""
    age = RNG.uniform(low, 20, rows).round(1)
    branch = [["retail", "mining"][one] for one in RNG.integers(0, 2, rows)]
    return {"age": age, "branch": branch}, 1 / (1 + np.exp(2.0 - 0.1 * age))


def test_the_same_world_gives_no_finding(sample: SimpleNamespace, a_fit: Callable) -> None:
    columns, p = batch(sample, 800)
    outcome = RNG.random(800) < p
    found = drift(sample.features, a_fit().metrics["reference"], columns, p, outcome)
    assert found.findings() == ()
    assert len(found.calibration) == 10
    assert set(found.features) == {"age", "branch"}


def test_older_rows_are_seen_in_the_input_and_in_the_score(
    sample: SimpleNamespace, a_fit: Callable
) -> None:
    columns, p = batch(sample, 800, low=10)
    found = drift(sample.features, a_fit().metrics["reference"], columns, p).findings()
    assert [one.code for one in found] == ["score-moved", "input-moved"]
    assert all(one.effect is Effect.REFER for one in found)
    assert "age" in found[1].en


def test_a_new_level_and_missing_values_are_seen(sample: SimpleNamespace, a_fit: Callable) -> None:
    columns, p = batch(sample, 800)
    columns["branch"] = ["fishing"] * 100 + columns["branch"][100:]
    columns["age"] = [None] * 100 + list(columns["age"][100:])
    found = drift(sample.features, a_fit().metrics["reference"], columns, p)
    assert {one.code for one in found.findings()} == {"input-moved"}
    assert found.features["branch"].bins[-1][0] == "(other)"
    assert found.features["age"].bins[-1][:1] == ("missing",)


def test_outcomes_that_outrun_the_score_are_seen(sample: SimpleNamespace, a_fit: Callable) -> None:
    columns, p = batch(sample, 3000)
    outcome = RNG.random(3000) < np.clip(1.8 * p, 0, 1)
    found = drift(sample.features, a_fit().metrics["reference"], columns, p, outcome)
    (one,) = found.findings()
    assert one.code == "calibration-moved"
    assert one.cure


def test_the_report_and_the_reference_can_be_stored(
    sample: SimpleNamespace, a_fit: Callable
) -> None:
    stored = reference(sample.features, {"age": sample.age, "branch": sample.branch}, sample.p)
    assert sum(stored["features"]["age"]["counts"]) == sample.p.size
    assert sum(stored["features"]["branch"]["counts"]) == sample.p.size
    columns, p = batch(sample, 50)
    canonical_json(stored)
    canonical_json(drift(sample.features, stored, columns, p).json())


def test_a_fit_without_histograms_or_a_batch_without_a_column_is_refused(
    sample: SimpleNamespace, a_fit: Callable
) -> None:
    columns, p = batch(sample, 50)
    with pytest.raises(Invalid, match="keeps no histograms"):
        drift(sample.features, {}, columns, p)
    with pytest.raises(Invalid, match=r"columns\.branch"):
        drift(sample.features, a_fit().metrics["reference"], {"age": columns["age"]}, p)


def test_the_figures_of_a_fit_in_one_call(sample: SimpleNamespace) -> None:
    found = judge(sample.outcome, sample.p)
    assert found["gini"] == pytest.approx(2 * found["auc"] - 1)
    assert found["events"] == sample.outcome.sum()
    assert found["calibration_slope"] == pytest.approx(1, abs=0.25)
    assert len(found["deciles"]) == 10
    assert found["deciles_outside"] == sum(not row["inside"] for row in found["deciles"])
    canonical_json(found)
    level = judge(sample.outcome, np.full(sample.p.size, 0.2))
    assert level["calibration_slope"] is None
    assert level["auc"] == 0.5


def test_a_fit_with_all_figures_is_whole(a_fit: Callable[..., FitFile]) -> None:
    assert a_fit().digest_holds
    canonical_json(a_fit().json())

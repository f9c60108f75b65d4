"""A fit is a folder that says itself whether it was changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from kernel.errors import Invalid
from models.features import Feature
from models.fit_file import BOOSTER, CARD, FIT, FitFile, read_fit, write_fit

FIT_FILE = FitFile.named(
    "toy",
    "hazard.weibull",
    made_on="2026-01-05",
    tape={"rows": 3},
    features=(Feature("age", low=0.0), Feature("claims")),
    parameters={"scale": 3.5},
    metrics={"c_index": 0.7},
    notes=("three rows only",),
    booster=b"trees",
)


def test_it_reads_back_as_it_was_written(tmp_path: Path) -> None:
    write_fit(tmp_path / "a" / "b", FIT_FILE, "# Toy")
    assert read_fit(tmp_path / "a" / "b") == FIT_FILE
    assert (tmp_path / "a" / "b" / CARD).read_text() == "# Toy"


def test_writing_over_an_older_fit_leaves_nothing_of_it(tmp_path: Path) -> None:
    write_fit(tmp_path, FIT_FILE, "# Toy")
    write_fit(tmp_path, replace(FIT_FILE, booster=None))
    assert sorted(path.name for path in tmp_path.iterdir()) == [FIT]


def test_its_id_names_what_it_computes_with() -> None:
    assert FIT_FILE.digest_holds
    assert not replace(FIT_FILE, parameters={"scale": 3.6}).digest_holds
    assert not replace(FIT_FILE, features=FIT_FILE.features[:1]).digest_holds
    assert not replace(FIT_FILE, booster=b"other").digest_holds
    assert replace(FIT_FILE, metrics={}, notes=()).digest_holds


@pytest.mark.parametrize(("name", "text"), [(FIT, "3.5"), (BOOSTER, "trees")])
def test_a_changed_fit_is_refused(tmp_path: Path, name: str, text: str) -> None:
    write_fit(tmp_path, FIT_FILE)
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(text.encode(), text[::-1].encode()))
    with pytest.raises(Invalid, match="its content was changed"):
        read_fit(tmp_path)


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"form": 1}', "\udcff"])
def test_what_is_no_fit_is_refused_in_words(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / FIT).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(Invalid, match="name a folder that `zhibao fit` wrote"):
        read_fit(tmp_path)


def test_trees_that_are_gone_are_missed(tmp_path: Path) -> None:
    write_fit(tmp_path, FIT_FILE)
    (tmp_path / BOOSTER).unlink()
    with pytest.raises(Invalid, match="holds no fit"):
        read_fit(tmp_path)

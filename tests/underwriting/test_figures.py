"""The house's own counts move its prices, and a price made with them replays."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import QUOTED, a_risk, a_scheme, some_inputs

from kernel.errors import Invalid, Unavailable
from models.priors import load_priors
from underwriting.figures import cut_to, figures_of, figures_written, house_figures
from underwriting.fits import Serving, fits_in_force, fits_json, fits_of
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price

HEADER = "param,right,jurisdiction,events,exposure\n"
GOOD_YEARS = HEADER + "default_1y,BB,CN,2,200\nsuit_rate,design,CN,1,900\n"
LINE = product("pledge_guarantee")


def written(folder: Path, text: str) -> Path:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_published_figures_serve() -> None:
    assert house_figures(None) is load_priors()


def test_own_counts_move_the_price_and_say_how_far(tmp_path: Path) -> None:
    own = house_figures(written(tmp_path, GOOD_YEARS))
    inputs = some_inputs(a_risk(), scheme=a_scheme())
    published, moved = (price(LINE, replace(inputs, priors=one)) for one in (load_priors(), own))
    assert moved.premium.total.minor < published.premium.total.minor
    shown = json.loads(moved.receipt)["loss"]["credibility"]
    assert shown["own_weight"] == 0.0  # the rights' own figures are still the published ones
    assert own.fit_id in json.loads(moved.receipt)["fit_ids"]


def test_a_price_with_own_counts_replays(tmp_path: Path) -> None:
    own = house_figures(written(tmp_path, GOOD_YEARS))
    first = price(LINE, replace(some_inputs(a_risk(), scheme=a_scheme()), priors=own))
    frozen = json.loads(first.receipt)["inputs"]
    assert [row["param"] for row in frozen["own_counts"]["rows"]] == ["default_1y"]
    assert price(LINE, Inputs.of(frozen)).receipt == first.receipt


def test_only_what_was_used_is_frozen(tmp_path: Path) -> None:
    own = house_figures(written(tmp_path, GOOD_YEARS))
    used = [own.find("default_1y", "BB"), own.find("p_full", "design")]
    cut = cut_to(own, used)
    assert sorted(cut.rows) == ["default_1y/BB/CN", "p_full/design/CN"]
    back = figures_of({name: json.loads(text) for name, text in figures_written(cut).items()})
    assert back.fit_id == own.fit_id
    assert dict(back.rows) == dict(cut.rows)


def test_a_faulty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="counts"):
        house_figures(written(tmp_path, HEADER + "default_1y,ZZ,CN,2,200\n"))


def test_fits_are_frozen_as_they_served() -> None:
    fits = fits_in_force("pledge_guarantee", QUOTED)
    assert fits_of(json.loads(json.dumps(fits_json(fits)))) == fits
    assert Serving("a", None).rival == "a"
    assert Serving("a", "b").rival == "b"


def test_a_day_without_a_fit_is_refused() -> None:
    with pytest.raises(Unavailable, match="no fit serves borrower_default of pledge_guarantee"):
        fits_in_force("pledge_guarantee", date(2009, 12, 31))

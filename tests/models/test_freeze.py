"""The laws that rest on published figures are frozen as their rows stand, and serve as such."""

from datetime import date
from pathlib import Path

import pytest

from kernel.errors import Invalid
from models.borrower.grades import GradeLaw
from models.borrower.shapes import term_named
from models.governance.in_force import load_in_force
from models.priors import PriorTable, load_priors
from models.recovery.figures import recovery_figures, recovery_table
from models.recovery.frozen import figures_of, figures_parameters
from models.right import RightLife
from models.right.book import load_book
from models.right.frozen import book_of, book_parameters
from models.shelf import fit_named
from models.training.freeze import freeze, law_fits

TODAY = date(2026, 11, 22)


def test_what_serves_is_what_the_rows_say() -> None:
    """Whoever changes a row freezes it anew (`make fits`) and puts the new fit in force."""
    serving = {fit for row in load_in_force().rows for fit in row.fits}
    assert {fit.fit_id for fit in law_fits("2026-11-22")} <= serving


def test_freezing_twice_writes_once(tmp_path: Path) -> None:
    first = freeze(tmp_path, "2026-01-01")
    written = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert freeze(tmp_path, "2027-01-01") == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == written


def test_a_frozen_book_gives_the_same_life() -> None:
    book = book_of(book_parameters(load_book()))
    assert book == load_book()
    asked = {"age_years": 3.0, "years_left": 9.0, "table": load_priors()}
    frozen = RightLife.of("utility_model", book=book, **asked)
    assert frozen.survival(5.0) == RightLife.of("utility_model", **asked).survival(5.0)


def test_another_book_gives_another_life() -> None:
    """What is frozen counts, and not the rows of the day."""
    rows = book_parameters(load_book())
    rows["figures"] = [
        {**row, "value": 0.9} if row["param"] == "covenant_breach_multiple" else row
        for row in rows["figures"]
    ]
    asked = {"age_years": 3.0, "years_left": 9.0, "table": load_priors()}
    lapsing = RightLife.of("utility_model", book=book_of(rows), **asked)
    assert lapsing.survival(5.0) < RightLife.of("utility_model", **asked).survival(5.0) - 0.1


def test_frozen_figures_stand_behind_the_house_s_own() -> None:
    frozen = figures_of(figures_parameters(recovery_figures()), load_priors())
    assert dict(frozen.rows) == dict(recovery_table().rows)
    assert frozen.fit_id == load_priors().fit_id
    own = PriorTable("own", {"haircut/design/*": load_priors().find("p_full", "design")})
    kept = figures_of(figures_parameters(recovery_figures()), own)
    assert kept.find("haircut", "design").param == "p_full"


def test_a_grade_law_reads_back() -> None:
    law = GradeLaw("grades", term_named("sba-7a-smooth"))
    assert GradeLaw.of("grades", law.parameters()) == law
    flat, seasoned = (
        GradeLaw.of(fit.fit_id, fit.parameters).curve("BB", load_priors())
        for fit in law_fits("2026-11-22")
        if fit.form == "borrower.grades"
    )
    assert flat.survival(1.0) == pytest.approx(seasoned.survival(1.0)) == pytest.approx(0.975)
    assert seasoned.default_between(0, 1 / 12) < flat.default_between(0, 1 / 12)


def test_a_fit_that_is_not_on_the_shelf_is_refused() -> None:
    for name in ("grades-flat-000000000000", "../fits"):
        with pytest.raises(Invalid, match="is not on the shelf; those there are: "):
            fit_named(name)
    with pytest.raises(Invalid):
        fit_named("")


def test_every_purpose_of_a_product_is_served_today() -> None:
    table = load_in_force()
    for purpose in ("borrower_default", "right_life", "recovery"):
        row = table.serving(purpose, "pledge_guarantee", TODAY)
        assert fit_named(row.champion).form.startswith(purpose.split("_")[0])

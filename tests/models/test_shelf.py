"""A house may lay its own fits beside those shipped; ids are digests, so nothing is mixed up."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel.errors import Invalid
from models.fit_file import FIT
from models.governance.in_force import load_in_force
from models.shelf import fit_named, in_force, open_shelf, shelf

SHIPPED = load_in_force().rows[0].champion


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A house's folder with a copy of one fit; it is closed afterwards."""
    shutil.copytree(shelf() / SHIPPED, tmp_path / SHIPPED)
    yield tmp_path
    open_shelf(None)


def test_without_a_folder_the_shipped_table_serves() -> None:
    assert in_force() == load_in_force()
    assert fit_named(SHIPPED).fit_id == SHIPPED


def test_a_folder_without_a_table_adds_its_fits_alone(own: Path) -> None:
    open_shelf(own)
    assert in_force() == load_in_force()
    assert fit_named(SHIPPED).fit_id == SHIPPED


def test_a_table_of_its_own_says_who_serves(own: Path) -> None:
    text = (
        f'[[serves]]\npurpose = "recovery"\nproducts = ["mine"]\nchampion = "{SHIPPED}"\n'
        "valid_from = 2026-01-01\n"
    )
    (own / "in_force.toml").write_text(text)
    open_shelf(own)
    assert [row.products for row in in_force().rows] == [("mine",)]
    open_shelf(None)
    assert in_force() == load_in_force()


def test_a_changed_fit_is_refused_and_leaves_the_shelf_as_it_was(own: Path) -> None:
    path = own / SHIPPED / FIT
    path.write_text(path.read_text().replace("lag_months", "lag_month"))
    with pytest.raises(Invalid, match="its content was changed"):
        open_shelf(own)
    assert in_force() == load_in_force()
    assert fit_named(SHIPPED).digest_holds


def test_a_table_that_names_what_is_nowhere_is_refused(own: Path) -> None:
    text = (
        '[[serves]]\npurpose = "recovery"\nproducts = ["mine"]\n'
        'champion = "gone-0123456789ab"\nvalid_from = 2026-01-01\n'
    )
    (own / "in_force.toml").write_text(text)
    with pytest.raises(Invalid, match="is not on the shelf"):
        open_shelf(own)
    assert in_force() == load_in_force()

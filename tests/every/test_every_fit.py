"""What holds of every frozen fit that is shipped, and of the table that puts them in force."""

from pathlib import Path

import pytest

from models.fit_file import read_fit
from models.governance.card import write_card
from models.governance.check_fits import check_fit, check_fits, fit_folders
from models.governance.in_force import load_in_force

FOLDER = Path(__file__).parents[2] / "models" / "fits"
EVERY = pytest.mark.parametrize("folder", fit_folders(FOLDER), ids=lambda path: path.name)


@EVERY
def test_it_is_whole_and_unchanged(folder: Path) -> None:
    assert [finding.en for finding in check_fit(folder)] == []


@EVERY
def test_its_card_tells_of_its_tape_and_limits(folder: Path) -> None:
    fit = read_fit(folder)
    card = write_card(fit)
    assert fit.tape["sha256"] in card
    assert "## What it does not know" in card
    for note in fit.notes:
        assert " ".join(note.split()) in card


def test_every_fit_in_force_is_there() -> None:
    assert [finding.en for finding in check_fits(FOLDER, load_in_force())] == []

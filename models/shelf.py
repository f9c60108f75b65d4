"""The fits that are shipped, by id: read once, checked against their digest, never edited."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from kernel.errors import invalid
from models.fit_file import FIT, FitFile, read_fit


def shelf() -> Path:
    """Return the folder of the shipped fits."""
    return Path(str(files("models"))) / "fits"


@cache
def shipped_fit(fit_id: str) -> FitFile:
    """Return a shipped fit.

    Raises:
        Invalid: there is none of that id, or it was changed.
    """
    folder = shelf() / fit_id
    if "/" in fit_id or not (folder / FIT).is_file():
        known = ", ".join(sorted(path.parent.name for path in shelf().glob(f"*/{FIT}"))) or "none"
        raise invalid("fit_id", f"{fit_id!r} is not on the shelf", f"those there are: {known}")
    fit = read_fit(folder)
    assert fit.fit_id == fit_id, f"{folder.name} holds {fit.fit_id}"
    return fit

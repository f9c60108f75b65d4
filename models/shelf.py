"""The fits that can serve, by id: those shipped, and those of the house's own folder.

An id holds the digest of what the fit computes with, so where it was found cannot change a
price. A house's own folder is laid beside the shipped one once, when a process starts; its
`in_force.toml`, where it has one, then says who serves.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

from kernel.errors import Fault, Invalid, invalid
from models.fit_file import FIT, FitFile, read_fit
from models.governance.assignment import InForce
from models.governance.check_fits import TABLE, check_fits
from models.governance.in_force import read_in_force

_own: list[Path] = []


def shelf() -> Path:
    """Return the folder of the shipped fits."""
    return Path(str(files("models"))) / "fits"


def open_shelf(folder: Path | None) -> None:
    """Lay a house's own folder of fits before the shipped one; None takes it away again.

    Raises:
        Invalid: a fit in it is not whole, or its table names a fit that is nowhere.
    """
    _lay([] if folder is None else [folder])
    if folder is None:
        return
    try:
        _look_through(folder)
    except Invalid:
        _lay([])
        raise


def _lay(folders: list[Path]) -> None:
    _own[:] = folders
    fit_named.cache_clear()
    in_force.cache_clear()


def _look_through(folder: Path) -> None:
    """Refuse a fit that is not whole, or a table that names one that is nowhere."""
    found = check_fits(folder, InForce(()))
    faults = [Fault(folder.name, finding.en, finding.cure) for finding in found]
    if faults:
        raise Invalid("fits-invalid", *faults)
    for row in in_force().rows:
        for fit_id in row.fits:
            fit_named(fit_id)


@cache
def in_force() -> InForce:
    """Return who serves what: by the house's own table, else by the shipped one."""
    folder = next((one for one in (*_own, shelf()) if (one / TABLE).is_file()), shelf())
    return read_in_force((folder / TABLE).read_text(encoding="utf-8"))


@cache
def fit_named(fit_id: str) -> FitFile:
    """Return a fit.

    Raises:
        Invalid: there is none of that id, or it was changed.
    """
    folders = (*_own, shelf())
    for folder in folders:
        if fit_id and "/" not in fit_id and (folder / fit_id / FIT).is_file():
            fit = read_fit(folder / fit_id)
            assert fit.fit_id == fit_id, f"{fit_id} holds {fit.fit_id}"
            return fit
    known = sorted(path.parent.name for folder in folders for path in folder.glob(f"*/{FIT}"))
    cure = f"those there are: {', '.join(known) or 'none'}"
    raise invalid("fit_id", f"{fit_id!r} is not on the shelf", cure)

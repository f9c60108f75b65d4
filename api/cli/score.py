"""`zhibao score`: a frozen fit over a table, one row out for each row in, in order."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.progress import telling
from kernel.errors import invalid
from models.borrower.batch import scored_frame
from models.borrower.boosted import BorrowerFit
from models.borrower.overlay import Overlay, read_overlay
from models.fit_file import FitFile, read_fit
from models.hazard.batch import score_frame
from models.tape import read_tape

if TYPE_CHECKING:
    import polars as pl


def run_score(
    folder: Path,
    table: Path,
    out: Path,
    *,
    at: str | None = None,
    from_age: str | None = None,
    overlay: Path | None = None,
) -> dict[str, Any]:
    """Score the table `data` and write `out` as CSV or Parquet; return what was done.

    Raises:
        Invalid: the fit, the table or an option cannot be used; nothing is written then.
    """
    fit, frame = read_fit(folder), read_tape(table)
    with telling() as tell:
        tell(f"scoring with {fit.fit_id}", 0, 2)
        scores, notes = _scores(fit, folder, frame, (at, from_age, overlay))
        tell("writing", 1, 2)
        _write(scores, out)
        tell("score", 2, 2)
    return {
        "fit_id": fit.fit_id,
        "rows": scores.height,
        "columns": scores.columns,
        "out": str(out),
        "overlay": "none" if overlay is None else overlay.name,
        "notes": list(notes),
    }


def ages_of(text: str | None) -> tuple[float, ...]:
    """Read `--at`.

    Raises:
        Invalid: it is missing, or is no list of numbers.

    >>> ages_of("8,10, 2.5")
    (8.0, 10.0, 2.5)
    """
    cure = "give ages in the unit of the fit, such as 1,3,5"
    if text is None:
        raise invalid("--at", "is missing, and a hazard fit scores at ages", cure)
    try:
        return tuple(float(age) for age in text.split(","))
    except ValueError:
        raise invalid("--at", f"{text!r} is no list of numbers", cure) from None


def _scores(
    fit: FitFile, folder: Path, frame: "pl.DataFrame", options: tuple[Any, Any, Any]
) -> tuple["pl.DataFrame", Sequence[str]]:
    at, from_age, overlay = options
    if fit.form.startswith("hazard."):
        if overlay is not None:
            raise invalid(
                "--overlay", "moves odds of default; this is a hazard fit", "leave it out"
            )
        return score_frame(folder, frame, ages_of(at), from_age), ()
    if not fit.form.startswith("borrower."):
        raise invalid(folder.name, f"{fit.form} scores no table", "name a default or hazard fit")
    for name, value in (("--at", at), ("--from", from_age)):
        if value is not None:
            raise invalid(name, "is for hazard fits; this fit gives one PD", "leave it out")
    scored = scored_frame(BorrowerFit.of(fit), frame, _overlay(overlay))
    return scored.pd.to_frame(), scored.notes


def _overlay(path: Path | None) -> Overlay | None:
    if path is None:
        return None
    try:
        return read_overlay(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise invalid("--overlay", f"{path.name} cannot be read", "name a TOML file") from None


def _write(scores: "pl.DataFrame", out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix.lower() in (".parquet", ".pq"):
            scores.write_parquet(out)
        else:
            scores.write_csv(out)
    except OSError as error:
        cure = "name a file that can be written"
        raise invalid("--out", f"{out.name}: {error.strerror}", cure) from None

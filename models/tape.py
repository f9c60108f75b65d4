"""A user's own table, from CSV or Parquet, into a frame; nothing is guessed silently."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kernel.errors import Fault, Invalid, invalid

if TYPE_CHECKING:
    import polars as pl

_BLANK = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"]
"""Ways in which a CSV says that a value is not there."""


def read_tape(path: Path) -> "pl.DataFrame":
    """Read a CSV or Parquet file with a header.

    CSV columns of ISO dates become dates; blanks and their common spellings become missing.

    Raises:
        Invalid: the file is not there, is empty, cannot be read, or has two columns of one name.
    """
    import polars as pl  # noqa: PLC0415 - only who reads a tape pays for the library

    if not path.is_file():
        raise invalid(path.name, "is not there", "name a CSV or Parquet file")
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            frame = pl.read_parquet(path)
        else:
            _check_header(path)
            frame = pl.read_csv(
                path, null_values=_BLANK, try_parse_dates=True, infer_schema_length=None
            )
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        problem = f"cannot be read: {str(error).splitlines()[0]}"
        raise invalid(path.name, problem, "save it as UTF-8 CSV or as Parquet") from None
    if not frame.height or not frame.width:
        raise invalid(path.name, "has no rows", "give a table with a header and rows")
    return frame


def _check_header(path: Path) -> None:
    """Refuse a CSV with two columns of one name; the library would rename one in silence."""
    with path.open(encoding="utf-8-sig") as lines:
        names = [name.strip() for name in lines.readline().strip().split(",")]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise invalid(path.name, f"has column {twice[0]!r} twice", "rename one of them")


def need(frame: "pl.DataFrame", columns: Iterable[str], option: str) -> None:
    """Check that columns are there.

    Raises:
        Invalid: one is not; the nearest names are offered.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only on the way to a refusal

    faults = []
    for name in columns:
        if name not in frame.columns:
            near = get_close_matches(name, frame.columns, n=3)
            cure = f"did you mean {', '.join(near)}?" if near else _some(frame)
            faults.append(Fault(option, f"there is no column {name!r}", cure))
    if faults:
        raise Invalid("no-such-column", *faults)


def _some(frame: "pl.DataFrame") -> str:
    names = ", ".join(frame.columns[:8])
    return f"the columns are {names}" + (", …" if frame.width > 8 else "")  # noqa: PLR2004 - a line


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()

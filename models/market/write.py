"""Write a market into a folder: one table a file, the truth, and a page of columns."""

import json
import tomllib
from importlib.resources import files
from math import isinf
from pathlib import Path
from typing import Any, Literal

from kernel.canonical import canonical_json
from kernel.errors import invalid
from models.market.market import Market

Form = Literal["csv", "parquet"]
TRUTH = "truth.json"
_PREAMBLE = (
    "Made up from a stated law: no right, firm, loan or dispute in it exists. `truth.json` holds "
    "every true parameter, and the files whose names begin with `truth_` what the law gave each "
    "row. Nothing in those may be a predictor."
)


def write_market(market: Market, folder: Path, fmt: Form = "csv") -> tuple[Path, ...]:
    """Write all tables, `truth.json` and `README.md`; the same market gives the same bytes.

    Args:
        market: to write.
        folder: is made if it is not there; files of the same names are written anew.
        fmt: `csv` or `parquet`.

    Returns:
        The files written, in order.

    Raises:
        Invalid: another format, or a path that is no folder.
    """
    if fmt not in ("csv", "parquet"):
        raise invalid("fmt", f"{fmt!r} is no format", "use csv or parquet")
    if folder.exists() and not folder.is_dir():
        raise invalid("folder", f"{folder.name} is a file", "name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in {**market.tables, **market.truth}.items():
        path = folder / f"{name}.{fmt}"
        if fmt == "csv":
            frame.write_csv(path)
        else:
            frame.write_parquet(path)
        written.append(path)
    texts = {TRUTH: truth_text(market), "README.md": readme(market, fmt)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written.append(folder / name)
    return tuple(written)


def truth_text(market: Market) -> str:
    """Return the seed, the size, and every true parameter as JSON; infinity is null."""
    whole = {"seed": market.seed, "size": market.size, "law": _finite(market.law)}
    return canonical_json(whole, "truth") + "\n"


def read_truth(folder: Path) -> dict[str, Any]:
    """Return what `truth.json` of a written market states.

    Raises:
        Invalid: there is none.
    """
    path = folder / TRUTH
    if not path.is_file():
        raise invalid(path.name, "is not there", "write a market into the folder first")
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def columns() -> dict[str, dict[str, str]]:
    """Return what each column of each file holds, by file and column."""
    text = files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def readme(market: Market, fmt: Form = "csv") -> str:
    """Return the page that describes every file and column."""
    lines = [
        f"# A market with a known truth, seed {market.seed}, size {market.size:g}",
        "",
        _PREAMBLE,
    ]
    frames = {**market.tables, **market.truth}
    for name, words in columns().items():
        lines += ["", f"## {name}.{fmt}, {frames[name].height:,} rows", "", words["_about"], ""]
        lines += ["| column | what |", "|---|---|"]
        lines += [f"| `{column}` | {words[column]} |" for column in frames[name].columns]
    return "\n".join(lines) + "\n"


def _finite(value: Any) -> Any:
    """JSON has no infinity: no limit is null."""
    if isinstance(value, dict):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and isinf(value) else value

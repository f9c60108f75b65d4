"""The cases as data: TOML files of two kinds, `split` and `walk`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.errors import Fault, Invalid

FOLDER = Path(__file__).parents[2] / "docs" / "casebook"
"""Where the cases stand in a checkout."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file.

    Attributes:
        name: the file's stem.
        kind: `split` or `walk`.
        title: what it shows.
        values: the whole file.
    """

    name: str
    kind: str
    title: str
    values: Mapping[str, Any]

    @property
    def walk(self) -> Mapping[str, Any] | None:
        """The facts of a walk: of the file itself, or what a split adds; None has none."""
        return _from_split(self.values) if self.kind == "split" else self.values


def read_cases(folder: Path | None = None) -> list[Case]:
    """Return every case of a folder, by name.

    Raises:
        Invalid: the folder holds no case, or a file is not a case.
    """
    place = folder or FOLDER
    files = sorted(place.glob("*.toml"))
    if not files:
        fault = Fault("cases", f"{place} holds no case", "name a folder with --cases")
        raise Invalid("no-cases", fault)
    return [_read(path) for path in files]


def _read(path: Path) -> Case:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return Case(path.stem, values["kind"], values["title"], values)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        fault = Fault(path.name, f"is not a case: {error}", "see the README of the casebook")
        raise Invalid("case-invalid", fault) from None


def _from_split(values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Put a split and its `walk` table into the form of a walk."""
    if "walk" not in values:
        return None
    request, added = values["request"], values["walk"]
    loan = {key: added[key] for key in ("annual_rate", "term_months", "plan", "drawdown")}
    loan |= {"currency": request["currency"], **request.get("loan", {})}
    loan.setdefault("amount", request["loss"]["principal"])
    walk = {
        "scheme": request["scheme"],
        "issuer": added["issuer"],
        "grade": added["grade"],
        "loan": loan,
        "rights": added["rights"],
        "default": {"date": added["default_date"], **request["loss"]},
        "expected": values["expected"],
    }
    for key in ("balances", "paid_this_year", "portfolio", "ratios"):
        walk[key] = request.get(key)
    if "recovery" in request:
        recovery = request["recovery"]
        walk["recovery"] = {
            "gross": recovery["amount"],
            "costs": recovery["costs"],
            "value_date": added["recovery_value_date"],
            "source": "sale of the pledged rights",
        }
    return walk

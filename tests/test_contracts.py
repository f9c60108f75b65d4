"""The import contracts hold, and each of them bites on a planted breach.

A breach is planted in a copy of the packages, one at a time; the copy holds Python files only.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]
NAMES = {contract["id"]: contract["name"] for contract in STATED["contracts"]}
LINE = "underwriting/products/{}/__init__.py"


class Breach(NamedTuple):
    """A line that is added to a file, and the contracts that must then be broken."""

    path: str
    line: str
    broken: frozenset[str]


def breach(path: str, line: str, *broken: str) -> Breach:
    return Breach(path, line, frozenset(broken))


BREACHES = [
    breach("kernel/money.py", "import underwriting.numbers", "floors"),
    breach("underwriting/numbers.py", "from claims.rules import lifecycle", "floors"),
    breach("claims/close.py", "import api", "floors"),
    breach("documents/words.py", "from models import priors", "floors"),
    breach("models/recovery/sale.py", "from documents import words", "floors", "pure"),
    breach("kernel/money.py", "import sqlalchemy", "pure"),
    breach("kernel/journal.py", "from kernel import clock", "pure"),
    breach("models/right/life.py", "from kernel.settings import Settings", "pure"),
    breach("underwriting/pricing/plan.py", "from kernel.db import row", "pure"),
    breach("underwriting/products/pledge_guarantee/cover.py", "import sqlmodel", "pure"),
    breach("underwriting/receipt.py", "from underwriting import store", "pure"),
    breach("claims/rules/clocks.py", "from kernel.clock import SystemClock", "pure"),
    breach("claims/rules/clocks.py", "def f():\n    import reportlab", "pure", "paper"),
    breach("models/borrower/curve.py", "import lifelines", "serving"),
    breach("api/tables.py", "import pandas as table", "serving"),
    breach("models/tape.py", "import scipy.stats", "serving"),
    breach("underwriting/fits.py", "from models.training import freeze", "training"),
    breach("models/hazard/laws.py", "import models.training.survival.aft", "training", "serving"),
    breach("underwriting/papers/parts.py", "from reportlab import rl_config", "paper"),
    breach("api/tables.py", "import pikepdf", "paper"),
    breach("claims/settle.py", "import pyhanko.sign", "paper"),
    breach("claims/settle.py", "from fastapi import Depends", "web"),
    breach("kernel/db/engine.py", "import starlette", "web"),
    breach("claims/facts.py", "from underwriting.tables import QuoteRow", "tables-underwriting"),
    breach("api/tables.py", "import underwriting.tables", "tables-underwriting"),
    breach("api/tables.py", "from claims.tables import ClaimRow", "tables-claims"),
    breach("claims/store.py", "import api.tables", "floors", "tables-api"),
    breach(LINE.format("enforcement"), "import underwriting.products.pledge_guarantee", "products"),
    breach("claims/notify.py", "from underwriting.bind import bind", "acts"),
    breach("claims/facts.py", "from underwriting import preview", "acts"),
    breach("kernel/errors.py", "from kernel.money import Money", "circles"),
    breach("underwriting/rules/appetite.py", "from underwriting import receipt", "circles"),
]


class Report(NamedTuple):
    """What the linter said."""

    broken: frozenset[str]
    words: str


def lint(root: Path) -> Report:
    """Run the linter on the packages below `root`; ids of the contracts that are broken."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    done = subprocess.run(
        [*command, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    broken = {id_ for id_, name in NAMES.items() if f"\n{name} BROKEN" in done.stdout}
    kept = {id_ for id_, name in NAMES.items() if f"\n{name} KEPT" in done.stdout}
    assert broken | kept == set(NAMES), done.stdout
    assert (done.returncode == 0) == (not broken)
    return Report(frozenset(broken), done.stdout.partition("Broken contracts")[2])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages, Python files only, with a second line of business."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", root)
    for package in STATED["root_packages"]:
        shutil.copytree(ROOT / package, root / package, ignore=_all_but_python)
    second = root / LINE.format("enforcement")
    second.parent.mkdir()
    second.write_text('"""A second line of business."""\n', encoding="utf-8")
    return root


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if name == "__pycache__" or (Path(folder, name).is_file() and not name.endswith(".py"))
    }


@pytest.fixture
def planted(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy with one breach in it, taken out again afterwards."""
    one: Breach = request.param
    path = copy / one.path
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{one.line}\n", encoding="utf-8")
    yield copy
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def standing(copy: Path) -> frozenset[str]:
    """Contracts that are broken before anything is planted: none, if the first test passes."""
    return lint(copy).broken


def test_every_contract_is_kept() -> None:
    report = lint(ROOT)
    assert report.broken == frozenset(), report.words


def test_every_contract_has_its_breach() -> None:
    assert {id_ for one in BREACHES for id_ in one.broken} == set(NAMES)


def test_every_house_is_under_contract() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders == set(STATED["root_packages"])


@pytest.mark.parametrize(
    ("planted", "one"),
    [(one, one) for one in BREACHES],
    ids=[f"{'+'.join(sorted(one.broken))}-{one.path}" for one in BREACHES],
    indirect=["planted"],
)
def test_a_breach_is_caught(planted: Path, one: Breach, standing: frozenset[str]) -> None:
    report = lint(planted)
    assert one.broken <= report.broken, report.words or "nothing was found"
    unexpected = report.broken - one.broken - standing
    assert unexpected <= {"circles", "pure", "web"}, report.words

"""The edition changes with whatever may change a print, and with nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import edition as module
from documents.edition import LIBRARIES, edition

ASK = "from documents.edition import edition; print(edition())"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    edition.cache_clear()
    yield
    edition.cache_clear()


def test_two_processes_of_one_house_are_of_one_edition() -> None:
    run = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True,
        cwd=Path(module.__file__).parents[1],
    )  # fmt: skip
    assert run.stdout.strip() == edition()
    assert len(edition()) == 16
    int(edition(), 16)


@pytest.mark.parametrize("changed", LIBRARIES)
def test_another_library_is_another_edition(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = edition()
    real = module.version
    monkeypatch.setattr(module, "version", lambda n: "0.0" if n == changed else real(n))
    edition.cache_clear()
    assert edition() != before


def test_another_line_of_drawing_code_is_another_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "documents"
    kernel = tmp_path / "kernel"
    kernel.mkdir()
    (house / "sealing").mkdir(parents=True)
    for name in module.ELSEWHERE:
        (kernel / name).write_text("a")
    (house / "page.py").write_text("a")
    monkeypatch.setattr(module, "__file__", str(house / "edition.py"))

    def now() -> str:
        edition.cache_clear()
        return edition()

    first = now()
    (house / "sealing" / "sign.py").write_text("signing draws nothing")
    assert now() == first
    (house / "page.py").write_text("b")
    second = now()
    (kernel / "money.py").write_text("b")
    assert len({first, second, now()}) == 3

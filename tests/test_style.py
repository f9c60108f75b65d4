"""The budget of the house holds, and each check bites on a sample that breaks it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import style_checks as style

SOURCES = style.sources()
TESTS = style.sources(folders=("tests",))
LIMITS = {"file": (90, 250, 400), "function": (6, 25, 50)}
"""Median, 95th percentile and hard limit: all lines of a file, code lines of a function's body."""

RATIO = 0.8
OUTERMOST = ("api/errors.py", "api/app.py")
"""The one broad `except` may stand in one of these."""


@pytest.mark.parametrize(
    ("kind", "lengths"),
    [("file", style.file_lengths(SOURCES)), ("function", style.function_lengths(SOURCES))],
)
def test_lengths(kind: str, lengths: dict[str, int]) -> None:
    median, p95, limit = LIMITS[kind]
    spread = style.Spread.of([*lengths.values()])
    assert style.too_long(lengths, limit) == []
    assert spread.median <= median, spread
    assert spread.p95 <= p95, (spread, style.too_long(lengths, p95))


def test_no_test_file_is_too_long() -> None:
    assert style.too_long(style.file_lengths(TESTS), LIMITS["file"][2]) == []


def test_positional_arguments() -> None:
    assert style.too_many_positional(SOURCES) == []


def test_public_names_are_described() -> None:
    assert style.without_docstring(SOURCES) == []


def test_public_names_are_typed() -> None:
    assert style.without_annotation(SOURCES) == []


def test_nothing_is_caught_broadly_but_at_the_outermost_door() -> None:
    found = [str(Path(one).relative_to(style.ROOT)) for one in style.broad_excepts(SOURCES)]
    inside = [one for one in found if not one.startswith(OUTERMOST)]
    assert inside == []
    assert len(found) <= 1


def test_imports_have_no_circle() -> None:
    assert style.import_circles(SOURCES) == []


def test_names_are_words_of_the_trade() -> None:
    assert style.banned_names(SOURCES) == []


def test_no_file_is_called_models() -> None:
    assert style.called_models([*SOURCES, *TESTS]) == []


def test_every_ignore_has_its_reason_beside_it() -> None:
    assert style.ignores_without_reason([*SOURCES, *TESTS]) == []


def test_there_is_enough_test_for_the_source(record_property: Callable[[str, Any], None]) -> None:
    written = [path for path in SOURCES if not style.is_generated(path)]
    code, tests = style.code_count(written), style.code_count(TESTS)
    ratio = tests / code
    record_property("test_to_source", round(ratio, 2))
    print(f"{tests} lines of test over {code} of source: {ratio:.2f}")  # noqa: T201 - for the reader of the run
    assert ratio >= RATIO


# From here on: each check finds what it is there to find, and leaves the good sample alone.

LONG = "def f() -> None:\n" + "    x = 1\n" * 51
SHORT = """
class C:
    async def f(self) -> None:
        '''Say

        more.'''

        # why
        a = 1

        b = 2
"""
SAMPLES: dict[str, tuple[Callable[[list[Path]], list[Any]], str, str]] = {
    "long function": (
        lambda paths: style.too_long(style.function_lengths(paths), 50),
        LONG,
        LONG.removesuffix("    x = 1\n"),
    ),
    "long method": (
        lambda paths: style.too_long(style.function_lengths(paths), 2),
        "class C:\n    async def f(self) -> None:\n        a = 1\n        b = 2\n        c = 3\n",
        SHORT,
    ),
    "long file": (
        lambda paths: style.too_long(style.file_lengths(paths), 3),
        "\n\n\n#\n",
        "\n\n#\n",
    ),
    "positional": (
        style.too_many_positional,
        "def f(a, b, c, d, e, f): ...\n",
        "class C:\n    def f(self, a, b, c, d, e, *, g, h): ...\n",
    ),
    "docstring of a method": (
        style.without_docstring,
        '"""M."""\nclass C:\n    """C."""\n    def f(self): ...\n',
        '"""M."""\nclass C:\n    """C."""\n    def f(self):\n        """F."""\n',
    ),
    "docstring of a module": (style.without_docstring, "x = 1\n", '"""M."""\nx = 1\n'),
    "docstring of a private class": (
        style.without_docstring,
        '"""M."""\nclass C:\n    def _f(self): ...\n',
        '"""M."""\nclass _C:\n    def f(self): ...\n',
    ),
    "annotation of an argument": (
        style.without_annotation,
        "def f(a: int, *, b) -> None: ...\n",
        "def f(a: int, *, b: int) -> None: ...\n",
    ),
    "annotation of a rest": (
        style.without_annotation,
        "def f(*rest) -> None: ...\n",
        "def f(*rest: int, **named: int) -> None: ...\n",
    ),
    "annotation of a result": (
        style.without_annotation,
        "class C:\n    def f(self): ...\n",
        "class C:\n    def f(self) -> None: ...\n",
    ),
    "bare except": (
        style.broad_excepts,
        "try:\n    x = 1\nexcept:\n    pass\n",
        "try:\n    x = 1\nexcept ValueError:\n    pass\n",
    ),
    "broad except": (
        style.broad_excepts,
        "try:\n    x = 1\nexcept (KeyError, Exception) as e:\n    pass\n",
        "try:\n    x = 1\nexcept (KeyError, OSError) as e:\n    pass\n",
    ),
    "broad except of a module": (
        style.broad_excepts,
        "try:\n    x = 1\nexcept builtins.BaseException:\n    pass\n",
        "class ExceptionTable: ...\n",
    ),
    "suppress": (
        style.broad_excepts,
        "with contextlib.suppress(Exception):\n    pass\n",
        "with contextlib.suppress(KeyError):\n    pass\n",
    ),
    "banned function": (style.banned_names, "def process_claim(): ...\n", "def settle(): ...\n"),
    "banned class": (style.banned_names, "class ClaimManager: ...\n", "class Managed: ...\n"),
    "banned parameter": (
        style.banned_names,
        "f = lambda quote_data: 1\n",
        "def process_bind_param(database, metadata): ...\n",
    ),
    "ignore without a code": (
        style.ignores_without_reason,
        "x = 1  # noqa\n",
        "x = 1  # noqa - drawn by hand\n",
    ),
    "ignore with a code": (
        style.ignores_without_reason,
        "x = 1  # noqa: E501, S101\n",
        "x = 1  # noqa: E501, S101 - drawn by hand\n",
    ),
    "ignore of a type": (
        style.ignores_without_reason,
        "x = 1  # type: ignore[arg-type]\n",
        "x = 1  # type: ignore[arg-type] # the library has none\n",
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_check_bites(name: str, tmp_path: Path) -> None:
    check, bad, good = SAMPLES[name]
    planted, clean = tmp_path / "planted.py", tmp_path / "clean.py"
    planted.write_text(bad, encoding="utf-8")
    clean.write_text(good, encoding="utf-8")
    assert len(check([planted])) == 1
    assert check([clean]) == []


@pytest.mark.parametrize(("name", "found"), [("models.py", 1), ("tables.py", 0)])
def test_a_file_called_models_is_found(name: str, found: int, tmp_path: Path) -> None:
    assert len(style.called_models([tmp_path / name])) == found


@pytest.mark.parametrize(("name", "found"), [("utils.py", 1), ("data/rows.py", 1), ("rows.py", 0)])
def test_a_module_that_says_nothing_is_found(name: str, found: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    assert len(style.banned_names([path])) == found


def test_a_generated_migration_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / "migrations" / "versions" / "first.py"
    path.parent.mkdir(parents=True)
    path.write_text(LONG, encoding="utf-8")
    assert style.function_lengths([path]) == {}


def house_of(root: Path, **modules: str) -> list[Path]:
    """A package `p` of small modules."""
    paths = []
    for name, text in {"__init__": "", **modules}.items():
        path = root / "p" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_a_circle_is_found(tmp_path: Path) -> None:
    modules = {"a": "from p import b\n", "b": "import p.c\n", "c": "from p.a import x\n"}
    paths = house_of(tmp_path, **modules)
    assert style.import_circles(paths, tmp_path) == [("p.a", "p.b", "p.c")]


def test_a_circle_through_a_face_or_a_relative_import_is_found(tmp_path: Path) -> None:
    paths = house_of(tmp_path, __init__="from p.a import x\n", a="from . import y\n")
    assert style.import_circles(paths, tmp_path) == [("p", "p.a")]


def test_what_is_no_circle_is_left_alone(tmp_path: Path) -> None:
    paths = house_of(
        tmp_path,
        __init__="from p.a import x\n",
        a="from p.b import y\nif TYPE_CHECKING:\n    from p.c import z\n",
        b="import json\n",
        c="import p.a\ndef f():\n    import p.c\n",
    )
    assert style.import_circles(paths, tmp_path) == []


def test_the_spread_by_hand() -> None:
    assert style.Spread.of([*range(1, 101)]) == (50.5, 95, 100)
    assert style.Spread.of([7]) == (7, 7, 7)


def test_lines_of_code_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text('"""Doc\n\nstring."""\n\n# why\nx = [\n    1,\n]  # so\n', encoding="utf-8")
    assert style.code_count([path]) == 3

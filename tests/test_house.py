"""The house is what its papers say: tables, names, tree, lock, and nothing of anybody's machine."""

import configparser
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import house_tree
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = house_tree.PACKAGES
TEXT_LIMIT = 2_000_000
MADE = re.compile(r"\.(?!ci$).*|__pycache__|build|dist|demo-out|.*\.egg-info")
"""Folders that are made here and never committed."""

FLAGS = re.compile(r"--no-emit-(index-url|find-links)")
"""Flags that keep addresses out of the lock."""

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|index-url|extra-index|find-links|/simple/?\b|files\.python",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(work|root|home|tmp|Users)/")


def written(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Every text file of the project, with its path below the root; nothing that is made."""
    pending = [root]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.is_dir():
                pending += [] if MADE.fullmatch(path.name) else [path]
            elif path.stat().st_size < TEXT_LIMIT and b"\0" not in (content := path.read_bytes()):
                yield path.relative_to(root), content.decode("utf-8")


FILES = dict(written())


def lines_with(pattern: re.Pattern[str], files: dict[Path, str]) -> list[str]:
    """Where a pattern stands: file, line, text."""
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_every_tables_file_is_listed_for_migrations() -> None:
    config = configparser.ConfigParser(interpolation=None)
    config.read_string(FILES[Path("alembic.ini")])
    listed = config["alembic"]["tables"].split()
    found = [
        ".".join(path.with_suffix("").parts)
        for path in FILES
        if path.name == "tables.py" and path.parts[0] in PACKAGES
    ]
    assert sorted(listed) == sorted(found)


def test_database_classes_stand_in_tables_only() -> None:
    """The base rows are in `row.py`; every other table is in a `tables.py`."""
    outside = [
        path
        for path, text in FILES.items()
        if path.suffix == ".py" and path.parts[0] in PACKAGES and "table=True" in text
    ]
    assert {path.name for path in outside} <= {"tables.py", "row.py"}


def test_no_file_is_called_models() -> None:
    assert not [path for path in FILES if path.name == "models.py"]


def test_our_names_are_ours_alone() -> None:
    providers = packages_distributions()
    for name in PACKAGES:
        assert set(providers[name]) == {"zhibao"}


def test_every_package_is_shipped() -> None:
    """Of every folder with code there is a face, or the built package would lack it."""
    folders = {path.parent for path in FILES if path.suffix == ".py" and path.parts[0] in PACKAGES}
    assert not [folder for folder in folders if folder / "__init__.py" not in FILES]


def test_tests_are_no_package() -> None:
    assert not [path for path in FILES if path.parts[0] == "tests" and path.name == "__init__.py"]


def test_the_tree_in_the_docs_is_the_tree() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert house_tree.printed(page) == house_tree.tree(), "run: python tests/house_tree.py"


def test_every_module_has_a_sentence_in_the_tree() -> None:
    bare = [line for line in house_tree.tree().splitlines() if line.endswith((".py", "/"))]
    assert bare == []


def test_the_tree_is_rewritten_in_its_place(tmp_path: Path) -> None:
    for name in PACKAGES:
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "__init__.py").write_text(f'"""Face of {name}. More."""\n')
        (tmp_path / name / "deep" / "one.py").write_text('"""It is\none. Two."""\n')
        (tmp_path / name / "deep" / "terms.toml").write_text("")
    page = f"before\n{house_tree.BEGIN}old\n{house_tree.END}\nafter\n"
    after = house_tree.rewritten(page, tmp_path)
    assert after.startswith("before\n")
    assert after.endswith("\nafter\n")
    shown = [" ".join(line.split()) for line in house_tree.printed(after).splitlines()]
    assert shown[:4] == ["kernel/ Face of kernel.", "deep/", "one.py It is one.", "*.toml"]
    assert house_tree.rewritten(after, tmp_path) == after


def test_no_registry_address_is_written_down() -> None:
    """Neither in the lock nor anywhere else: whoever installs chooses where from."""
    here = Path("tests/test_house.py")
    files = {path: FLAGS.sub("", text) for path, text in FILES.items() if path != here}
    assert lines_with(REGISTRY, files) == []


def test_no_path_of_a_machine_stands_in_code_or_docs() -> None:
    files = {path: text for path, text in FILES.items() if path.parts[0] != "tests"}
    assert lines_with(MACHINE_PATH, files) == []


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (REGISTRY, "see files.pythonhosted.example", "see the registry"),
        (REGISTRY, "--index-url=https://mirror", "an index of names"),
        (REGISTRY, "mirror.example" + "/simple/", "a simple rule"),
        (MACHINE_PATH, "open('/tmp/x')", "gz.example.cn/tmp/x"),
        (MACHINE_PATH, "open('/tmp/y')", "a.example/Users/me"),
    ],
)
def test_the_patterns_bite(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert len(lines_with(pattern, {Path("x"): f"\n{bad}\n"})) == 1
    assert lines_with(pattern, {Path("x"): good}) == []


def test_every_line_of_the_lock_is_hashed() -> None:
    entries = re.split(r"\n(?=[a-zA-Z0-9])", FILES[Path("requirements.lock")].strip())
    named = [entry for entry in entries if not entry.startswith("#")]
    assert len(named) > 20
    assert [entry.split("\n")[0] for entry in named if "--hash=sha256:" not in entry] == []
    assert [entry.split("\n")[0] for entry in named if "==" not in entry.split("\n")[0]] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", FILES[Path("Makefile")], re.MULTILINE))


def test_every_command_in_the_docs_is_a_target() -> None:
    """`make x` in README, docs and CI is a target of the Makefile, and the two main ones stand."""
    told = {path: text for path, text in FILES.items() if path.suffix == ".md"}
    told[Path(".ci/run")] = FILES.get(Path(".ci/run"), "")
    for path, text in told.items():
        commands = re.findall(r"(?:^|`|\$ )make ([a-z][a-z-]*)", text, re.MULTILINE)
        assert set(commands) <= targets(), path
    readme = FILES[Path("README.md")]
    assert "make demo" in readme
    assert "make test" in readme


def test_every_target_is_declared() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", FILES[Path("Makefile")], re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()

"""The tree of the house as `docs/architecture.md` prints it: one line a module.

Run as a program it rewrites the tree in that page:

    python tests/house_tree.py
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("kernel", "documents", "models", "underwriting", "claims", "api")
FACE = "__init__.py"
COLUMN = 34
BEGIN, END = "<!-- tree: begin -->\n```text\n", "```\n<!-- tree: end -->"

CODELESS = {"fits": "Frozen fits, a folder each, and the table of who serves."}
"""Folders of our packages that hold no code, and what they hold."""

_FULL_STOP = re.compile(r"(?<=[.!?])\s")


def tree(root: Path = ROOT) -> str:
    """Every package with its modules, each with the first sentence of its docstring.

    Files of other kinds are shown by their ending, once a folder.
    """
    lines = []
    for name in PACKAGES:
        lines += [*_folder(root / name, 0), ""]
    return "\n".join(lines)


def _folder(folder: Path, depth: int) -> Iterator[str]:
    face = folder / FACE
    yield _line(f"{folder.name}/", depth, said(face) if face.exists() else "")
    inside = sorted(path for path in folder.iterdir() if path.name[0] not in "._")
    for path in inside:
        if path.suffix == ".py":
            yield _line(path.name, depth + 1, said(path))
    kinds = {f"*{path.suffix}" for path in inside if path.is_file() and path.suffix != ".py"}
    if kinds:
        yield _line(" ".join(sorted(kinds)), depth + 1, "")
    for path in inside:
        if path.name in CODELESS:
            yield _line(f"{path.name}/", depth + 1, CODELESS[path.name])
        elif path.is_dir() and any(path.rglob("*.*")):
            yield from _folder(path, depth + 1)


def _line(name: str, depth: int, words: str) -> str:
    return f"{'  ' * depth + name:<{COLUMN}} {words}".rstrip()


def said(path: Path) -> str:
    """The first sentence of a module's docstring, on one line; empty where it has none."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    return _FULL_STOP.split(paragraph, maxsplit=1)[0]


def printed(page: str) -> str:
    """The tree that stands in the page."""
    return page.partition(BEGIN)[2].partition(END)[0]


def rewritten(page: str, root: Path = ROOT) -> str:
    """The page with the tree as it is."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"the page has no {BEGIN!r}"
    assert end, f"the page has no {END!r}"
    return f"{before}{BEGIN}{tree(root)}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

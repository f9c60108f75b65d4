"""The budget of the house as functions over paths. Each returns what breaks it, in words.

    faults = broad_excepts(paths)          # [] when all is well

Nothing here imports the code that it measures: text, tokens and syntax trees only.
"""

import ast
import io
import re
import statistics
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("kernel", "documents", "models", "underwriting", "claims", "api")
POSITIONAL = 5
BANNED = frozenset(
    {"data", "info", "manager", "helper", "helpers", "util", "utils", "process", "handle"}
)
NAMED_BY_LIBRARIES = frozenset({"process_bind_param", "process_result_value"})  # SQLAlchemy's words

_LAYOUT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER, tokenize.ENCODING,
}  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_IGNORE = re.compile(r"(noqa|type:\s*ignore)\b(?P<rest>.*)")
_CODES = re.compile(r"\s*(:\s*[A-Z]+[0-9]+(\s*,?\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])?\s*[-#:]*\s*")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Spread(NamedTuple):
    """Median, 95th percentile and largest of a set of figures."""

    median: float
    p95: int
    largest: int

    @classmethod
    def of(cls, figures: Sequence[int]) -> "Spread":
        """The 95th percentile is the least figure that 95 % do not pass."""
        ordered = sorted(figures)
        return cls(statistics.median(ordered), ordered[-(len(ordered) // 20) - 1], ordered[-1])


def sources(root: Path = ROOT, folders: Sequence[str] = PACKAGES) -> list[Path]:
    """Every Python file of these folders."""
    found = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    return [path for path in found if "__pycache__" not in path.parts]


def is_generated(path: Path) -> bool:
    """Migrations are written by Alembic: long functions are their nature."""
    return path.parent.name == "versions" and "migrations" in path.parts


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def code_lines(path: Path) -> frozenset[int]:
    """Numbers of the lines that hold code: no blank line, no comment, no docstring."""
    text = path.read_text(encoding="utf-8")
    kept: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _LAYOUT:
            kept.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree_of(path)):
        said = _docstring(node)
        if said is not None:
            kept.difference_update(range(said.lineno, said.end_lineno + 1))
    return frozenset(kept)


def _docstring(node: ast.AST) -> ast.expr | None:
    if not isinstance(node, ast.Module | ast.ClassDef | Function) or not node.body:
        return None
    first = node.body[0]
    said = first.value if isinstance(first, ast.Expr) else None
    return said if isinstance(said, ast.Constant) and isinstance(said.value, str) else None


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def file_lengths(paths: Iterable[Path]) -> dict[str, int]:
    """File -> lines, all of them."""
    return {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def function_lengths(paths: Iterable[Path]) -> dict[str, int]:
    """Function -> lines of code in its body, a nested one counted in both; not the signature."""
    lengths = {}
    for path in paths:
        if is_generated(path):
            continue
        for node in functions(path):
            body = range(node.body[0].lineno, node.end_lineno + 1)
            lengths[_place(path, node)] = len(code_lines(path).intersection(body))
    return lengths


def too_long(lengths: dict[str, int], limit: int) -> list[str]:
    return [f"{place}: {length} lines" for place, length in lengths.items() if length > limit]


def too_many_positional(paths: Iterable[Path], limit: int = POSITIONAL) -> list[str]:
    """Functions with more positional arguments than the limit, `self` and `cls` left out."""
    found = []
    for path in paths:
        for node in functions(path):
            named = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
            count = len(named) - (named[:1] in (["self"], ["cls"]))
            if count > limit:
                found.append(f"{_place(path, node)}: {count} positional arguments")
    return found


def public_nodes(path: Path) -> Iterator[Function | ast.ClassDef]:
    """Functions, classes and methods that others may use; not what is inside a function."""
    pending: list[ast.AST] = list(tree_of(path).body)
    while pending:
        node = pending.pop()
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                pending += node.body


def without_docstring(paths: Iterable[Path]) -> list[str]:
    found = []
    for path in paths:
        nodes: list[ast.AST] = [tree_of(path), *public_nodes(path)]
        found += [_place(path, node) for node in nodes if _docstring(node) is None]
    return found


def without_annotation(paths: Iterable[Path]) -> list[str]:
    """Arguments and results of public functions that have no type."""
    found = []
    for path in paths:
        for node in public_nodes(path):
            if isinstance(node, Function):
                found += [f"{_place(path, node)}: {name}" for name in _untyped(node)]
    return found


def _untyped(node: Function) -> list[str]:
    args = node.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    names = [arg.arg for arg in every if arg and arg.annotation is None]
    missing = [name for name in names if name not in ("self", "cls")]
    return missing + ([] if node.returns else ["return"])


def broad_excepts(paths: Iterable[Path]) -> list[str]:
    """`except:`, `except Exception`, `suppress(Exception)`, alone or among others."""
    found = []
    for path in paths:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or _names(node.type) & {"Exception", "BaseException"}
            ):
                found.append(_place(path, node))
            if isinstance(node, ast.Call) and _names(node.func) & {"suppress"}:
                caught = {name for arg in node.args for name in _names(arg)}
                if caught & {"Exception", "BaseException"}:
                    found.append(_place(path, node))
    return found


def _names(node: ast.AST) -> set[str]:
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return names | {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}


def words_of(name: str) -> set[str]:
    """The words of an identifier: `QuoteData`, `quote_data` and `QUOTE_DATA` have the same."""
    return {word.lower() for word in _WORD.findall(name)}


def banned_names(paths: Iterable[Path]) -> list[str]:
    """Modules, folders, classes, functions and parameters with a word that says nothing."""
    found = []
    for path in paths:
        names = [(1, path.stem), (1, path.parent.name)]
        for node in ast.walk(tree_of(path)):
            if isinstance(node, Function | ast.ClassDef) and node.name not in NAMED_BY_LIBRARIES:
                names.append((node.lineno, node.name))
            if isinstance(node, ast.arg):
                names.append((node.lineno, node.arg))
        found += [f"{path}:{line} {name}" for line, name in names if words_of(name) & BANNED]
    return sorted(set(found))


def called_models(paths: Iterable[Path]) -> list[str]:
    """Files called `models.py`: the word means a statistical model, and those have a folder."""
    return [str(path) for path in paths if path.name == "models.py"]


def ignores_without_reason(paths: Iterable[Path]) -> list[str]:
    """`noqa` and `type: ignore` with no words after their codes."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            stated = _IGNORE.search(token.string) if token.type == tokenize.COMMENT else None
            if stated and not re.search(r"[a-z]{3}", _CODES.sub("", stated["rest"], count=1)):
                found.append(f"{path}:{token.start[0]} {token.string}")
    return found


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, root: Path, known: frozenset[str]) -> set[str]:
    """Own modules that a file imports when it is loaded; not inside functions, not for types."""
    found: set[str] = set()
    pending: list[ast.AST] = list(tree_of(path).body)
    here = module_name(path, root).split(".")
    base = here if path.name == "__init__.py" else here[:-1]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = base[: len(base) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {
                name if (name := f"{module}.{alias.name}") in known else module
                for alias in node.names
            }
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in _names(node.test):
            pending += node.orelse
        elif not isinstance(node, Function):
            pending += ast.iter_child_nodes(node)
    return (found & known) - {module_name(path, root)}


def import_circles(paths: Sequence[Path], root: Path = ROOT) -> list[tuple[str, ...]]:
    """Sets of modules that import each other; a package's face is one module."""
    known = frozenset(module_name(path, root) for path in paths)
    graph = {module_name(path, root): imports_of(path, root, known) for path in paths}
    reach = {name: _reached(graph, name) for name in graph}
    circles = {
        tuple(sorted(other for other in reach[name] if name in reach[other]))
        for name in graph
        if name in reach[name]
    }
    return sorted(circles)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    """What can be reached from `start` in one step or more."""
    seen: set[str] = set()
    pending = [*graph[start]]
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending += graph[name]
    return seen


def code_count(paths: Iterable[Path]) -> int:
    """Lines of code of all these files."""
    return sum(len(code_lines(path)) for path in paths)


def _place(path: Path, node: ast.AST) -> str:
    name = getattr(node, "name", None) or ""
    return f"{path}:{getattr(node, 'lineno', 1)} {name}".rstrip()

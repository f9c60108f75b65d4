"""Record the examples of the API's description from one real course of business.

Run it by hand after a change of form: `python tests/api/record_examples.py`.
"""

import json
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from kernel.db.engine import make_engine
from kernel.db.revisions import upgrade

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "api" / "examples"
ROWS_SHOWN = 2


def _lend(name: str, path: Path) -> ModuleType:
    spec = spec_from_file_location(name, path)
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def record(folder: Path) -> dict[str, dict[str, Any]]:
    """Walk the course on a fresh database; return operation -> first request and answer."""
    _lend("lenders", HERE.parent / "conftest.py")  # it lends the builders
    _lend("api_lenders", HERE / "conftest.py")  # it lends the callers and their courses
    url = f"sqlite:///{folder / 'examples.db'}"
    upgrade(url)
    counter = sys.modules["callers"].open_counter(make_engine(url))
    sys.modules["whole_course"].whole_course(counter)
    found: dict[str, dict[str, Any]] = {}
    for method, path, sent, answer in counter.heard:
        if answer.headers["content-type"] != "application/json":
            continue
        shown = {"request": sent} if sent is not None else {}
        found[counter.operation(method, path)] = shown | {"response": _short(answer.json())}
    return found


def _short(answer: Any) -> Any:
    """Show the first rows of a list only."""
    if set(answer) == {"items", "next"}:
        answer["items"] = answer["items"][:ROWS_SHOWN]
    return answer


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for operation, shown in record(Path(scratch)).items():
            text = json.dumps(shown, ensure_ascii=False, indent=1)
            (EXAMPLES / f"{operation}.json").write_text(text + "\n", encoding="utf-8")

"""Let the stories import the plain modules of this folder, and the callers of the API."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

HERE = Path(__file__).parent
API = HERE.parent / "api"


def _lend(name: str, folder: Path = HERE) -> None:
    if name in sys.modules:
        return
    spec = spec_from_file_location(name, folder / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_lend("callers", API)
for _name in ("story_book", "story_words", "story_teller", "story_ends", "story_papers"):
    _lend(_name)

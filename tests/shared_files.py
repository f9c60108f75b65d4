"""Where tests find the shared files of real outcomes; they are no part of the project."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_file(name: str) -> Path:
    """Return the path of a shared file, or skip the test with the reason."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not there: put it into a folder shared/data beside the project")
    return path

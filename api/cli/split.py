"""`zhibao split`: one loss under one scheme."""

from pathlib import Path
from typing import Any

from api.cli.speak import read_file
from api.schemas.split import SplitRequest, answer_split
from underwriting.schemes import load_schemes


def run_split(file: str, schemes: Path | None) -> dict[str, Any]:
    """Answer the split request in a file.

    Raises:
        Invalid: the request or a scheme file is wrong; each fault names field or line.
    """
    return answer_split(read_file(SplitRequest, file), load_schemes(schemes, may_replace=True))

"""How the command line speaks: JSON on standard output, one clear line on standard error."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from pydantic import BaseModel

from api.strict_json import read
from kernel.errors import Fault, Invalid, Refusal

Form = TypeVar("Form", bound=BaseModel)
Returned = TypeVar("Returned")


def say(answer: Any) -> None:
    """Print an answer as JSON."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def complain(refusal: Refusal) -> None:
    """Print every fault on its own line."""
    for fault in refusal.faults:
        sys.stderr.write(f"zhibao: {fault}\n")


def stop(refusal: Refusal) -> NoReturn:
    """Print every fault on its own line and leave with a non-zero exit."""
    complain(refusal)
    raise typer.Exit(1)


def or_stop(work: Callable[[], Returned]) -> Returned:
    """Do `work`; turn a refusal into words and a non-zero exit."""
    try:
        return work()
    except Refusal as refusal:
        stop(refusal)


def read_file(form: type[Form], file: str) -> Form:
    """Read a JSON file, or standard input for `-`, as strictly as the API does.

    Raises:
        Invalid: the file is not there, is not strict JSON, or does not fit the form; every
            fault is named with its cure.
    """
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        words = f"cannot be read: {error.strerror}"
        fault = Fault(Path(file).name, words, "name a JSON file, or - for standard input")
        raise Invalid("no-such-file", fault) from None
    return read(form, raw)

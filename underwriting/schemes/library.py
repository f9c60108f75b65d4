"""The scheme files at hand: those shipped here and those of one more folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kernel.errors import Fault, Invalid
from kernel.sharing import Scheme
from underwriting.schemes.lines import line_of
from underwriting.schemes.parse import parse_scheme


@dataclass(frozen=True, slots=True)
class SchemeText:
    """A scheme with the text that states it.

    Attributes:
        scheme: the checked value.
        text: the whole file, which a policy freezes at binding.
        sha256: of the text, in hex.
    """

    scheme: Scheme
    text: str
    sha256: str


def read_scheme(text: str, name: str) -> SchemeText:
    """Check one file's text and keep both."""
    return SchemeText(parse_scheme(text, name), text, sha256(text.encode()).hexdigest())


@cache
def load_schemes(
    folder: Path | None = None, *, may_replace: bool = False
) -> Mapping[str, SchemeText]:
    """Return code -> scheme, of the shipped files and of `folder`, read once a process.

    A code of the folder that is shipped too is refused, for it may have been sold under; with
    `may_replace`, where nothing is sold, the folder's file stands in its place.

    Raises:
        Invalid: a file is faulty, a code stands twice, or the folder is not there.
    """
    entries = [entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")]
    shipped = _read_all((entry.name, entry.read_text(encoding="utf-8")) for entry in entries)
    own = _read_all(_folder_texts(folder)) if folder is not None else {}
    if not may_replace:
        for code in shipped.keys() & own.keys():
            raise _twice(own[code], shipped[code])
    return {code: named.stated for code, named in (shipped | own).items()}


class _Named(NamedTuple):
    """A scheme and the file that it stands in."""

    name: str
    stated: SchemeText


def _read_all(texts: Iterable[tuple[str, str]]) -> dict[str, _Named]:
    """Read files by name, then text; no two state one code."""
    found: dict[str, _Named] = {}
    for name, text in sorted(texts):
        named = _Named(name, read_scheme(text, name))
        code = named.stated.scheme.code
        if code in found:
            raise _twice(named, found[code])
        found[code] = named
    return found


def _twice(named: _Named, other: _Named) -> Invalid:
    code, text = named.stated.scheme.code, named.stated.text
    place = f"{named.name} line {line_of(text, 'code')}: code"
    fault = Fault(place, f"{code!r} stands in {other.name} too", "choose a new code")
    return Invalid("scheme-twice", fault)


def _folder_texts(folder: Path) -> list[tuple[str, str]]:
    if not folder.is_dir():
        fault = Fault("schemes", f"{folder} is not a folder", "name a folder of *.toml files")
        raise Invalid("no-such-folder", fault)
    return [(path.name, _utf8(path)) for path in sorted(folder.glob("*.toml"))]


def _utf8(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        fault = Fault(path.name, f"cannot be read: {error.strerror}", "put a scheme file there")
        raise Invalid("scheme-invalid", fault) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        fault = Fault(f"{path.name} line {line}: file", "is not UTF-8", "save it as UTF-8")
        raise Invalid("scheme-invalid", fault) from None

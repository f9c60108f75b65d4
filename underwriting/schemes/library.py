"""The scheme files at hand: those shipped here and those of one more folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

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
def load_schemes(folder: Path | None = None) -> Mapping[str, SchemeText]:
    """Return code -> scheme, of the shipped files and of `folder`, read once a process.

    Raises:
        Invalid: a file is faulty, a code stands twice, or the folder is not there.
    """
    shipped = [entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")]
    texts = sorted((entry.name, entry.read_text(encoding="utf-8")) for entry in shipped)
    if folder is not None:
        texts += _folder_texts(folder)
    found: dict[str, SchemeText] = {}
    stands: dict[str, str] = {}
    for name, text in texts:
        stated = read_scheme(text, name)
        code = stated.scheme.code
        if code in found:
            place = f"{name} line {line_of(text, 'code')}: code"
            fault = Fault(place, f"{code!r} stands in {stands[code]} too", "choose a new code")
            raise Invalid("scheme-twice", fault)
        found[code], stands[code] = stated, name
    return found


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

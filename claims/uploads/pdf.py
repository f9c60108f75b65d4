"""A PDF from outside: it must be whole, readable by all, and do nothing by itself.

No reader of PDF is asked, for each reads a broken file in its own way. The names of what acts are
looked for in every byte, and in the streams that pack objects, which are opened within a bound.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from claims.uploads.forms import not_taken

UNPACKED: Final = 64_000_000
"""Bytes to which all packed objects of one file may grow."""

STREAMS: Final = 50_000
"""Streams of one file."""

_TAIL: Final = 1_024
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED: Final = b"/ObjStm"
_OPENS: Final = re.compile(rb"(?<!end)stream\r?\n")
_HEAD: Final = re.compile(rb"\s*[0-9]+\s+[0-9]")
_PEEK: Final = 64
_PIECE: Final = 65_536
_ACTS: Final = {
    b"/Encrypt": ("is encrypted", "save it without a password", "file-encrypted"),
    b"/JavaScript": ("holds a script", "print it to PDF anew", "file-active"),
    b"/Launch": ("starts programs", "print it to PDF anew", "file-active"),
    b"/EmbeddedFile": ("has files inside", "send each as a paper of its own", "file-active"),
    b"/RichMedia": ("holds a film or program", "print it to PDF anew", "file-active"),
    b"/XFA": ("is a form that runs", "print the filled form to PDF", "file-active"),
    b"/ImportData": ("fetches from outside", "print it to PDF anew", "file-active"),
    b"/SubmitForm": ("sends to outside", "print it to PDF anew", "file-active"),
    b"/GoToE": ("opens files inside", "send each as a paper of its own", "file-active"),
}
"""Name -> what such a PDF does, what to do, and the code of its refusal."""


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut off, locked, or acts.

    Raises:
        Invalid: `form-not-taken`, `file-encrypted`, `file-active`.
    """
    end = content.rfind(b"%%EOF")
    if end < len(content) - _TAIL or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise not_taken(
            "is a PDF that is cut off, or has something behind its end",
            "save it as PDF anew and send the whole of it",
        )
    _check_names(content)
    if b"#" in content and _ESCAPE.sub(_plain, content).count(_PACKED) > content.count(_PACKED):
        raise _obscure()
    for packed in _packed(content):
        _check_names(packed)


def _check_names(text: bytes) -> None:
    plain = _ESCAPE.sub(_plain, text) if b"#" in text else text
    for name, (problem, cure, code) in _ACTS.items():
        if name in plain:
            raise not_taken(f"is a PDF that {problem}", cure, code=code)


def _plain(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 16),))


def _packed(content: bytes) -> Iterator[bytes]:
    """Yield every stream that reads as packed objects, opened; together within the bound.

    Pages that begin with a figure are opened too: to hide where a stream begins gains nothing.
    """
    left, wanted = UNPACKED, set(_announced(content))
    for count, opens in enumerate(_OPENS.finditer(content)):
        if count >= STREAMS:
            raise _deep()
        if _HEAD.match(_opened(content, opens.end(), _PEEK)):
            opened = _opened(content, opens.end(), left + 1)
            left -= len(opened)
            if left < 0:
                raise _deep()
            yield opened
        elif opens.end() in wanted:
            raise _obscure()


def _announced(content: bytes) -> Iterator[int]:
    """Yield where the streams begin that say of themselves that they pack objects."""
    place = content.find(_PACKED)
    while place >= 0:
        opens = _OPENS.search(content, place)
        if opens is None:
            raise _obscure()
        yield opens.end()
        place = content.find(_PACKED, opens.end())


def _opened(content: bytes, start: int, most: int) -> bytes:
    """Return what a compressed stream opens to, up to `most` bytes; nothing where it is none."""
    inflating, opened = zlib.decompressobj(), bytearray()
    while not inflating.eof and len(opened) < most and start < len(content):
        piece = inflating.unconsumed_tail or content[start : start + _PIECE]
        start += 0 if inflating.unconsumed_tail else _PIECE
        try:
            opened += inflating.decompress(piece, most - len(opened))
        except zlib.error:
            break
    return bytes(opened)


def _obscure() -> Exception:
    problem = "is a PDF that hides its objects"
    return not_taken(problem, "print it to PDF anew", code="file-active")


def _deep() -> Exception:
    problem = "is a PDF whose objects unpack without end"
    return not_taken(problem, "save it as PDF anew", code="file-too-deep")

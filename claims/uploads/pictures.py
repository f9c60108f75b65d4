"""Pictures of papers: whole, of a size that a screen can show, and nothing behind them."""

import struct
from typing import Final

from claims.uploads.forms import not_taken
from kernel.errors import Invalid

PIXELS: Final = 150_000_000
"""Of one picture; a sheet of A3 at 600 dots an inch has 70 million."""

PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = struct.Struct(">I4s")
_SIZE: Final = struct.Struct(">II")
_CHECKSUM: Final = 4


def check_png(content: bytes) -> None:
    """Refuse a PNG that is cut off, too large, or has something behind its end.

    Raises:
        Invalid: `form-not-taken`, `file-too-deep`.
    """
    place, kind = len(PNG_HEAD), b""
    while kind != b"IEND":
        if place + _CHUNK.size > len(content):
            raise broken("PNG")
        length, kind = _CHUNK.unpack_from(content, place)
        if place == len(PNG_HEAD):
            _check_header(kind, content[place + _CHUNK.size : place + _CHUNK.size + length])
        place += _CHUNK.size + length + _CHECKSUM
    if place != len(content):
        raise broken("PNG")


def _check_header(kind: bytes, header: bytes) -> None:
    if kind != b"IHDR" or len(header) < _SIZE.size:
        raise broken("PNG")
    check_dots(*_SIZE.unpack_from(header))


def check_dots(width: int, height: int) -> None:
    """Refuse a picture with more dots than are looked at.

    Raises:
        Invalid: `file-too-deep`.
    """
    if width * height > PIXELS:
        problem = f"is a picture of more than {PIXELS} dots"
        raise not_taken(problem, "scan it at 300 dots an inch", code="file-too-deep")


def broken(name: str) -> Invalid:
    """Build the refusal of a picture that does not end where its file ends."""
    problem = f"is a {name} that is cut off or has something behind its end"
    return not_taken(problem, "save the picture anew and send the whole of it")

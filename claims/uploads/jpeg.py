"""A JPEG walked from segment to segment to its end: nothing else lies between or behind."""

import re
import struct
from typing import Final

from claims.uploads.forms import not_taken
from claims.uploads.pictures import broken, check_dots

JPEG_HEAD: Final = b"\xff\xd8\xff"
_BEGINS: Final = b"\xff\xd8"
_WORD: Final = struct.Struct(">H")
_FRAME: Final = struct.Struct(">HBHH")
"""Length, bits of a sample, height, width: how a frame begins (ITU-T T.81, B.2.2)."""
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""Within a scan, a stuffed byte and a restart belong to it; every other marker ends it."""
_NOT_ZERO: Final = re.compile(rb"[^\x00]")
_EOI, _SOS = 0xD9, 0xDA
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a segment; none of them stands outside a scan."""
_MOST: Final = 20_000
"""Segments of one file; a segment has up to 64 KB, and 300 of them fill the largest file."""


def check_jpeg(content: bytes) -> None:
    """Refuse a JPEG that is cut off, too large, or has something behind its end.

    Behind a picture may stand zeros and further pictures, as cameras write them (CIPA DC-007).

    Raises:
        Invalid: `form-not-taken`, `file-too-deep`.
    """
    place, left = 0, _MOST
    while place < len(content):
        place, left = _picture(content, place, left)
        more = _NOT_ZERO.search(content, place)
        place = more.start() if more else len(content)


def _picture(content: bytes, place: int, left: int) -> tuple[int, int]:
    """Return where the picture that begins at a place ends, and how many segments are left."""
    if not content.startswith(_BEGINS, place):
        raise broken("JPEG")
    place, framed, scanned = place + len(_BEGINS), False, False
    while left := left - 1:
        found = _MARKER.match(content, place)
        if found is None:
            raise broken("JPEG")
        kind, place = found[1][0], found.end()
        if kind == _EOI and scanned:
            return place, left
        if kind in _ALONE or kind == _EOI or (kind == _SOS and not framed):
            raise broken("JPEG")
        if kind in _FRAMES:
            _check_frame(content, place)
        framed, scanned = framed or kind in _FRAMES, scanned or kind == _SOS
        place = _segment_end(content, place)
        place = _scan_end(content, place) if kind == _SOS else place
    problem = f"is a picture of more than {_MOST} parts"
    raise not_taken(problem, "save the picture anew", code="file-too-deep")


def _segment_end(content: bytes, place: int) -> int:
    """Return where the segment ends whose length stands at a place."""
    if place + _WORD.size > len(content):
        raise broken("JPEG")
    (length,) = _WORD.unpack_from(content, place)
    if length < _WORD.size or place + length > len(content):
        raise broken("JPEG")
    return place + int(length)


def _scan_end(content: bytes, place: int) -> int:
    found = _AFTER_SCAN.search(content, place)
    if found is None:
        raise broken("JPEG")
    return found.start()


def _check_frame(content: bytes, place: int) -> None:
    if place + _FRAME.size > len(content):
        raise broken("JPEG")
    length, _, height, width = _FRAME.unpack_from(content, place)
    if length < _FRAME.size or not height or not width:
        raise broken("JPEG")
    check_dots(width, height)

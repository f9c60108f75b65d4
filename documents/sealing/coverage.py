"""Whether a signature covers every byte of a file but the ones it stands in itself."""

import re
from collections.abc import Sequence
from typing import Final

from documents.sealing.verdict import Said

_HEX: Final = re.compile(rb"(?:[0-9A-F]{2})+")
_KEY: Final = b"/Contents "
_TAIL: Final = re.compile(rb"\nstartxref\n[0-9]{1,10}\n%%EOF\n\Z")
_SEQUENCE: Final = 0x30
_LONG: Final = 0x80
_RANGES: Final = 4


def whole_file(content: bytes, byte_range: Sequence[int], container: bytes) -> Said | None:
    """Return what is not covered, or None when nothing is left out.

    Args:
        content: the file.
        byte_range: `/ByteRange` of the signature: offset and length, twice.
        container: what pyHanko reads as the signature's `/Contents`.
    """
    if len(byte_range) != _RANGES or not all(type(int(one)) is int for one in byte_range):
        return Said("its byte range is not four numbers", "字节范围不是四个数")
    first, length, second, rest = (int(one) for one in byte_range)
    if first != 0 or not 0 < length < second < len(content):
        return Said("its byte range does not begin at the file's start", "字节范围不从文件开头开始")
    if second + rest != len(content):
        return Said("its byte range does not end at the file's end", "字节范围不到文件末尾")
    hole = content[length:second]
    return _hole(content[:length], hole, container) or _padding(container)


def _hole(before: bytes, hole: bytes, container: bytes) -> Said | None:
    """What is left out is the signature's own hexadecimal string, nothing else."""
    closed = hole.startswith(b"<") and hole.endswith(b">") and before.endswith(_KEY)
    digits = hole[1:-1]
    if closed and _HEX.fullmatch(digits) and bytes.fromhex(digits.decode()) == container:
        return None
    return Said("it leaves out more than the signature itself", "签名之外另有字节未被覆盖")


def _padding(container: bytes) -> Said | None:
    if any(container[der_length(container) :]):
        return Said("something is hidden behind the signature", "签名之后的填充中藏有内容")
    return None


def der_length(container: bytes) -> int:
    """Return how many bytes the first DER sequence takes, with its head.

    Raises `ValueError` when there is none, or its length is not the shortest form.

    >>> der_length(bytes.fromhex("3003020101") + bytes(7))
    5
    """
    if len(container) < 2 or container[0] != _SEQUENCE:  # noqa: PLR2004 - a tag and a length
        raise ValueError("no DER sequence")
    if container[1] < _LONG:
        return 2 + container[1]
    size = container[1] - _LONG
    length = int.from_bytes(container[2 : 2 + size], "big")
    if not 1 <= size <= 4 or length < _LONG or length >> (8 * (size - 1)) == 0:  # noqa: PLR2004 - four bytes hold every length we read
        raise ValueError("no DER length")
    return 2 + size + length


def ends_as_written(content: bytes) -> bool:
    """Whether the last bytes are those of one revision's end, and nothing comes after."""
    return _TAIL.search(content[-64:]) is not None

"""What the libraries raise on a file that was made to hurt them; found by fuzzing, listed here."""

import decimal
import struct
import zlib
from collections.abc import Callable
from typing import Final, TypeVar

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents.sealing.verdict import Said

T = TypeVar("T")
LEAKS: Final = (
    PdfError,
    PathError,
    ValidationError,
    InvalidSignature,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    decimal.DecimalException,
    RecursionError,
    OverflowError,
    zlib.error,
    struct.error,
)


def attempted(work: Callable[[], T], en: str, zh: str) -> T | Said:
    """Return what `work` gives, or these words when the file makes a library fail."""
    try:
        return work()
    except LEAKS as fault:
        return Said(f"{en} ({type(fault).__name__})", f"{zh}（{type(fault).__name__}）")

"""Bounds on what reading a file may cost, whoever made it.

pyHanko bounds what compressed streams grow to. What it leaves open is bounded here: how often
the file is read from, how many tables of contents are followed, and how many entries they claim.
"""

import os
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import process_data_at_eof
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.pdf_utils.xref import XRefBuilder

READS: Final = 500_000
"""Reads from the file; a sealed letter takes about six thousand."""

TABLES: Final = 16
"""Tables of contents that are followed; a sealed paper has two."""

ENTRIES: Final = 50_000
"""Entries of one table; a sealed paper has under a thousand."""

WIDEST: Final = 8
"""Bytes of one number in a table."""

DECODED: Final = DecodeLimits(
    document_budget=DocumentDecodeBudget(base_allowance=4 << 20, max_ratio=0)
)
"""Bytes that all streams together may grow to: pages are not among them, only the skeleton."""


class Metered(BytesIO):
    """A file that can be read from so often and no more."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as any file does; `PdfReadError` when it was read from too often."""
        self.reads += 1
        if self.reads > READS:
            raise PdfReadError("the file takes too long to read")
        return super().read(size)


class _Tables(XRefBuilder):
    """Follows the tables of contents, but not without end."""

    def _read_xref_table(self, declared_startxref: int) -> Any:
        self._check_count()
        return super()._read_xref_table(declared_startxref)

    def _read_xref_stream_object(self) -> Any:
        self._check_count()
        reference, stream = super()._read_xref_stream_object()  # type: ignore[no-untyped-call]  # theirs
        widths = [int(one) for one in stream.raw_get("/W")]
        spans = [int(one) for one in stream.get("/Index", [0, stream.raw_get("/Size")])]
        if sum(widths) == 0 or not all(0 <= one <= WIDEST for one in widths):
            raise PdfReadError("a table of contents has entries of no width")
        if min(spans) < 0 or sum(spans[1::2]) > ENTRIES:
            raise PdfReadError("a table of contents claims too many entries")
        return reference, stream

    def _check_count(self) -> None:
        if len(self.sections) >= TABLES:
            raise PdfReadError("the file has too many tables of contents")


def check_tables(content: Metered) -> None:
    """Follow the tables of contents once, as pyHanko will, so that it can do so without end."""
    content.seek(-1, os.SEEK_END)
    start = process_data_at_eof(content)
    tables = _Tables(PdfHandler(), content, strict=True, last_startxref=start)
    tables.read_xrefs()  # type: ignore[no-untyped-call]  # theirs

"""Adding a signature to a file without touching what PDF/A and the clock hold of it."""

from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

NEWEST: Final = (1, 7)
"""PDF/A-3 is PDF 1.7; pyHanko would write 2.0 for the curve P-256 and break it."""


class SealWriter(IncrementalPdfFileWriter):
    """Writes the signature's revision: same version, same metadata, no random bytes."""

    def __init__(self, content: bytes) -> None:
        self._digest = sha256(content).digest()[:16]
        super().__init__(BytesIO(content), strict=True)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Never claim more than PDF 1.7."""
        super().ensure_output_version(min(version, NEWEST))  # type: ignore[no-untyped-call]  # theirs

    def register_extension(self, ext: Any) -> None:
        """Announce no extension: P-256 stands in the signature itself, PDF/A knows none."""

    def _update_meta(self) -> None:
        """Leave the metadata: it agrees with the information dictionary, and names no clock."""

    def _populate_trailer(self, trailer: Any) -> None:
        first = self._document_id[0]
        self._document_id = generic.ArrayObject([first, generic.ByteStringObject(self._digest)])
        super()._populate_trailer(trailer)  # type: ignore[no-untyped-call]  # theirs

"""Opening the signer: the house's own, or the demonstration authority; once in a program."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from documents.sealing.demonstration import kept
from documents.sealing.house_key import read_signer
from documents.sealing.signer import KeyHolder, Signer
from kernel.errors import invalid

_OPENING = Lock()


def open_signer(
    folder: Path | None, beside: Path | None, *, timestamp_url: str | None = None
) -> Signer:
    """Open who signs for the house; the key is loaded once in a program.

    Args:
        folder: holds `key.pem` and `chain.pem`, with a stamp service `stamp.pem`, and the
            roots of earlier keys as `trusted.pem`; None signs with the demonstration authority.
        beside: where the demonstration authority is kept, made there at the first call;
            None keeps it in memory, and what it signs cannot be checked after the program.
        timestamp_url: a service of RFC 3161 time stamps.

    Raises:
        Invalid: code `signing-key`, naming the file that is wrong and its cure.
    """
    with _OPENING:
        return _opened(folder, beside, timestamp_url)


@cache
def _opened(folder: Path | None, beside: Path | None, timestamp_url: str | None) -> KeyHolder:
    if folder is not None:
        return read_signer(folder, timestamp_url)
    if beside is not None:
        return read_signer(kept(beside), timestamp_url)
    if timestamp_url is not None:
        cure = "name a folder with key.pem, chain.pem and stamp.pem, or leave the service out"
        raise invalid("timestamp_url", "needs stamp.pem beside the key", cure, code="signing-key")
    with TemporaryDirectory() as passing:
        return read_signer(kept(Path(passing)))

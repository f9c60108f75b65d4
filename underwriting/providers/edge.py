"""The edge: the file of rights is opened here and nowhere else."""

from functools import cache
from pathlib import Path

from kernel.errors import Fault, Invalid
from underwriting.providers.offline import OfflineProvider, read_rights


@cache
def open_rights(path: Path) -> OfflineProvider:
    """Read a file of rights, once a process.

    Raises:
        Invalid: it is not there, is not UTF-8, or a row is faulty; see `read_rights`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fault = Fault(path.name, f"cannot be read: {error.strerror}", "name a CSV or JSON file")
        raise Invalid("no-such-file", fault) from None
    except UnicodeDecodeError:
        fault = Fault(path.name, "is not UTF-8", "save it as UTF-8")
        raise Invalid("patents-invalid", fault) from None
    return read_rights(text, path.name)

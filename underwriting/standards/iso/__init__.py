"""ISO 20022 messages of trade services, `tsrv`: written with lxml and read back strictly.

    tsrv001(terms, signed), tsrv005(before, after, on=...), tsrv012, tsrv013, tsrv016 -> XML
    read_tsrv(xml) -> Issued or Noted; an amendment needs the letter: read_tsrv005(xml, before)

What is read is written again and held against what came: an element that the reader does not
know refuses the message.
"""

from underwriting.standards.iso.amendment import read_tsrv005, tsrv005
from underwriting.standards.iso.notices import Noted, noted_of, tsrv012, tsrv013, tsrv016
from underwriting.standards.iso.parse import parsed
from underwriting.standards.iso.undertaking import Issued, issued_of, tsrv001

__all__ = [
    "Issued",
    "Noted",
    "read_tsrv",
    "read_tsrv005",
    "tsrv001",
    "tsrv005",
    "tsrv012",
    "tsrv013",
    "tsrv016",
]


def read_tsrv(xml: bytes) -> Issued | Noted:
    """Return what an issuance or a notice says.

    Raises:
        Invalid: not such a message, or one with an element that is not understood.
    """
    message = parsed(xml)
    return issued_of(message) if message.kind == "001" else noted_of(message)

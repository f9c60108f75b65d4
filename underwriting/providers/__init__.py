"""Sources of patent facts behind one interface; the first is a file, CSV or JSON. Pure but `edge`.

provider = open_rights(path)                        # underwriting.providers.edge
record = provider.right("ZL202010000001.X", on=day)  # what was known that day, or None
draft(record, day).missing                          # what a pledge still needs, by name
"""

from underwriting.providers.draft import Missing, RightDraft, draft
from underwriting.providers.findings import record_findings
from underwriting.providers.offline import OfflineProvider, read_rights
from underwriting.providers.provider import PatentProvider
from underwriting.providers.record import COLUMNS, Entry, RightRecord, plain

__all__ = [
    "COLUMNS",
    "Entry",
    "Missing",
    "OfflineProvider",
    "PatentProvider",
    "RightDraft",
    "RightRecord",
    "draft",
    "plain",
    "read_rights",
    "record_findings",
]

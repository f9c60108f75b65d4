"""What is sealed and how: the frozen byte forms under the hashes of the books.

A form is never changed once used; another form gets another version byte. Pure functions.
"""

import hashlib
from dataclasses import astuple, dataclass
from datetime import date
from typing import Final

from kernel.canonical import canonical_json, canonical_sha256
from kernel.journal import Posting

FIRST: Final = "0" * 64
"""What the first event of a subject has for the hash of its predecessor."""

_EVENT_FORM: Final = b"\x01"


def entry_sha256(booked_on: date, memo: str, key: str, postings: tuple[Posting, ...]) -> str:
    """Hash an entry: SHA-256 of the canonical JSON of form 1, date, memo, key, postings."""
    lines = [[posting.account, posting.currency, posting.minor] for posting in postings]
    return canonical_sha256([1, booked_on.isoformat(), memo, key, lines])


@dataclass(frozen=True, slots=True)
class Sealed:
    """All of an event that its hash covers, in the order in which it is covered.

    Attributes:
        id: of the event.
        at: microseconds since 1970 in UTC.
        subject_type: what it is about.
        subject_id: id of that.
        sequence: place within the subject.
        kind: what was done.
        actor: who did it.
        payload: canonical JSON text.
    """

    id: str
    at: int
    subject_type: str
    subject_id: str
    sequence: int
    kind: str
    actor: str
    payload: str


def event_hash(prev_hash: str, event: Sealed) -> str:
    """Hash an event onto its predecessor.

    SHA-256 of: form byte 1, the 32 bytes of `prev_hash`, the length of the entry in 8
    bytes big-endian, the entry: canonical JSON list of the fields of `event`, in UTF-8.
    """
    entry = canonical_json(astuple(event)).encode()
    head = _EVENT_FORM + bytes.fromhex(prev_hash) + len(entry).to_bytes(8, "big")
    return hashlib.sha256(head + entry).hexdigest()

"""Papers of a claim over HTTP: asked for once, sent as files, one rejected and sent again."""

import struct
import zlib
from typing import Any

from callers import Counter


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


A_SCAN = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
"""A picture of one dot."""


def walk_claim_files(counter: Counter, claim_id: str) -> Any:
    """Walk a claim that was notified on 12 March with papers missing, until all are here."""
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    place = f"/v1/claims/{claim_id}"
    counter.on(2026, 3, 13)
    asked = adjuster.post(f"{place}/paper-requests", {})
    missing = [one["code"] for one in asked["papers"] if one["needed"]]
    for code in missing:
        counter.on(2026, 3, 16)
        bank.post(f"{place}/papers/{code}", content=f"{code}\n".encode())
    counter.on(2026, 3, 18)
    reason = {"reason": "第二页无法辨认 page 2 cannot be read"}
    adjuster.post(f"{place}/papers/dunning_notices/rejection", reason)
    counter.on(2026, 3, 22)
    sent = bank.post(f"{place}/papers/dunning_notices", content=A_SCAN)
    bank.ask("GET", f"{place}/papers/dunning_notices/{sent['sha256']}")
    adjuster.get(f"{place}/clocks")
    adjuster.get(f"{place}/papers")
    return sent

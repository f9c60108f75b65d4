"""A nursery of writers to be killed: `python kill_worker.py URL`, one number a line on stdin.

For each number it forks a writer, says `pid N`, and says `dead` once that writer is gone.
The writer acts from that number upward for ever and says `done N` after each commit.
"""

import os
import sys
from datetime import UTC, date, datetime
from functools import partial

from sqlmodel import Session

from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import make_engine, transact
from kernel.journal import Entry, Posting

_NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def act(session: Session, number: int) -> None:
    """One settlement: entry, event, message and answer, all or nothing."""
    claim = Subject("claim", f"cl_{number % 7}")
    postings = (Posting("claims", "CNY", number), Posting("bank", "CNY", -number))
    entry = Entry("settled", date(2026, 3, 2), postings)
    books.post(session, entry, subject=claim, key=str(number), at=_NOW)
    books.note(session, claim, "settled", {"n": number}, actor="pa_1", at=_NOW)
    books.enqueue(session, claim, "settled", {"n": number}, at=_NOW)
    books.remember(
        session,
        scope="settle",
        key=str(number),
        request_sha256="0" * 64,
        status=201,
        response=b"%d" % number,
        content_type="text/plain",
        at=_NOW,
    )


def write_for_ever(url: str, number: int) -> None:
    """Act and tell, until killed."""
    engine = make_engine(url)
    while True:
        transact(engine, partial(act, number=number))
        os.write(1, b"done %d\n" % number)
        number += 1


def main() -> None:
    """Fork a writer for each line."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            write_for_ever(sys.argv[1], int(line))
        os.write(1, b"pid %d\n" % pid)
        os.waitpid(pid, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()

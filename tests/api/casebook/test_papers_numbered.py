"""Papers of a walk on disk: a second one of a kind has a name of its own."""

from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from api.casebook.paper import write_papers
from api.casebook.walked import Walked
from kernel.db import books
from kernel.db.engine import transact

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
FILED = (
    ("policy", "po_1", "endorsement"), ("policy", "po_1", "policy_schedule"),
    ("policy", "po_1", "endorsement"), ("claim", "cl_1", "endorsement"),
    ("claim", "cl_1", "claim_receipt"),
)  # fmt: skip


def _filed(engine: Engine) -> None:
    for place, (type_, id_, kind) in enumerate(FILED):
        filed = partial(
            books.file, subject=books.Subject(type_, id_), kind=kind,
            number=f"N-{place}", content=f"paper {place}".encode(), at=AT.replace(minute=place),
        )  # fmt: skip
        transact(engine, filed)


def test_every_paper_of_a_kind_is_written(engine: Engine, tmp_path: Path) -> None:
    _filed(engine)
    subjects = (("policy", "po_1"), ("claim", "cl_1"))
    walked = Walked("x", "CNY", None, "0.00", {}, subjects, 0.0)
    write_papers(engine, walked, tmp_path)
    found = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert found == {
        "endorsement.pdf": b"paper 0",
        "policy_schedule.pdf": b"paper 1",
        "endorsement-2.pdf": b"paper 2",
        "endorsement-3.pdf": b"paper 3",
        "claim_receipt.pdf": b"paper 4",
    }
    assert len({sha256(content).digest() for content in found.values()}) == len(FILED)

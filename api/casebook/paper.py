"""The papers of a walk, printed as a reader of the house would have them printed."""

from collections import Counter
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from api.casebook.walked import Walked
from api.paper_bytes import bytes_of
from documents.press import Press
from kernel.db import books
from kernel.db.engine import read


def write_papers(engine: Engine, walked: Walked, folder: Path) -> None:
    """Print every paper that was filed, and write it, named by its kind: `kind`, `kind-2` ..."""
    press, written = Press(), Counter[str]()
    for type_, id_ in walked.subjects:
        for paper in read(engine, partial(books.documents, subject=books.Subject(type_, id_))):
            copy = bytes_of(engine, press, paper, at=paper.created_at)
            written[paper.kind] += 1
            count = written[paper.kind]
            name = paper.kind if count == 1 else f"{paper.kind}-{count}"
            (folder / f"{name}.pdf").write_bytes(copy.content)

"""Filing a paper that is asked for: one that says the same as an earlier one is that one."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from documents.forms import kind_of
from documents.stated import read_stated, stated
from kernel.db import books
from kernel.desk import Desk
from underwriting.store import DocumentRow


def file_once(session: Session, subject: books.Subject, form: Any, *, desk: Desk) -> DocumentRow:
    """File a form under its number and note it; the same content returns the same paper.

    What is compared is all but the number and the day of issue. The first paper of a kind has
    the number given, the next ones `-2`, `-3`, … behind it.

    Raises:
        Invalid: the form holds what cannot be printed.
    """
    kind = kind_of(form)
    filed = [one for one in books.documents(session, subject) if one.kind == kind]
    for paper in filed:
        if _says(paper, form):
            return paper
    if filed:
        form = replace(form, number=f"{form.number}-{len(filed) + 1}")
    kept = books.file_form(
        session, subject, kind, number=form.number, stated=stated(form), at=desk.at
    )
    payload = {"kind": kind, "number": form.number, "stated_sha256": kept.stated_sha256}
    books.note(session, subject, "paper_issued", payload, actor=desk.actor, at=desk.at)
    return kept


def _says(paper: DocumentRow, form: Any) -> bool:
    """Tell whether a paper on file says what a form says, number and day aside."""
    if paper.stated is None:
        return False
    earlier: Any = read_stated(paper.stated)
    return bool(replace(form, number=earlier.number, issued_on=earlier.issued_on) == earlier)

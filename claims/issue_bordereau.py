"""ACT: the account of one party of a scheme for a period, from the books, leaves signed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from sqlmodel import Session

from claims.papers.bordereau import Booked, bordereau
from claims.reports.account import Account, losses, premiums
from claims.reports.booked_back import recoveries
from claims.reports.booked_calls import called_in
from documents.forms.bordereau import Bordereau
from documents.stated import written
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.sharing import Scheme
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.store import DocumentRow

KIND = "bordereau"


def bordereau_sheets(
    session: Session, of: Account, scheme: Scheme, *, desk: Desk
) -> tuple[Sheet, ...]:
    """Return the paper to be printed and signed; none where one on file says the same.

    Raises:
        Invalid: the scheme has no such party, or the period is upside down or not over.
    """
    form = _form(session, of, scheme, desk=desk)
    if _on_file(session, form, of) is not None:
        return ()
    return (Sheet(form=form, number=form.number, place=desk.insurer),)


def issue_bordereau(
    session: Session, of: Account, scheme: Scheme, papers: Sequence[Drawn], *, desk: Desk
) -> DocumentRow:
    """Keep the signed account of a party, or return the one on file that says the same.

    What is compared is all but the number and the day of issue.

    Raises:
        Invalid: as `bordereau_sheets`.
        Conflict: `changed-meanwhile`.
    """
    form = _form(session, of, scheme, desk=desk)
    kept = _on_file(session, form, of)
    sheets = () if kept else (Sheet(form=form, number=form.number, place=desk.insurer),)
    check_same(papers, sheets)
    if kept is not None:
        return kept
    (paper,), subject = papers, _subject(of)
    row = books.file(session, subject, KIND, number=form.number, content=paper.content, at=desk.at)
    payload = {
        "kind": KIND, "number": form.number, "document_id": row.id, "says_sha256": _says(form, of),
        "file_sha256": paper.sha256, "signer": paper.signer,
    }  # fmt: skip
    books.note(session, subject, "paper_issued", payload, actor=desk.actor, at=desk.at)
    return row


def _form(session: Session, of: Account, scheme: Scheme, *, desk: Desk) -> Bordereau:
    """Fill the account under the first number that is free.

    Raises:
        Invalid: with every fault of what is asked.
    """
    assert of.scheme == scheme.code, "the account is of this scheme"
    if faults := tuple(_faults(of, scheme, desk)):
        raise Invalid("invalid", *faults)
    booked = Booked(
        premiums(session, of), losses(session, of), called_in(session, of), recoveries(session, of)
    )
    taken = {one.number for one in books.documents(session, _subject(of))}
    name, edition = _number(of), 1
    while name in taken:
        edition += 1
        name = f"{_number(of)}-{edition}"
    return bordereau(of, scheme, booked, number=name, insurer=desk.insurer, on=desk.on)


def _faults(of: Account, scheme: Scheme, desk: Desk) -> Iterator[Fault]:
    if of.party not in scheme.parties:
        known = ", ".join(scheme.parties)
        yield Fault("party", f"{of.party!r} is no party of {scheme.code}", f"use one of {known}")
    if of.closes_on < of.opens_on:
        yield Fault("closes_on", "is before the period opens", "end it later")
    if of.closes_on > desk.on:
        yield Fault("closes_on", "lies ahead: more may still be booked", "end it by today")


def _on_file(session: Session, form: Bordereau, of: Account) -> DocumentRow | None:
    """Return the paper that says what a form says, number and day of issue aside."""
    said = _says(form, of)
    for event in books.events(session, _subject(of)):
        if event.payload.get("says_sha256") == said:
            return session.get(DocumentRow, event.payload["document_id"])
    return None


def _says(form: Bordereau, of: Account) -> str:
    plain = replace(form, number=_number(of), issued_on=of.closes_on)
    return sha256(written(plain).encode()).hexdigest()


def _number(of: Account) -> str:
    return f"BX-{of.opens_on:%Y%m%d}-{of.closes_on:%Y%m%d}-{of.party}"


def _subject(of: Account) -> books.Subject:
    return books.Subject("scheme", of.scheme)

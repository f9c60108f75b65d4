"""What each paper of a letter says, as it is to be printed and signed."""

from datetime import date

from sqlmodel import Session

from documents.archive import Attachment
from documents.render import Form
from underwriting.guarantees import store
from underwriting.guarantees.paper import Sheet
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.amendments import is_extension
from underwriting.letters.terms import LetterTerms
from underwriting.papers.customs_letter import customs_letter
from underwriting.papers.letter_changes import letter_amendment, letter_extension
from underwriting.standards.iso.undertaking import tsrv001

SHOWN = 16
"""Digits of the content hash that stand in the code on a paper."""


def code_url(public_url: str, version: LetterVersionRow) -> str:
    """Return the page on which anyone can check a paper of an edition."""
    number = version.terms["number"]
    return f"{public_url}/verify/{number}?c={version.content_hash[:SHOWN]}"


def sheet(form: Form, terms: LetterTerms, number: str) -> Sheet:
    """Return a paper as it is to be printed and signed."""
    return Sheet(form=form, place=terms.place_en, number=number)


def edition_sheets(
    session: Session, row: LetterRow, version: LetterVersionRow, *, on: date, public_url: str
) -> tuple[Sheet, ...]:
    """Return the papers of an edition: the letter, and what changes where it follows another."""
    terms = store.terms_of(version)
    url = code_url(public_url, version)
    letter = customs_letter(terms, code_url=url, content_hash=version.content_hash)
    number = row.number if version.edition == 1 else f"{row.number}-{version.edition}"
    issued = Sheet(form=letter, number=number, place=terms.place_en, attachments=(_message(terms),))
    if version.kind == "letter":
        return (issued,)
    return (issued, _change(session, row, version, on=on, url=url))


def _change(
    session: Session, row: LetterRow, version: LetterVersionRow, *, on: date, url: str
) -> Sheet:
    """Return the amendment or extension that makes an edition of the one in force."""
    before = store.terms_of(store.version(session, row.id, row.edition))
    after = store.terms_of(version)
    mark, make = ("E", letter_extension) if is_extension(before, after) else ("A", letter_amendment)
    number = f"{row.number}-{mark}{version.edition}"
    form = make(
        before,
        after,
        number=number,
        on=on,
        reason=version.reason,
        code_url=url,
        content_hash=version.content_hash,
    )
    return sheet(form, after, number)


def _message(terms: LetterTerms) -> Attachment:
    """Return the letter as a message between banks, to go with the paper."""
    return Attachment(
        "tsrv.001.xml",
        "application/xml",
        tsrv001(terms),
        "Alternative",
        "本保函的 ISO 20022 报文",
        "This letter as an ISO 20022 message",
    )

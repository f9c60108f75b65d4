"""A paper of a letter printed and signed, outside of any transaction.

    drawn(form, signer, *, at, place, attachments=()) -> Drawn

Printing and signing take a quarter of a second, and nobody waits to write meanwhile. The act
that keeps the paper makes its form again from what is in the books then, and refuses where the
two differ: what is signed is what was decided on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from documents.archive import Attachment
from documents.foot import BARE, foot_of
from documents.forms import kind_of
from documents.printed import printed
from documents.render import Form
from documents.sealing import Signer, signed
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it is to be printed.

    Attributes:
        form: what it says.
        number: under which it is filed, unique for its kind.
        place: where it is signed.
        attachments: what goes with it, beside what the form itself says.
    """

    form: Form
    number: str
    place: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet printed and signed.

    Attributes:
        sheet: what was printed.
        content: the bytes.
        sha256: of the bytes.
        signer: serial of the certificate that signed.
    """

    sheet: Sheet
    content: bytes
    sha256: str
    signer: str

    @property
    def kind(self) -> str:
        """Of the paper: the name of its form."""
        return kind_of(self.sheet.form)


def drawn(
    sheets: Sequence[Sheet], signer: Signer, *, at: datetime, mark: str = ""
) -> tuple[Drawn, ...]:
    """Print and sign sheets, each for itself; `mark` stands on every page.

    Raises:
        Invalid: a character that no font of the house shows, or a key that is out of date.
        Conflict: `signer-changed`: a paper calls its signature a demonstration and it is none, or
            the other way round.
    """
    return tuple(_drawn(sheet, signer, at, mark) for sheet in sheets)


def _drawn(sheet: Sheet, signer: Signer, at: datetime, mark: str) -> Drawn:
    foot = foot_of(sheet.form)
    if foot is not BARE and foot.demonstration != signer.demonstration:
        words = "was drafted for another signer: demonstration or not"
        raise Conflict("signer-changed", Fault("signer", words, "withdraw it and draft it again"))
    paper = printed(sheet.form, sheet.attachments, mark=mark)
    reason = sheet.form.title.en
    content = signed(paper.content, signer, at=at, reason=reason, place=sheet.place)
    return Drawn(sheet, content, sha256(content).hexdigest(), signer.serial)


def check_same(papers: Sequence[Drawn], sheets: Sequence[Sheet]) -> None:
    """Refuse papers that say something else than what is in the books now.

    Raises:
        Conflict: `changed-meanwhile`.
    """
    if [paper.sheet for paper in papers] != list(sheets):
        fault = Fault("paper", "what it says changed while it was signed", "do it again")
        raise Conflict("changed-meanwhile", fault)


def file_drawn(session: Session, letter_id: str, paper: Drawn, *, desk: Desk) -> None:
    """File a signed paper of a letter, byte for byte."""
    subject = books.Subject("letter", letter_id)
    number = paper.sheet.number
    books.file(session, subject, paper.kind, number=number, content=paper.content, at=desk.at)

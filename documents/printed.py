"""A form printed for good: PDF/A-3b that carries what it says, so that it can be printed again.

The same form gives the same bytes in every process of one edition of the house.
"""

from hashlib import sha256
from io import BytesIO
from typing import Final

from pikepdf import Pdf as Opened
from pikepdf import PdfError

from documents.archive import Attachment, archived
from documents.render import Form, Pdf, render
from documents.stated import written
from kernel.errors import invalid

STATED: Final = "form.json"
"""Name of the attachment that holds what the paper says."""


def printed(form: Form, attachments: tuple[Attachment, ...] = (), *, mark: str = "") -> Pdf:
    """Print a form as PDF/A-3b with what it says attached, then `attachments`.

    `mark` stands on every page, and in the title of a reader's window.

    Raises:
        Invalid: as `documents.render.render`.
    """
    drawn = render(form, mark=mark)
    said = written(form).encode()
    zh, en = "本文件所载内容", "What this paper says"
    itself = Attachment(STATED, "application/json", said, "Source", zh, en)
    title = f"{mark} {form.title.zh} {form.title.en} {form.number}".strip()
    content = archived(drawn.content, (itself, *attachments), title=title)
    return Pdf(content, sha256(content).hexdigest(), drawn.pages)


def stated_of(content: bytes) -> str:
    """Return what a printed paper says, as it was attached to it.

    Raises:
        Invalid: `not-a-paper`, it is no PDF or carries no `form.json`.
    """
    try:
        with Opened.open(BytesIO(content)) as pdf:
            found = pdf.attachments.get(STATED)
            if found is not None:
                return found.get_file().read_bytes().decode()
    except (PdfError, UnicodeDecodeError) as trouble:
        cure = "send the file as it was issued"
        raise invalid("content", "cannot be read as PDF", cure, code="not-a-paper") from trouble
    cure = f"send a paper of this house; each carries {STATED}"
    raise invalid("content", f"carries no {STATED}", cure, code="not-a-paper")

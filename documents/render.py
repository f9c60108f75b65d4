"""A form becomes bytes: the same form the same bytes, in every process."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import ClassVar, Protocol

from reportlab.pdfgen.canvas import Canvas

from documents.blocks import Block, Label
from documents.fonts import FONT, font
from documents.layout import paginate
from documents.mark import draw_over, draw_under
from documents.page import Furniture, draw_page
from documents.proof import proofread
from documents.setting import compose
from documents.sheet import PAGE_HEIGHT, PAGE_WIDTH

_DRAWING = Lock()
"""Cutting the font to the glyphs in use moves a cursor inside the one loaded font."""


class Form(Protocol):
    """What can be rendered: a frozen dataclass of printable values only.

    One that has a property `foot` (`documents.foot.Foot`) is printed with it on every page.

    Attributes:
        title: the document's name.
    """

    title: ClassVar[Label]

    @property
    def number(self) -> str:
        """Number of the document, printed on every page."""

    @property
    def insurer_name(self) -> str:
        """Who issues it, printed as the letterhead."""

    def blocks(self) -> Sequence[Block]:
        """What stands on the paper, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document.

    Attributes:
        content: the file's bytes.
        sha256: their digest, 64 hexadecimal digits.
        pages: number of pages, at least 1.
    """

    content: bytes
    sha256: str
    pages: int


def check(form: Form) -> Furniture:
    """Return what stands around the pages of a form that can be printed.

    Raises:
        Invalid: as `render`.
    """
    proofread(form)
    furniture = Furniture.of(form)
    furniture.check()
    return furniture


def render(form: Form, *, mark: str = "") -> Pdf:
    """Print `form` on A4 with its one embedded font; a `mark` stands on every page.

    Raises `Invalid` with code `glyph-missing` or `character-hidden`, naming every field
    that holds a character which the paper cannot show faithfully; and with code
    `letterhead-too-long` when insurer's name or number fill the head of the page.
    """
    furniture = check(form)
    pages = paginate(compose(form.blocks()), furniture.body_height)
    out = BytesIO()
    with _DRAWING:
        canvas = _canvas(out, form)
        for number, page in enumerate(pages, start=1):
            if mark:
                draw_under(canvas, mark)
            draw_page(canvas, page, furniture, number=number, of=len(pages))
            if mark:
                draw_over(canvas, mark)
            canvas.showPage()
        canvas.save()
    content = out.getvalue()
    return Pdf(content, sha256(content).hexdigest(), len(pages))


def _canvas(out: BytesIO, form: Form) -> Canvas:
    font()  # registered before the canvas asks for it by name
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=FONT,  # type: ignore[arg-type]  # the stubs take it for a number
        lang="zh-CN",
    )
    canvas.setTitle(f"{form.title.zh} {form.title.en} {form.number}")
    canvas.setAuthor(form.insurer_name)
    canvas.setSubject(form.title.en)
    canvas.setCreator("Zhibao 知保")
    return canvas

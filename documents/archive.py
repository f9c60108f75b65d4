"""A finished PDF as PDF/A-3b: fit to be kept for decades, with what it says attached.

The bytes are the same for the same input in every process: no clock, no chance. What was written
is read back and checked against the standard (ISO 19005-3) before it leaves this function.
"""

import re
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO
from typing import Final, Literal

from pikepdf import Array, Dictionary, Name, Object, Pdf, String, pdfa

FLAVOUR: Final = "3b"
"""PDF/A-3, level B: may carry other files; how it looks is kept, not its reading order."""
DATED: Final = "D:20000101000000+00'00'"
"""When every attachment was changed, by its own account: the day is said in what it holds."""
_NAME: Final = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{0,79}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-zA-Z0-9.+-]+")
_WRITTEN_ON: Final = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")
_ALWAYS: Final = rb"\g<1>2000-01-01T00:00:00+00:00\g<2>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside a paper.

    Attributes:
        name: file name, ASCII, such as `form.json`.
        media_type: such as `application/json`.
        content: its bytes.
        relation: what it is to the page: the figures behind it, what it was made from, or the
            same in another form.
        zh: what it is, in Chinese.
        en: what it is, in English.
    """

    name: str
    media_type: str
    content: bytes
    relation: Literal["Data", "Source", "Alternative"]
    zh: str
    en: str

    def __post_init__(self) -> None:
        assert _NAME.fullmatch(self.name), f"{self.name!r} is no plain file name"
        assert _MEDIA_TYPE.fullmatch(self.media_type), f"{self.media_type!r} is no media type"


def archived(content: bytes, attachments: tuple[Attachment, ...] = (), *, title: str) -> bytes:
    """Return a PDF as PDF/A-3b with `attachments` as associated files.

    Args:
        content: a PDF whose fonts are embedded.
        attachments: names all different; listed in this order.
        title: what a reader's window is called.

    Raises:
        pikepdf.pdfa.PdfaError: what was written is not PDF/A-3b; nothing is returned.
    """
    names = [one.name for one in attachments]
    assert len(set(names)) == len(names), "two attachments of one name"
    with Pdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            if Name.Trans in page.obj:  # reportlab leaves an empty one, which PDF/A forbids
                del page.obj[Name.Trans]
        pdf.docinfo[Name.Title] = String(title)
        _attach(pdf, attachments)
        pdfa.prepare(pdf, FLAVOUR)
        metadata = pdf.Root.Metadata
        metadata.write(_WRITTEN_ON.sub(_ALWAYS, metadata.read_bytes()))
        out = BytesIO()
        pdfa.save(pdf, out, FLAVOUR, repair=False, deterministic_id=True)
    return out.getvalue()


def _attach(pdf: Pdf, attachments: tuple[Attachment, ...]) -> None:
    if not attachments:
        return
    files = {one.name: pdf.make_indirect(_file(pdf, one)) for one in attachments}
    in_order = [part for name in sorted(files) for part in (String(name), files[name])]
    pdf.Root[Name.Names] = Dictionary(EmbeddedFiles=Dictionary(Names=Array(in_order)))
    pdf.Root[Name.AF] = Array(list(files.values()))


def _file(pdf: Pdf, one: Attachment) -> Object:
    """Return the file specification that a reader lists and that the standard asks for."""
    stream = pdf.make_stream(one.content)
    stream[Name.Type] = Name.EmbeddedFile
    stream[Name.Subtype] = Name(f"/{one.media_type}")
    stream[Name.Params] = Dictionary(
        Size=len(one.content),
        ModDate=String(DATED),
        CheckSum=String(md5(one.content, usedforsecurity=False).digest()),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(one.name),
        UF=String(one.name),
        Desc=String(f"{one.zh} {one.en}"),
        AFRelationship=Name(f"/{one.relation}"),
        EF=Dictionary(F=stream, UF=stream),
    )

"""Two thousand hostile names through every form: printed as they are, or refused by name.

What can be shown is asked of fontTools and of the Unicode database, not of the house; what was
printed is read by pdfium, and by pypdf where pdfium takes a hyphen at a line's end for a soft one.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTCollection
from pypdf import PdfReader

from documents.fonts import SUBSTITUTES
from documents.render import Pdf, render
from documents.setting import compose
from kernel.errors import Invalid
from kernel.money import Money

_SPEC = spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)

LEAST, EACH = 2000, 100
TEXT_AND_LINES = {pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH}
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Mc", "Me"}
LEFTWARD = {"R", "AL", "AN"}

Step = str | int


def leaves(value: Any) -> Iterator[tuple[Step, ...]]:
    """The way to every text of a form that a person may have typed."""
    if isinstance(value, str):
        yield ()
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from ((place, *rest) for rest in leaves(item))
    elif is_dataclass(value) and not isinstance(value, Money):
        hints = get_type_hints(type(value))
        for field in fields(value):
            if get_origin(hints[field.name]) is not Literal:
                inner = leaves(getattr(value, field.name))
                yield from ((field.name, *rest) for rest in inner)


PROBE = "探针词"


def printed_ways(form: Any) -> list[tuple[Step, ...]]:
    """The ways whose text comes to stand on the paper."""
    head = {("number",), ("insurer_name",)}
    return [way for way in leaves(form) if way in head or PROBE in _said(form, way)]


def _said(form: Any, way: tuple[Step, ...]) -> str:
    try:
        return repr(put(form, way, PROBE).blocks())
    except Invalid:
        return PROBE  # a code takes an address only: to be tried as well


def put(value: Any, way: tuple[Step, ...], name: str) -> Any:
    """Return the form with `name` at the end of `way`."""
    if not way:
        return name
    step, *rest = way
    if isinstance(step, int):
        return (*value[:step], put(value[step], tuple(rest), name), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), tuple(rest), name)})


@cache
def outlined() -> frozenset[str]:
    """Characters that the font draws, read by another library."""
    source = files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc"
    with as_file(source) as path, TTCollection(path, lazy=True) as fonts:
        font = fonts.fonts[0]
        places, glyphs = font["loca"], font.getReverseGlyphMap()
        return frozenset(
            chr(code)
            for code, name in font.getBestCmap().items()
            if places[glyphs[name]] != places[glyphs[name] + 1]
        )


def can_be_shown(char: str) -> bool:
    category = unicodedata.category(char)
    if category in STEERS or unicodedata.bidirectional(char) in LEFTWARD:
        return char == "\n"
    drawn = outlined()
    return category == "Zs" or all(part in drawn for part in char.translate(SUBSTITUTES))


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(pdf: Pdf) -> str:
    """Text of all pages by pdfium; nothing but text and lines may be on them."""
    document = pypdfium2.PdfDocument(pdf.content)
    texts = []
    for page in document:
        assert pdfium.FPDFPage_GetAnnotCount(page) == 0
        count = pdfium.FPDFPage_CountObjects(page)
        kinds = {
            pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, one)) for one in range(count)
        }
        assert kinds <= TEXT_AND_LINES
        texts.append(page.get_textpage().get_text_range())
    document.close()
    return squeezed("".join(texts))


def is_printed(name: str, form: Any, pdf: Pdf) -> bool:
    """Whether the name can be read; one that runs over pages is looked for cell by cell."""
    shown = squeezed(name.translate(SUBSTITUTES))
    if shown in read(pdf):
        return True
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf.content)).pages]
    if shown in "".join(pages):
        return True
    cells = [cell for grid in compose(form.blocks()) for row in grid.rows for cell in row.cells]
    whole = [cell for cell in cells if shown in squeezed("".join(one.text for one in cell.lines))]
    lines = [squeezed(line.text) for cell in whole for line in cell.lines]
    return bool(lines) and all(any(line in page for page in pages) for line in lines)


def refused(form: Any, way: tuple[Step, ...], name: str, said: Invalid) -> str:
    """Why a name is refused; the refusal names a character of it that cannot be shown."""
    if said.code == "letterhead-too-long":
        assert way in {("number",), ("insurer_name",)}
        return said.code
    named = {char for char in name if f"U+{ord(char):04X}" in said.faults[0].problem}
    if said.code == "code-unfit":
        assert way[-1] == "code_url"
        assert named or len(name) > 300
        return said.code
    assert said.code in {"glyph-missing", "character-hidden"}
    assert named
    assert not any(map(can_be_shown, named))
    assert not any(char in str(said) for char in name if unicodedata.category(char) in STEERS)
    return said.code


@pytest.mark.slow
def test_hostile_names_are_printed_as_they_are_or_refused(good_forms: dict[str, Any]) -> None:
    kinds = list(good_forms)
    count = max(LEAST, EACH * len(kinds))
    ways = {kind: printed_ways(form) for kind, form in good_forms.items()}
    ends: dict[str, int] = {}
    for turn, name in enumerate(hostile.names(count)):
        kind = kinds[turn % len(kinds)]
        way = ways[kind][turn // len(kinds) % len(ways[kind])]
        end = _tried(good_forms[kind], way, name)
        ends[end] = ends.get(end, 0) + 1
    assert sum(ends.values()) == count
    assert ends["printed"] > count / 3
    assert ends["glyph-missing"] > count / 10
    assert ends["character-hidden"] > count / 20


def _tried(form: Any, way: tuple[Step, ...], name: str) -> str:
    try:
        hard = put(form, way, name)
        pdf = render(hard)
    except Invalid as said:
        return refused(form, way, name, said)
    assert all(map(can_be_shown, name)), (type(form).__name__, way, name)
    assert is_printed(name, hard, pdf), (type(form).__name__, way, name)
    return "printed"

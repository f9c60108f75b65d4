"""The code on a paper: a reader that is not ours reads it off the picture of the page."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from documents.blocks import LONGEST_CODE, Code, Label
from documents.pen import draw_code, runs
from documents.render import Pdf, render
from documents.setting import compose
from documents.sheet import CODE_SIDE
from kernel.errors import Invalid

_SPEC = spec_from_file_location("qr_reader", Path(__file__).with_name("qr_reader.py"))
qr_reader = module_from_spec(_SPEC)
_SPEC.loader.exec_module(qr_reader)

ADDRESS = "https://verify.example.org/verify/CGL2600000001E?c=" + "3f0c9a1e5b7d2468" * 20
LABEL = Label("扫码查验", "Scan to check")


def _dark(
    content: bytes, scale: float, box: tuple[float, float, float, float] | None = None
) -> Any:
    page = pypdfium2.PdfDocument(content)[0]
    image = page.render(scale=scale).to_pil().convert("L")
    if box:
        image = image.crop(tuple(round(one * scale) for one in box))
    wide, flat = image.width, [shade < 128 for shade in image.tobytes()]
    return [flat[at : at + wide] for at in range(0, len(flat), wide)]


@pytest.mark.parametrize("length", [17, 40, 62, 67, 84, 110, 150, 213, 251, 300])
def test_a_code_says_its_address(length: int) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(100, 100))
    draw_code(canvas, ADDRESS[:length], 12, 88)
    canvas.save()
    grid = qr_reader.modules(_dark(out.getvalue(), 12.0))
    assert qr_reader.text_of(grid) == ADDRESS[:length]


def test_the_reader_sees_one_wrong_module() -> None:
    count, dark = runs(ADDRESS[:60])
    grid = [[False] * count for _ in range(count)]
    for down, at, long in dark:
        grid[down][at : at + long] = [True] * long
    assert qr_reader.text_of(grid) == ADDRESS[:60]
    grid[-1][-5] ^= True
    grid[-3][-1] ^= True
    grid[-6][-2] ^= True
    with pytest.raises((AssertionError, ValueError)):
        assert qr_reader.text_of(grid) == ADDRESS[:60]


def test_the_code_on_the_letter_is_read_off_its_page(good_forms: dict[str, Any]) -> None:
    letter = good_forms["letter_extension"]
    scale, pdf = 8.0, render(letter)
    page = pypdfium2.PdfDocument(pdf.content)[0]
    (code,) = [
        one.get_bounds()
        for one in page.get_objects()
        if one.type == 2 and abs((one.get_bounds()[2] - one.get_bounds()[0]) - 62.5) < 3
        and abs((one.get_bounds()[3] - one.get_bounds()[1]) - 62.5) < 3
    ]  # fmt: skip
    left, bottom, right, top = code
    box = (left - 2, page.get_height() - top - 2, right + 2, page.get_height() - bottom + 2)
    grid = qr_reader.modules(_dark(pdf.content, scale, box))
    assert qr_reader.text_of(grid) == letter.proof.code_url


def test_a_code_is_one_path_and_its_address_stands_beside_it(
    good_forms: dict[str, Any],
    pdf_of: Callable[[Any], Pdf],
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
) -> None:
    reader = read(pdf_of(good_forms["letter_release"]))
    stream = reader.pages[0].get_contents().get_data()
    filled = [part for part in stream.split(b" f\n") if part.count(b" re") > 100]
    assert len(filled) == 1
    text = squeezed(reader.pages[0].extract_text())
    assert squeezed(good_forms["letter_release"].proof.code_url) in text


def test_a_code_costs_little() -> None:
    times = []
    for turn in range(15):
        canvas = Canvas(BytesIO())
        start = process_time()
        draw_code(canvas, f"{ADDRESS[:60]}{turn}", 0, 100)
        times.append(process_time() - start)
    assert median(times) < 0.015


@pytest.mark.parametrize(
    "url", ["", "x" * (LONGEST_CODE + 1), "https://甲", "a b", "a\nb", "a\x00"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        Code(LABEL, url)
    assert refused.value.code == "code-unfit"
    odd = next((char for char in url if not "!" <= char <= "~"), None)
    assert odd is None or f"U+{ord(odd):04X}" in str(refused.value)


def test_a_paper_with_such_an_address_cannot_even_be_stated(good_forms: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        replace(good_forms["customs_letter"].proof, code_url="https://海关.example/")


def test_a_code_alone_has_its_words_beside_it() -> None:
    (grid,) = compose([Code(LABEL, ADDRESS[:60], ("第二行 second line",))])
    (row,) = grid.rows
    picture, words = row.cells
    assert picture.code == ADDRESS[:60]
    assert picture.lines == ()
    assert row.height >= CODE_SIDE
    said = "".join(line.text for line in words.lines)
    assert "扫码查验" in said
    assert ADDRESS[:20] in said
    assert "second line" in said

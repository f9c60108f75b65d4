"""What a reader sees on the finished pages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from documents.blocks import Listing
from documents.fonts import SUBSTITUTES, width
from documents.forms.quote_letter import QuoteLetter
from documents.forms.rows import Right
from documents.layout import paginate
from documents.page import Furniture
from documents.render import Form, Pdf, render
from documents.setting import compose
from documents.sheet import BODY_WIDTH, BOTTOM, MARGIN, PAD_X, PAGE_HEIGHT, PAGE_WIDTH, TOP
from kernel.money import Money

LONG_TABLE = 12
"""Rows of a hard table that does not stand on one page."""


def test_every_text_of_a_form_is_on_its_paper(
    good_form: Form,
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
    strings_of: Callable[[object], Iterator[str]],
) -> None:
    pages = "".join(page.extract_text() for page in read(pdf_of(good_form)).pages)
    offered = set(strings_of(getattr(good_form, "words", ())))  # each paper has a place for some
    for text in strings_of(good_form):
        if text not in {"accepted", ""} | offered:
            assert squeezed(text.translate(SUBSTITUTES)) in squeezed(pages), text


def test_every_amount_stands_whole_on_one_line(
    form: Form,
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
    amounts_of: Callable[[object], Iterator[Money]],
) -> None:
    lines = [line for page in read(pdf_of(form)).pages for line in page.extract_text().splitlines()]
    for amount in set(amounts_of(form)):
        figures = str(amount).removeprefix("CNY ")
        whole = re.compile(rf"(?<![\d,.]){re.escape(figures)}(?![\d,])")
        assert any(whole.search(line) for line in lines), amount


@pytest.mark.parametrize(
    "name",
    [
        '<a href="http://evil.example/">银行</a>',
        '<img src="file:///etc/passwd"/>',
        "<b>&amp;</b> & <font color=red>甲</font>",
        "</para><para>",
        "%(page)s {0} $HOME \\n",
        "(unbalanced \\( parenthesis",
        "]]> <!-- -->",
    ],
)
def test_marked_up_names_are_printed_as_they_are(
    quote: QuoteLetter, name: str, read: Callable[[Pdf], PdfReader], squeezed: Callable[[str], str]
) -> None:
    pdf = render(replace(quote, client=name, notes=(name,), insurer_name=name))
    reader = read(pdf)
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert text.count(squeezed(name)) >= 2 + len(reader.pages)
    assert reader.metadata.author == name
    assert all("/Annots" not in page for page in reader.pages)


def test_each_page_has_number_title_and_count(
    form: Form,
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
) -> None:
    pages = read(pdf_of(form)).pages
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        count = f"第{number}页共{len(pages)}页Page{number}of{len(pages)}"
        assert text.count(count) == 1
        assert squeezed(form.insurer_name) in text
        assert squeezed(f"{form.title.zh}{form.title.en}编号No.{form.number}") in text


def test_headings_of_a_long_table_come_again(
    hard_form: Form,
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
) -> None:
    pages = [squeezed(page.extract_text()) for page in read(pdf_of(hard_form)).pages]
    again = [text for text in pages if "（续continued）" in text]
    listed = [one for one in hard_form.blocks() if isinstance(one, Listing)]
    assert again or max((len(one.rows) for one in listed), default=0) < LONG_TABLE
    rights = [text for text in pages if "PledgedIPrights（续continued）" in text]
    assert all("届满日Expireson评估价值Appraisedvalue" in text for text in rights)
    if listed and isinstance(next(iter(getattr(hard_form, "rights", ())), None), Right):
        assert len(rights) >= 3


def test_no_letter_leaves_the_margins(form: Form, pdf_of: Callable[[Form], Pdf]) -> None:
    document = pypdfium2.PdfDocument(pdf_of(form).content)
    for page in document:
        words = page.get_textpage()
        for place in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(place)
            assert MARGIN - 1 <= left <= right <= PAGE_WIDTH - MARGIN + 1
            assert BOTTOM - 1 <= bottom <= top <= PAGE_HEIGHT - TOP + 1


def test_no_line_leaves_its_cell_and_no_row_lies_on_another(form: Form) -> None:
    furniture = Furniture(form.insurer_name, form.title, form.number)
    for page in paginate(compose(form.blocks()), furniture.body_height):
        end = 0.0
        for down, row in page:
            assert down >= end - 0.01
            end = down + row.height
            assert sum(cell.width for cell in row.cells) == pytest.approx(BODY_WIDTH)
            for cell in row.cells:
                assert cell.text_height + row.pad <= row.height + 0.01
                for line in cell.lines:
                    assert width(line.text, line.type.size) <= cell.width - 2 * PAD_X + 0.01
        assert page
        assert end <= furniture.body_height + 0.01


def test_exemptions_stand_in_a_box_of_their_own(good_forms: dict[str, Any]) -> None:
    (clauses,) = (
        grid
        for grid in compose(good_forms["policy_schedule"].blocks())
        if "保险条款" in grid.rows[0].cells[0].lines[0].text
    )
    boxed = [row for row in clauses.body if row.frame]
    assert len(boxed) == 2
    for row in boxed:
        assert "免责提示" in row.cells[0].lines[0].text
        assert all(line.type.bold for line in row.cells[0].lines)
    plain = [row for row in clauses.body if not row.frame]
    assert not any(line.type.bold for row in plain for line in row.cells[0].lines[1:])


def test_bold_letters_do_not_make_the_next_line_bold(
    quote: QuoteLetter, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    stream = read(pdf_of(quote)).pages[0].get_contents().get_data()
    assert b" 2 Tr" in stream
    opened = 0
    for command in re.findall(rb"(?m)(?:^|\s)(q|Q|2 Tr)(?=\s)", stream):
        opened += {b"q": 1, b"Q": -1}.get(command, 0)
        assert opened >= (1 if command == b"2 Tr" else 0)
    assert opened == 0

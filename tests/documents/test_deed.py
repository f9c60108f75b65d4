"""What makes a paper hard to add to or to mistake: struck blanks, the band, version and hash."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdfium2.raw import FPDFPath_CountSegments

from documents.blocks import (
    Clause,
    Clauses,
    Fact,
    Facts,
    Label,
    Listing,
    Note,
    Seal,
    Title,
)
from documents.foot import BARE, DEMONSTRATION, SHOWN, Foot, foot_of
from documents.grid import Row, cell
from documents.layout import paginate
from documents.page import BLANK, Furniture
from documents.render import Form, Pdf, render
from documents.setting import compose
from documents.sheet import BODY, BODY_WIDTH, BOTTOM, DEED, MARGIN, PAGE_HEIGHT
from documents.words import in_chinese, in_english
from kernel.money import Money

HEAD = Label("表", "Table")
LETTERS = (
    "customs_letter", "letter_amendment", "letter_extension", "letter_release",
    "letter_revocation", "letter_refusal", "payment_advice", "pledge_certificate",
    "pledge_release",
)  # fmt: skip


def strokes(pdf: Pdf, page: int) -> list[tuple[float, float, float, float]]:
    """Bounds of every stroke that is not level, left, bottom, right, top."""
    found = pypdfium2.PdfDocument(pdf.content)[page].get_objects()
    lines = [one for one in found if one.type == 2 and FPDFPath_CountSegments(one.raw) == 2]
    bounds = [one.get_bounds() for one in lines]
    return [box for box in bounds if box[3] - box[1] > 8 and box[2] - box[0] > BODY_WIDTH - 2]


@pytest.mark.parametrize("name", LETTERS)
def test_every_page_says_that_it_is_a_demonstration(
    name: str,
    good_forms: dict[str, Any],
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
) -> None:
    form = good_forms[name]
    for page in read(pdf_of(form)).pages:
        assert page.extract_text().count(DEMONSTRATION) == 1
    real = replace(form, proof=replace(form.proof, demonstration=False))
    text = "".join(page.extract_text() for page in read(render(real)).pages)
    assert "演示" not in text
    assert "emonstration" not in text


@pytest.mark.parametrize("name", LETTERS[:7])
def test_every_page_has_version_and_hash(
    name: str,
    good_forms: dict[str, Any],
    pdf_of: Callable[[Form], Pdf],
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
) -> None:
    form = good_forms[name]
    version = form.version if hasattr(form, "version") else form.letter.version
    pages = [squeezed(page.extract_text()) for page in read(pdf_of(form)).pages]
    for text in pages:
        if name == "customs_letter":
            hashed = f"版本Version{version}内容摘要Contenthash"
        else:  # a notice has no version: version and hash are of the letter that it is about
            letter = form.letter.letter_number
            hashed = (
                f"所涉保函Letterconcerned{letter}版本Version{version}该版内容摘要Itscontenthash"
            )
        assert f"{hashed}{form.proof.content_hash[:SHOWN]}" in text
    assert form.proof.content_hash in "".join(pages)


def test_a_form_that_asks_for_no_foot_has_none(good_forms: dict[str, Any]) -> None:
    quote = good_forms["quote_letter"]
    assert foot_of(quote) is BARE
    assert foot_of(object()) is BARE
    plain = Furniture(quote.insurer_name, quote.title, quote.number)
    assert Furniture.of(quote) == plain
    full = replace(plain, foot=Foot(1, "0" * 64, demonstration=True))
    assert full.body_height == pytest.approx(plain.body_height - 10 - 13)


def test_what_is_left_of_a_page_is_struck_through(good_forms: dict[str, Any]) -> None:
    form = good_forms["letter_revocation"]
    (stroke,) = strokes(render(form), 0)
    furniture = Furniture.of(form)
    (page,) = paginate(compose(form.blocks()), furniture.body_height)
    end = max(down + row.height for down, row in page)
    left, bottom, right, top = stroke
    assert (left, right) == pytest.approx((MARGIN, MARGIN + BODY_WIDTH), abs=1)
    assert bottom == pytest.approx(BOTTOM + furniture.foot_height, abs=6)
    assert top - bottom == pytest.approx(furniture.body_height - end, abs=14)
    assert top < PAGE_HEIGHT


def test_every_page_of_a_deed_is_full_or_struck(
    good_forms: dict[str, Any], pdf_of: Callable[[Form], Pdf]
) -> None:
    for form in (good_forms[name] for name in LETTERS):
        furniture = Furniture.of(form)
        pages = paginate(compose(form.blocks()), furniture.body_height)
        for number, page in enumerate(pages):
            left = furniture.body_height - max(down + row.height for down, row in page)
            assert len(strokes(pdf_of(form), number)) == (left > BLANK)


def test_only_deeds_are_struck(good_forms: dict[str, Any], pdf_of: Callable[[Form], Pdf]) -> None:
    pdf = pdf_of(good_forms["quote_letter"])
    assert not any(strokes(pdf, page) for page in range(pdf.pages))


def test_an_empty_value_of_a_deed_is_struck_and_of_a_table_as_well() -> None:
    facts = (Fact(HEAD, None), Fact(HEAD, "  "), Fact(HEAD, "甲"))
    for deed in (True, False):
        (grid,) = compose([Facts(HEAD, facts, deed=deed)])
        values = [cell for row in grid.body for cell in row.cells if not cell.fill]
        assert [cell.struck for cell in values] == [deed, deed, False]
        (grid,) = compose([Listing(HEAD, (HEAD, HEAD), (("甲", None),), deed=deed)])
        assert [cell.struck for cell in grid.body[0].cells] == [False, deed]


def test_an_amount_has_its_words_from_the_same_integer() -> None:
    amount = Money(31245080, "CNY")
    for deed in (True, False):
        (grid,) = compose([Facts(HEAD, (Fact(HEAD, amount, in_words=True),), deed=deed)])
        text = "".join(line.text for line in grid.body[0].cells[1].lines)
        assert text.startswith("CNY 312,450.80")
        assert in_chinese(amount) in text
        assert in_english(amount).replace(" ", "") in text.replace(" ", "")
    with pytest.raises(AssertionError, match="only an amount has words"):
        Fact(HEAD, "312450.80", in_words=True)


def test_a_deed_is_set_closer_and_no_smaller_than_7_5_points() -> None:
    assert DEED.size >= 7.5
    assert DEED.leading < BODY.leading
    blocks = (
        Facts(HEAD, tuple(Fact(Label("字段", "Field"), "x" * 80) for _ in range(9))),
        Note(HEAD, ("行 line",) * 9),
        Clauses(HEAD, (Clause("标题 Heading", "条文。" * 90),) * 4),
    )
    for block in blocks:
        (plain,), (close,) = compose([block]), compose([replace(block, deed=True)])
        assert close.height < plain.height


def test_exemptions_of_a_deed_stand_out() -> None:
    clauses = (Clause("一", "责任"), Clause("二", "不负责任", is_exemption=True))
    (grid,) = compose([Clauses(HEAD, clauses, deed=True)])
    plain, boxed = grid.body
    assert (plain.frame, bool(boxed.frame)) == (None, True)
    assert all(line.type.bold for one in boxed.cells for line in one.lines)
    assert "免责提示" in "".join(line.text for line in boxed.cells[0].lines)
    assert not any(line.type.bold for line in plain.cells[1].lines)


def test_a_seal_never_stands_alone_on_a_page() -> None:
    seal = Seal((HEAD, "甲公司"), None, "成都", date(2026, 11, 20))
    for count in range(20, 70):
        note = Note(HEAD, tuple(f"{n} 行" for n in range(count)))
        pages = paginate(compose([Title(HEAD), note, seal]), 660.0)
        last = [line.text for _, row in pages[-1] for one in row.cells for line in one.lines]
        assert "甲公司" in last
        assert f"{count - 1} 行" in last


def test_a_seal_without_signatory_says_nothing_of_one() -> None:
    seal = Seal((HEAD, "甲公司"), None, "成都", date(2026, 11, 20))
    for signatory, said in ((None, False), ("总经理", True), ("", True)):
        (grid,) = compose([replace(seal, signatory=signatory)])
        text = "".join(line.text for one in grid.body[0].cells for line in one.lines)
        assert ("有权签字人" in text) == said
        assert "2026-11-20" in text


def test_a_letter_that_names_nobody_points_to_its_certificate(good_forms: dict[str, Any]) -> None:
    letter = good_forms["customs_letter"]
    bare = replace(letter, proof=replace(letter.proof, signatory=None))
    assert "见电子签名证书" in repr(bare.blocks())
    assert "见电子签名证书" not in repr(letter.blocks())


def test_joined_blocks_keep_all_rows() -> None:
    upper, lower = compose([Note(HEAD, ("甲", "乙")), Note(HEAD, ("丙",))])
    both = upper.joined(replace(lower, head=()))
    assert both.body[:2] == upper.body
    assert both.body[3:] == lower.body
    assert both.body[2].height == lower.gap
    assert both.together == 4
    assert Row((cell(10.0, ("x", BODY)),)).height < both.height

"""Three hard cases through five papers: nothing cut, nothing outside the page, nothing twice."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from documents.printed import printed, stated_of
from documents.render import Form, Pdf, render
from documents.sheet import BODY_WIDTH, MARGIN, PAGE_HEIGHT
from documents.stated import read_stated

_SPEC = importlib.util.spec_from_file_location(
    "hard_samples", Path(__file__).with_name("hard_samples.py")
)
hard = sys.modules["hard_samples"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hard)

FORMS = {
    (case, paper): make(named)
    for case, named in hard.CASES.items()
    for paper, make in hard.PAPERS.items()
}
FEW = {"letter": 5, "policy": 8, "settlement": 2, "bordereau": 4, "decision": 2}
"""Pages that a hard paper may have; each was looked at."""


@pytest.fixture(params=FORMS, ids="-".join)
def of(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


def _text(read: Callable[[Pdf], PdfReader], pdf: Pdf) -> str:
    return "".join("".join(page.extract_text().split()) for page in read(pdf).pages)


def test_the_names_are_long_and_the_amount_has_fifteen_digits() -> None:
    for named in hard.CASES.values():
        assert min(len(named.zh), len(named.en)) >= 80
    assert sum(map(str.isdigit, str(hard.MOST))) == 15
    assert len(hard.rights(hard.CASES["long"])) == 40


def test_a_hard_paper_keeps_to_its_pages_and_margins(of: tuple[str, str]) -> None:
    pdf = render(FORMS[of])
    assert pdf.pages <= FEW[of[1]]
    for page in pypdfium2.PdfDocument(pdf.content):
        words = page.get_textpage()
        for at in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(at)
            assert MARGIN - 1 <= left <= right <= MARGIN + BODY_WIDTH + 1
            assert 30 <= bottom <= top <= PAGE_HEIGHT - 30


def test_a_hard_paper_says_the_name_and_the_amount_whole(
    of: tuple[str, str], pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    named = hard.CASES[of[0]]
    text = _text(read, pdf_of(FORMS[of]))
    assert "9,999,999,999,999.99" in text
    assert "".join(named.both.split()) in text
    if of[1] in {"letter", "policy"}:
        assert all(f"ZL2020101{n:05d}.X" in text for n in range(1, 41))


def test_a_hard_paper_is_printed_again_to_the_same_bytes(of: tuple[str, str]) -> None:
    pdf = printed(FORMS[of])
    assert printed(read_stated(stated_of(pdf.content))).sha256 == pdf.sha256


def test_a_name_that_both_languages_share_stands_once(
    pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    letter: Any = FORMS["foreign", "letter"]
    assert letter.debtor.name.zh == letter.debtor.name.en == hard.FOREIGN
    name = "".join(hard.FOREIGN.split())
    text = _text(read, pdf_of(letter))
    assert name * 2 not in text
    assert text.count(name) == 2  # as the debtor, and in its address, which has another English

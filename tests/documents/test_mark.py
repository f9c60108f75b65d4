"""The mark of a sandbox: on every page, without moving a word of what the paper says."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from documents.mark import SANDBOX
from documents.press import Press, print_stated
from documents.printed import printed, stated_of
from documents.render import Pdf, render
from documents.stated import stated

KINDS = ("settlement_statement", "customs_letter", "dunning_letter", "signed_statement")
WORDS = "".join(SANDBOX.split())


def _pages(pdf: Pdf) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.content)).pages]


def test_it_stands_three_times_on_every_page_and_moves_nothing(good_forms: dict[str, Any]) -> None:
    for kind in KINDS:
        bare, marked = (
            _pages(render(good_forms[kind])),
            _pages(render(good_forms[kind], mark=SANDBOX)),
        )
        assert len(bare) == len(marked)
        for before, after in zip(bare, marked, strict=True):
            assert WORDS not in before
            assert after.count(WORDS) == 3
            assert after.replace(WORDS, "") == before


def test_it_is_in_the_title_and_what_the_paper_says_stays(good_forms: dict[str, Any]) -> None:
    form = good_forms["settlement_statement"]
    marked = printed(form, mark=SANDBOX)
    title = PdfReader(BytesIO(marked.content)).metadata.title
    assert title.startswith(f"{SANDBOX} {form.title.zh}")
    assert stated_of(marked.content) == stated_of(printed(form).content)


def test_a_press_may_mark_all_that_it_prints(good_forms: dict[str, Any]) -> None:
    text = stated(good_forms["dunning_letter"])
    assert print_stated(text, SANDBOX) != print_stated(text)
    press = Press(printer=lambda said: print_stated(said, SANDBOX))
    assert all(WORDS in page for page in _pages(press.print(text)))

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from documents.forms.quote_letter import QuoteLetter
from documents.render import Form, Pdf, render
from kernel.errors import Invalid

AGAIN = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from documents.render import render
for path in sys.argv[1:]:
    spec = spec_from_file_location("samples", path)
    samples = module_from_spec(spec)
    spec.loader.exec_module(samples)
    print(*(render(make()).sha256 for make in samples.FORMS.values()))
"""


def _in_a_process(seed: str) -> list[str]:
    samples = sorted(Path(__file__).parent.glob("samples*.py"))
    run = subprocess.run(
        [sys.executable, "-c", AGAIN, *map(str, samples)],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Chatham"},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split()


def test_the_same_forms_give_the_same_bytes_in_other_processes(good_forms: dict[str, Any]) -> None:
    here = [render(form).sha256 for form in good_forms.values()]
    assert _in_a_process("1") == _in_a_process("2") == here


def test_another_word_gives_other_bytes(quote: QuoteLetter) -> None:
    assert render(quote).sha256 != render(replace(quote, client=quote.client + "甲")).sha256


def test_the_digest_is_of_the_content(form: Form, pdf_of: Callable[[Form], Pdf]) -> None:
    pdf = pdf_of(form)
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.sha256 == hashlib.sha256(pdf.content).hexdigest()


def test_pages_are_counted(
    form: Form, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    pdf = pdf_of(form)
    assert pdf.pages == len(read(pdf).pages) >= 1


def test_threads_do_not_mix_their_pages(good_forms: dict[str, Any]) -> None:
    alone = {name: render(form).sha256 for name, form in good_forms.items()}
    names = list(good_forms) * 6
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: render(good_forms[name]).sha256, names))
    assert together == [alone[name] for name in names]


def test_every_font_is_embedded_and_none_is_a_standard_one(
    form: Form, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    pdf = pdf_of(form)
    seen = 0
    for page in read(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            kind = font.get_object()
            assert kind["/Subtype"] == "/TrueType"
            assert "+WenQuanYiMicroHei" in kind["/BaseFont"]
            assert "/ToUnicode" in kind
            assert len(kind["/FontDescriptor"]["/FontFile2"].get_data()) > 1000
            seen += 1
    assert seen >= pdf.pages
    assert not any(name in pdf.content for name in (b"Helvetica", b"/Type1", b"Times", b"STSong"))


def test_nothing_but_text_and_lines_is_on_a_page(
    form: Form, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    reader = read(pdf_of(form))
    assert set(reader.trailer["/Root"]) <= {"/Lang", "/Outlines", "/PageMode", "/Pages", "/Type"}
    for page in reader.pages:
        assert "/Annots" not in page
        assert "/XObject" not in page["/Resources"]


def test_the_file_says_what_it_is(
    quote: QuoteLetter, pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    reader = read(pdf_of(quote))
    assert reader.metadata.title == "保险报价函 Quote Letter Q-2026-00001234"
    assert reader.metadata.author == quote.insurer_name
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


@pytest.mark.parametrize(
    ("field", "words"), [("insurer_name", "长" * 400), ("number", "Q-" + "1" * 90)]
)
def test_a_name_or_number_that_fills_the_page_is_refused(
    quote: QuoteLetter, field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        render(replace(quote, **{field: words}))
    assert refused.value.code == "letterhead-too-long"
    assert refused.value.faults[0].field == field


@pytest.mark.parametrize("length", [200, 700, 4000, 12000])
def test_a_text_of_any_length_is_printed_whole(
    quote: QuoteLetter,
    length: int,
    read: Callable[[Pdf], PdfReader],
    squeezed: Callable[[str], str],
) -> None:
    text = "".join(chr(0x4E00 + n % 5000) for n in range(length))
    hard = replace(quote, borrower=text, client=text, notes=(text,))
    pages = [page.extract_text() for page in read(render(hard)).pages]
    assert sum(map(len, map(squeezed, pages))) > 3 * length

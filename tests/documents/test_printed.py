"""Papers printed for good: PDF/A-3b by its own checker, the same bytes twice, with their words."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from types import ModuleType
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from documents.archive import Attachment, archived
from documents.forms import FORMS
from documents.printed import printed, stated_of
from documents.render import Form, Pdf, render
from documents.stated import read_stated, stated
from kernel.errors import Invalid

HERE = Path(__file__).parent
XML = Attachment("letter.xml", "application/xml", b"<a/>", "Alternative", "报文", "Message")

AGAIN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import samples
from documents.printed import printed
print(*(printed(make()).sha256 for make in samples.FORMS.values()))
"""


def _module(file: Path) -> ModuleType:
    spec = spec_from_file_location(f"printed_{file.stem}", file)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SAMPLES = {
    name: make
    for file in sorted(HERE.glob("samples*.py"))
    for name, make in _module(file).FORMS.items()
}
"""Every sample of every form, whoever wrote it."""

_PRINTED: dict[str, Pdf] = {}


def _printed(name: str) -> Pdf:
    """Print a sample once; the tests only read."""
    if name not in _PRINTED:
        _PRINTED[name] = printed(SAMPLES[name]())
    return _PRINTED[name]


@pytest.fixture(params=SAMPLES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def _written(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    return file


def test_every_paper_is_pdf_a_3b(name: str, tmp_path: Path) -> None:
    report = pikepdf.pdfa.validate_written(_written(tmp_path, _printed(name).content), "3b")
    assert (report.verdict, report.findings) == ("pass", [])


def test_a_hard_paper_is_pdf_a_3b(hard_form: Form, tmp_path: Path) -> None:
    pdf = printed(hard_form)
    report = pikepdf.pdfa.validate_written(_written(tmp_path, pdf.content), "3b")
    assert (report.verdict, report.findings) == ("pass", [])
    assert read_stated(stated_of(pdf.content)) == hard_form


def test_what_is_printed_bare_is_no_pdf_a(quote: Form, tmp_path: Path) -> None:
    report = pikepdf.pdfa.validate_written(_written(tmp_path, render(quote).content), "3b")
    assert report.verdict == "fail"


def test_every_font_of_a_paper_is_embedded(name: str, tmp_path: Path) -> None:
    content = _printed(name).content
    fonts = [
        font.get_object()
        for page in PdfReader(BytesIO(content), strict=True).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all(len(one["/FontDescriptor"]["/FontFile2"].get_data()) > 1000 for one in fonts)
    assert all("/ToUnicode" in one for one in fonts)
    if shutil.which("pdffonts"):  # poppler's own opinion, where it is installed
        _, _, *rows = _told("pdffonts", _written(tmp_path, content))
        assert rows
        assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def _told(program: str, file: Path) -> list[str]:
    run = subprocess.run([program, str(file)], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_a_paper_can_be_printed_again_from_itself(name: str) -> None:
    pdf = _printed(name)
    again = printed(read_stated(stated_of(pdf.content)))
    assert (again.sha256, again.pages) == (pdf.sha256, pdf.pages)
    assert pdf.sha256 == hashlib.sha256(pdf.content).hexdigest()


def test_what_a_paper_says_is_what_was_filed(name: str) -> None:
    said = stated(SAMPLES[name]())
    assert stated_of(_printed(name).content) == said
    told = json.loads(said)
    assert set(told) == {"kind", "edition", "form"}
    assert FORMS[told["kind"]] is type(SAMPLES[name]())


def test_another_reader_finds_the_attachment(name: str) -> None:
    content = _printed(name).content
    reader = PdfReader(BytesIO(content), strict=True)
    assert {one: found[0].decode() for one, found in reader.attachments.items()} == {
        "form.json": stated_of(content)
    }
    (file,) = (one.get_object() for one in reader.trailer["/Root"]["/AF"])
    stream = file["/EF"]["/F"].get_object()
    assert (file["/AFRelationship"], stream["/Subtype"]) == ("/Source", "/application/json")
    assert stream["/Params"]["/ModDate"] == "D:20000101000000+00'00'"
    assert stream["/Params"]["/Size"] == len(stream.get_data())
    assert bytes(stream["/Params"]["/CheckSum"].original_bytes) == (
        hashlib.md5(stream.get_data(), usedforsecurity=False).digest()
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_paper_has_the_same_bytes_in_another_process(seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", AGAIN, str(HERE)],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Chatham"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.split() == [
        _printed(name).sha256 for name in _module(HERE / "samples.py").FORMS
    ]


def test_threads_print_the_same(good_forms: dict[str, Any]) -> None:
    names = list(good_forms) * 3
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda name: printed(good_forms[name]).sha256, names))
    assert together == [_printed(name).sha256 for name in names]


def test_attachments_stand_in_their_order_after_what_it_says(quote: Form) -> None:
    csv = Attachment("a.csv", "text/csv", b"1,2", "Data", "数据", "Figures")
    reader = PdfReader(BytesIO(printed(quote, (XML, csv)).content), strict=True)
    files = [one.get_object() for one in reader.trailer["/Root"]["/AF"]]
    assert [one["/UF"] for one in files] == ["form.json", "letter.xml", "a.csv"]
    assert [one["/AFRelationship"] for one in files] == ["/Source", "/Alternative", "/Data"]
    assert [one["/Desc"] for one in files][1:] == ["报文 Message", "数据 Figures"]
    assert reader.attachments["letter.xml"] == [b"<a/>"]


def test_the_title_is_what_was_asked(quote: Form, read: Callable[[Pdf], PdfReader]) -> None:
    content = archived(render(quote).content, title="保函 <&> Letter")
    reader = PdfReader(BytesIO(content), strict=True)
    assert reader.metadata.title == "保函 <&> Letter"
    assert reader.xmp_metadata.dc_title["x-default"] == "保函 <&> Letter"
    assert reader.attachments == {}


@pytest.mark.parametrize("change", [{"name": "../x"}, {"name": ""}, {"media_type": "json"}])
def test_an_attachment_has_a_plain_name_and_a_type(change: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        replace(XML, **change)


def test_two_attachments_of_one_name_are_not_taken(quote: Form) -> None:
    with pytest.raises(AssertionError, match="one name"):
        archived(render(quote).content, (XML, XML), title="x")


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_paper_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        stated_of(content)
    assert refused.value.code == "not-a-paper"


def test_a_pdf_that_says_nothing_is_refused(quote: Form) -> None:
    with pytest.raises(Invalid, match=r"carries no form\.json"):
        stated_of(render(quote).content)


def test_nothing_unprintable_is_stated(quote: Form) -> None:
    with pytest.raises(Invalid) as refused:
        stated(replace(quote, client="甲\u202e乙"))
    assert refused.value.code == "character-hidden"
    with pytest.raises(Invalid) as refused:
        stated(replace(quote, number="Q-" + "1" * 90))
    assert refused.value.code == "letterhead-too-long"


def test_pdf_a_costs_a_tenth_of_a_second_at_most(good_forms: dict[str, Any]) -> None:
    """At most 110 ms of one processor for two pages, 60 ms measured on an idle machine."""
    drawn = render(good_forms["settlement_statement"])
    assert drawn.pages == 2
    spent = []
    for _ in range(7):
        start = process_time()
        archived(drawn.content, (XML,), title="x")
        spent.append(process_time() - start)
    assert median(spent) < 0.110

"""Files that were made to hurt: always a verdict, never an error, in bounded time and memory."""

import random
import zlib
from collections.abc import Callable
from time import process_time

import pytest

from documents.sealing import Verdict
from documents.sealing.bounds import READS, Metered
from documents.sealing.reading import LARGEST, Paper, read

PATIENCE = 5.0
"""Seconds of CPU for any file within the limit; the worst found takes under two."""

BIG = 4_000_000
END = b"\nstartxref\n9\n%%EOF\n"


def table(root: bytes, *more: bytes, pages: bytes = b"<</Type/Pages/Kids[]/Count 1>>") -> bytes:
    """A small file with these objects and a true table of contents."""
    out, starts = b"%PDF-1.7\n", []
    for number, one in enumerate((root, pages, *more), start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    lines = b"".join(b"%010d 00000 n \n" % one for one in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
    trailer = b"trailer\n<</Root 1 0 R/Size %d>>\n" % (len(starts) + 1)
    return out + head + lines + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


def stream(content: bytes, entries: bytes) -> bytes:
    """A file whose table of contents is this stream."""
    head = b"%PDF-1.7\n"
    entries = b"/Type/XRef/Root 1 0 R/Length %d" % len(content) + entries
    made = head + b"1 0 obj\n<<" + entries + b">>\nstream\n" + content + b"\nendstream\nendobj\n"
    return made + b"startxref\n%d\n%%%%EOF\n" % len(head)


def chain() -> bytes:
    """A table that follows a table that follows a table."""
    out, before = bytearray(b"%PDF-1.7\n"), b""
    while len(out) < BIG:
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Root 1 0 R/Size 1" + before + b">>\n"
        before = b"/Prev %d" % start
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


FORM = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%b]>>>>"


def signature(entries: bytes) -> bytes:
    """A file with one signature of these entries."""
    kind = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
    return table(FORM % b"3 0 R", b"<</FT/Sig/T(a)/V 4 0 R>>", kind + entries + b">>")


HURTFUL: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"%",
    "a head alone": lambda: b"%PDF-1.7\n",
    "too large": lambda: b"%PDF-1.7\n" + bytes(LARGEST),
    "zeros": lambda: b"%PDF-1.7\n" + bytes(BIG),
    "line ends": lambda: b"%PDF-1.7\n" + b"\n" * BIG,
    "spaces": lambda: b"%PDF-1.7\n" + b" " * BIG + END,
    "a comment": lambda: b"%PDF-1.7\n%" + b"a" * BIG + END,
    "deep lists": lambda: table(b"[" * BIG),
    "deep dictionaries": lambda: table(b"<</a" * (BIG // 4)),
    "a name of escapes": lambda: table(b"<</" + b"#" * BIG),
    "a string of brackets": lambda: table(b"<</a (" + b"(" * BIG),
    "a string of digits": lambda: table(b"<</a <" + b"4" * BIG + b">>>"),
    "a number without end": lambda: table(b"<</Pages 2 0 R/A " + b"9" * 100_000 + b">>"),
    "pages beyond counting": lambda: table(
        b"<</Pages 2 0 R>>", pages=b"<</Count " + b"9" * 5000 + b">>"
    ),
    "no pages": lambda: table(b"<</Pages 2 0 R>>", pages=b"<</Count (a)>>"),
    "a table that lies": lambda: b"%PDF-1.7\nxref\n0 999999999\ntrailer\n<<>>" + END,
    "a large table": lambda: (
        b"%PDF-1.7\nxref\n0 190000\n" + b"0000000000 65535 f \n" * 190_000 + b"trailer\n<<>>" + END
    ),
    "many small tables": lambda: (
        b"%PDF-1.7\nxref\n" + b"0 0\n" * (BIG // 4) + b"trailer\n<<>>" + END
    ),
    "a table before itself": lambda: (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 1/Prev 9>>" + END
    ),
    "a chain of tables": chain,
    "entries of no width": lambda: stream(b"x" * 9, b"/W[0 0 0]/Size 999999999"),
    "entries of less than none": lambda: stream(b"x" * 9, b"/W[0 -1 0]/Size 999999999"),
    "entries that cancel out": lambda: stream(
        b"x" * 9, b"/W[1 0 0]/Size 9/Index[0 999999999 999999999 -999999999]"
    ),
    "wide entries": lambda: stream(b"x" * 9, b"/W[999999999 0 0]/Size 9"),
    "a bomb": lambda: stream(
        zlib.compress(bytes(50_000_000), 9), b"/W[1 2 1]/Size 40000/Filter/FlateDecode"
    ),
    "a bomb in a bomb": lambda: stream(
        zlib.compress(zlib.compress(bytes(50_000_000), 9), 9),
        b"/W[1 2 1]/Size 40000/Filter[/FlateDecode/FlateDecode]",
    ),
    "a beginning beyond": lambda: b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF\n",
    "digits beyond their base": lambda: stream(
        b"uuuuu~>", b"/W[1 2 1]/Size 4/Filter/ASCII85Decode"
    ),
    "a field of itself": lambda: table(FORM % b"3 0 R", b"<</T(a)/Kids[3 0 R]>>"),
    "fields of fields": lambda: table(
        FORM % b"3 0 R", *(b"<</T(a)/Kids[%b]>>" % (b"%d 0 R " % n * 9) for n in range(4, 30))
    ),
    "many fields": lambda: table(FORM % (b"3 0 R " * 200_000), b"<</FT/Sig/T(a)>>"),
    "a form that is none": lambda: table(b"<</Pages 2 0 R/AcroForm 7>>"),
    "a range beyond": lambda: signature(
        b"/ByteRange[0 1 2 99999999999999999999]/Contents<3003020101>"
    ),
    "a range before": lambda: signature(b"/ByteRange[-9 -9 -9 -9]/Contents<3003020101>"),
    "a range of words": lambda: signature(b"/ByteRange[/a(b)null<<>>]/Contents<3003020101>"),
    "a range of none": lambda: signature(b"/ByteRange null/Contents<00>"),
    "no range": lambda: signature(b"/Contents<00>"),
    "no container": lambda: signature(b"/ByteRange[0 0 0 0]"),
    "a container of words": lambda: signature(b"/ByteRange[0 1 2 3]/Contents(words)"),
    "an empty container": lambda: signature(b"/ByteRange[0 1 2 3]/Contents<>"),
    "a deep container": lambda: signature(
        b"/ByteRange[0 1 2 3]/Contents<" + b"3080" * 50_000 + b">"
    ),
    "a container of a length": lambda: signature(
        b"/ByteRange[0 1 2 3]/Contents<3084FFFFFFFF" + b"00" * 50 + b">"
    ),
    "a time that is none": lambda: signature(b"/ByteRange[0 1 2 3]/Contents<3000>/M(D:99999999)"),
    "a certification of itself": lambda: table(b"<</Pages 2 0 R/Perms<</DocMDP 1 0 R>>>>"),
    "an encryption": lambda: table(b"<</Pages 2 0 R>>").replace(b"/Size", b"/Encrypt 1 0 R/Size"),
}


@pytest.mark.parametrize("name", HURTFUL)
def test_a_verdict_and_no_error(name: str, corrupt: Callable[[bytes], Verdict]) -> None:
    content = HURTFUL[name]()
    start = process_time()
    verdict = corrupt(content)
    assert process_time() - start < PATIENCE
    assert not verdict.accepted
    assert len(verdict.tests) == 10
    assert {"one-signature", "intact"} & {one.code for one in verdict.failed}


def test_garbage_behind_a_head(corrupt: Callable[[bytes], Verdict]) -> None:
    luck = random.Random(5)
    words = [b"obj", b"<<", b">>", b"/Root", b"xref", b"trailer", b"1 0 R", b"[", b"]", b"stream"]
    for _ in range(150):
        parts = [
            luck.choice(words) if luck.random() < 0.7 else luck.randbytes(luck.randint(0, 12))
            for _ in range(luck.randint(0, 60))
        ]
        assert not corrupt(b"%PDF-1.7\n" + b" ".join(parts) + END).accepted


def test_parts_of_a_letter_in_another_order(
    letter: bytes, corrupt: Callable[[bytes], Verdict]
) -> None:
    luck = random.Random(6)
    for _ in range(60):
        cuts = sorted(luck.sample(range(1, len(letter)), 3))
        parts = [
            letter[low:high] for low, high in zip([0, *cuts], [*cuts, len(letter)], strict=True)
        ]
        luck.shuffle(parts)
        if b"".join(parts) != letter:
            assert not corrupt(b"".join(parts)).accepted


def test_the_limit_is_said(corrupt: Callable[[bytes], Verdict]) -> None:
    first = corrupt(bytes(LARGEST + 1)).tests[0]
    assert str(LARGEST) in first.en
    assert str(LARGEST) in first.zh


def test_a_letter_is_far_from_the_limits(letter: bytes) -> None:
    paper = read(letter)
    assert isinstance(paper, Paper)
    assert isinstance(paper.reader.stream, Metered)
    assert paper.reader.stream.reads < READS / 20
    assert len(letter) < LARGEST / 100

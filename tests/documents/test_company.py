"""Seals and signatures never stand alone on a page: the end of what is sealed goes with them."""

from datetime import date
from typing import Any

import pytest

from documents.blocks import Clause, Clauses, Code, Fact, Facts, Label, Listing, Note, Seal
from documents.blocks import Signature as Signatures
from documents.grid import ENTIRE, TALL, Row, cell
from documents.layout import Page, paginate
from documents.setting import compose
from documents.sheet import BODY, BODY_WIDTH, PAGE_HEIGHT

HEAD = Label("表", "Table")
ON = date(2026, 11, 20)
SEALED = "甲公司"
CODE = Code(HEAD, "https://verify.example.org/verify/CGL2600000001E?c=3f0c9a1e5b7d2468", ("x",))
SEALS = {
    "seal": Seal((HEAD, SEALED), None, "成都", ON),
    "seal with a code": Seal((HEAD, SEALED), "经理", "成都", ON, CODE),
    "one signature": Signatures("成都", ON, ((HEAD, SEALED),)),
    "three signatures": Signatures("成都", ON, ((HEAD, SEALED), (HEAD, "乙"), (HEAD, "丙" * 60))),
}


def _note(count: int) -> Note:
    return Note(HEAD, tuple(f"{n} 行" for n in range(count)))


def _listing(count: int) -> Listing:
    return Listing(HEAD, (HEAD, HEAD), tuple((f"{n} 行", "乙") for n in range(count)))


def _clauses(count: int) -> Clauses:
    return Clauses(
        HEAD, tuple(Clause("标题", f"{n} 行" * (n % 9 * 40 + 1)) for n in range(count // 3 + 1))
    )


def _facts(count: int) -> Facts:
    return Facts(
        HEAD, tuple(Fact(Label("项", "Item"), f"{n} 行" * 12) for n in range(count)), deed=True
    )


def _one_high_row(count: int) -> Note:
    return Note(HEAD, ("\n".join(f"{n} 行" for n in range(count)),))


MAKERS = (_note, _listing, _clauses, _facts, _one_high_row)


def _lines(row: Row) -> list[str]:
    return [line.text for one in row.cells for line in one.lines if line.text]


def _company(page: Page) -> int:
    """Count the lines of text above the seal on its page, the repeated heading left out."""
    texts = [_lines(row) for _, row in page]
    (seal,) = (place for place, said in enumerate(texts) if SEALED in said)
    above = [
        row for (_, row), said in zip(page[:seal], texts, strict=False)
        if said and "续" not in said[0] and "表 Table" not in said
    ]  # fmt: skip
    return sum(max(len(one.lines) for one in row.cells) for row in above)


@pytest.mark.parametrize("sealed", SEALS)
@pytest.mark.parametrize("make", MAKERS)
def test_two_lines_at_least_stand_above_every_seal(make: Any, sealed: str) -> None:
    for height in (560.0, 660.0):
        for count in range(2, 75, 2 if height > 600.0 else 7):
            pages = paginate(compose([make(count), SEALS[sealed]]), height)
            assert _company(pages[-1]) >= 2, f"{count} rows on pages of {height}"
            assert all(down + row.height <= height + 0.01 for page in pages for down, row in page)


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_is_lost_or_said_twice_before_a_seal(make: Any) -> None:
    for count in (3, 33, 47, 70):
        (whole,) = compose([make(count)])
        want = [line for row in whole.body for line in _lines(row)]
        pages = paginate(compose([make(count), SEALS["seal"]]), 660.0)
        heads = [_lines(row) for row in (*whole.head, *whole.again)]
        rows = [_lines(row) for page in pages for _, row in page]
        said = [line for row in rows if row not in heads for line in row]
        assert sorted(said[: len(want)]) == sorted(want)  # cells of a cut row stand side by side
        assert said[len(want)] == "表 Table"


def test_a_seal_after_an_empty_table_stands_under_its_heading() -> None:
    (page,) = paginate(compose([_listing(0), SEALS["seal"]]), 660.0)
    assert _lines(page[0][1]) == ["表 Table"]
    assert any(SEALED in _lines(row) for _, row in page)


def test_the_box_of_a_seal_is_not_cut_where_text_would_be() -> None:
    text = cell(BODY_WIDTH, ("行\n" * 24, BODY))
    boxes = Row((text,), parted=True)
    assert TALL < boxes.height < ENTIRE
    assert boxes.cut(150) is None
    assert Row((text,)).cut(150) is not None
    assert Row((cell(BODY_WIDTH, ("行\n" * 60, BODY)),), parted=True).cut(300) is not None


def test_a_row_is_never_cut_before_its_last_line() -> None:
    row = Row((cell(BODY_WIDTH, ("\n".join(map(str, range(40))), BODY)),))
    for room in range(60, 700, 3):
        upper, lower = row.cut(float(room))
        assert len(upper.cells[0].lines) >= 4
        assert len(lower.cells[0].lines) >= 2
    assert row.height < PAGE_HEIGHT


def test_a_code_takes_its_room_where_a_cell_is_cut() -> None:
    coded = cell(250.0, ("行\n" * 40, BODY), code="https://x.example/")
    upper, lower = coded.cut(141.0)
    assert upper.text_height <= 141.0
    assert (upper.code, lower.code) == ("https://x.example/", "")

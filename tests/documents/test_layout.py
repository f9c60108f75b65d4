from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.grid import LONELY, TALL, WHOLE, Grid, Row, cell
from documents.layout import Page, paginate
from documents.sheet import BODY, BODY_WIDTH

PAGE = 600.0


def row(lines: int, text: str = "行") -> Row:
    return Row((cell(BODY_WIDTH, ("\n".join(f"{text}{n}" for n in range(lines)), BODY)),))


def grid(*sizes: int, together: int = 1) -> Grid:
    head = row(1, "头")
    body = tuple(row(size, f"{place}-") for place, size in enumerate(sizes))
    return Grid((head,), body, (row(1, "续"),), together=together)


def texts(pages: list[Page]) -> list[list[str]]:
    return [[line.text for _, row in page for line in row.cells[0].lines] for page in pages]


@given(st.lists(st.lists(st.integers(1, 120), min_size=1, max_size=12), max_size=6))
def test_every_line_stands_once_in_order_and_on_the_page(blocks: list[list[int]]) -> None:
    grids = [grid(*sizes) for sizes in blocks]
    pages = paginate(grids, PAGE)
    want = [line.text for one in grids for row in one.body for line in row.cells[0].lines]
    found = [text for page in texts(pages) for text in page if text[0] not in "头续"]
    assert found == want
    for page in pages:
        assert all(down + row.height <= PAGE + 0.01 for down, row in page)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_each_later_page_of_a_table_opens_with_its_head(sizes: list[int]) -> None:
    pages = texts(paginate([grid(*sizes)], PAGE))
    assert pages[0][0] == "头0"
    assert all(page[0] == "续0" for page in pages[1:])
    assert all(len(page) > 1 for page in pages)


def test_no_blocks_make_one_empty_page() -> None:
    assert paginate([], PAGE) == [[]]


def test_a_small_block_moves_as_a_whole() -> None:
    small = grid(2, 2)
    assert small.height <= WHOLE
    assert [len(page) for page in paginate([grid(41), small], PAGE)] == [2, 3]


def test_a_total_does_not_stand_alone() -> None:
    one_row = row(1).height
    fitting = int(PAGE // one_row) - 1  # the head takes one
    too_many = [1] * (fitting + 1)
    assert [len(page) for page in paginate([grid(*too_many)], PAGE)][-1] == 2
    assert [len(page) for page in paginate([grid(*too_many, together=2)], PAGE)][-1] == 3


def test_one_short_row_does_not_stay_behind_under_its_heading() -> None:
    table = grid(2, 9, 9, 9)
    assert table.height > WHOLE
    assert table.body[0].height < LONELY
    assert table.cut(table.head[0].height + table.body[0].height + 5) is None
    assert table.cut(table.head[0].height + table.body[0].height + 5, forced=True) is not None


def test_only_a_tall_row_is_cut_and_never_for_a_line_or_two() -> None:
    low, tall = row(10), row(40)
    assert low.height <= TALL < tall.height
    assert low.cut(100) is None
    assert tall.cut(30) is None
    upper, lower = tall.cut(150)
    assert upper.height <= 150
    assert len(upper.cells[0].lines) + len(lower.cells[0].lines) == 40


def test_a_part_of_a_row_does_not_keep_room_for_a_seal() -> None:
    upper, lower = replace(row(40), least=300).cut(150)
    assert (upper.least, lower.least) == (0, 0)


def test_rows_follow_each_other_with_a_gap_between_blocks() -> None:
    first, second = grid(3), grid(2)
    (page,) = paginate([first, second], PAGE)
    downs = [down for down, _ in page]
    assert downs[0] == 0
    assert downs[2] == pytest.approx(first.height + second.gap)

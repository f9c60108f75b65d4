from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents.blocks import Block, Label, Listing, Note, Value, written
from documents.setting import compose
from kernel.money import Money

AMOUNT = (Label("项目", "Item"), Label("金额", "Amount"))
HEAD = Label("表", "Table")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲", "甲"),
        ("  ", "—"),
        (None, "—"),
        (0, "0"),
        (36, "36"),
        (date(2026, 1, 2), "2026-01-02"),
        (cny(-123456), "CNY -1,234.56"),
        (Money(1234567, "JPY"), "JPY 1,234,567"),
        (Label("借款人", "Borrower"), "借款人 Borrower"),
    ],
)
def test_how_values_are_written(value: Value, text: str) -> None:
    assert written(value) == text


def test_a_total_that_does_not_add_up_is_never_printed() -> None:
    rows = (("a", cny(100)), ("b", cny(-30)), ("c", None))
    assert Listing(HEAD, AMOUNT, rows, ("合计", cny(70))).total == ("合计", cny(70))
    with pytest.raises(AssertionError, match="Amount does not add up"):
        Listing(HEAD, AMOUNT, rows, ("合计", cny(71)))


def test_currencies_do_not_add() -> None:
    with pytest.raises(AssertionError):
        Listing(HEAD, AMOUNT, (("a", cny(1)), ("b", Money(1, "USD"))), ("合计", cny(2)))


def test_a_row_has_every_column() -> None:
    with pytest.raises(AssertionError, match="misses a column"):
        Listing(HEAD, AMOUNT, (("a",),))


def test_statements_refuse_sums_that_are_wrong(good_forms: dict[str, Any]) -> None:
    settled = good_forms["settlement_statement"]
    with pytest.raises(AssertionError):
        replace(settled, uncovered=cny(1))
    with pytest.raises(AssertionError):
        replace(settled, borne=cny(1), uncovered=settled.eligible - cny(1)).blocks()
    recovered = good_forms["recovery_statement"]
    with pytest.raises(AssertionError):
        replace(recovered, costs=cny(0))
    with pytest.raises(AssertionError):
        replace(recovered, surplus=cny(1))
    with pytest.raises(AssertionError):
        replace(good_forms["quote_letter"], premium=cny(1)).blocks()


def _texts(*blocks: Block) -> list[list[str]]:
    return [
        [line.text for cell in row.cells for line in cell.lines]
        for grid in compose(blocks)
        for row in grid.rows
    ]


def test_an_empty_table_says_so_and_an_empty_note_nothing() -> None:
    assert _texts(Listing(HEAD, AMOUNT, ()), Note(HEAD, ())) == [["表 Table"], ["无 None"]]


def test_notes_are_numbered() -> None:
    assert _texts(Note(HEAD, ("甲", "乙")))[1:] == [["1.", "甲"], ["2.", "乙"]]
    assert _texts(Note(HEAD, ("甲",) * 1234))[-1] == ["1234.", "甲"]


def test_money_stands_on_the_right_and_a_blank_total_stays_blank() -> None:
    (grid,) = compose(
        [
            Listing(
                HEAD,
                (*AMOUNT, Label("备注", "Remark")),
                (("a", cny(1), ""),),
                (Label("合计", "Total"), cny(1), ""),
            )
        ]
    )
    assert [cell.align for cell in grid.body[0].cells] == ["left", "right", "left"]
    assert grid.body[0].cells[2].lines[0].text == "—"
    assert grid.body[1].cells[2].lines == ()
    assert all(cell.lines[0].type.bold for cell in grid.body[1].cells[:2])

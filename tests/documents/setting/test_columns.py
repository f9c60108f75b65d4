import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.fonts import width
from documents.setting.columns import share_out
from documents.sheet import BODY_WIDTH, PAD_X
from documents.text import wrap
from kernel.money import MAX_MINOR, Money

MOST = str(Money(-MAX_MINOR, "CNY"))
TEXT = st.text("知保银行abcde 0123456789-,.", min_size=1, max_size=300)


@given(st.lists(TEXT, min_size=1, max_size=6), st.integers(0, 3))
def test_columns_fill_the_page_and_amounts_stay_whole(texts: list[str], amounts: int) -> None:
    texts = texts[: 6 - amounts]
    columns = [[(text, 9.0)] for text in texts] + [[(MOST, 9.0)]] * amounts
    is_money = [False] * len(texts) + [True] * amounts
    widths = share_out(columns, is_money, BODY_WIDTH)
    assert sum(widths) == pytest.approx(BODY_WIDTH)
    figures = MOST.removeprefix("CNY ")
    for room, money in zip(widths, is_money, strict=True):
        if money:
            assert figures in " ".join(wrap(MOST, room - 2 * PAD_X, 9.0)).split()


def test_what_fits_is_not_broken() -> None:
    columns = [[("编号", 9.0)], [("ZL202010123456.7", 9.0)], [("CNY 1.00", 9.0)]]
    widths = share_out(columns, [False, False, True], BODY_WIDTH)
    for room, ((text, size),) in zip(widths, columns, strict=True):
        assert width(text, size) <= room - 2 * PAD_X


def test_what_is_left_over_goes_to_texts() -> None:
    texts = [[("名", 9.0)], [("CNY 1.00", 9.0)]]
    name, amount = share_out(texts, [False, True], BODY_WIDTH)
    assert amount == pytest.approx(width("CNY 1.00", 9.0) + 2 * PAD_X, abs=0.1)
    assert name > 8 * amount


def test_dates_and_codes_stay_whole_beside_a_long_word() -> None:
    texts = [[("x" * 200, 9.0)], [("2040-01-02", 9.0)], [("ZL202010100001.X", 9.0)], [(MOST, 9.0)]]
    _, day, code, _ = share_out(texts, [False, False, False, True], BODY_WIDTH)
    assert wrap("2040-01-02", day - 2 * PAD_X, 9.0) == ["2040-01-02"]
    assert wrap("ZL202010100001.X", code - 2 * PAD_X, 9.0) == ["ZL202010100001.X"]

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.fonts import width
from documents.text import NO_LINE_END, NO_LINE_START, may_break, segments, wrap

WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["CNY 1,234,567.89", "2026-01-31", "91442000MA4WXYZ12K", "54/100", "4.35 %"]
        ),
        st.sampled_from(["Borrower", "bank's", "IP-pledge", "(Group)", "第 12 条", "36个月"]),
        st.text("知保中山市银行，。（）“”、；", min_size=1, max_size=12),
        st.just(" "),
        st.just("\n"),
    ),
    max_size=40,
).map("".join)
SPACED = st.lists(
    st.sampled_from(
        ["CNY 1,234,567.89", "CNY -7.00", "2026-01-31", "54/100", "IP-pledge", "x" * 20]
    ),
    max_size=30,
).flatmap(lambda words: st.sampled_from([" ", "与", "，", "（"]).map(lambda mark: mark.join(words)))


@given(WORDS, st.floats(20, 400), st.sampled_from([7.0, 9.0, 17.0]))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: float, size: float) -> None:
    lines = wrap(text, room, size)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, size) <= room for line in lines if len(line) > 1)


@given(SPACED, st.floats(130, 400))
def test_numbers_and_words_stay_whole(text: str, room: float) -> None:
    lines = wrap(text, room, 9)
    pieces = re.findall(r"CNY [\d,.]+|[\w,./'-]+", text, re.ASCII)
    for piece in pieces:
        if width(piece, 9) <= room:
            assert any(piece in line for line in lines)


@given(WORDS, st.floats(130, 400))
def test_lines_neither_begin_nor_end_with_the_wrong_mark(text: str, room: float) -> None:
    for paragraph in text.split("\n"):
        for before, after in zip(lines := wrap(paragraph, room, 9), lines[1:], strict=False):
            if before and after and max(map(len, re.findall(r"\S+", paragraph))) < 12:
                assert before[-1] not in NO_LINE_END or after[0] == " "
                assert after[0] not in NO_LINE_START


@given(WORDS)
def test_segments_are_the_text(text: str) -> None:
    assert "".join(segments(text)) == text


def test_chinese_breaks_anywhere_and_latin_does_not() -> None:
    assert wrap("中山市银行", 20, 10) == ["中山", "市银", "行"]
    assert wrap("中山Bank银行", 36, 10) == ["中山", "Bank银", "行"]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("共CNY 1,234.00元", 78, ["共", "CNY 1,234.00元"]),
        ("CNY 1,234.00", 45, ["CNY", "1,234.00"]),  # rather this than a number in two
        ("见第 12 条", 38, ["见", "第 12 条"]),
        ("余额（含税），到期", 40, ["余额（含", "税），到", "期"]),
        ("a  b", 200, ["a  b"]),
        ("", 50, [""]),
        ("甲\n\n乙", 50, ["甲", "", "乙"]),
        ("耐200℃", 100, ["耐200°C"]),
    ],
)
def test_examples(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room, 10) == lines


def test_a_word_wider_than_the_column_is_cut_rather_than_lost() -> None:
    lines = wrap("x" * 100, 50, 10)
    assert "".join(lines) == "x" * 100
    assert all(width(line, 10) <= 50 for line in lines)


def test_a_column_narrower_than_a_letter_still_ends() -> None:
    assert wrap("知保", 1, 10) == ["知", "保"]


@pytest.mark.parametrize("text", ["bank’s", "……", "——", "１２３", "36个月", "50%", "A/B"])
def test_never_broken(text: str) -> None:
    assert not any(may_break(text, at) for at in range(1, len(text)))

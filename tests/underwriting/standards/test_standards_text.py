"""Folding, amounts, days and formats: exact both ways, and strict."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_drawn import DAYS, Z, money, words

from kernel.errors import Invalid
from kernel.money import MINOR_DIGITS, Money
from underwriting.standards.fold import fold, unfold
from underwriting.standards.kinds import amount_text, read_amount, read_text, text_of
from underwriting.standards.mapping import Kind
from underwriting.standards.mt.days import day_text, read_day
from underwriting.standards.mt.notation import foreign_fault, pattern_of, set_of
from underwriting.standards.mt.parties import named, named_at, read_named


@given(words(Z, 400), st.sampled_from([35, 50, 65, 70]), st.sampled_from(["", "1/", "/LABEL/"]))
def test_a_folded_text_comes_back(text: str, width: int, first: str) -> None:
    rest = "//" if first == "/LABEL/" else first
    lines = fold(text, width, first=first, rest=rest)
    assert unfold(lines, width, first=first, rest=rest) == text
    assert all(0 < len(line) <= width for line in lines)


def test_words_stay_whole_where_they_fit() -> None:
    text = "Sichuan Shifan Precision Instruments Co., Ltd."
    assert fold(text, 35) == ["Sichuan Shifan Precision", "Instruments Co., Ltd."]
    assert fold("a" * 70, 35) == ["a" * 35, "a" * 35]
    assert fold("a" * 35, 35) == ["a" * 35]


@pytest.mark.parametrize("length", range(30, 42))
def test_a_word_that_just_fits_is_told_from_one_that_goes_on(length: int) -> None:
    for text in (f"{'a' * length} b", f"{'a' * length}b", f"b {'a' * length} b"):
        assert unfold(fold(text, 35), 35) == text


@given(st.builds(Money, st.integers(0, 10**16), st.sampled_from(sorted(MINOR_DIGITS))))
def test_an_amount_is_decimal_with_a_comma(given_money: Money) -> None:
    text = amount_text(given_money)
    assert read_amount(text, "32B") == given_money
    scale = MINOR_DIGITS[given_money.currency]
    plain = Decimal(text[3:].replace(",", "."))
    assert plain == Decimal(given_money.minor).scaleb(-scale)
    assert text.count(",") == 1
    assert "." not in text


@pytest.mark.parametrize(
    "text",
    [
        "CNY1.00",
        "CNY1",
        "CNY,50",
        "CNY01,00",
        "CNY1,000",
        "CNY1,000,00",
        "JPY1,0",
        "ZZZ1,00",
        "cny1,00",
        "CNY-1,00",
        "CNY 1,00",
        "CNY1,00\n",
        "",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_amount(text, "32B")


def test_a_shorter_amount_is_the_same_money() -> None:
    same = {read_amount(text, "32B") for text in ("CNY7,", "CNY7,0", "CNY7,00")}
    assert same == {Money(700, "CNY")}


@given(DAYS)
def test_a_day_comes_back(day: date) -> None:
    assert read_day(day_text(day, "30"), "30") == day


@pytest.mark.parametrize("day", [date(1979, 12, 31), date(2080, 1, 1), date(2126, 1, 1)])
def test_a_day_beyond_two_digits_is_refused(day: date) -> None:
    with pytest.raises(Invalid, match="beyond two-digit years"):
        day_text(day, "30")


@pytest.mark.parametrize(
    ("text", "day"),
    [("790101", date(2079, 1, 1)), ("800101", date(1980, 1, 1)), ("000229", date(2000, 2, 29))],
)
def test_the_pivot(text: str, day: date) -> None:
    assert read_day(text, "30") == day


@pytest.mark.parametrize("text", ["270229", "271301", "2701", "27010a", "270101\n", "٢٧٠١٠١"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_day(text, "30")


@pytest.mark.parametrize(
    ("notation", "good", "bad"),
    [
        ("16x", ["A", "a" * 16], ["", "a" * 17, "é", "a\nb", "&"]),
        ("6!n", ["270101"], ["27010", "2701011", "27010a"]),
        ("1!n/1!n", ["1/8"], ["1/10", "1", "/1"]),
        ("4!c/65x", ["OTHR/a"], ["OTHR/", "othr/a", "OTHR/" + "a" * 66]),
        ("4!a[/35x]", ["NONE", "OTHR/as agreed"], ["NONE/", "NON1", "OTHR/" + "a" * 36]),
        ("4*35x", ["a", "a\nb\nc\nd"], ["a\nb\nc\nd\ne", "a" * 36, "a\n\nb"]),
        ("12*65z", ["a&b@c"], ["a~", "\n".join("a" * 13)]),
        ("3!a15d", ["CNY1,00", "JPY7,", "CNY999999999999,99"], ["CNY1", "CNY9999999999999,99"]),
        ("[/34x$]4*35x", ["/account\nname", "name"], ["/account\n", "/" + "a" * 40]),
        ("2!a[/35x][$/65x]", ["CN", "CN/Sichuan", "CN\n/law"], ["CN\nlaw", "C"]),
        ("4!c[$6*35x]", ["ACCP", "REJT\nno"], ["REJT no", "REJT\n"]),
        ("3n", ["1", "999"], ["", "1000"]),
        ("", [""], ["a"]),
    ],
)
def test_a_format_takes_what_it_says(notation: str, good: list[str], bad: list[str]) -> None:
    assert [one for one in good if not pattern_of(notation).fullmatch(one)] == []
    assert [one for one in bad if pattern_of(notation).fullmatch(one)] == []


def test_the_sets_of_characters() -> None:
    assert set_of("150*65z") == "z"
    assert set_of("4*35x") == "x"
    assert foreign_fault("50", "Shifan (Chengdu), 1/2: +86?", "x") is None
    for character in '&@#%=!"<>;*_{~|[]\\^`$}\t':
        assert foreign_fault("50", f"a{character}", "x") is not None


@pytest.mark.parametrize(
    ("text", "named_as", "cure"),
    [
        ("成都海关", "成 (U+6210)", "give the English name"),
        ("Chengdu，", "， (U+FF0C)", "give the English name"),
        ("Café", "é (U+00E9)", "use letters"),
        ("a\tb", "'\\t' (U+0009)", "use letters"),
        ("a\u202eb", "'\\u202e' (U+202E)", "use letters"),
        ("𠮷", "𠮷 (U+20BB7)", "give the English name"),
    ],
)
def test_a_foreign_character_is_named(text: str, named_as: str, cure: str) -> None:
    fault = foreign_fault("MT760.B.50", text, "z")
    assert fault is not None
    assert named_as in fault.problem
    assert fault.cure.startswith(cure)


@given(words("abc,.", 66), words("abc,.", 130))
def test_a_name_and_address_come_back_or_the_address_stays_out(name: str, address: str) -> None:
    text, both = named_at(name, address, "50")
    assert read_named(text, "50") == (name, address if both else None)
    assert len(text.split("\n")) <= 4
    assert max(len(line) for line in text.split("\n")) <= 35


def test_a_name_of_five_lines_is_refused() -> None:
    assert len(named("a" * 132, "59").split("\n")) == 4
    with pytest.raises(Invalid, match="shorten the English name"):
        named("a" * 133, "59")


@pytest.mark.parametrize("text", ["Shifan", "2/Chengdu", "1/a\nb", "2/b\n1/a", "1/a\n2/b\n1/c"])
def test_what_is_not_name_and_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_named(text, "50")


@given(money())
def test_money_in_a_text_is_the_same_amount(given_money: Money) -> None:
    value = {"minor": given_money.minor, "currency": given_money.currency}
    assert read_text("money", text_of("money", value), "amount") == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "9" * 5000),
        ("number", "01"),
        ("number", "\u0661"),
        ("fraction", "1/" + "9" * 5000),
        ("fraction", "1/0"),
        ("money", "CNY" + "9" * 5000 + ",00"),
        ("day", "2026-1-1"),
        ("flag", "yes"),
        ("code", "single"),
        ("codes", "DUTY,IMPORT VAT"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(Invalid):
        read_text(kind, text, "field")

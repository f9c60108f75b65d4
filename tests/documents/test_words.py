import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.words import in_chinese, in_english
from kernel.money import MAX_MINOR, MINOR_DIGITS, Money

AMOUNTS = st.one_of(
    st.integers(0, MAX_MINOR),
    st.integers(0, 2 * 10**6),
    st.builds(lambda a, b: a * 10**b % (MAX_MINOR + 1), st.integers(0, 10**6), st.integers(0, 16)),
)
ENGLISH_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
eighty ninety"""
VALUES = (*range(20), *range(20, 100, 10))
ENGLISH = dict(zip(ENGLISH_WORDS.split(), VALUES, strict=True))


def cny(minor: int) -> str:
    return in_chinese(Money(minor, "CNY")).removeprefix("人民币")


def read_chinese(text: str) -> int:
    """Read capitals back by another way: a stack of section values."""
    total = section = digit = 0
    yi = 0
    for char in text.removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(char) + 1)
            digit = 0
        elif char == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        elif char == "亿":
            yi = total + section + digit
            total = section = digit = 0
        elif char == "元":
            total = (yi * 10**8 + total + section + digit) * 100
            section = digit = 0
        else:
            total += digit * {"角": 10, "分": 1}[char]
            digit = 0
    return total


def read_english(text: str) -> int:
    whole, _, cents = text.removesuffix(" only").partition(" and ")
    total = group = 0
    for word in whole.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in ENGLISH:
            group += ENGLISH[word]
        else:
            scale = ("thousand", "million", "billion", "trillion").index(word)
            total += group * 1000 ** (scale + 1)
            group = 0
    return (total + group) * 100 + int(cents.removesuffix("/100") or 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10001", "壹万零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("100100000", "壹亿零壹拾万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("10000000000", "壹佰亿元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("100000000000000.01", "壹佰万亿元零壹分"),
        (
            "999999999999999.99",
            "玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_known_capitals(text: str, words: str) -> None:
    assert cny(Money.of(text, "CNY").minor) == words


@given(AMOUNTS)
def test_capitals_read_back_as_the_amount(minor: int) -> None:
    assert read_chinese(cny(minor)) == minor


@given(AMOUNTS)
def test_capitals_never_double_or_end_in_a_zero(minor: int) -> None:
    words = cny(minor)
    assert "零零" not in words
    if minor:
        assert not any(bad in words for bad in ("零元", "零万", "零亿", "零角", "零整", "亿万"))
        assert not words.startswith("零")


@given(AMOUNTS)
def test_english_reads_back_as_the_amount(minor: int) -> None:
    words = in_english(Money(minor, "CNY"))
    assert read_english(words.removeprefix("Chinese Yuan ")) == minor


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_two_amounts_never_share_their_words(one: int, other: int) -> None:
    if one != other:
        assert cny(one) != cny(other)
        assert in_english(Money(one, "CNY")) != in_english(Money(other, "CNY"))


@pytest.mark.parametrize("currency", MINOR_DIGITS)
def test_every_currency_has_a_name(currency: str) -> None:
    money = Money(12345, currency)
    figures = "壹万贰仟叁佰肆拾伍元整" if MINOR_DIGITS[currency] == 0 else "壹佰贰拾叁元肆角伍分"
    assert in_chinese(money).endswith(figures)
    assert in_english(money).endswith(" only")


def test_less_than_nothing_is_said() -> None:
    assert in_chinese(Money(-150, "CNY")) == "人民币负壹元伍角整"
    assert in_english(Money(-150, "CNY")) == "Chinese Yuan minus one and 50/100 only"


def test_more_than_the_books_hold_is_impossible() -> None:
    with pytest.raises(AssertionError):
        in_chinese(Money(MAX_MINOR + 1, "CNY"))

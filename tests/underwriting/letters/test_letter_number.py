"""The number of a letter against a second reading of ISO 7064, and against every slip of a pen."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from underwriting.letters.number import LONGEST, check_number, letter_number, number_problem

ALPHABET = string.digits + string.ascii_uppercase
LINES = st.text(string.ascii_uppercase, min_size=2, max_size=4)
NUMBERS = st.builds(letter_number, LINES, st.integers(2000, 2099), st.integers(1, 99_999_999))


def iso_7064_37_36(body: str) -> str:
    """The hybrid system of the standard, written out: the sum after each character, then 1."""
    held = 36
    for character in body:
        held = (held + ALPHABET.index(character)) % 36 or 36
        held = held * 2 % 37
    return ALPHABET[(1 - held) % 36]


@given(NUMBERS)
def test_number_is_short_and_its_check_is_that_of_the_standard(number: str) -> None:
    assert len(number) <= LONGEST
    assert number[-1] == iso_7064_37_36(number[:-1])
    assert number_problem(number) is None
    check_number(number)


def test_published_number_of_the_standard() -> None:
    """The example of the standard's algorithm, as the library prints it."""
    assert iso_7064_37_36("A12425GABC1234002") == "M"


@given(NUMBERS, st.integers(0, 20), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(number: str, place: int, other: str) -> None:
    place %= len(number)
    wrong = number[:place] + other + number[place + 1 :]
    assert (number_problem(wrong) is None) == (wrong == number)


def test_sixteen_characters_pass_and_seventeen_do_not() -> None:
    body = "CGLA26000000001"
    assert number_problem(body + iso_7064_37_36(body)) is None
    longer = body + "0"
    assert "17" in str(number_problem(longer + iso_7064_37_36(longer)))


def test_every_exchange_of_neighbours_is_found() -> None:
    number = letter_number("CGL", 2026, 12345678)
    for place in range(len(number) - 1):
        left, right = number[place], number[place + 1]
        wrong = number[:place] + right + left + number[place + 2 :]
        assert left == right or number_problem(wrong)


def test_sequences_make_different_numbers() -> None:
    numbers = {letter_number("CGL", 2026, one) for one in range(1, 2001)}
    assert len(numbers) == 2000


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "characters"),
        ("CGL2600000001e", "characters"),
        ("CGL26 0000001E", "characters"),
        ("ＣGL2600000001E", "characters"),
        ("CGL2600000001E\n", "characters"),
        ("CGL2600000001F", "check"),
        ("CGL260000000000001E", "16"),
    ],
)
def test_wrong_number_is_refused_with_its_cause(text: str, word: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_number(text, "letter")
    assert refused.value.code == "letter-number"
    assert refused.value.faults[0].field == "letter"
    assert word in refused.value.faults[0].problem


@pytest.mark.parametrize(
    ("line", "year", "sequence", "field"),
    [
        ("cgl", 2026, 1, "line"),
        ("C", 2026, 1, "line"),
        ("CGLLL", 2026, 1, "line"),
        ("CGL", 1999, 1, "year"),
        ("CGL", 2100, 1, "year"),
        ("CGL", 2026, 0, "sequence"),
        ("CGL", 2026, 100_000_000, "sequence"),
    ],
)
def test_parts_outside_their_range(line: str, year: int, sequence: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        letter_number(line, year, sequence)
    assert refused.value.faults[0].field == field

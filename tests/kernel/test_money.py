import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.money import (
    MAX_MINOR,
    MINOR_DIGITS,
    Money,
    allocate,
    format_minor,
    minor_digits,
    nearest_minor,
    parse_minor,
    part_of_part,
    round_half_up,
    weights_of,
)

CURRENCIES = st.sampled_from(sorted(MINOR_DIGITS))
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=8).filter(any)


@given(st.integers(0, 10**15 - 1), CURRENCIES)
def test_an_amount_survives_the_wire(minor: int, currency: str) -> None:
    assert parse_minor(format_minor(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("0", "CNY", 0),
        ("0.00", "CNY", 0),
        ("0.01", "CNY", 1),
        ("0.1", "CNY", 10),
        ("1234.5", "EUR", 123_450),
        ("999999999999999.99", "CNY", MAX_MINOR),
        ("70", "JPY", 70),
        ("70.00", "JPY", 70),
        ("70.0", "KRW", 70),
    ],
)
def test_an_amount_is_read(text: str, currency: str, minor: int) -> None:
    assert parse_minor(text, currency) == minor


HOSTILE = [
    "", " ", "12 ", " 12", "12\n", "\n12", "1\n2", "+1", "-1", "-0", "1e5", "1E5", "1_000",
    "1,000.00", "01", "00", "00.10", ".5", "5.", "1.234", "1..2", "1.2.3", "0x10", "inf", "nan",
    "Infinity", "１２", "١٢", "1２", "²", "½", "一百", "1.5０", "1\u200b", "1\x00", "\ufeff1",
    "CNY 5", "￥5", "1/2", "1000000000000000", "9" * 400, "1'000", "1 000", "−1", "true", "null",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_minor(text, "CNY", "loss.principal")
    assert refused.value.faults[0].field == "loss.principal"
    assert refused.value.faults[0].cure


@pytest.mark.parametrize("value", [None, 1, 1.5, True, b"1", ["1"], {"amount": "1"}])
def test_only_a_string_is_an_amount(value: object) -> None:
    with pytest.raises(Invalid, match="is not an amount"):
        parse_minor(value, "CNY")  # type: ignore[arg-type]  # what JSON may bring


@given(st.text())
def test_any_text_is_read_exactly_or_refused(text: str) -> None:
    try:
        minor = parse_minor(text, "CNY")
    except Invalid:
        return
    assert text.isascii()
    assert Fraction(text) * 100 == minor


@pytest.mark.parametrize(("text", "currency"), [("70.01", "JPY"), ("0.1", "KRW")])
def test_decimals_that_a_currency_lacks_are_refused(text: str, currency: str) -> None:
    with pytest.raises(Invalid, match=f"has more decimals than {currency} has"):
        parse_minor(text, currency)


@pytest.mark.parametrize("currency", ["", "cny", "XAU", "CN", "CNY "])
def test_a_currency_that_we_do_not_keep_is_refused(currency: str) -> None:
    with pytest.raises(Invalid) as refused:
        minor_digits(currency)
    assert refused.value.faults[0].field == "currency"


@given(st.integers(-MAX_MINOR, MAX_MINOR), CURRENCIES)
def test_a_written_amount_is_exact(minor: int, currency: str) -> None:
    written = format_minor(minor, currency)
    assert Fraction(written) * 10 ** MINOR_DIGITS[currency] == minor
    assert len(written.partition(".")[2]) == MINOR_DIGITS[currency]


@given(st.fractions())
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(exact: Fraction) -> None:
    rounded = round_half_up(exact)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)
    assert round_half_up(-exact) == -rounded


@given(st.integers(0, 10**18), WEIGHTS)
def test_the_parts_are_the_whole_and_within_one_unit_of_the_quota(
    total: int, weights: list[int]
) -> None:
    parts = allocate(total, weights)
    quotas = [Fraction(total * weight, sum(weights)) for weight in weights]
    assert sum(parts) == total
    for part, quota in zip(parts, quotas, strict=True):
        assert quota.__floor__() <= part <= quota.__ceil__()


@given(st.integers(0, 10**18), WEIGHTS)
def test_a_part_that_got_a_unit_had_a_remainder_not_smaller_than_one_that_did_not(
    total: int, weights: list[int]
) -> None:
    parts = allocate(total, weights)
    rests = [total * weight % sum(weights) for weight in weights]
    got = [
        part > total * weight // sum(weights) for part, weight in zip(parts, weights, strict=True)
    ]
    ranked = sorted(range(len(rests)), key=lambda i: (-rests[i], i))
    assert [got[i] for i in ranked] == sorted(got, reverse=True), "largest first, ties as written"


@given(st.integers(0, 10**12), WEIGHTS, st.integers(2, 1000))
def test_only_the_proportion_of_the_weights_counts(
    total: int, weights: list[int], scale: int
) -> None:
    assert allocate(total, [weight * scale for weight in weights]) == allocate(total, weights)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1, [1, 1], [1, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (5, [1, 1], [3, 2]),
        (1, [0, 1], [0, 1]),
        (1, [0, 1, 1], [0, 1, 0]),
        (7, [1], [7]),
        (0, [3, 1], [0, 0]),
        (10, [6, 5, 4], [4, 3, 3]),
        (3333, [54, 26, 16, 4], [1800, 867, 533, 133]),
    ],
)
def test_left_over_units_by_hand(total: int, weights: list[int], parts: list[int]) -> None:
    assert allocate(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [0]), (1, [2, -1]), (1, [])])
def test_what_cannot_be_allotted_is_stopped(total: int, weights: list[int]) -> None:
    with pytest.raises((AssertionError, ValueError)):
        allocate(total, weights)


def test_money_of_one_currency_adds_and_takes_away() -> None:
    assert Money(5, "CNY") + Money(7, "CNY") - Money(2, "CNY") == Money(10, "CNY")
    assert -Money(5, "CNY") == Money(-5, "CNY")


def test_two_currencies_never_add() -> None:
    with pytest.raises(AssertionError, match="CNY is not EUR"):
        Money(5, "CNY") + Money(5, "EUR")
    with pytest.raises(AssertionError, match="CNY is not JPY"):
        Money(5, "CNY") - Money(5, "JPY")


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(0, "CNY"), "CNY 0.00"),
        (Money(-5, "CNY"), "CNY -0.05"),
        (Money(-123_456_789, "CNY"), "CNY -1,234,567.89"),
        (Money(1_234_567, "JPY"), "JPY 1,234,567"),
        (Money(MAX_MINOR, "CNY"), "CNY 999,999,999,999,999.99"),
    ],
)
def test_money_is_written_for_people(money: Money, text: str) -> None:
    assert str(money) == text


@given(st.integers(-(10**17), 10**17), st.fractions(-3, 3), st.fractions(-3, 3))
def test_a_part_of_a_part_is_rounded_once(minor: int, one: Fraction, other: Fraction) -> None:
    assert part_of_part(minor, one, other) == round_half_up(minor * one * other)


@given(
    st.floats(-1e17, 1e17)
    | st.integers(-(10**9), 10**9).map(lambda n: n / 2)
    | st.integers(-(10**9), 10**9).map(lambda n: math.nextafter(n / 2, math.inf))
    | st.integers(-(10**9), 10**9).map(lambda n: math.nextafter(n / 2, -math.inf))
)
def test_a_float_is_rounded_as_the_fraction_that_it_is(value: float) -> None:
    assert nearest_minor(value) == round_half_up(Fraction(value))


@given(st.lists(st.fractions(0, 5, max_denominator=400), min_size=1, max_size=8))
def test_weights_are_the_fractions_on_their_least_common_denominator(
    fractions: list[Fraction],
) -> None:
    weights = weights_of(iter(fractions))
    whole = math.lcm(*(one.denominator for one in fractions))
    assert [Fraction(weight, whole) for weight in weights] == fractions
    assert math.gcd(whole, *weights) == 1, "a smaller denominator would do"


def test_weights_of_many_fractions_alike_stay_small() -> None:
    """The product of their denominators would be 365 to the power of a hundred."""
    assert weights_of([Fraction(3, 365)] * 100) == [3] * 100

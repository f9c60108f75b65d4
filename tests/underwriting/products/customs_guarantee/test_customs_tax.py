"""Import taxes: by hand, and against another way of working them out in exact fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from customs_proposals import customs_risk
from hypothesis import given
from hypothesis import strategies as st
from proposals import cny

from underwriting.products.customs_guarantee.highest import tax_of_a_declaration
from underwriting.products.customs_guarantee.tax import Rates, Taxes, late_surcharge, taxes_on

RATES = st.fractions(0, 3, max_denominator=10_000)
INSIDE = st.fractions(0, Fraction(9, 10), max_denominator=10_000)
VALUES = st.integers(0, 10**14)


def half_up(exact: Fraction) -> int:
    """By decimal arithmetic of 80 digits; a fraction that no decimal holds is never a half."""
    if exact.denominator == 2:
        return (exact.numerator + 1) // 2
    return int((Decimal(exact.numerator) / exact.denominator).quantize(0, ROUND_HALF_UP))


def test_wine_by_hand() -> None:
    """100,000.00 at 14 % duty, 10 % consumption tax, 13 % VAT.

    Duty 14,000.00; consumption 114,000.00 / 0.9 x 0.1 = 12,666.67; VAT 126,666.67 x 0.13 =
    16,466.67; together 43,133.34.
    """
    rates = Rates(duty=Fraction("0.14"), consumption=Fraction("0.1"), vat=Fraction("0.13"))
    taxes = taxes_on(100_000_00, Fraction(0), rates)
    assert taxes == Taxes(14_000_00, 0, 0, 12_666_67, 16_466_67)
    assert taxes.total == 43_133_34


def test_anti_dumping_enters_the_base_of_vat_by_hand() -> None:
    """1,000,000.00 at 6.5 %, anti-dumping 35.7 %, countervailing 4.2 %: 65,000, 357,000, 42,000;
    VAT 13 % of 1,464,000 = 190,320.
    """
    rates = Rates(
        duty=Fraction("0.065"),
        anti_dumping=Fraction("0.357"),
        countervailing=Fraction("0.042"),
        vat=Fraction("0.13"),
    )
    assert taxes_on(1_000_000_00, Fraction(0), rates) == Taxes(
        65_000_00, 357_000_00, 42_000_00, 0, 190_320_00
    )


def test_specific_and_compound_rates_by_hand() -> None:
    """Beer: 10 t of 880.00 consumption tax a tonne; duty 7.50 a hectolitre stands as 75.00 a tonne.

    Duty 750.00; consumption 10 x 880 = 8,800.00; VAT (50,000 + 750 + 8,800) x 0.13 = 7,741.50.
    """
    rates = Rates(
        duty_per_unit=Fraction(75_00),
        consumption_per_unit=Fraction(880_00),
        vat=Fraction("0.13"),
    )
    assert taxes_on(50_000_00, Fraction(10), rates) == Taxes(750_00, 0, 0, 8_800_00, 7_741_50)


def test_compound_consumption_tax_is_in_its_own_base() -> None:
    """Cigarettes: 36 % and 0.003 a piece, 50,000 pieces of 20,000.00, no duty.

    Specific 150.00; (20,000 + 150) / 0.64 x 0.36 = 11,334.375, and 150: 11,484.38.
    """
    rates = Rates(consumption=Fraction("0.36"), consumption_per_unit=Fraction("0.3"))
    assert taxes_on(20_000_00, Fraction(50_000), rates).consumption == 11_484_38


@given(VALUES, RATES, RATES, INSIDE, RATES)
def test_a_second_way(
    value: int, duty: Fraction, dumping: Fraction, spent: Fraction, vat: Fraction
) -> None:
    """Consumption tax is its rate x the price that holds it: P = base + rate x P."""
    rates = Rates(duty=duty, anti_dumping=dumping, consumption=spent, vat=vat)
    taxes = taxes_on(value, Fraction(0), rates)
    first, second = half_up(value * duty), half_up(value * dumping)
    base = value + first + second
    price = base * (1 + spent / (1 - spent))
    assert price == base + spent * price
    third = half_up(spent * price)
    assert taxes == Taxes(first, second, 0, third, half_up((base + third) * vat))


@given(VALUES, st.integers(0, 10**12), RATES, RATES, st.tuples(INSIDE, INSIDE))
def test_more_value_or_a_higher_rate_never_owes_less(
    value: int, more: int, duty: Fraction, vat: Fraction, spent: tuple[Fraction, Fraction]
) -> None:
    low, high = sorted(spent)
    lower = taxes_on(value, Fraction(0), Rates(duty=duty, consumption=low, vat=vat)).total
    higher = taxes_on(value + more, Fraction(0), Rates(duty=duty, consumption=high, vat=vat)).total
    assert lower <= higher


def test_surcharge_by_hand() -> None:
    """100,000.00 for 44 days at 0.05 %: 2,200.00; nothing for no day; 49.99 is waived."""
    rate = Fraction("0.0005")
    assert late_surcharge(100_000_00, 44, rate) == 2_200_00
    assert late_surcharge(100_000_00, 0, rate) == late_surcharge(100_000_00, -3, rate) == 0
    assert late_surcharge(99_980_00, 1, rate, waived_below=50_00) == 0
    assert late_surcharge(100_000_00, 1, rate, waived_below=50_00) == 50_00


@given(st.integers(0, 10**14), st.integers(0, 400), st.integers(0, 400))
def test_surcharge_adds_up_over_days_but_for_rounding(tax: int, one: int, two: int) -> None:
    rate = Fraction("0.0005")
    apart = late_surcharge(tax, one, rate) + late_surcharge(tax, two, rate)
    assert abs(late_surcharge(tax, one + two, rate) - apart) <= 1


def test_the_dearest_reading_of_each_line_counts() -> None:
    """Two lines: 10 % or 30 % duty on 100,000.00; and 50,000.00 or 40,000.00 at 13 % VAT alone."""
    lines = [
        [
            {"value": cny("100000.00"), "duty_rate": rate, "vat_rate": "0"}
            for rate in ("0.1", "0.3")
        ],
        [{"value": cny(value)} for value in ("50000.00", "40000.00")],
    ]
    risk = customs_risk(goods=lines)
    assert [line.highest.total for line in risk.goods] == [30_000_00, 6_500_00]
    assert tax_of_a_declaration(risk.goods) == 36_500_00


def test_the_sample_owes_vat_alone() -> None:
    (line,) = customs_risk().goods
    assert line.highest == Taxes(0, 0, 0, 0, 260_000_00)


@pytest.mark.parametrize("duty", ["0", "0.065"])
def test_a_specific_rate_on_the_wire_is_in_yuan(duty: str) -> None:
    reading = {"quantity": "1250.5", "duty_per_unit": "1.2", "duty_rate": duty, "vat_rate": "0"}
    (line,) = customs_risk(goods=[[reading]]).goods
    assert line.highest.duty == round(2_000_000_00 * float(duty)) + 1_500_60

"""When tax falls due, what may be open at once, and what lateness costs: by hand, day by day."""

from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction

import pytest
from customs_proposals import customs_risk, tariff
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.working_days import load_calendar
from underwriting.products.customs_guarantee.clock import (
    due,
    last_due,
    late_days,
    open_at_once,
    payment_term,
    surcharge_on,
)
from underwriting.products.customs_guarantee.highest import highest_tax

TERMS = tariff()


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2024, 11, 30), "payment_notice"),
        (date(2024, 12, 1), "declaration_completed"),
        (date(2026, 3, 2), "declaration_completed"),
    ],
)
def test_the_clock_starts_with_the_declaration_since_december_2024(day: date, starts: str) -> None:
    assert payment_term(TERMS, "CN", day) == (15, starts, payment_term(TERMS, "CN", day).source)
    assert payment_term(TERMS, "CN", day).starts == starts
    assert due(TERMS, "CN", day) == day + timedelta(days=15)


def test_a_new_rule_needs_a_row_and_no_code() -> None:
    terms = deepcopy(dict(TERMS))
    terms["regimes"]["CN"]["term"]["2027-01-01"] = {"days": 10, "starts": "release", "source": "x"}
    assert due(terms, "CN", date(2027, 1, 1)) == date(2027, 1, 11)
    assert due(terms, "CN", date(2026, 12, 31)) == date(2027, 1, 15)


def test_a_day_before_every_rule_is_refused() -> None:
    with pytest.raises(Invalid, match="no term of payment"):
        payment_term(TERMS, "CN", date(1980, 1, 1))


def test_surcharge_counts_from_the_day_after_the_term() -> None:
    """Declared on 1 March 2026: due on the 16th; paid on the 26th, ten days late."""
    last = due(TERMS, "CN", date(2026, 3, 1))
    assert last == date(2026, 3, 16)
    assert surcharge_on(1_000_000_00, last, date(2026, 3, 26), TERMS) == 5_000_00
    assert surcharge_on(1_000_000_00, last, last, TERMS) == 0
    assert surcharge_on(90_000_00, last, date(2026, 3, 17), TERMS) == 0  # 45.00 is waived


def test_the_longest_purpose_says_when_the_last_tax_falls_due() -> None:
    """9 March 2026 and 15, 45 or 180 days."""
    for purposes, day in (
        (["payment_term"], date(2026, 3, 24)),
        (["aggregated_collection", "payment_term"], date(2026, 4, 23)),
        (["payment_term", "taxation_elements"], date(2026, 9, 5)),
    ):
        assert last_due(customs_risk(use={"purposes": purposes}).use, TERMS) == day


def test_what_may_be_open_at_once_by_hand() -> None:
    """Twelve a month: within 15 days twelve, within 45 two months', within 180 six months'."""
    for purpose, many in (
        ("payment_term", 12),
        ("aggregated_collection", 24),
        ("taxation_elements", 72),
    ):
        risk = customs_risk(use={"purposes": [purpose]})
        assert open_at_once(risk.use, TERMS) == many
        assert highest_tax(risk, TERMS) == many * 260_000_00
    single = customs_risk(use={"mode": "single", "declarations_per_month": None})
    assert highest_tax(single, TERMS) == 260_000_00


def test_the_days_of_aggregated_collection_hold_every_month_of_the_calendar() -> None:
    """It is due on the fifth working day of the next month: 45 days are never too few."""
    calendar = load_calendar()
    longest = TERMS["figures"]["longest_days"]["aggregated_collection"]["value"]
    day, waits = calendar.first, []
    while day < calendar.last - timedelta(days=50):
        months = day.year * 12 + day.month
        last = date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
        waits.append((calendar.add_working_days(last, 5) - day).days)
        day += timedelta(days=1)
    assert max(waits) <= longest
    mean = sum(waits) / len(waits)
    assert mean == pytest.approx(
        TERMS["figures"]["open_days"]["aggregated_collection"]["value"], abs=1.5
    )


@given(st.integers(1, 30))
def test_days_of_lateness_hold_the_working_days(working: int) -> None:
    """N working days are at least 7/5 N calendar days, holidays apart."""
    days = late_days(working, TERMS)
    assert 0 <= days - 30 - Fraction(working * 7, 5) < 1

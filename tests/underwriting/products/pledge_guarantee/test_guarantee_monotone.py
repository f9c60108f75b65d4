"""More at stake never costs less: over plans, grace, tranches, shares, grades, schemes."""

from typing import Any

import pytest
from builders import a_risk, a_scheme, cny, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from underwriting.products import product
from underwriting.receipt import price

LINE = product("pledge_guarantee")
FEN = 3
"""Room for rounding: a loss is split, a recovery given back, and a premium rounded, to the fen."""
PLANS = st.sampled_from(["bullet", "equal_principal", "annuity"])
GRADES = ("A", "BBB", "BB", "B", "CCC")
SCHEMES = {
    "quota": {},
    "interest": {"loss_base": "principal_interest"},
    "ip part": {"eligible": "ip_share"},
    "reverse": {"recovery": "reverse"},
}


@st.composite
def proposals(draw: st.DrawFn) -> dict[str, Any]:
    """Parts of a proposal, its rights worth a tenth to six times the loan."""
    months = draw(st.integers(2, 48))
    loan = draw(st.integers(10_000, 9_000_000))
    return {
        "loan": {
            "plan": draw(PLANS),
            "term_months": months,
            "grace_months": draw(st.integers(0, months - 2)),
            "amount": cny(f"{loan}.00"),
            "ip_share": f"{draw(st.integers(0, 19))}/20",
            "annual_rate": f"{draw(st.integers(0, 150))}/1000",
        },
        "borrower": {"grade": draw(st.sampled_from(GRADES))},
        "right": {
            "appraised": cny(f"{max(1, loan * draw(st.integers(1, 60)) // 10)}.00"),
            "kind": draw(st.sampled_from(["invention", "design", "trademark"])),
            "invalidation_pending": draw(st.booleans()),
        },
        "cover": {"insured_share": f"{draw(st.integers(1, 19))}/20"},
    }


def cost(parts: dict[str, Any], scheme: str, **changes: Any) -> int:
    merged = {**parts}
    for name, change in changes.items():
        merged[name] = {**merged[name], **change}
    inputs = some_inputs(a_risk(**merged), scheme=a_scheme(**SCHEMES[scheme]))
    return price(LINE, inputs).premium.total.minor


def more(text: str) -> str:
    return f"{int(text.partition('/')[0]) + 1}/{text.partition('/')[2]}"


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=12, deadline=None)
@given(parts=proposals(), step=st.integers(1, 1_000_000))
def test_more_of_anything_never_costs_less(parts: dict[str, Any], step: int, scheme: str) -> None:
    loan, before = parts["loan"], cost(parts, scheme)
    grade = GRADES.index(parts["borrower"]["grade"])
    larger = f"{int(loan['amount']['amount'][:-3]) + step}.00"
    for changes in (
        {"loan": {"amount": cny(larger)}},
        {"loan": {"term_months": loan["term_months"] + 1}},
        {"loan": {"grace_months": loan["grace_months"] + 1}},
        {"loan": {"ip_share": more(loan["ip_share"])}},
        {"cover": {"insured_share": more(parts["cover"]["insured_share"])}},
        {"borrower": {"grade": GRADES[min(grade + 1, 4)]}},
        {"right": {"appraised": cny("1.00")}},
    ):
        assert before <= cost(parts, scheme, **changes) + FEN, changes


@settings(max_examples=15, deadline=None)
@given(parts=proposals(), scheme=st.sampled_from(["interest", "quota"]))
def test_a_higher_rate_never_costs_less(parts: dict[str, Any], scheme: str) -> None:
    dearer = more(parts["loan"]["annual_rate"])
    assert cost(parts, scheme) <= cost(parts, scheme, loan={"annual_rate": dearer}) + FEN


@settings(max_examples=15, deadline=None)
@given(parts=proposals(), share=st.integers(1, 9))
def test_money_drawn_later_never_costs_more_on_a_bullet_loan(
    parts: dict[str, Any], share: int
) -> None:
    amount = int(parts["loan"]["amount"]["amount"][:-3])
    first = amount * share // 10
    tranches = [
        {"on": "2025-03-10", "amount": cny(f"{first}.00")},
        {"on": "2025-04-20", "amount": cny(f"{amount - first}.00")},
    ]
    bullet = {"plan": "bullet", "grace_months": 0}
    later = cost(parts, "quota", loan={**bullet, "drawdowns": tranches})
    assert later <= cost(parts, "quota", loan=bullet) + FEN


def test_the_order_of_the_shares_of_the_bank_is_nothing() -> None:
    """A bank that retains a fifth pays for a sum insured of four fifths, to the fen."""
    share = some_inputs(a_risk(cover={"insured_share": "4/5"}), scheme=a_scheme())
    limit = some_inputs(a_risk(cover={"sum_insured": cny("2400000.00")}), scheme=a_scheme())
    assert price(LINE, share).premium.total == price(LINE, limit).premium.total

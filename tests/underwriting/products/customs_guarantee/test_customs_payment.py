"""A demand paid and a pledge sold: nothing is lost and nothing is paid twice."""

from datetime import date, timedelta

from customs_proposals import customs_basis, customs_risk, tariff
from hypothesis import given
from hypothesis import strategies as st

from underwriting.products.customs_guarantee.contract import contract
from underwriting.products.customs_guarantee.payment import Payment, payment, proceeds_by_rank
from underwriting.rules.contract import Contract

MONEY = st.integers(0, 10**12)
DUE = date(2025, 6, 18)
TERMS = tariff()


def bound(surcharge: str) -> Contract:
    risk = customs_risk(cover={"surcharge": surcharge})
    return contract(risk, customs_basis(risk))


WITHIN, BEYOND = bound("within"), bound("beyond")


def paid(terms: Contract, tax: int, available: int, late: int) -> Payment:
    return payment(
        terms, tax, available=available, due_on=DUE, paid_on=DUE + timedelta(days=late), terms=TERMS
    )


def test_within_the_limit_by_hand() -> None:
    """2,950,000.00 for 44 days: 64,900.00 of surcharge, 50,000.00 of it within 3,000,000.00."""
    assert paid(WITHIN, 2_950_000_00, 3_000_000_00, 44) == Payment(
        2_950_000_00, 50_000_00, 14_900_00
    )
    assert paid(BEYOND, 2_950_000_00, 3_000_000_00, 44) == Payment(2_950_000_00, 64_900_00, 0)
    assert paid(BEYOND, 3_000_000_00, 3_000_000_00, 91) == Payment(
        3_000_000_00, 135_000_00, 1_500_00
    )


@given(MONEY, MONEY, st.integers(0, 400))
def test_what_is_asked_is_paid_or_refused(tax: int, available: int, late: int) -> None:
    for terms in (WITHIN, BEYOND):
        found = paid(terms, tax, available, late)
        assert min(found) >= 0
        assert found.tax == min(tax, available)
        owed = round(tax * late / 2000)
        assert abs(found.total + found.refused - tax - (owed if owed >= 50_00 else 0)) <= 1
    assert paid(WITHIN, tax, available, late).total <= available


@given(MONEY, MONEY, MONEY, MONEY)
def test_proceeds_are_shared_to_the_fen_in_order(
    gross: int, costs: int, before: int, owed: int
) -> None:
    found = proceeds_by_rank(gross, costs, before, owed)
    assert sum(found) == gross
    assert min(found) >= 0
    if found.ours:
        assert (found.costs, found.before) == (costs, before)
    if found.owner:
        assert found.ours == owed

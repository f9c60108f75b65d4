"""What a loan costs in all, and the caps on it."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from builders import a_basis, a_risk, a_scheme, cny, shipped, some_inputs, yuan

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.products import product
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.products.pledge_guarantee.cost import cost_findings, cost_of
from underwriting.products.pledge_guarantee.flows import flows_of, instalments_of
from underwriting.rules.contract import Contract

TERMS = product("pledge_guarantee").terms
MILLION: dict[str, Any] = {"amount": cny("1000000.00"), "annual_rate": "0.06"}


def frozen(scheme: Any = None, **parts: Any) -> Contract:
    risk = a_risk(**parts)
    return contract(risk, a_basis(some_inputs(risk, scheme=scheme or a_scheme())))


def found(terms: Contract, premium: str, scheme: str = "wenzhou-2019") -> dict[str, Finding]:
    findings = cost_findings(terms, yuan(premium), TERMS, shipped(scheme).scheme)
    return {one.code: one for one in findings}


def test_a_year_by_hand() -> None:
    """Interest monthly, 30,000 of premium at the start: 6 + 3 % nominal; its rate by the roots.

    The months are of unequal days; the polynomial takes twelfths, which moves it a little.
    """
    cost = cost_of(frozen(loan=MILLION), yuan("30000.00"))
    assert (cost.premium, cost.nominal) == (Fraction(3, 100), Fraction(9, 100))
    flows = [-1_005_000.0, *[-5000.0] * 11, 970_000.0]
    (root,) = (r.real for r in np.roots(flows) if abs(r.imag) < 1e-9 and 0.9 < r.real < 1.0)
    assert cost.effective == pytest.approx(root**-12 - 1, abs=2e-4)
    assert 0.09 < cost.effective < 0.10


def test_the_caps_of_wenzhou_at_their_edge() -> None:
    """3 % of principal and 9 % in all pass; a fen more does not."""
    terms = frozen(loan=MILLION)
    assert set(found(terms, "30000.00")) == {"cost-in-all"}
    above = found(terms, "30000.01")
    assert set(above) == {"cost-in-all", "cost-cap-wenzhou-premium", "cost-cap-wenzhou-all-in"}
    assert {one.effect for one in above.values()} == {Effect.INFORM, Effect.REFER}
    assert all(one.en and one.zh and one.clause and one.cure for one in above.values())
    assert set(found(terms, "30000.01", "qingdao-2015")) == {"cost-in-all"}


def test_the_line_of_the_courts_counts_everything() -> None:
    """18 % interest passes; with 4 % premium and 2 % fees in advance it does not."""
    plain = frozen(loan={**MILLION, "annual_rate": "0.18"})
    assert "cost-cap-court" not in found(plain, "0.00", "qingdao-2015")
    dear = frozen(loan={**MILLION, "annual_rate": "0.18", "fees": cny("20000.00")})
    line = found(dear, "40000.00", "qingdao-2015")["cost-cap-court"]
    assert "unverified" in line.en
    assert line.effect is Effect.REFER


def test_a_public_payer_is_no_cost_of_the_borrower() -> None:
    half = {"payer": "示范市财政局", "share": "1/2"}
    cost = cost_of(frozen(loan=MILLION, subsidy=half), yuan("30000.00"))
    assert cost.nominal == Fraction(75, 1000)
    assert cost.premium == Fraction(3, 100)


@pytest.mark.parametrize("plan", ["bullet", "equal_principal", "annuity"])
@pytest.mark.parametrize("count", ["monthly/365", "actual/365", "actual/360", "30/360"])
def test_what_is_drawn_comes_back_and_free_cover_costs_the_interest(plan: str, count: str) -> None:
    loan = {
        **MILLION, "plan": plan, "day_count": count, "term_months": 24, "grace_months": 3,
        "drawdowns": [
            {"on": "2025-03-10", "amount": cny("400000.00")},
            {"on": "2025-05-25", "amount": cny("600000.00")},
        ],
    }  # fmt: skip
    terms = frozen(loan=loan)
    flows = flows_of(terms, yuan("0.00"))
    principal = sum(flow.minor for flow in flows if flow.what in ("tranche", "principal"))
    assert principal == 0
    effective = cost_of(terms, yuan("0.00")).effective
    year = 365 / 360 if count == "actual/360" else 1.0
    assert effective == pytest.approx((1 + 0.06 * year / 12) ** 12 - 1, abs=1.5e-3)


def test_annual_instalments_follow_the_balance() -> None:
    loan = {**MILLION, "plan": "equal_principal", "term_months": 24}
    once = frozen(loan=loan)
    yearly = frozen(loan=loan, cover={"premium_basis": "annual"})
    parts = instalments_of(yearly, yuan("30000.00"))
    assert [part.money.text for part in parts] == ["22200.00", "7800.00"]
    assert [part.on.isoformat() for part in parts] == ["2025-03-10", "2026-03-10"]
    assert instalments_of(once, yuan("30000.00"))[0].money == yuan("30000.00")
    cheaper = cost_of(yearly, yuan("30000.00"))
    dearer = cost_of(once, yuan("30000.00"))
    assert cheaper.effective < dearer.effective
    assert cheaper.nominal == dearer.nominal


def test_all_terms_of_the_cost_survive_freezing() -> None:
    terms = frozen(loan={**MILLION, "fees": cny("1.00"), "day_count": "actual/360"})
    assert Contract.of(terms.json()) == terms
    again = cost_of(Contract.of(terms.json()), Money(2_000_000, "CNY"))
    assert again == cost_of(terms, Money(2_000_000, "CNY"))

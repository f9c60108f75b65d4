"""The terms that binding freezes, from a proposal and the tariff."""

from datetime import date
from fractions import Fraction

import pytest
from builders import a_basis, a_risk, a_scheme, cny, some_inputs

from kernel.errors import Invalid
from kernel.money import Money
from kernel.period import Period
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.rules.contract import Contract


def terms_of(scheme: object = None, **parts: object) -> Contract:
    risk = a_risk(**parts)
    return contract(risk, a_basis(some_inputs(risk, scheme=scheme)))


def test_the_terms_of_a_plain_proposal() -> None:
    terms = terms_of()
    assert terms.period == Period(date(2025, 3, 10), date(2026, 4, 9))
    assert (terms.waiting_days, terms.notice_days, terms.call_working_days) == (80, 10, 10)
    assert terms.lent.annual_rate == Fraction(435, 10000)
    assert (terms.issuer, terms.settles, terms.lent.plan) == ("insurer", "several", "bullet")
    assert len(terms.papers) == 7
    assert terms.subsidy is None


def test_the_sum_insured_has_a_years_interest_where_the_scheme_shares_it() -> None:
    """3,000,000.00 x 1.0435; principal alone under a scheme of principal."""
    assert terms_of().sum_insured == Money.of("3130500.00", "CNY")
    assert terms_of(a_scheme()).sum_insured == Money.of("3000000.00", "CNY")


def test_what_is_asked_goes_before_what_is_usual() -> None:
    terms = terms_of(cover={"sum_insured": cny("2000000.5"), "waiting_days": 0})
    assert terms.sum_insured == Money.of("2000000.50", "CNY")
    assert terms.waiting_days == 0


def test_the_issuer_is_a_party_of_the_scheme() -> None:
    with pytest.raises(Invalid, match="'pool' is no party of scheme qingdao-2015") as refused:
        terms_of(cover={"issuer": "pool"})
    assert "insurer, bank, guarantor" in refused.value.faults[0].cure


def test_a_sum_insured_of_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="above zero"):
        terms_of(cover={"sum_insured": cny("0")})


def test_the_cap_of_a_subsidy_is_money() -> None:
    terms = terms_of(subsidy={"payer": "示范市财政局", "share": "0.5", "cap": cny("20000")})
    assert terms.subsidy == ("示范市财政局", Fraction(1, 2), Money.of("20000.00", "CNY"))

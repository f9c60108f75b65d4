"""What binding freezes survives the freezing."""

import json
from dataclasses import replace
from fractions import Fraction

from builders import a_basis, a_risk, cny, some_inputs

from kernel.money import Money
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.rules.contract import Contract


def a_contract(**parts: object) -> Contract:
    risk = a_risk(**parts)
    return contract(risk, a_basis(some_inputs(risk)))


def frozen(terms: Contract) -> Contract:
    return Contract.of(json.loads(json.dumps(terms.json())))


def test_a_plain_contract_survives() -> None:
    terms = a_contract()
    assert frozen(terms) == terms


def test_a_contract_with_everything_survives() -> None:
    terms = a_contract(
        borrower={"tier": "high_tech"},
        loan={"annual_rate": "1/3", "plan": "annuity", "ip_share": "2/3"},
        cover={"settles": "lead", "waiting_days": 0, "sum_insured": cny("1000000.01")},
        subsidy={"payer": "示范市财政局", "share": "1/3", "cap": cny("10000.5")},
    )
    assert terms.lent.annual_rate == Fraction(1, 3)
    assert terms.subsidy == ("示范市财政局", Fraction(1, 3), Money.of("10000.50", "CNY"))
    assert frozen(terms) == terms


def test_a_subsidy_without_a_cap_stays_without_one() -> None:
    terms = a_contract(subsidy={"payer": "示范市财政局", "share": "1/2"})
    assert frozen(terms).subsidy == ("示范市财政局", Fraction(1, 2), None)
    assert replace(terms, subsidy=None) == frozen(replace(terms, subsidy=None))

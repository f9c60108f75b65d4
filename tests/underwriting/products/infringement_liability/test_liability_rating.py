"""The price: its parts, its steps, what it rests on, and what it refuses."""

from typing import Any

import numpy as np
import pytest
from liability_cases import SAMPLE, TERMS, a_basis, checked, proposal, technical, yuan

from kernel.errors import Invalid
from kernel.sharing import Scheme
from underwriting.pricing.view import LossView
from underwriting.products.infringement_liability.accept import accept
from underwriting.products.infringement_liability.rating import rate
from underwriting.schemes.library import load_schemes, read_scheme

TWO_PARTIES = """
code = "four-fifths"
title = "a scheme for tests"
source = "written for tests"
valid_from = 2020-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "uncovered"
recovery = "pro_rata"
[[layers]]
shares = { insurer = "80/100", bank = "20/100" }
"""


def rated(scheme: Scheme | None = None, **parts: Any) -> LossView:
    risk = checked(proposal(**parts))
    basis = a_basis(risk, **({"scheme": scheme} if scheme else {}))
    return rate(risk, basis)


def test_causes_months_and_the_last_step_are_one_figure() -> None:
    found = rated(exhibition={"fairs": [{"court": "DE", "count": 3}], "sublimit": yuan(50000)})
    assert {peril.code for peril in found.perils} == {
        "competitor_suits", "npe_suits", "exhibitions"}  # fmt: skip
    assert found.pure == pytest.approx(sum(row.expected_loss for row in found.months))
    assert found.steps[-1].expected == pytest.approx(found.pure)
    assert len(found.months) == 12


def test_steps_fall_in_the_order_of_the_terms() -> None:
    found = rated(npe_sublimit=yuan(100000), aggregate=yuan(1000000))
    assert [step.code for step in found.steps] == [
        "ground_up", "retention", "coinsurance", "sublimit", "limit", "aggregate", "share",
    ]  # fmt: skip
    left = [step.expected for step in found.steps]
    assert left == sorted(left, reverse=True)
    assert left[2] == pytest.approx(0.9 * left[1])


def test_four_fifths_of_the_share_are_four_fifths_of_the_price() -> None:
    whole, part = rated(), rated(read_scheme(TWO_PARTIES, "test").scheme)
    assert part.pure == pytest.approx(0.8 * whole.pure)
    assert part.margin.amount == pytest.approx(0.8 * whole.margin.amount)
    assert part.steps[-2].expected == pytest.approx(whole.steps[-2].expected)


def test_a_scheme_of_several_layers_is_refused() -> None:
    with pytest.raises(Invalid, match="more than one plain layer"):
        rated(load_schemes()["anhui-4321-2015"].scheme, issuer="guarantor")


def test_an_issuer_that_bears_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="bears no share"):
        rated(issuer="bank")


def test_the_price_rests_on_named_figures() -> None:
    found = rated(sales={"CN": 5e7, "US": 1e7})
    keys = {prior.key for prior in found.priors}
    assert {"sued_firm/industrial_firm/CN", "sued_firm/firm_ge20_staff/US",
            "p_ipr_given_assert/invention/US"} <= keys  # fmt: skip
    rows = {row["key"]: row for row in found.rows}
    assert "rate/loss_cost_tau/*" in rows
    assert "severity/infringement_liability/CN/patent/award_tail" in rows
    assert rows["tariff/courts/US/npe"]["value"] == 0.63
    assert rows["tariff/courts/CN/npe"]["unverified"]
    assert all(row["source"] and row["grade"] for row in found.rows)
    assert len(rows) == len(found.rows)
    assert found.fit_ids[0].startswith("disputes-")


def test_an_npe_sublimit_lowers_npe_suits_alone() -> None:
    usual, cut = rated(sales={"US": 1e8}), rated(sales={"US": 1e8}, npe_sublimit=yuan(50000))
    before, after = ({peril.code: peril.expected for peril in one.perils} for one in (usual, cut))
    assert after["npe_suits"] < 0.2 * before["npe_suits"]
    assert after["competitor_suits"] == pytest.approx(before["competitor_suits"], rel=1e-2)


def test_a_known_matter_is_priced_only_where_it_is_taken() -> None:
    matter = {"kind": "letter", "on": "2024-11-02", "counterparty": "甲公司", "product": "WM-8",
              "court": "DE"}  # fmt: skip
    out = rated(known_matters=[{**matter, "treatment": "exclude"}])
    taken = rated(known_matters=[{**matter, "treatment": "higher_retention"}])
    assert out.pure == rated().pure
    known = {peril.code: peril.expected for peril in taken.perils}["known_matters"]
    low, high = 0.2 * 0.96 * 1e7, 0.2 * 1e8  # a tenth of the limit, and all of it
    assert low < known < high


def test_own_history_speaks_by_credibility() -> None:
    """Z = E / (E + 1.78): ten years without a suit at 0.0357 a year, alpha of the published law."""
    yearly = sum(figure for name, figure in rated().drivers.items() if name.startswith("suits"))
    clean = rated(history={"years": 10, "claims": 0})
    alpha = next(prior.a for prior in clean.priors if prior.key == "sued_firm/industrial_firm/CN")
    assert clean.experience.factor == pytest.approx(alpha / (alpha + 10 * yearly), rel=1e-6)
    sued = rated(history={"years": 10, "claims": 30})
    assert sued.experience.factor == TERMS["experience"]["high"]
    risk = checked(proposal(history={"years": 10, "claims": 30}))
    codes = {finding.code for finding in accept(risk, a_basis(risk))}
    assert "experience-bounded" in codes


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert technical(SAMPLE) == technical(SAMPLE)


def test_a_policy_in_another_currency_is_the_same_policy() -> None:
    """All amounts turned at the frozen rate: the price turns with them."""
    rates = {"CNY": 1.0, "USD": 7.2}

    def dollars(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"amount", "currency"}:
            return {"amount": f"{float(value['amount']) / rates['USD']:.2f}", "currency": "USD"}
        if isinstance(value, dict):
            return {key: dollars(below) for key, below in value.items()}
        return [dollars(below) for below in value] if isinstance(value, list) else value

    assert technical(dollars(dict(SAMPLE))) * rates["USD"] == pytest.approx(
        technical(SAMPLE), rel=1e-4
    )


def test_months_of_extended_reporting_cost_less_and_less() -> None:
    found = rated(extended_reporting_months=12)
    after = np.array([row.expected_loss for row in found.months[12:]])
    assert len(after) == 12
    assert np.all(np.diff(after) < 0)
    assert 0 < after[0] < found.months[11].expected_loss

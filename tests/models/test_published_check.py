"""The whole price against the published check: about 2.4 % of the loan a year before tax.

H8 works it out on a napkin: default rate 2.5 % x loss given default 0.75 x an insurer's share of
80 % = 1.5 % of the loan a year; capital (7.8 % - 2.5 %) x 0.75 x 0.8 at 6 % = 0.19 %; both over
1 - 30 % of loadings = 2.4 %.
"""

from dataclasses import replace

import pytest
from builders import a_risk, a_scheme, cny, some_inputs

from models.priors import Prior, PriorTable
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price

TOLERANCE = 0.001
"""A tenth of a percentage point: the napkin has no discounting, takes the loss given default
as 0.75 for 0.757 (10 % recovered of 1 / 0.35, less 15 % costs) and a default a year later."""

RISK = a_risk(right={"appraised": cny("8571428.57")}, cover={"scheme": "test"})
NAPKIN = {
    "pd_multiple_on_invalidity/key_right": 1.0,
    "value_default_rank_correlation/key_right": 0.0,
    "price_ratio/patent_lots": 0.1 * 231 / 87.5,  # 10 % of the value, at the pooled chance of sale
    "appraisal_log_sd/income": 0.001,
    "appraisal_drift_sd/any": 0.0,
}
"""Its assumptions, as own figures: no link, 10 % recovered, a value all but certain."""


def priced_at(inputs: Inputs) -> float:
    """The premium before tax over the loan."""
    priced = price(product("pledge_guarantee"), inputs)
    before_tax = priced.premium.total.minor - priced.premium.line("tax").minor
    return before_tax / RISK.loan_money.minor


def test_the_published_premium_rate() -> None:
    risk, inputs = RISK, some_inputs(RISK, scheme=a_scheme())
    rows = [
        Prior("level", *key.split("/"), "*", value, "C", "point", 0, 0, "own")
        for key, value in NAPKIN.items()
    ]
    table = PriorTable("own", {**inputs.priors.rows, **{row.key: row for row in rows}})
    priced = price(product("pledge_guarantee"), replace(inputs, priors=table))
    loan = risk.loan_money.minor
    before_tax = priced.premium.total.minor - priced.premium.line("tax").minor
    assert priced.loss.drivers["loan_to_value"] == pytest.approx(0.35)
    assert before_tax / loan == pytest.approx(0.024, abs=TOLERANCE)
    assert priced.loss.pure / loan == pytest.approx(0.015, abs=TOLERANCE)
    assert priced.premium.line("risk_margin").minor / loan == pytest.approx(0.0019, abs=0.0002)
    assert priced.loss.drivers["loss_given_default_month_1"] == pytest.approx(0.757, abs=0.01)


def test_what_the_joint_law_adds() -> None:
    """Default and collateral fall together: some three tenths of a point of the loan a year."""
    assert priced_at(some_inputs(RISK, scheme=a_scheme())) == pytest.approx(0.0272, abs=0.0005)

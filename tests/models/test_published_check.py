"""The whole price against the published check: about 2.4 % of the loan a year before tax.

H8 works it out on a napkin: default rate 2.5 % x loss given default 0.75 x an insurer's share of
80 % = 1.5 % of the loan a year; capital (7.8 % - 2.5 %) x 0.75 x 0.8 at 6 % = 0.19 %; both over
1 - 30 % of loadings = 2.4 %.
"""

import pytest
from builders import a_risk, a_scheme, cny, some_inputs

from underwriting.products import product
from underwriting.receipt import price

TOLERANCE = 0.001
"""A tenth of a percentage point: the napkin has no discounting, takes the loss given default
as 0.75 for 0.757 (10 % recovered of 1 / 0.35, less 15 % costs) and a default a year later."""


def test_the_published_premium_rate() -> None:
    risk = a_risk(right={"appraised": cny("8571428.57")}, cover={"scheme": "test"})
    priced = price(product("pledge_guarantee"), some_inputs(risk, scheme=a_scheme()))
    loan = risk.loan_money.minor
    before_tax = priced.premium.total.minor - priced.premium.line("tax").minor
    assert priced.loss.drivers["loan_to_value"] == pytest.approx(0.35)
    assert before_tax / loan == pytest.approx(0.024, abs=TOLERANCE)
    assert priced.loss.pure / loan == pytest.approx(0.015, abs=TOLERANCE)
    assert priced.premium.line("risk_margin").minor / loan == pytest.approx(0.0019, abs=0.0002)
    assert priced.loss.drivers["loss_given_default_month_1"] == pytest.approx(0.757, abs=0.01)

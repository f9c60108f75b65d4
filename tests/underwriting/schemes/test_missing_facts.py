"""A fact that a scheme needs and the request lacks is refused by name: missing is not zero."""

from fractions import Fraction
from typing import Any

import pytest

from kernel.errors import Invalid
from kernel.sharing import Facts, Loss, Portfolio, split
from underwriting.schemes import parse_scheme

TEXT = """\
code = "needs-all"
title = "Needs all"
source = "made up"
valid_from = 2021-01-01
currency = "CNY"
loss_base = "principal"
eligible = "ip_share"
pays_on = "overdue"
residual = "uncovered"
recovery = "pro_rata"
[[layers]]
upto = "1/2"
[[brackets]]
tier = "small"
upto_amount = "9.00"
shares = { fund = "1/2", bank = "1/2" }
[[caps]]
party = "fund"
per = "pool_balance"
[[caps]]
party = "fund"
per = "year"
amount = "1.00"
[[caps]]
party = "bank"
per = "portfolio"
rate = "20/100"
[[fuses]]
party = "fund"
measure = "bank_npl_ratio"
above = "0.03"
effect = "suspend_claims"
[[fuses]]
party = "fund"
measure = "applications"
above = "10"
effect = "suspend_new"
"""
ALL: dict[str, Any] = {
    "loan_minor": 900,
    "ip_share": Fraction(1),
    "tier": "small",
    "balances": {"fund": 50, "bank": 7},
    "paid_this_year": {"fund": 0},
    "portfolio": Portfolio(1000, 0),
    "ratios": {"bank_npl_ratio": Fraction(0)},
}
LOSS = Loss(500, 0, 0, "CNY")


def test_with_all_facts_the_loss_is_shared() -> None:
    shared = split(parse_scheme(TEXT), LOSS, Facts(**ALL))
    assert (shared.paid_by("fund"), shared.paid_by("bank"), shared.uncovered) == (50, 200, 250)


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"loan_minor": None}, "loan.amount"),
        ({"ip_share": None}, "loan.ip_share"),
        ({"tier": None}, "loan.tier"),
        ({"balances": {"bank": 7}}, "balances.fund"),
        ({"balances": {}}, "balances.fund"),
        ({"paid_this_year": {"bank": 7}}, "paid_this_year.fund"),
        ({"portfolio": None}, "portfolio"),
        ({"ratios": {"npl": Fraction(0)}}, "ratios.bank_npl_ratio"),
    ],
)
@pytest.mark.parametrize("principal", [500, 0])
def test_a_missing_fact_is_named(missing: dict[str, Any], field: str, principal: int) -> None:
    """Also for no loss at all, and for a party that a cap would not reach."""
    with pytest.raises(Invalid, match="is missing and the scheme needs it") as refused:
        split(parse_scheme(TEXT), Loss(principal, 0, 0, "CNY"), Facts(**(ALL | missing)))
    fault = refused.value.faults[0]
    assert fault.field == field
    assert fault.cure.startswith("state ")


def test_a_layer_that_ends_needs_the_loan() -> None:
    text = TEXT.replace('upto_amount = "9.00"\n', "")
    with pytest.raises(Invalid) as refused:
        split(parse_scheme(text), LOSS, Facts(**(ALL | {"loan_minor": None})))
    assert refused.value.faults[0].field == "loan.amount"


@pytest.mark.parametrize("share", [Fraction(-1, 100), Fraction(101, 100)])
def test_an_ip_share_outside_the_loan_is_refused(share: Fraction) -> None:
    with pytest.raises(Invalid, match="is not from 0 to 1") as refused:
        split(parse_scheme(TEXT), LOSS, Facts(**(ALL | {"ip_share": share})))
    assert refused.value.faults[0].field == "loan.ip_share"


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"loan_minor": -1}, "loan.amount"),
        ({"paid_this_year": {"fund": -1}}, "paid_this_year.fund"),
        ({"portfolio": Portfolio(-1, 0)}, "portfolio"),
        ({"portfolio": Portfolio(0, -1)}, "portfolio"),
    ],
)
def test_a_negative_fact_is_refused(stated: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        split(parse_scheme(TEXT), LOSS, Facts(**(ALL | stated)))
    assert refused.value.faults[0].field.startswith(field)


def test_another_currency_than_the_scheme_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        split(parse_scheme(TEXT), Loss(500, 0, 0, "EUR"), Facts(**ALL))
    assert refused.value.faults[0].field == "currency"


@pytest.mark.parametrize("lines", [(-1, 0, 0), (0, -1, 0), (1, 1, -1)])
def test_a_negative_line_of_a_loss_is_refused(lines: tuple[int, int, int]) -> None:
    with pytest.raises(Invalid) as refused:
        split(parse_scheme(TEXT), Loss(*lines, "CNY"), Facts(**ALL))
    assert refused.value.faults[0].field == "loss"

"""Amounts of forms: the field that is named is the one that was sent, whichever form holds it."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import cny

from api.schemas.claim_growth import ItemsRequest, OnAccountRequest
from api.schemas.disposals import SubrogationRequest
from api.schemas.matters import LaterDemandRequest
from api.schemas.overdues import EarlyPaymentRequest
from kernel.errors import Invalid
from kernel.wire import Wire

SEN = {"amount": "1.50", "currency": "JPY"}
ITEM = {"line": "principal", "amount": SEN, "reference": "B1", "words": "a bill"}
AGREED = {"agreed_on": "2026-03-12", "words": "the bank needs the money"}
DEMAND = {"reference": "D", "made_on": "2026-03-12", "counterparty": "x", "words": "y"}
WAIVER = {"on": "2026-03-12", "amount": SEN}


def read(form: type[Wire], sent: Any) -> Any:
    """Read a form as JSON comes in."""
    return form.model_validate(sent, strict=False)


def lines(form: type[Wire], **more: Any) -> Callable[[Any, str], Any]:
    """Return what reads the lines of a form in a currency."""
    return lambda sent, currency: read(form, {**more, "amounts": sent}).minor(currency)


BOTH = [
    lines(OnAccountRequest, purpose="interim"),
    lines(EarlyPaymentRequest, **AGREED),
]


@pytest.mark.parametrize("minor", BOTH)
def test_lines_paid_early_or_on_account_are_read_alike(minor: Callable[[Any, str], Any]) -> None:
    assert minor({"principal": cny("1.50"), "interest": cny("2")}, "CNY") == {
        "principal": 150, "interest": 200,
    }  # fmt: skip
    wrong = (
        ({"principal": cny("1.00")}, "USD", "amounts"),
        ({"principal": cny("1.00"), "interest": SEN}, "CNY", "amounts"),
        ({"principal": SEN}, "JPY", "amounts.principal.amount"),
    )
    for sent, currency, field in wrong:
        with pytest.raises(Invalid) as caught:
            minor(sent, currency)
        assert [fault.field for fault in caught.value.faults] == [field]


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda: read(ItemsRequest, {"items": [ITEM]}).read(), "items.0.amount.amount"),
        (lambda: read(LaterDemandRequest, {**DEMAND, "items": [ITEM]}).demand(),
         "items.0.amount.amount"),
        (lambda: read(SubrogationRequest, {"received": cny("0"), "waivers": [WAIVER]}).taking(),
         "waivers[0].amount.amount"),
    ],
)  # fmt: skip
def test_decimals_that_a_currency_lacks_are_found_where_they_stand(
    act: Callable[[], Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        act()
    assert [fault.field for fault in caught.value.faults] == [field]


def test_a_later_demand_asks_its_items_as_a_claim_does() -> None:
    items = [{**ITEM, "amount": cny("7.00"), "stage": "appeal"}, {**ITEM, "amount": cny("8.00")}]
    demand = read(LaterDemandRequest, {**DEMAND, "items": items}).demand()
    assert demand.items == read(ItemsRequest, {"items": items}).read()
    assert [(one.amount.minor, one.stage) for one in demand.items] == [(700, "appeal"), (800, "")]

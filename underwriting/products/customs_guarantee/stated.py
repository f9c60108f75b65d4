"""Tax and payment stated as texts, as worked cases write them."""

from collections.abc import Mapping
from typing import Any

from kernel.money import format_minor, parse_minor
from underwriting.products.customs_guarantee.clock import due, surcharge_on
from underwriting.products.customs_guarantee.goods import GoodsLine
from underwriting.products.customs_guarantee.paid import most_surcharge
from underwriting.products.customs_guarantee.payment import demand_paid, proceeds_by_rank
from underwriting.products.customs_guarantee.risk import Surcharge

_TAXES = ("duty", "anti_dumping", "countervailing", "consumption", "vat", "total")


def stated_tax(case: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, str]:
    """Return each tax of a declaration, the last day to pay it, and the surcharge of the delay.

    Args:
        case: its `request`: `currency`, `declared_on`, `paid_on`, `goods`.
        terms: the tariff, for the term of payment and the surcharge.
    """
    request = case["request"]
    lines = [GoodsLine.model_validate(line, strict=False).highest for line in request["goods"]]
    last = due(terms, "CN", request["declared_on"])
    owed = sum(line.total for line in lines)
    late = surcharge_on(owed, last, request["paid_on"], terms)
    taxes = {name: sum(getattr(line, name) for line in lines) for name in _TAXES}
    amounts = {**taxes, "surcharge": late}
    found = {name: format_minor(minor, request["currency"]) for name, minor in amounts.items()}
    return {**found, "due_on": last.isoformat()}


def stated_payment(case: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is paid on a demand, and who gets the proceeds of the pledge.

    Args:
        case: its `request`: `currency`, `amount`, `surcharge` (within or beyond), `tax`,
            `available`, `due_on`, `paid_on`, `sale` (gross, costs, before).
        terms: the tariff.
    """
    request = case["request"]
    currency = request["currency"]
    amount, tax, available = (
        parse_minor(request[name], currency, name) for name in ("amount", "tax", "available")
    )
    beyond = request["surcharge"] == Surcharge.BEYOND.value
    days = (request["due_on"], request["paid_on"])
    room = most_surcharge(amount, terms) if beyond else None
    paid = demand_paid(tax, available, days, terms, room=room, regime="CN")
    sale = {name: parse_minor(text, currency, name) for name, text in request["sale"].items()}
    shared = proceeds_by_rank(**sale, paid=paid.total)
    return {
        **{name: format_minor(minor, currency) for name, minor in paid._asdict().items()},
        "sale": {name: format_minor(minor, currency) for name, minor in shared._asdict().items()},
    }

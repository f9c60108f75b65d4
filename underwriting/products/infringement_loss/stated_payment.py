"""A payment stated as texts, as worked cases write it: terms and loss in, paid and repaid out."""

from collections.abc import Mapping
from typing import Any

from kernel.money import format_minor, parse_minor
from underwriting.products.infringement_loss.branches import PERILS
from underwriting.products.infringement_loss.payment import AgreedTerms, pay, repay

_AMOUNTS = ("retention", "limit", "per_right", "aggregate", "exempt")


def stated_payment(terms: Mapping[str, Any], loss: Mapping[str, Any]) -> dict[str, Any]:
    """Work out one matter.

    Args:
        terms: `currency`; `perils`, a list; `coinsurance`; amounts as texts: `retention`,
            `limit`, `aggregate`, and where agreed `per_right`, `exempt` and `sublimits`
            (peril -> amount).
        loss: amounts as texts: by peril; `used_right` and `used`, payments less repayments so
            far; `money` and `kind`, what the matter brings in.

    Returns:
        `paid`, `borne` by the insured, `repaid`, `aggregate_left`, and `perils` and `cuts` in
        their order; amounts as texts.

    Raises:
        Invalid: an amount cannot be read.
    """
    currency = terms["currency"]
    agreed = AgreedTerms.of(_agreed(terms))
    lost = {name: _minor(loss, name, currency) or 0 for name in PERILS}
    used, used_right, money, kind = (
        _minor(loss, name, currency) or 0 for name in ("used", "used_right", "money", "kind")
    )
    found = pay(agreed, lost, used_right=used_right, used=used)
    back = repay(agreed, found.total, money=money, kind=kind)
    amounts = {
        "paid": found.total,
        "borne": sum(lost.values()) - found.total,
        "repaid": back,
        "aggregate_left": max(0, agreed.aggregate - used - found.total + back),
    }
    return {
        **_texts(amounts, currency),
        "perils": _texts(found.paid, currency),
        "cuts": _texts(dict(found.cuts), currency),
    }


def _agreed(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms as a contract freezes them."""
    currency, tops = terms["currency"], terms.get("sublimits", {})
    taken = (name for name in PERILS if name in terms["perils"])
    return {
        **{f"{name}_minor": _minor(terms, name, currency) for name in _AMOUNTS},
        "coinsurance": terms["coinsurance"],
        "perils": {name: _minor(tops, name, currency) for name in taken},
    }


def _minor(of: Mapping[str, Any], name: str, currency: str) -> int | None:
    return parse_minor(of[name], currency, name) if name in of else None


def _texts(amounts: Mapping[str, int], currency: str) -> dict[str, str]:
    return {name: format_minor(minor, currency) for name, minor in amounts.items()}

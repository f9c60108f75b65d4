"""A payment stated as texts, as worked cases write it: terms and loss in, paid out."""

from collections.abc import Mapping
from typing import Any

from kernel.money import Money
from underwriting.products.infringement_liability.payment import (
    DAMAGES,
    PARTS,
    AgreedTerms,
    ClaimKind,
    Payment,
    pay,
)
from underwriting.products.infringement_liability.suit_terms import STAGES
from underwriting.products.infringement_liability.wanted import Counsel

HIGHER_RETENTION = 1
"""Retentions of a known matter where the terms state none."""


def stated_payment(terms: Mapping[str, Any], loss: Mapping[str, Any]) -> dict[str, str]:
    """Return what a claim is paid: `cost`, `damages`, `paid` in all, and `borne` by the insured.

    Args:
        terms: `currency`, `limit`, `aggregate`, `retention`, `copay_panel`, `copay_off_panel`,
            `counsel`, `defence`; optional `stage_caps`, `npe_sublimit`, `fair_sublimit`,
            `higher_retention`. Amounts are texts.
        loss: `kind`, `counsel`; amounts of `pre_suit`, `first_instance`, `invalidation`,
            `appeal`, `damages`; optional `used` and `used_cost` of the aggregate.

    Raises:
        Invalid: an amount is none.
    """
    currency = terms["currency"]
    agreed = AgreedTerms.of(_agreed(terms), ClaimKind(loss["kind"]), Counsel(loss["counsel"]))
    lost = {part: _minor(loss, part, currency) or 0 for part in PARTS}
    used, used_cost = (_minor(loss, name, currency) or 0 for name in ("used", "used_cost"))
    return _answer(pay(agreed, lost, used=used, used_cost=used_cost), lost, currency)


def _agreed(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms as a contract freezes them."""
    currency, caps = terms["currency"], terms.get("stage_caps", {})
    amounts = ("limit", "aggregate", "retention", "npe_sublimit", "fair_sublimit")
    return {
        **{f"{name}_minor": _minor(terms, name, currency) for name in amounts},
        **{name: terms[name] for name in ("copay_panel", "copay_off_panel", "counsel", "defence")},
        "stage_caps_minor": {name: _minor(caps, name, currency) for name in STAGES},
        "higher_retention": terms.get("higher_retention", HIGHER_RETENTION),
    }


def _answer(payment: Payment, lost: Mapping[str, int], currency: str) -> dict[str, str]:
    damages = payment.paid[DAMAGES]
    amounts = {
        "cost": payment.total - damages,
        "damages": damages,
        "paid": payment.total,
        "borne": sum(lost.values()) - payment.total,
    }
    return {name: Money(minor, currency).text for name, minor in amounts.items()}


def _minor(of: Mapping[str, Any], name: str, currency: str) -> int | None:
    return Money.of(of[name], currency, name).minor if name in of else None

"""A published payout: what loss lies behind it, under the least and the most that terms may take.

Who publishes a payout seldom prints the loss and the terms. What is known is held against the
limit; for the terms that are left out a low and a high set is assumed, and each gives the least
loss that is paid the published amount under it.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from kernel.money import format_minor, parse_minor
from underwriting.products.infringement_loss.payment import AgreedTerms, pay

_PERIL: Final = "litigation"


def stated_payout(case: Mapping[str, Any]) -> dict[str, str]:
    """Return the least loss behind a payout under each assumption, and what of the limit is left.

    Args:
        case: `published`, with `currency`, `paid` and where printed `limit`; `assumed`, sets of
            `retention` and `coinsurance` by name; `left_out`, what the source does not print.

    Returns:
        `loss_<name>` for each assumption; `limit_left` where a limit is printed; `reproduced`,
        yes where nothing is left out and the loss is printed, else no.
    """
    printed = case["published"]
    currency = printed["currency"]
    paid = parse_minor(printed["paid"], currency, "paid")
    limit = parse_minor(printed["limit"], currency, "limit") if "limit" in printed else None
    assert limit is None or paid <= limit, "no payout is above its limit"
    found = {
        f"loss_{name}": format_minor(_least(_terms(stated, currency, limit), paid), currency)
        for name, stated in case["assumed"].items()
    }
    if limit is not None:
        found["limit_left"] = format_minor(limit - paid, currency)
    return {**found, "reproduced": "no" if case["left_out"] else "yes"}


def _terms(stated: Mapping[str, str], currency: str, limit: int | None) -> AgreedTerms:
    most = limit or 10**15
    return AgreedTerms(
        perils={_PERIL: None},
        retention=parse_minor(stated["retention"], currency, "retention"),
        coinsurance=Fraction(stated["coinsurance"]),
        limit=most,
        per_right=None,
        aggregate=most,
        exempt=None,
    )


def _least(terms: AgreedTerms, paid: int) -> int:
    """Return the least loss that is paid an amount; payments grow with the loss."""
    low, high = 0, terms.retention + 2 * (round(paid / (1 - terms.coinsurance)) + 1)
    while low < high:
        middle = (low + high) // 2
        if pay(terms, {_PERIL: middle}).total < paid:
            low = middle + 1
        else:
            high = middle
    return low

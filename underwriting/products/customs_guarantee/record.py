"""What the importer's own record makes of its default rate."""

from collections.abc import Mapping
from typing import Any

from underwriting.pricing.view import Experience
from underwriting.products.customs_guarantee.clock import figure
from underwriting.products.customs_guarantee.risk import Record


def experience_of(record: Record | None, default: float, terms: Mapping[str, Any]) -> Experience:
    """Return the factor (k + calls) / (k + years x default), within the tariff's bounds.

    The mean of a gamma law of weight k around the published rate once the calls of a Poisson
    law are seen, over that rate.

    Args:
        record: stated calls and years; None leaves the price alone.
        default: published default probability of one year.
        terms: the tariff.
    """
    if record is None:
        return Experience()
    weight, low, high = (figure(terms, "record", name) for name in ("weight", "lowest", "highest"))
    factor = (weight + record.calls) / (weight + record.years * default)
    words = f"{record.calls} calls in {record.years} years, weight {weight:g} on the rate"
    return Experience(min(high, max(low, factor)), f"{words}, within {low:g} and {high:g}")

"""The rows of the tariff that a price stands on, each with its source and grade."""

from collections.abc import Iterator, Mapping
from typing import Any

from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk

Row = Mapping[str, Any]


def rows_used(risk: CustomsGuaranteeRisk, terms: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return every row used, in the order of the tariff."""
    return tuple(
        _row(f"tariff/{table}/{name}", terms["figures"][table][name]) for table, name in _used(risk)
    )


def _used(risk: CustomsGuaranteeRisk) -> Iterator[tuple[str, str]]:
    for table in ("open_days", "longest_days"):
        yield from ((table, purpose.value) for purpose in risk.use.purposes)
    yield from (("surcharge_days", name) for name in ("to_the_demand", "most_covered"))
    if risk.record:
        yield from (("record", name) for name in ("weight", "lowest", "highest"))


def _row(key: str, stated: Mapping[str, Any]) -> Row:
    return {
        "key": key,
        "value": float(stated["value"]),
        "source": stated["source"],
        "grade": stated["grade"],
        "unverified": stated["grade"] in ("C", "K"),
    }

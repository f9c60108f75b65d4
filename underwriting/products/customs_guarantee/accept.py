"""Whether to take a customs guarantee: every reason at once, each with clause and cure."""

from collections.abc import Iterator, Mapping
from typing import Any

from kernel.finding import Effect, Finding
from underwriting.product import Rated
from underwriting.products.customs_guarantee.accept_importer import importer
from underwriting.products.customs_guarantee.accept_letter import letter
from underwriting.products.customs_guarantee.accept_pledge import pledge, registration
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk


def accept(risk: CustomsGuaranteeRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return every finding on the proposal, those of the letter first."""
    return (
        *letter(risk, basis),
        *importer(risk, basis),
        *pledge(risk, basis),
        *registration(risk, basis),
        *_unverified(basis.scheme.unverified, basis.scheme.code, "scheme term", "方案条款"),
        *_unverified(
            basis.terms["unverified"],
            f"tariff {basis.terms['version']}",
            "tariff figure",
            "费率参数",
        ),
    )


def _unverified(
    doubts: Mapping[str, Any], where: str, what: str, what_zh: str
) -> Iterator[Finding]:
    """Repeat what the sources leave open; it informs and never stops."""
    for term, why in doubts.items():
        yield Finding(
            "unverified", Effect.INFORM, f"{what} `{term}` is unverified: {why}",
            f"{what_zh} {term} 未经核实", f"{where}: {term}",
            "confirm it at its source, or set the house's own figure",
        )  # fmt: skip

"""The wording of a contract with its figures filled in, and its clauses that lower cover."""

from collections.abc import Iterable

from documents.blocks import Clause
from documents.wording import clauses, placeholders
from kernel.canonical import canonical_sha256
from underwriting.product import Product
from underwriting.rules.contract import Contract


def clauses_of(product: Product, contract: Contract, scheme_code: str) -> tuple[Clause, ...]:
    """Return every clause of a contract as it is printed."""
    values = {
        "waiting_days": str(contract.waiting_days),
        "notice_days": str(contract.notice_days),
        "scheme": scheme_code,
    }
    return clauses(product.wording, {name: values[name] for name in placeholders(product.wording)})


def exemptions_of(wording: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that take cover away or lower it: exclusions, deductibles, coinsurance."""
    return tuple(clause for clause in wording if clause.is_exemption)


def shown_sha256(exemptions: Iterable[Clause]) -> str:
    """Return the hash of exemption clauses as they are shown: headings and texts, in order.

    It is that of `[[heading, text], …]` as canonical JSON, so that anybody can work it out.
    """
    return canonical_sha256([[clause.heading, clause.text] for clause in exemptions])

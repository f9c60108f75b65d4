"""Which terms one liability claim takes: by what it is and by whose counsel defends."""

from collections.abc import Mapping
from typing import Any, TypeVar

from claims.rules.kinds.liability_facts import CLAIM_KIND, COUNSEL
from kernel.errors import invalid
from underwriting.products.infringement_liability.cover import COUNTERPARTY, PRODUCT_CODE
from underwriting.products.infringement_liability.payment import AgreedTerms, ClaimKind
from underwriting.products.infringement_liability.wanted import Counsel
from underwriting.rules.contract import Contract

Choice = TypeVar("Choice", ClaimKind, Counsel)


def terms_of(contract: Contract, file: Mapping[str, Any]) -> AgreedTerms:
    """Return the terms of a claim, by the facts of its file.

    What it is follows from the schedule where the file does not say: a matter named there at a
    higher retention is a known one, any other a suit. Without a word on counsel it is the
    counsel that the policy agreed on.

    Raises:
        Invalid: `facts.claim_kind` or `facts.counsel` is none that the policy knows.
    """
    kind = _read(ClaimKind, file.get(CLAIM_KIND) or _kind_of(contract, file), CLAIM_KIND)
    counsel = _read(Counsel, file.get(COUNSEL) or contract.agreed["counsel"], COUNSEL)
    return AgreedTerms.of(contract.agreed, kind, counsel)


def _kind_of(contract: Contract, file: Mapping[str, Any]) -> str:
    named = (file.get(COUNTERPARTY), file.get(PRODUCT_CODE))
    known = contract.agreed.get("at_higher_retention", ())
    if named in {(one["counterparty"], one["product"]) for one in known}:
        return ClaimKind.KNOWN.value
    return ClaimKind.SUIT.value


def _read(of: type[Choice], text: str, fact: str) -> Choice:
    try:
        return of(text)
    except ValueError:
        known = ", ".join(of)
        problem, cure = f"{text!r} is not known", f"use one of {known}"
        raise invalid(f"facts.{fact}", problem, cure) from None

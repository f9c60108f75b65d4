"""Which role may ask for which operation: one table, and nothing is allowed but by it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a token may be used for. A bank sees its own rows only, the house sees all."""

    UNDERWRITER = "underwriter"
    BANK = "bank"
    ADJUSTER = "adjuster"


_ALL: Final = frozenset(Role)
_HOUSE: Final = frozenset({Role.UNDERWRITER, Role.ADJUSTER})
_UNDERWRITER: Final = frozenset({Role.UNDERWRITER})
_ADJUSTER: Final = frozenset({Role.ADJUSTER})
_ASKS: Final = frozenset({Role.BANK, Role.UNDERWRITER})
_NOTIFIES: Final = frozenset({Role.BANK, Role.ADJUSTER})

ALLOWED: Final[Mapping[str, frozenset[Role]]] = {
    "list_products": _ALL,
    "read_product": _ALL,
    "list_schemes": _ALL,
    "read_scheme": _ALL,
    "split_loss": _ALL,
    "create_quote": _ASKS,
    "preview_quote": _ASKS,
    "list_quotes": _ALL,
    "read_quote": _ALL,
    "read_quote_receipt": _ALL,
    "replay_quote": _ALL,
    "approve_quote": _UNDERWRITER,
    "bind_quote": _UNDERWRITER,
    "list_policies": _ALL,
    "read_policy": _ALL,
    "create_claim": _NOTIFIES,
    "list_claims": _ALL,
    "read_claim": _ALL,
    "list_claim_events": _ALL,
    "assess_claim": _ADJUSTER,
    "settle_claim": _ADJUSTER,
    "read_claim_settlement": _ALL,
    "recover_claim": _ADJUSTER,
    "list_claim_recoveries": _ALL,
    "close_claim": _ADJUSTER,
    "reopen_claim": _ADJUSTER,
    "read_settlement": _ALL,
    "read_recovery": _ALL,
    "read_call": _ALL,
    "pay_call": _ADJUSTER,
    "list_pools": _HOUSE,
    "create_pool": _UNDERWRITER,
    "read_pool": _HOUSE,
    "contribute_to_pool": _UNDERWRITER,
    "list_measures": _ALL,
    "create_measure": _UNDERWRITER,
    "list_parties": _ALL,
    "create_party": _UNDERWRITER,
    "read_party": _ALL,
    "list_documents": _ALL,
    "read_document": _ALL,
    "read_document_content": _ALL,
}
"""Operation id -> roles. Reading shows a bank its own rows only (`api.sight`)."""

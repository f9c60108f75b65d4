"""How a transaction is sealed: its hash covers all of it, and the hash of the one before."""

from typing import Final

from kernel.canonical import canonical_sha256
from kernel.db.row import to_microseconds
from underwriting.history.tables import PolicyTransactionRow

FIRST: Final = "0" * 64
"""What the first transaction of a policy has for the hash of its predecessor."""

_FORM: Final = 1
_PLAIN: Final = (
    "id", "number", "policy_id", "seq", "kind", "actor", "reason", "reverses_id", "quote_id",
    "after", "agreed", "currency", "premium_minor", "tax_minor", "subsidy_minor", "delta_minor",
    "delta_tax_minor", "delta_subsidy_minor",
)  # fmt: skip


def transaction_hash(row: PolicyTransactionRow) -> str:
    """Hash a transaction onto its predecessor.

    SHA-256 of the canonical JSON list of: form 1, `prev_hash`, the instant in microseconds since
    1970 UTC, the two days, and the fields of `_PLAIN` in their order. The form is never changed
    once used.
    """
    return canonical_sha256(
        [
            _FORM,
            row.prev_hash,
            to_microseconds(row.created_at),
            row.effective_on.isoformat(),
            row.booked_on.isoformat(),
            *(getattr(row, name) for name in _PLAIN),
        ]
    )

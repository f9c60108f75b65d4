"""What a party is, read from its name or from the file's own `[roles]` table."""

import re
from collections.abc import Mapping

from kernel.sharing import UNCOVERED, Role
from underwriting.schemes.reader import Table

_PARTY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)

_WORDS = {
    "insurer": Role.INSURER,
    "bank": Role.BANK,
    "lender": Role.BANK,
    "fund": Role.POOL,
    "pool": Role.POOL,
    "province": Role.POOL,
    "city": Role.POOL,
    "government": Role.POOL,
    "local": Role.POOL,
    "sba": Role.GUARANTOR,
    "eif": Role.GUARANTOR,
    "guarantor": Role.GUARANTOR,
    "appraiser": Role.APPRAISER,
    "reinsurer": Role.REINSURER,
    "insured": Role.INSURED,
}
"""Words that say what a party is; the last such word of a name counts."""


def role_of(party: str, named: Mapping[str, Role]) -> Role | None:
    """Return the role of `party`, or None where neither file nor name says it.

    >>> role_of("local_guarantor", {}), role_of("acme", {})
    (<Role.GUARANTOR: 'guarantor'>, None)
    """
    if party in named:
        return named[party]
    words = [word for word in party.split("_") if word in _WORDS]
    return _WORDS[words[-1]] if words else None


def check_party(table: Table, key: str, party: str, named: Mapping[str, Role]) -> None:
    """Fault a name that is badly written or has no role."""
    if party == UNCOVERED or not _PARTY_NAME.fullmatch(party):
        table.fault(key, f"{party!r} is not a party's name", "use small letters, digits and _")
    elif role_of(party, named) is None:
        words = ", ".join(_WORDS)
        table.fault(
            key,
            f"party {party!r} has no role",
            f"state it under [roles], or use a name with one of these words: {words}",
        )


def read_roles(top: Table) -> dict[str, Role]:
    """Read the optional `[roles]` table."""
    table = top.table("roles")
    return {party: table.one_of(party, Role) for party in table.values}

"""The bank and the pools of a proposal, as keys that it accumulates under."""

from kernel.sharing import Role, Scheme
from underwriting.portfolio.keys import Dimension, Key


def party_keys(scheme: Scheme, client_id: str, client_kind: str) -> tuple[Key, ...]:
    """Return the bank that asks, if a bank does, and every pool of the scheme.

    A pool is named by its scheme and its name there: one fund may stand behind two schemes
    with different money.
    """
    bank = [Key(Dimension.BANK, client_id)] if client_kind == "bank" else []
    pools = (name for name, role in scheme.roles.items() if role is Role.POOL)
    return (*bank, *(Key(Dimension.POOL, f"{scheme.code}/{name}") for name in pools))

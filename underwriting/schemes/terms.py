"""The repeated parts of a scheme file: layers, brackets, caps, fuses, pools."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from kernel.sharing import (
    Bracket,
    Cap,
    CapPer,
    Fuse,
    FuseEffect,
    Layer,
    PoolSize,
    Role,
    Shares,
)
from underwriting.schemes.reader import Table
from underwriting.schemes.roles import check_party, role_of


def read_shares(row: Table, named: Mapping[str, Role]) -> Shares | None:
    """Return the shares of a layer or bracket, summing to one; None after a fault."""
    table = row.table("shares")
    if not table.values:
        row.fault("shares", "is missing or empty", 'write shares = { fund = "1/2", ... }')
        return None
    fractions: dict[str, Fraction] = {}
    for party in table.values:
        check_party(table, party, party, named)
        share = table.fraction(party)
        if share is not None:
            fractions[party] = share
    total = sum(fractions.values())
    if len(fractions) < len(table.values):
        return None
    if total != 1:
        row.fault("shares", f"sum to {total}, not to 1", "make them sum to 1 exactly")
        return None
    return Shares.of(fractions)


def read_layers(top: Table, named: Mapping[str, Role], *, bracketed: bool) -> tuple[Layer, ...]:
    """Return the layers, each ending above the one before; only the last may be open."""
    rows = top.tables("layers")
    if not rows:
        top.fault("layers", "is missing", "write at least one [[layers]]")
    layers = []
    for row in rows:
        row.only("upto", "shares")
        upto = row.fraction("upto") if row.has("upto") else None
        if upto == 0:
            row.fault("upto", "is 0", "end the layer above nothing")
        shares_elsewhere = bracketed and not row.has("shares")
        layers.append(Layer(upto, None if shares_elsewhere else read_shares(row, named)))
    for row, (lower, upper) in zip(rows[1:], pairwise(layers), strict=True):
        if lower.upto is None:
            row.fault("shares", "can never fill: the layer before takes all", "state its `upto`")
        elif upper.upto is not None and upper.upto <= lower.upto:
            row.fault("upto", "does not end above the layer before", "write layers upwards")
    return tuple(layers)


def read_brackets(top: Table, named: Mapping[str, Role]) -> tuple[Bracket, ...]:
    """Return the brackets in the order written; the first that fits counts."""
    brackets: list[Bracket] = []
    for row in top.tables("brackets"):
        row.only("upto_amount", "tier", "shares")
        shares = read_shares(row, named)
        size = row.amount("upto_amount") if row.has("upto_amount") else None
        tier = row.text("tier") if row.has("tier") else None
        if any(_hides(earlier, size, tier) for earlier in brackets):
            row.fault("shares", "is never reached: an earlier bracket fits first", "reorder them")
        if shares:
            brackets.append(Bracket(shares, size, tier))
    return tuple(brackets)


def _hides(earlier: Bracket, size: str | None, tier: str | None) -> bool:
    same_tier = earlier.tier is None or earlier.tier == tier
    if earlier.upto_amount is None:
        return same_tier
    return same_tier and size is not None and Fraction(size) <= Fraction(earlier.upto_amount)


def read_caps(top: Table, named: Mapping[str, Role], sharers: Sequence[str]) -> tuple[Cap, ...]:
    """Return the caps in the order written."""
    caps: list[Cap] = []
    for row in top.tables("caps"):
        row.only("party", "per", "amount", "rate", "then")
        bears = {*sharers, *(cap.then for cap in caps if cap.then)}
        party, per = row.text("party"), row.one_of("per", CapPer)
        if party and party not in bears:
            row.fault("party", f"{party!r} bears no share", f"use one of {', '.join(bears)}")
        then = row.text("then", required=False) or None
        if then:
            check_party(row, "then", then, named)
        if then and then == party:
            row.fault("then", "is the party that the cap cuts", "name another, or leave it out")
        amount, rate = _limit(row, per)
        caps.append(Cap(party, per, amount, rate, then))
    return tuple(caps)


def _limit(row: Table, per: CapPer) -> tuple[str | None, Fraction | None]:
    """Return what a cap of this kind needs, and fault what it cannot use."""
    wants = {CapPer.LOAN: "amount", CapPer.YEAR: "amount", CapPer.PORTFOLIO: "rate"}.get(per)
    for key in ("amount", "rate"):
        if row.has(key) and key != wants:
            row.fault(key, f"has no meaning in a cap per {per}", "leave it out")
    if wants and not row.has(wants):
        row.fault(wants, f"is missing in a cap per {per}", "state it; missing is not unlimited")
        return None, None
    if wants == "amount":
        return row.amount("amount"), None
    return None, row.fraction("rate") if wants else None


def read_fuses(top: Table, roles: Mapping[str, Role]) -> tuple[Fuse, ...]:
    """Return the fuses; without a `party`, a fuse concerns every public pool."""
    fuses = []
    for row in top.tables("fuses"):
        row.only("party", "measure", "above", "effect")
        party = row.text("party", required=False)
        pools = tuple(name for name, role in roles.items() if role is Role.POOL)
        if party and party not in roles:
            row.fault("party", f"{party!r} bears no share", f"use one of {', '.join(roles)}")
        if not party and not pools:
            row.fault("party", "is missing and the scheme has no pool", "say whom it concerns")
        measure, above = row.text("measure"), row.fraction("above")
        effect = row.one_of("effect", FuseEffect)
        fuses.append(Fuse(measure, above or Fraction(0), effect, (party,) if party else pools))
    return tuple(fuses)


def read_pools(top: Table, roles: Mapping[str, Role]) -> tuple[PoolSize, ...]:
    """Return the published sizes of the public funds."""
    pools = []
    for row in top.tables("pools"):
        row.only("party", "contributions", "leverage")
        party = row.text("party")
        if party and party not in roles:
            row.fault("party", f"{party!r} bears no share", f"use one of {', '.join(roles)}")
        leverage = row.fraction("leverage") if row.has("leverage") else None
        pools.append(PoolSize(party, row.amount("contributions"), leverage))
    return tuple(pools)


def known_roles(parties: Sequence[str], named: Mapping[str, Role]) -> dict[str, Role]:
    """Return the role of each party that has one, in the order first written."""
    found = {party: role_of(party, named) for party in parties}
    return {party: role for party, role in found.items() if role}

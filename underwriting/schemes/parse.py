"""From the text of a scheme file to a checked `Scheme`, or to every fault with its line."""

import re
import tomllib
from datetime import date

from kernel.errors import Fault, Invalid
from kernel.money import MINOR_DIGITS
from kernel.sharing import (
    UNCOVERED,
    Eligible,
    LossBase,
    PaysOn,
    RecoveryRule,
    Scheme,
)
from underwriting.schemes import terms
from underwriting.schemes.reader import Faults, Table
from underwriting.schemes.roles import check_party, read_roles

_CODE = re.compile(r"[a-z0-9][a-z0-9@._-]{1,62}", re.ASCII)
_TOP = (
    "code", "title", "source", "valid_from", "valid_to", "currency", "loss_base", "eligible",
    "pays_on", "residual", "recovery", "layers", "caps", "brackets", "fuses", "pools", "roles",
    "unverified",
)  # fmt: skip


def parse_scheme(text: str, name: str = "scheme.toml") -> Scheme:
    """Read one scheme file.

    Raises:
        Invalid: the file is not TOML, or breaks the format; all faults at once, each with
            the file, the line, the key and the cure.
    """
    faults = Faults(name, text)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOML, huge integers, endless nesting
        where = re.search(r"line (\d+)", str(error))
        line = where.group(1) if where else str(text.count("\n") + 1)
        words = str(error).partition("\n")[0][:200]
        fault = Fault(f"{name} line {line}: file", f"is not TOML: {words}", "mend that line")
        raise Invalid("scheme-invalid", fault) from None
    currency = values.get("currency")
    scheme = _scheme(
        Table(values, faults, currency=currency if isinstance(currency, str) else None)
    )
    if faults.found:
        raise Invalid("scheme-invalid", *faults.found)
    return scheme


def _scheme(top: Table) -> Scheme:
    top.only(*_TOP)
    named = read_roles(top)
    brackets = terms.read_brackets(top, named)
    layers = terms.read_layers(top, named, bracketed=top.has("brackets"))
    sharers = _sharers(top)
    caps = terms.read_caps(top, named, sharers)
    residual = top.text("residual")
    if residual and residual != UNCOVERED:
        check_party(top, "residual", residual, named)
    takers = [cap.then for cap in caps if cap.then]
    parties = [*sharers, *takers, residual]
    roles = terms.known_roles(parties, named)
    for party in named:
        if party not in parties:
            top.table("roles").fault(party, "is no party of this scheme", "leave it out")
    return Scheme(
        code=_code(top),
        title=top.text("title"),
        source=top.text("source"),
        valid_from=top.day("valid_from") or date.min,
        valid_to=_valid_to(top),
        currency=_currency(top),
        loss_base=top.one_of("loss_base", LossBase),
        eligible=top.one_of("eligible", Eligible),
        pays_on=top.one_of("pays_on", PaysOn),
        residual=residual,
        recovery=top.one_of("recovery", RecoveryRule),
        layers=layers,
        caps=caps,
        brackets=brackets,
        fuses=terms.read_fuses(top, roles),
        pools=terms.read_pools(top, roles),
        roles=roles,
        unverified=_unverified(top),
    )


def _sharers(top: Table) -> list[str]:
    """Return every party with a share, in the order first written, faulty shares too."""
    rows = [*top.tables("layers"), *top.tables("brackets")]
    return list(dict.fromkeys(party for row in rows for party in row.table("shares").values))


def _code(top: Table) -> str:
    code = top.text("code")
    if code and not _CODE.fullmatch(code):
        top.fault("code", f"{code!r} is not a code", "use small letters, digits and - . _ @")
    return code


def _valid_to(top: Table) -> date | None:
    start, end = top.values.get("valid_from"), top.day("valid_to", required=False)
    if end and isinstance(start, date) and end < start:
        top.fault("valid_to", "is before valid_from", "end it later, or leave it out")
    return end


def _currency(top: Table) -> str | None:
    currency = top.text("currency", required=False) or None
    if currency and currency not in MINOR_DIGITS:
        top.fault("currency", f"{currency!r} is not known", f"use one of {', '.join(MINOR_DIGITS)}")
    return currency


def _unverified(top: Table) -> dict[str, str]:
    """Return the terms that the source leaves open, each with its reason."""
    table = top.table("unverified")
    for key in table.values:
        if key not in _TOP:
            table.fault(key, "is no term of a scheme", f"use one of {', '.join(_TOP)}")
    return {key: table.text(key) for key in table.values}

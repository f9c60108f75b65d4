"""Whom a report may be of: banks, schemes and their parties that the house knows."""

from collections.abc import Iterator

from sqlmodel import Session, select

from claims.facts import frozen_scheme
from claims.reports.period import Asked
from kernel.errors import Fault, Invalid, NotFound
from underwriting import store as contracts
from underwriting.schemes import load_schemes
from underwriting.store import PartyRow, PolicyRow

_BANK = "bank"


def check_whom(session: Session, asked: Asked) -> None:
    """Refuse whom nobody knows: a report of it would be made of zeros that say nothing.

    Raises:
        NotFound: `no-such-party`, there is no such bank; those that are known are named.
        Invalid: there is no such scheme, no such party of it, or the party is no bank.
    """
    faults = (*_bank(session, asked), *_party(session, asked))
    if faults:
        raise Invalid("invalid", *faults)


def _bank(session: Session, asked: Asked) -> Iterator[Fault]:
    id_ = asked.whom.get("bank_id")
    if id_ is None:
        return
    row, field = session.get(PartyRow, id_), "whom.bank_id"
    banks = sorted((one for one in contracts.parties(session) if one.kind == _BANK),
                   key=lambda one: one.name)  # fmt: skip
    cure = "use one of " + (", ".join(f"{one.id} ({one.name})" for one in banks) or "none yet")
    if row is None:
        raise NotFound("no-such-party", Fault(field, f"{id_!r} is no party", cure))
    if row.kind != _BANK:
        yield Fault(field, f"{row.name} is a {row.kind} and no bank", cure)


def _party(session: Session, asked: Asked) -> Iterator[Fault]:
    code, party = asked.whom.get("scheme"), asked.whom.get("party")
    if code is None or party is None:
        return
    known = _parties(session, code)
    if not known:
        cure = f"use one of {', '.join(_schemes(session))}"
        yield Fault("whom.scheme", f"{code!r} is no scheme of the house", cure)
    elif party not in known:
        cure = f"use one of {', '.join(known)}"
        yield Fault("whom.party", f"{party!r} is no party of {code}", cure)


def _schemes(session: Session) -> list[str]:
    """Return the codes that are shipped, that policies were sold under, or that have a pool."""
    sold = session.exec(select(PolicyRow.scheme_code).distinct())
    pooled = (one.scheme_code for one in contracts.pools(session))
    return sorted({*load_schemes(), *sold, *pooled})


def _parties(session: Session, code: str) -> tuple[str, ...]:
    """Return the parties of a scheme as sold, else as shipped; of one with pools alone, theirs."""
    query = select(PolicyRow.scheme_text).where(PolicyRow.scheme_code == code).limit(1)
    text = session.exec(query).first()
    if text is not None:
        return frozen_scheme(text).scheme.parties
    shipped = load_schemes()
    if code in shipped:
        return shipped[code].scheme.parties
    return tuple(one.party for one in contracts.pools(session) if one.scheme_code == code)

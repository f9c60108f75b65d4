"""Audit of underwriting: every stored quote replays, every pool is what its journal says."""

import json
from hashlib import sha256

from sqlmodel import Session, col, select

from kernel.db import books
from kernel.errors import Fault
from underwriting import store
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price
from underwriting.tables import PoolRow, QuoteRow

_BATCH = 200


def replayed(session: Session, name: str) -> tuple[QuoteRow, str]:
    """Return a quote, by id or number, and its receipt as it comes out today.

    Raises:
        NotFound: there is none.
    """
    query = select(QuoteRow).where((QuoteRow.id == name) | (QuoteRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise store.missing("quote")
    return row, replay(row)


def replay(row: QuoteRow) -> str:
    """Price the frozen inputs of a quote again."""
    inputs = Inputs.of(json.loads(row.receipt)["inputs"])
    return price(product(row.product), inputs).receipt


def verify_quotes(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each quote that does not replay and each pool off its journal."""
    faults: list[Fault] = []
    rows = session.exec(select(QuoteRow).order_by(col(QuoteRow.id))).yield_per(_BATCH)
    for row in rows:
        sealed = sha256(row.receipt.encode()).hexdigest()
        if sealed != row.receipt_sha256:
            words = "receipt is not what its digest says"
            faults.append(Fault(f"quote {row.number}", words, "compare it with the filed letter"))
        if replay(row) != row.receipt:
            fault = Fault(f"quote {row.number}", "does not replay", "find what changed in the code")
            faults.append(fault)
    faults += [fault for pool in session.exec(select(PoolRow)) for fault in _pool(session, pool)]
    return tuple(faults)


def _pool(session: Session, row: PoolRow) -> list[Fault]:
    name = f"{row.scheme_code}:{row.party}"
    booked = books.balance(session, f"pool_money:{name}", row.currency)
    stated = row.contributed_minor - row.drawn_minor
    if booked == stated:
        return []
    problem = f"balance {stated} is not the journal's {booked} (minor units)"
    return [Fault(f"pool {name}", problem, "find the posting that is missing")]

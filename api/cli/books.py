"""`zhibao replay` and `zhibao verify-books`: what was stored is what would come out again."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlmodel import Session

from claims.audit import verify_claims
from claims.calls.audit import verify_calls
from claims.disposal.audit import verify_recoveries
from claims.reserving.audit import verify_reserves
from kernel.db.engine import make_engine, read
from kernel.db.revisions import check_schema
from kernel.db.verify import verify_documents, verify_events, verify_journal
from kernel.errors import Fault
from kernel.settings import Settings
from underwriting.audit import replayed, verify_quotes
from underwriting.audit_prints import verify_prints
from underwriting.guarantees.audit import verify_letters
from underwriting.history.audit import verify_history
from underwriting.holdings.audit import verify_holdings

CHECKS: dict[str, Callable[[Session], tuple[Fault, ...]]] = {
    "journal": verify_journal,
    "trail": verify_events,
    "papers": verify_documents,
    "prints": verify_prints,
    "quotes": verify_quotes,
    "claims and pools": verify_claims,
    "calls": verify_calls,
    "recoveries": verify_recoveries,
    "reserves": verify_reserves,
    "policy life": verify_history,
    "holdings": verify_holdings,
    "letters and their register": verify_letters,
}
"""What is audited -> who audits it."""


def run_replay(quote: str, settings: Settings) -> dict[str, Any]:
    """Price a stored quote again and compare every byte of its receipt.

    Raises:
        NotFound: there is no such quote.
    """
    engine = make_engine(settings.database_url)
    check_schema(engine)
    row, again = read(engine, lambda session: replayed(session, quote))
    total = json.loads(again)["premium"]["total"]
    return {
        "quote": row.number,
        "same": again == row.receipt,
        "stored_sha256": row.receipt_sha256,
        "replayed_sha256": sha256(again.encode()).hexdigest(),
        "premium": total,
    }


def run_verify(settings: Settings) -> dict[str, Any]:
    """Audit the books, one part after the other, with a progress bar on standard error."""
    engine = make_engine(settings.database_url)
    check_schema(engine)
    parts: dict[str, list[dict[str, str]]] = {}
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("verify-books", total=len(CHECKS))
        for name, check in CHECKS.items():
            bar.update(task, description=name)
            parts[name] = [
                {"field": fault.field, "problem": fault.problem, "cure": fault.cure}
                for fault in read(engine, check)
            ]
            bar.advance(task)
    engine.dispose()
    return {"clean": not any(parts.values()), "checked": parts}

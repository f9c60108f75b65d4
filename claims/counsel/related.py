"""A notice of a demand whose cause has a claim already."""

from datetime import date

from sqlmodel import Session

from claims import store
from claims.rules.related import claim_to_join
from kernel.errors import Conflict, Fault
from underwriting.products.infringement_liability.cause import CAUSE
from underwriting.products.infringement_liability.cover import COUNTERPARTY
from underwriting.store import PolicyRow


def check_unrelated(
    session: Session, policy: PolicyRow, made_on: date, facts: dict[str, object]
) -> None:
    """Refuse a notice of a later demand of a cause that has a claim under the policy.

    Raises:
        Conflict: `related-claim`, with the claim that the demand is joined to.
    """
    stated = facts.get(CAUSE)
    if not isinstance(stated, str) or date.fromisoformat(stated) > made_on:
        return
    rows = store.claim_on(session, policy.id)
    ours = sorted(rows, key=lambda row: row.file.get(COUNTERPARTY) == facts.get(COUNTERPARTY))
    on_days = {row.default_date: row.id for row in ours}  # of one day, the accuser's own
    found = claim_to_join(date.fromisoformat(stated), made_on, on_days)
    if found:
        words = f"the cause was first claimed on {stated}: one cause, one claim"
        cure = f"join it to claim {found}: POST /v1/claims/{found}/demands"
        raise Conflict("related-claim", Fault(f"facts.{CAUSE}", words, cure))

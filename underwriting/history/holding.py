"""What a policy counts for after a transaction, in the books of accumulation."""

import json
from collections.abc import Sequence

from sqlmodel import Session

from kernel.desk import Desk
from underwriting import store
from underwriting.accumulate import Counted, accumulate, release
from underwriting.history.tables import PolicyTransactionRow
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.rules.history import Transaction
from underwriting.rules.history_step import projection
from underwriting.tables import PolicyRow
from underwriting.valued import value


def count_again(
    session: Session,
    policy: PolicyRow,
    rows: Sequence[PolicyTransactionRow],
    past: tuple[Transaction, ...],
    *,
    desk: Desk,
) -> None:
    """Let the policy count as agreed; what has ended counts no longer after its last day."""
    seen = projection(past)
    if seen.state != "bound":
        release(session, policy, policy.ends_on, seen.charged.net, desk=desk)
        return
    quote_id = next(row.quote_id for row in rows if row.id == seen.version_id)
    assert quote_id is not None, "terms are priced by a quote"
    row = store.quote(session, quote_id)
    proposed = value(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"])).proposed
    counted = Counted(
        minor=policy.sum_insured_minor,
        retained=proposed.retained.minor,
        premium=seen.charged.net,
        ends_on=policy.ends_on,
    )
    accumulate(session, policy, proposed.keys, counted, desk=desk)

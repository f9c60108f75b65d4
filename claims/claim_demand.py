"""ACT: a demand that was paid under a letter becomes a claim, with its facts and what was paid."""

from sqlmodel import Session

from claims.demanded import asked_of, demand_facts, papers_in
from claims.notify import Notice, notify
from claims.rules.kinds.customs import DEMAND
from claims.store import ClaimRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store as contracts
from underwriting.guarantees import store


def claim_demand(session: Session, letter_id: str, reference: str, *, desk: Desk) -> ClaimRow:
    """Open the claim of a paid demand: the event is the demand, of the day it was received.

    What is asked is what was paid under the letter, tax and surcharge apart. The house has paid
    it, so a settlement meets the account that the payment debited and pays no cash again.

    Raises:
        NotFound: there is no such letter or demand.
        Conflict: `demand-not-paid`, before customs was paid; `claim-twice`, where the demand has
            its claim already.
    """
    letter = store.letter(session, letter_id)
    demand = store.demand_named(session, letter.id, reference)
    if demand.state != "paid":
        words = f"demand {reference} is {demand.state}, nothing was paid on it"
        fault = Fault("reference", words, "pay the demand first, or refuse it")
        raise Conflict("demand-not-paid", fault)
    policy = contracts.policy(session, letter.policy_id)
    notice = Notice(
        policy_id=policy.id,
        default_date=demand.received_on,
        known_on=demand.received_on,
        asked=asked_of(session, demand),
        currency=demand.currency,
        papers=papers_in(letter, demand, policy.contract["papers"]),
        facts={DEMAND: demand_facts(session, letter, demand)},
    )
    return notify(session, notice, desk=desk)

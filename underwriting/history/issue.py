"""The first transaction of a policy, written by the act that binds it."""

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.history.record import Draft, append
from underwriting.history.store import History, PolicyTransactionRow, amendment_of
from underwriting.receipt import Priced
from underwriting.rules.history import Kind, Price
from underwriting.rules.history_step import step
from underwriting.rules.returns import return_terms
from underwriting.tables import PolicyRow


def record_issue(
    session: Session, policy: PolicyRow, priced: Priced, *, desk: Desk
) -> PolicyTransactionRow:
    """Write that a policy was issued; its premium is posted by the caller.

    `priced` has the premium as it was offered.

    Raises:
        Conflict: the quote was made to amend another policy.
    """
    amended = amendment_of(session, policy.quote_id)
    if amended is not None:
        cure = f"send it as a {amended.kind} of policy {amended.policy_id}"
        fault = Fault("quote_id", "was made for terms of a policy that is there", cure)
        raise Conflict("quote-of-amendment", fault)
    draft = Draft(
        kind=Kind.ISSUE,
        effective_on=priced.contract.period.start,
        reason="issued",
        contract=priced.contract,
        price=price_of(priced),
        quote_id=policy.quote_id,
        agreed={"returns": dict(return_terms())},
    )
    one = draft.transaction((), desk)
    return append(session, History(policy, (), ()), draft, step((), one), desk=desk)


def price_of(priced: Priced) -> Price:
    """Return the premium of a priced version: its total, tax, and what a public payer bears."""
    premium = priced.premium
    public = sum(payer.amount.minor for payer in premium.payers[:-1])
    return Price(total=premium.total.minor, tax=premium.line("tax").minor, subsidy=public)

"""The policy row shows what is agreed: it follows from the transactions alone."""

from datetime import timedelta

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting.rules.history import Transaction
from underwriting.rules.history_step import projection
from underwriting.tables import PolicyRow


def project(session: Session, policy: PolicyRow, past: tuple[Transaction, ...]) -> None:
    """Show in the row what the transactions come to.

    Raises:
        Conflict: more was paid than would be insured.
    """
    seen = projection(past)
    if seen.contract is not None:
        _check_paid(policy, seen.contract.sum_insured)
        policy.contract = seen.contract.json()
        policy.sum_insured_minor = seen.contract.sum_insured.minor
    policy.state = seen.state
    policy.premium_minor = seen.charged.total
    policy.ends_on = seen.ends_on or policy.starts_on - timedelta(days=1)
    session.add(policy)
    session.flush()


def _check_paid(policy: PolicyRow, insured: Money) -> None:
    if policy.paid_minor > insured.minor:
        paid = Money(policy.paid_minor, policy.currency)
        fault = Fault(
            "sum_insured", f"would be {insured}, less than the {paid} that claims were paid",
            f"insure at least {paid}",
        )  # fmt: skip
        raise Conflict("paid-above-sum-insured", fault)

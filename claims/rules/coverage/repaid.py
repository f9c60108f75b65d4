"""Principal that the loan's own record shows repaid: the loss is what is left of it."""

from collections.abc import Iterator

from claims.rules.coverage.known import Known
from claims.rules.indemnity import owed
from claims.rules.loan_record import loan_record, shown
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.contract import Contract


def repaid(contract: Contract, known: Known) -> Iterator[Finding]:
    """Yield where the record leaves less owing than the plan: no more than that is a loss.

    Nothing is said of a default that is supposed: it asks for what the record leaves.
    """
    record = loan_record(known.events, known.event_on)
    plan = owed(contract, known.event_on)
    if known.supposed or record is None or record.owed >= plan:
        return
    unit = contract.currency
    left, agreed, before, since = (
        Money(minor, unit)
        for minor in (
            record.owed, plan, record.at_default, sum(one.principal for one in record.since),
        )
    )  # fmt: skip
    yield Finding(
        "principal-repaid", Effect.CUT,
        f"the loan's own record leaves {left} of principal owing, where the plan leaves {agreed}: "
        f"{before} on the day of default, {since} repaid since",
        f"贷款记录未偿本金 {left}，还款计划未偿本金 {agreed}："
        f"违约日未偿 {before}，其后已还 {since}",
        "wording: cover (principal that is not repaid)",
        "take back the event that is wrong, and report what was repaid as it was",
        shown(record.repayments or record.events),
    )  # fmt: skip

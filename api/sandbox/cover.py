"""What the calendar brings to a policy: premium falls due, cover ends, a letter expires."""

from collections.abc import Iterator

from sqlmodel import Session

from api.sandbox.item import Item
from kernel.desk import Desk
from kernel.money import Money
from kernel.period import add_days
from kernel.working_days import Calendar
from underwriting.end_letter import expire_letter
from underwriting.guarantees import store as letters
from underwriting.letters.clocks import last_day_of_demand
from underwriting.letters.moves import IN_FORCE
from underwriting.products.pledge_guarantee.flows import instalments_of
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow


def cover_items(session: Session, policy: PolicyRow, calendar: Calendar) -> Iterator[Item]:
    """Yield premium, end of cover and end of letters of a policy."""
    yield from _premium(policy)
    yield Item(
        on=add_days(policy.ends_on, 1), name=f"ended:{policy.id}", code="cover_ended",
        zh=f"保单 {policy.number} 保险期间届满", en=f"cover of policy {policy.number} has ended",
        whose="nobody", path=f"/v1/policies/{policy.id}", client_id=policy.client_id,
    )  # fmt: skip
    yield from _letters(session, policy, calendar)


def _premium(policy: PolicyRow) -> Iterator[Item]:
    contract = Contract.of(policy.contract)
    premium = Money(policy.premium_minor, policy.currency)
    dues = [(policy.starts_on, premium)]
    if "premium_basis" in contract.agreed:
        dues = [(one.on, one.money) for one in instalments_of(contract, premium)]
    for place, (on, money) in enumerate(dues, start=1):
        yield Item(
            on=on, name=f"premium:{policy.id}:{place}", code="premium_due",
            zh=f"保单 {policy.number} 保费第 {place} 期 {money} 到期",
            en=f"premium instalment {place} of policy {policy.number}, {money}, falls due",
            whose="policyholder", path=f"/v1/policies/{policy.id}", client_id=policy.client_id,
        )  # fmt: skip


def _letters(session: Session, policy: PolicyRow, calendar: Calendar) -> Iterator[Item]:
    for row in letters.open_letters_of(session, policy.id):
        if row.state not in IN_FORCE:
            continue

        def expire(session: Session, desk: Desk, id_: str = row.id) -> None:
            expire_letter(session, id_, desk=desk)

        until = letters.terms_in_force(session, row).claim_until
        yield Item(
            on=add_days(last_day_of_demand(until, calendar), 1), name=f"expired:{row.id}",
            code="letter_expired", zh=f"保单 {policy.number} 项下保函 {row.number} 到期失效",
            en=f"letter {row.number} under policy {policy.number} expires",
            whose="nobody", path=f"/v1/letters/{row.id}", client_id=policy.client_id,
            role="underwriter", act=expire,
        )  # fmt: skip

"""What happens to a guaranteed loan: it is paid out, its instalments are paid, then no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from api.sandbox.item import Item
from api.schemas.sandbox import ScenarioRequest
from claims.report_overdue import OverdueNotice, report_overdue
from kernel.desk import Desk
from kernel.money import Money, round_half_up
from kernel.period import add_days, add_months
from kernel.wire import MoneyWire
from underwriting.loan_events.store import events_of
from underwriting.record_event import record_events
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow
from underwriting.watch.account import Account, account
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent, LoanEventKind
from underwriting.watch.loan_form import LoanEventForm
from underwriting.watch.schedule import planned, schedule

OWN = "SB-"
"""How the keys of reports begin that the sandbox makes for the bank."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """A month of a loan; minor units.

    Attributes:
        month: 1, 2, 3 ...
        on: the day it falls due.
        principal: that falls due by it and is not repaid yet.
        interest: of the month: balance times annual rate / 12, rounded half up.
    """

    month: int
    on: date
    principal: int
    interest: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A guaranteed loan as it is reported.

    Attributes:
        contract: it is guaranteed by.
        events: that count, in order of their days.
        now: the account after the last of them.
    """

    contract: Contract
    events: tuple[LoanEvent, ...]
    now: Account


def reported_loans(session: Session, policies: Sequence[PolicyRow]) -> dict[str, Reported]:
    """Return policy -> its loan, of those that guarantee one; all reports are read at once."""
    events = events_of(session, [policy.id for policy in policies])
    found = {}
    for policy in policies:
        contract = Contract.of(policy.contract)
        if contract.loan is not None:
            counted = counting(events.get(policy.id, ()))
            found[policy.id] = Reported(contract, counted, account(counted))
    return found


def loan_items(
    policy: PolicyRow, loan: Reported, scenario: ScenarioRequest | None
) -> Iterator[Item]:
    """Yield the reports of a bank on the loan of a policy, until its borrower stops."""
    if not loan.now.disbursed:
        yield _paid_out(policy, loan.contract.lent.drawdown, loan.contract.lent.amount)
        return
    if loan.now.overdue_since is not None:
        yield from _case(policy, loan.events)
        return
    for due in instalments(loan.contract, loan.now):
        if scenario and due.on >= scenario.stops_paying_on:
            yield _unpaid(policy, due)
            return
        if not _reported_by_bank(loan.events, due.on):
            yield _paid(policy, due)


def instalments(contract: Contract, now: Account) -> tuple[Instalment, ...]:
    """Return what falls due month by month, against what an account says is repaid."""
    loan, plan, found, repaid = contract.lent, schedule(contract), [], now.repaid
    for month, balance in enumerate(loan.balances, start=1):
        on = add_months(loan.drawdown, month)
        principal = max(0, planned(plan, on) - repaid)
        repaid += principal
        interest = round_half_up(balance * loan.annual_rate / 12)
        if principal or interest:
            found.append(Instalment(month, on, principal, interest))
    return tuple(found)


def _reported_by_bank(events: tuple[LoanEvent, ...], on: date) -> bool:
    """Say whether the bank itself reported what was paid in the month up to a day."""
    return any(
        one.kind in (LoanEventKind.REPAID, LoanEventKind.PREPAID)
        and not one.key.startswith(OWN)
        and add_months(on, -1) < one.happened_on <= on
        for one in events
    )


def _paid_out(policy: PolicyRow, on: date, money: Money) -> Item:
    form = LoanEventForm(
        key=f"{OWN}OUT", kind=LoanEventKind.DISBURSED, happened_on=on,
        principal=MoneyWire.of(money),
    )  # fmt: skip
    zh = f"保单 {policy.number} 所担保贷款 {money} 发放"
    en = f"the loan of {money} under policy {policy.number} is paid out"
    return _report(policy, "disbursed", form, zh=zh, en=en, whose="policyholder", on=on)


def _paid(policy: PolicyRow, due: Instalment) -> Item:
    form = _form(policy, due, LoanEventKind.REPAID, f"{OWN}{due.month}", due.on)
    principal, interest = _text(policy, due.principal), _text(policy, due.interest)
    zh = f"保单 {policy.number} 项下第 {due.month} 期还款：本金 {principal}，利息 {interest}"
    paid = f"principal {principal}, interest {interest}"
    en = f"instalment {due.month} under policy {policy.number} is paid: {paid}"
    return _report(policy, "instalment_paid", form, zh=zh, en=en, whose="nobody", on=due.on)


def _unpaid(policy: PolicyRow, due: Instalment) -> Item:
    known = add_days(due.on, 1)
    form = _form(policy, due, LoanEventKind.OVERDUE, f"{OWN}LATE-{due.month}", known)
    zh = f"保单 {policy.number} 项下第 {due.month} 期 {due.on} 到期未还，银行报告逾期"
    what = f"instalment {due.month} of {due.on} under policy {policy.number}"
    en = f"{what} is unpaid: the bank reports it overdue"
    return _report(policy, "overdue", form, zh=zh, en=en, whose="bank", on=known)


def _case(policy: PolicyRow, events: tuple[LoanEvent, ...]) -> Iterator[Item]:
    """Yield the case that a bank opens on an overdue which the sandbox reported for it."""
    for one in events:
        if one.kind is LoanEventKind.OVERDUE and one.key.startswith(OWN):

            def open_case(session: Session, desk: Desk, key: str = one.key) -> str:
                notice = OverdueNotice(policy.id, key, desk.on)
                return f"/v1/overdues/{report_overdue(session, notice, desk=desk).id}"

            yield Item(
                on=one.happened_on, name=f"case:{policy.id}:{one.key}", code="overdue_case",
                zh=f"保单 {policy.number} 逾期立案，等待期开始",
                en=f"the overdue case of policy {policy.number} is opened: the waiting period runs",
                whose="bank", path=f"/v1/policies/{policy.id}", client_id=policy.client_id,
                act=open_case,
            )  # fmt: skip


def _form(
    policy: PolicyRow, due: Instalment, kind: LoanEventKind, key: str, on: date
) -> LoanEventForm:
    def wire(minor: int) -> MoneyWire | None:
        return MoneyWire.of(Money(minor, policy.currency)) if minor else None

    since = due.on if kind is LoanEventKind.OVERDUE else None
    return LoanEventForm(
        key=key, kind=kind, happened_on=on, since=since,
        principal=wire(due.principal), interest=wire(due.interest),
    )  # fmt: skip


def _report(
    policy: PolicyRow, code: str, form: LoanEventForm, *, zh: str, en: str, whose: str, on: date
) -> Item:
    def act(session: Session, desk: Desk) -> None:
        record_events(session, policy.id, [form], desk=desk)

    return Item(
        on=on, name=f"loan:{policy.id}:{form.key}", code=code, zh=zh, en=en, whose=whose,
        path=f"/v1/policies/{policy.id}/loan", client_id=policy.client_id, act=act,
    )  # fmt: skip


def _text(policy: PolicyRow, minor: int) -> str:
    return str(Money(minor, policy.currency))

"""What is asked, checked against the kind of claim and its policy."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.rules.kinds import Kind
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from underwriting.history.store import contracts_on
from underwriting.products.infringement_loss.cover import RIGHT
from underwriting.store import PolicyRow


def check_policy(policy: PolicyRow) -> None:
    """Refuse a policy that never covered.

    Raises:
        Conflict: it was issued and taken back.
    """
    if policy.state == "void":
        fault = Fault("policy_id", "was issued and taken back: it never covered", "see its history")
        raise Conflict("policy-void", fault)


def check_days(kind: Kind, event_on: date, known_on: date, desk: Desk) -> None:
    """Refuse days that lie ahead, and knowledge before the event.

    Raises:
        Invalid: all that is wrong with the days.
    """
    faults = [
        Fault(field, f"{day} lies ahead", f"give a day up to {desk.on}")
        for field, day in (("default_date", event_on), ("known_on", known_on))
        if day > desk.on
    ]
    if known_on < event_on:
        cure = "give the day on which the insured knew of it"
        faults.append(Fault("known_on", f"is before the {kind.event_en}", cure))
    if faults:
        raise Invalid("invalid", *faults)


def check_right(
    session: Session, policy: PolicyRow, event_on: date, facts: Mapping[str, Any]
) -> None:
    """Refuse a right that is none of those insured on the day of the event.

    Raises:
        Invalid: it is none of them; they are named.
    """
    number = facts.get(RIGHT)
    if number is None:
        return
    (terms,) = contracts_on(session, [(policy, event_on)])
    insured = terms.agreed.get("rights", ())
    if number not in insured:
        words = f"{number!r} is none of the rights insured under policy {policy.number}"
        raise invalid(f"facts.{RIGHT}", words, f"use one of {', '.join(insured)}")


def check_asked(
    kind: Kind, asked: Mapping[str, int], currency: str, policy: PolicyRow, *, field: str = "asked"
) -> None:
    """Refuse lines that are none of the kind's, amounts below zero, and nothing at all.

    Raises:
        Invalid: all that is wrong with what is asked.
    """
    faults = list(_faults(kind, asked, currency, policy, field))
    if faults:
        raise Invalid("invalid", *faults)


def _faults(
    kind: Kind, asked: Mapping[str, int], currency: str, policy: PolicyRow, field: str
) -> Iterator[Fault]:
    if currency != policy.currency:
        for code in asked:
            words = f"the policy is in {policy.currency}"
            yield Fault(f"{field}.{code}.currency", words, "claim in it")
    known = ", ".join(kind.lines)
    for code, minor in asked.items():
        if code not in kind.lines:
            words = f"is no line of a claim for {kind.en}"
            yield Fault(f"{field}.{code}", words, f"use {known}")
        elif minor < 0:
            yield Fault(f"{field}.{code}", "is below nought", "give nought or more")
    if sum(asked.values()) == 0:
        yield Fault(field, "asks for nothing", "state at least one line above zero")

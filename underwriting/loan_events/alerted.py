"""Everything that has a policy watched: what was noted of its rights, its obligor, its loan."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from underwriting import store
from underwriting.loan_events.loan_today import loan_today
from underwriting.loan_events.noted import noted, noted_of
from underwriting.loan_events.rights import right_name
from underwriting.loan_events.versions import quote_in_force
from underwriting.tables import PolicyRow
from underwriting.watch.alert import Alert, Noted, alerts
from underwriting.watch.kinds import On
from underwriting.watch.of_loan import alerts_of_loan


@dataclass(frozen=True, slots=True)
class Alerted:
    """A policy with what has it watched.

    Attributes:
        policy: the policy.
        receipt: of the terms of the day.
        noted: what was noted of its rights and its obligor until the day.
        alerts: every alert until the day, closed or not.
    """

    policy: PolicyRow
    receipt: Mapping[str, Any]
    noted: tuple[Noted, ...]
    alerts: tuple[Alert, ...]

    @property
    def risk(self) -> Mapping[str, Any]:
        """The proposal whose terms hold."""
        found: Mapping[str, Any] = self.receipt["inputs"]["risk"]
        return found

    @property
    def rights(self) -> tuple[Mapping[str, Any], ...]:
        """The rights that it states."""
        return tuple(self.risk.get("rights", ()))


def alerted(session: Session, policy: PolicyRow, on: date) -> Alerted:
    """Return what has a policy watched on a day, by the rights that its terms of that day name."""
    row = store.quote(session, quote_in_force(session, policy, on))
    receipt = json.loads(row.receipt)
    rights = receipt["inputs"]["risk"].get("rights", ())
    names = [right_name(right.get("office", "CN"), right["number"]) for right in rights]
    rows = (
        *noted_of(session, On.RIGHT, names),
        *noted_of(session, On.OBLIGOR, [policy.borrower_register_id]),
    )
    known = tuple(noted(one) for one in rows if one.noted_on <= on)
    found = alerts(known)
    if policy.contract["loan"] is not None:
        today = loan_today(session, policy.id, on)
        found += alerts_of_loan(today.file, today.contract.lent.contract, on)
    return Alerted(policy, receipt, known, found)

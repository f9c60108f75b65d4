"""Take a proposal of the casebook from question to policy, and say what came out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from api.casebook.cases import Case
from api.casebook.stage import desk_on, means_stated, register_means
from api.casebook.walked import Walked
from kernel.db.engine import transact
from kernel.money import Money
from kernel.settings import Settings
from kernel.working_days import Calendar
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.letter import issue_letter
from underwriting.product import Risk
from underwriting.products import product
from underwriting.quote import quote
from underwriting.register import register_party
from underwriting.schemes import load_schemes
from underwriting.store import PolicyRow, QuoteRow

_STOPS = ("decline", "refer")


@dataclass(frozen=True)
class Offer:
    """A case of kind `price`: quoted, its letter issued, and bound where nothing declines it."""

    engine: Engine
    case: Case
    settings: Settings
    calendar: Calendar

    def run(self) -> Walked:
        """Quote, issue the letter, approve where a person must, bind."""
        started, request = perf_counter(), self.case.values["request"]
        line = product(request["risk"]["product"])
        risk = line.risk.model_validate(wire(request["risk"]), strict=False)
        client = self._do(request["on"], self._open, risk, min(line.clients))
        row: QuoteRow = self._do(request["on"], quote, client, risk)
        self._do(request["on"], issue_letter, row.id)
        subjects = [("quote", row.id)]
        if row.state != "declined":
            subjects.append(("policy", self._bound(request["on"], row).id))
        return Walked(
            case=self.case.name,
            currency=row.currency,
            loss=None,
            premium=Money(row.premium_minor, row.currency).text,
            found=_found(row),
            subjects=tuple(subjects),
            seconds=perf_counter() - started,
        )

    def _open(self, session: Session, risk: Risk, kind: str, *, desk: Any) -> str:
        """Register the client, the insurer's means and what stands behind the scheme."""
        asked = risk.asked()
        means_stated(session, asked.amount.currency, desk=desk)
        name = self.case.name
        party = register_party(session, kind, f"询价人 {name}", name.upper()[:32], desk=desk)
        scheme = load_schemes()[asked.scheme].scheme
        walk = {**self.case.values["request"], "loan": {"currency": asked.amount.currency}}
        register_means(session, walk, scheme, party.id, desk=desk)
        return party.id

    def _bound(self, on: date, row: QuoteRow) -> PolicyRow:
        if row.state == "referred":
            self._do(on, approve, row.id, "approved for the casebook", actor="second")
        policy: PolicyRow = self._do(on, bind, row.id)
        return policy

    def _do(self, on: date, act: Any, *arguments: Any, actor: str = "casebook") -> Any:
        """Run one act on a day, in a transaction of its own."""
        desk = desk_on(on, self.settings.insurer_name, self.calendar, actor)
        return transact(self.engine, lambda session: act(session, *arguments, desk=desk))


def differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    """Say where a quote differs from what its case expects.

    Figures of one product alone, such as a highest tax, are compared by that product's tests.
    """
    lines = [
        f"{key}: expected {expected[key]}, found {found[key]}"
        for key in ("decision", "sum_insured", "policyholder_pays")
        if key in expected and expected[key] != found[key]
    ]
    lines += [
        f"findings: {code} is missing"
        for code in expected.get("findings", ())
        if code not in found["findings"]
    ]
    for key, sign in (("premium_low", 1), ("premium_high", -1)):
        if key in expected and sign * (float(found["premium"]) - float(expected[key])) < 0:
            lines.append(f"{key}: expected {expected[key]}, found {found['premium']}")
    return tuple(lines)


def _found(row: QuoteRow) -> dict[str, Any]:
    receipt = json.loads(row.receipt)
    stops = [one["code"] for one in receipt["findings"] if one["effect"] in _STOPS]
    return {
        "decision": receipt["decision"],
        "findings": [one["code"] for one in receipt["findings"]],
        "stops": stops,
        "premium": receipt["premium"]["total"]["amount"],
        "sum_insured": receipt["contract"]["sum_insured"],
        "policyholder_pays": receipt["premium"]["payers"][-1]["amount"],
    }


def wire(value: Any) -> Any:
    """Write the days of a TOML file as they stand on the wire."""
    if isinstance(value, Mapping):
        return {key: wire(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [wire(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value

"""Walk one case through the real acts, from proposal to close, and say what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from api.casebook.cases import Case
from api.casebook.collect import collect, collect_final, hand_over
from api.casebook.stage import before_settling, desk_on, open_house, proposal
from api.casebook.walked import Walked
from claims import store
from claims.assess import Assessment, assess
from claims.close import close
from claims.notify import Notice, notify
from claims.recover import Receipts, recover
from claims.settle import settle
from claims.store import SettlementRow
from kernel.db.engine import transact
from kernel.money import Money, format_minor
from kernel.settings import Settings
from kernel.sharing import UNCOVERED
from kernel.working_days import Calendar
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.letter import issue_letter
from underwriting.quote import quote
from underwriting.schemes import load_schemes
from underwriting.store import PolicyRow, QuoteRow

_CONDUCT = {
    "pledge_registered": True,
    "use_as_agreed": True,
    "change_consented": True,
    "fraud_by_insured": False,
}


@dataclass(frozen=True)
class Walk:
    """The acts of one case, each in its own transaction on its own day."""

    engine: Engine
    case: Case
    settings: Settings
    calendar: Calendar

    def run(self) -> Walked:
        """Quote, bind, notify, assess, settle, collect, recover, close."""
        started, walk = perf_counter(), self.case.walk
        assert walk is not None, "this case has a walk"
        quoted = self._quote(walk)
        policy = self._bind(walk, quoted)
        settled = self._claim(walk, policy)
        found = self._outcome(settled)
        self._end(settled.claim_id, walk)
        money = Money(quoted.premium_minor, quoted.currency)
        subjects = (("quote", quoted.id), ("policy", policy.id), ("claim", settled.claim_id))
        asked = sum(self._asked(walk).values())
        return Walked(
            case=self.case.name,
            currency=money.currency,
            loss=format_minor(asked, money.currency),
            premium=money.text,
            found=found,
            subjects=subjects,
            seconds=perf_counter() - started,
        )

    def _do(self, day: date, act: Any, *arguments: Any, actor: str = "casebook") -> Any:
        """Run one act on `day`."""
        desk = desk_on(day, self.settings.insurer_name, self.calendar, actor)

        def at_desk(session: Session) -> Any:
            return act(session, *arguments, desk=desk)

        return transact(self.engine, at_desk)

    def _quote(self, walk: Mapping[str, Any]) -> QuoteRow:
        day = walk["loan"]["drawdown"] - timedelta(days=7)
        scheme = load_schemes()[walk["scheme"]].scheme
        desk = desk_on(day, self.settings.insurer_name, self.calendar)
        name = self.case.name
        bank = transact(self.engine, lambda s: open_house(s, walk, scheme, name=name, desk=desk))
        risk = proposal(walk, name, f"借款人 {name}")
        row: QuoteRow = self._do(day, quote, bank, risk)
        if row.state == "referred":
            row = self._do(day, approve, row.id, "approved for the casebook", actor="second")
        self._do(day, issue_letter, row.id)
        return row

    def _bind(self, walk: Mapping[str, Any], quoted: QuoteRow) -> PolicyRow:
        day = walk["loan"]["drawdown"] - timedelta(days=3)
        policy: PolicyRow = self._do(day, bind, quoted.id)
        return policy

    def _claim(self, walk: Mapping[str, Any], policy: PolicyRow) -> SettlementRow:
        default = walk["default"]["date"]
        notice = Notice(
            policy_id=policy.id,
            default_date=default,
            known_on=default + timedelta(days=1),
            asked=self._asked(walk),
            currency=policy.currency,
            papers=tuple(policy.contract["papers"]),
        )
        claim = self._do(default + timedelta(days=3), notify, notice)
        self._do(default + timedelta(days=20), assess, claim.id, Assessment(conduct=_CONDUCT))
        pays = default + timedelta(days=policy.contract["waiting_days"] + 1)
        scheme = load_schemes()[walk["scheme"]].scheme
        self._do(pays, before_settling, walk, scheme, policy.client_id)
        row: SettlementRow = self._do(pays, settle, claim.id)
        collect(self.engine, claim.id, row.settled_on, self._do)
        if "recovery" in walk:
            self._recover(claim.id, walk["recovery"], policy.currency, row.settled_on)
        collect_final(self.engine, claim.id, _last_day(walk, row.settled_on), self._do)
        return row

    def _recover(self, claim_id: str, stated: Any, currency: str, settled_on: date) -> None:
        receipts = Receipts(
            reference="CASE",
            source=stated["source"],
            value_date=stated["value_date"],
            gross=Money.of(stated["gross"], currency),
            costs=Money.of(stated["costs"], currency),
        )
        day = max(stated["value_date"], settled_on) + timedelta(days=6)
        self._do(day, recover, claim_id, receipts)

    def _end(self, claim_id: str, walk: Mapping[str, Any]) -> None:
        day = walk["default"]["date"] + timedelta(days=1000)
        hand_over(self.engine, claim_id, day, self._do)
        self._do(day, close, claim_id, "the case ends")

    def _asked(self, walk: Mapping[str, Any]) -> dict[str, int]:
        currency = walk["loan"]["currency"]
        lines = {key: walk["default"].get(key, "0") for key in ("principal", "interest", "costs")}
        asked = {key: Money.of(text, currency).minor for key, text in lines.items()}
        return {key: minor for key, minor in asked.items() if minor}

    def _outcome(self, row: SettlementRow) -> dict[str, Any]:
        """Read the outcome back from the books."""

        def read(session: Session) -> dict[str, Any]:
            shares = [s for s in store.shares(session, row.id) if s.party != UNCOVERED]
            received = store.recoveries(session, row.claim_id)
            found: dict[str, Any] = {
                "eligible": row.eligible_minor,
                "ineligible": row.ineligible_minor,
                "uncovered": row.uncovered_minor,
                "shares": {share.party: share.paid_minor for share in shares},
            }
            if received:
                found["given_back"] = {share.party: share.given_back_minor for share in shares}
                found["surplus"] = sum(recovery.surplus_minor for recovery in received)
            return found

        return _texts(transact(self.engine, read), row.currency)


def _last_day(walk: Mapping[str, Any], settled_on: date) -> date:
    """Return the day on which nothing more is to be recovered."""
    last = walk["recovery"]["value_date"] if "recovery" in walk else settled_on
    return max(last, settled_on) + timedelta(days=6)


def _texts(found: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Write every amount, one level of tables deep, the way it stands in a case."""

    def text(value: Any) -> Any:
        if isinstance(value, Mapping):
            return _texts(value, currency)
        return format_minor(value, currency)

    return {key: text(value) for key, value in found.items()}

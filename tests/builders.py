"""Sensible values of the trade, named overrides, and a house whose books are audited.

    risk = a_risk(loan={"term_months": 24}, borrower={"grade": "B"})
    house = a_house(engine)                     # a bank is registered
    policy = house.policy(risk)                 # quoted and bound
    claim = house.claim(policy)                 # notified, every paper in
    house.refuse("waiting-period", settle, claim.id, on=date(2026, 4, 1))

Every act runs in a transaction of its own; after each one the whole house is audited.
"""

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

import pytest
from proposals import (
    DRAWDOWN,
    EVENT,
    ILL,
    LARGER,
    MATTERS,
    QUOTED,
    SAMPLES,
    SOUND,
    a_basis,
    a_risk,
    a_scheme,
    cny,
    folder_of,
    read_scheme,
    risk_json,
    scheme_text,
    shipped,
    some_exposures,
    some_inputs,
    some_means,
    yuan,
)
from sqlalchemy import Engine
from sqlmodel import Session, select

from api.cli.books import CHECKS
from claims import store as claim_store
from claims.answer_settlement import answer_settlement
from claims.assess import Assessment, assess
from claims.calls.tables import CallRow
from claims.dissent import dissent
from claims.notify import Notice, notify
from claims.pay_on_account import pay_on_account
from claims.recompute import recompute, share_anew
from claims.recover import Receipts, recover
from claims.reserve_rights import reserve_rights
from claims.revise import revise
from claims.settle import settle
from claims.sign_share import sign_share
from claims.tables import ClaimRow
from documents.stated import read_stated, stated
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.db.row import new_id
from kernel.db.tables import DocumentRow, EventRow
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.money import Money
from kernel.working_days import Calendar, load_calendar
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.holdings.tables import MeansRow
from underwriting.letter import issue_letter
from underwriting.override import override
from underwriting.portfolio.means import RATIOS
from underwriting.product import Risk
from underwriting.products import product
from underwriting.quote import quote
from underwriting.register import register_party, register_pool
from underwriting.schemes import SchemeText
from underwriting.tables import PolicyRow, PoolRow, QuoteRow

__all__ = [
    "ASSESSED",
    "DEFAULT",
    "DRAWDOWN",
    "EVENT",
    "GOOD_CONDUCT",
    "ILL",
    "LARGER",
    "MATTERS",
    "NOTIFIED",
    "QUOTED",
    "RECOVERED",
    "SAMPLES",
    "SETTLED",
    "SOUND",
    "House",
    "a_basis",
    "a_desk",
    "a_house",
    "a_matter",
    "a_notice",
    "a_risk",
    "a_scheme",
    "cny",
    "folder_of",
    "read_scheme",
    "risk_json",
    "scheme_text",
    "shipped",
    "some_exposures",
    "some_inputs",
    "some_means",
    "yuan",
]

DEFAULT = date(2026, 3, 11)
NOTIFIED = date(2026, 3, 12)
ASSESSED = date(2026, 3, 16)
SETTLED = date(2026, 6, 1)
RECOVERED = date(2026, 9, 1)

GOOD_CONDUCT = {
    "pledge_registered": True,
    "use_as_agreed": True,
    "change_consented": True,
    "fraud_by_insured": False,
}

_ACTORS = {approve: "second", override: "second"}
_PAPER_OF = {
    issue_letter: "quote_letter",
    bind: "policy_schedule",
    notify: "claim_receipt",
    settle: "settlement_statement",
    pay_on_account: "settlement_statement",
    recompute: "settlement_statement",
    share_anew: "settlement_statement",
    recover: "recovery_statement",
    reserve_rights: "reservation_letter",
    answer_settlement: "settlement_consent",
    sign_share: "signed_statement",
    dissent: "signed_statement",
}
_BESIDE = ("call_letter", "call_refund", "pool_filing")
"""Papers that any act may leave beside its own: each call and refund has its letter."""
_AUDITORS = tuple(CHECKS.values())
_STATEFUL = {"quote": QuoteRow, "policy": PolicyRow, "claim": ClaimRow}


@cache
def calendar() -> Calendar:
    return load_calendar()


def a_desk(on: date = QUOTED, actor: str = "clerk", authority: str = "chief") -> Desk:
    """The desk at ten in the morning in Shanghai."""
    at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    return Desk(at, on, actor, "示范保险", calendar(), authority)


@dataclass
class House:
    """An engine and a bank. Each act is one transaction, and is followed by an audit."""

    engine: Engine
    client_id: str
    firm_id: str

    def do(
        self,
        act: Callable[..., Any],
        *args: Any,
        on: date = QUOTED,
        actor: str = "",
        authority: str = "chief",
        **named: Any,
    ) -> Any:
        """Run an act at a desk, then audit: states, events, papers, journal."""
        states, events, papers = self._states(), self._events(), self._papers()
        desk = a_desk(on, actor or _ACTORS.get(act, "clerk"), authority)
        done = transact(self.engine, lambda s: act(s, *args, desk=desk, **named))
        self._audit_trail(states, events)
        self._audit_paper(act, papers)
        self.audit()
        return done

    def refuse(self, code: str, act: Callable[..., Any], *args: Any, **named: Any) -> Refusal:
        """Run an act that must be refused with `code`, cures named, and nothing written."""
        before = self._everything()
        with pytest.raises(Refusal) as refused:
            self.do(act, *args, **named)
        refusal: Refusal = refused.value
        assert refusal.code == code, f"refused as {refusal}"
        assert all(fault.field and fault.problem and fault.cure for fault in refusal.faults)
        assert self._everything() == before
        return refusal

    def audit(self) -> None:
        """The books agree with themselves."""
        for verify in _AUDITORS:
            assert read(self.engine, verify) == (), verify.__name__
        assert sum(self.balances().values()) == 0

    def read(self, query: Callable[[Session], Any]) -> Any:
        return read(self.engine, query)

    def balances(self, prefix: str = "") -> dict[str, int]:
        """Account -> minor units; one currency is used in a test."""
        kept = read(self.engine, lambda s: books.balances(s, prefix))
        assert len({currency for _, currency in kept}) <= 1
        return {account: minor for (account, _), minor in kept.items()}

    def pool(self, scheme: SchemeText, party: str, money: Money, portfolio: Any = None) -> PoolRow:
        return self.do(register_pool, scheme.scheme, party, money, portfolio=portfolio)

    def quote(self, risk: Risk | None = None, **named: Any) -> QuoteRow:
        risk = risk or a_risk()
        return self.do(quote, self.client_of(risk), risk, **named)

    def client_of(self, risk: Risk) -> str:
        """The bank, or the firm where the product is not sold to banks."""
        return self.client_id if "bank" in product(risk.product).clients else self.firm_id

    def policy(self, risk: Risk | None = None, **named: Any) -> PolicyRow:
        """Quote, approve where a person must, and bind."""
        quoted = self.quote(risk, **named)
        on = named.get("on", QUOTED)
        if quoted.state == "referred":
            self.do(approve, quoted.id, "looked into", on=on)
        return self.do(bind, quoted.id, on=on)

    def claim(self, policy: PolicyRow, *, on: date = NOTIFIED, **named: Any) -> ClaimRow:
        """Notify a default of the whole principal, with every paper."""
        return self.do(notify, a_notice(policy, **named), on=on)

    def accepted(self, policy: PolicyRow, **named: Any) -> ClaimRow:
        """Notify and accept."""
        claim = self.claim(policy, **named)
        conduct = MATTERS[policy.product][2] if policy.product in MATTERS else GOOD_CONDUCT
        return self.do(assess, claim.id, Assessment(conduct=conduct), on=ASSESSED)

    def again(self, claim: ClaimRow, assessment: Assessment | None = None, **named: Any) -> Any:
        """Revise, assess and settle anew; `on` is the day of all three."""
        on = named.pop("on", SETTLED)
        self.do(revise, claim.id, "figures changed", on=on)
        conduct = assessment or Assessment(conduct=GOOD_CONDUCT)
        self.do(assess, claim.id, conduct, on=on)
        return self.do(settle, claim.id, on=on)

    def settlements(self, claim: ClaimRow) -> Any:
        """Every settlement of a claim, first to newest."""
        return self.read(lambda s: claim_store.settlements(s, claim.id))

    def settled(self, policy: PolicyRow, *, on: date = SETTLED, **named: Any) -> ClaimRow:
        """Notify, accept and settle."""
        claim = self.accepted(policy, **named)
        self.do(settle, claim.id, on=on)
        return self.read(lambda s: claim_store.claim(s, claim.id))

    def recover(
        self, claim: ClaimRow, gross: str, costs: str = "0", *, reference: str = "R1", **named: Any
    ) -> Any:
        """Money comes back."""
        unit = claim.currency
        receipts = Receipts(
            reference, "sale of the right", RECOVERED, Money.of(gross, unit), Money.of(costs, unit)
        )
        return self.do(recover, claim.id, receipts, **{"on": RECOVERED, **named})

    def shares(self, claim: ClaimRow) -> dict[str, int]:
        """Party -> what it bears of the settlement."""
        settlement = self.settlement(claim)
        rows = self.read(lambda s: claim_store.shares(s, settlement.id))
        return {row.party: row.paid_minor for row in rows}

    def settlement(self, claim: ClaimRow) -> Any:
        return self.read(lambda s: claim_store.settlement_of(s, claim.id))

    def kinds(self, type_: str, id_: str) -> list[str]:
        """Kinds of the events of a subject, in order."""
        trail = self.read(lambda s: books.events(s, books.Subject(type_, id_)))
        return [event.kind for event in trail]

    def _states(self) -> dict[tuple[str, str], str]:
        def act(session: Session) -> dict[tuple[str, str], str]:
            states = {
                (kind, row.id): row.state
                for kind, table in _STATEFUL.items()
                for row in session.exec(select(table))
            }
            calls = session.exec(select(CallRow))
            return states | {("call", row.id): row.state for row in calls}

        return self.read(act)

    def _events(self) -> dict[str, int]:
        """Subject id -> number of events; a call's are those of its claim."""

        def act(session: Session) -> dict[str, int]:
            counts: dict[str, int] = {}
            for row in session.exec(select(EventRow)):
                ids = {row.subject_id, row.payload.get("call_id"), row.payload.get("settlement_id")}
                for id_ in ids - {None}:
                    counts[id_] = counts.get(id_, 0) + 1
            for call in session.exec(select(CallRow)):  # raised by the settlement
                counts[call.id] = counts.get(call.id, 0) + counts.get(call.settlement_id, 0)
            return counts

        return self.read(act)

    def _everything(self) -> tuple[Any, ...]:
        return (self._states(), self._events(), self._papers(), self.balances())

    def _papers(self) -> set[str]:
        return set(self.read(lambda s: s.exec(select(DocumentRow.id)).all()))

    def _audit_trail(self, states: Mapping[tuple[str, str], str], events: dict[str, int]) -> None:
        """Whoever changed its state, or came into being, has a new event."""
        now = self._events()
        for (kind, id_), state in self._states().items():
            if states.get((kind, id_)) != state:
                assert now.get(id_, 0) > events.get(id_, 0), f"{kind} became {state} unnoted"

    def _audit_paper(self, act: Callable[..., Any], before: set[str]) -> None:
        """The act left the one paper that it owes, whole."""
        new = self._papers() - before
        expected = _PAPER_OF.get(act)
        rows = [self.read(lambda s, id_=id_: s.get(DocumentRow, id_)) for id_ in new]
        kinds = [row.kind for row in rows if row.kind not in _BESIDE]
        assert kinds == ([expected] if expected else [])
        for row in rows:
            assert row.content is None, "printed when it is wanted"
            assert hashlib.sha256(row.stated.encode()).hexdigest() == row.stated_sha256
            assert stated(read_stated(row.stated)) == row.stated


def a_house(engine: Engine) -> House:
    """A house with one bank and one firm."""
    register = partial(register_party, desk=a_desk())
    bank = transact(engine, lambda s: register(s, "bank", "示范银行", "91440000BANK000001"))
    transact(engine, means_of_every_quarter)
    firm = transact(engine, lambda s: register(s, "firm", "示范仪器有限公司", "91440000FIRM000001"))
    return House(engine, bank.id, firm.id)


def means_of_every_quarter(session: Session) -> None:
    """The house has stated its means at the end of every quarter that a test may quote in."""
    for year, month in itertools.product(range(2015, 2032), (1, 4, 7, 10)):
        stated = some_means("CNY", date(year, month, 1))
        row = {**asdict(stated), **{name: str(getattr(stated, name)) for name in RATIOS}}
        session.add(MeansRow(id=new_id("mn"), created_at=a_desk().at, **row))


def _lent(loan: Mapping[str, Any]) -> int:
    return Money.of(loan["amount"], loan["currency"]).minor


def a_notice(policy: PolicyRow, **changes: Any) -> Notice:
    """A default of the whole principal at the end of the loan, with every paper."""
    loan = policy.contract["loan"]
    if policy.product in MATTERS:
        return a_matter(policy, **changes)
    notice = Notice(
        policy_id=policy.id,
        default_date=DEFAULT,
        known_on=DEFAULT,
        asked={"principal": policy.sum_insured_minor if loan is None else _lent(loan)},
        currency=policy.currency,
        papers=tuple(policy.contract["papers"]),
    )
    return replace(notice, **changes)


def a_matter(policy: PolicyRow, **changes: Any) -> Notice:
    """A matter of a firm, with every paper and every fact that its kind asks."""
    asked, facts, _ = MATTERS[policy.product]
    notice = Notice(
        policy_id=policy.id,
        default_date=EVENT,
        known_on=EVENT,
        asked=asked,
        currency=policy.currency,
        papers=tuple(policy.contract["papers"]),
        facts=facts,
    )
    return replace(notice, **changes)

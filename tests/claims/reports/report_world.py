"""A random world for reports: 60 policies and 25 claims under 3 schemes, from one seed.

Everything happens in the order of its days: quotes, loans reported, contributions, ratios,
notices, decisions, settlements, payments, recoveries, some of it corrected later.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from builders import GOOD_CONDUCT, House, a_desk, a_notice, a_risk, cny, yuan
from sqlmodel import Session, select

from claims.assess import Assessment, assess
from claims.calls.paid import awaited
from claims.calls.tables import CallRow
from claims.notify import notify
from claims.pay_call import CallPayment, pay_call
from claims.recover import Receipts, recover
from claims.revise import revise
from claims.settle import settle
from claims.tables import ClaimRow
from kernel.db.engine import transact
from kernel.money import Money
from kernel.sharing import Scheme
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.quote import quote
from underwriting.record_event import record_events
from underwriting.register import (
    Measure,
    Opening,
    contribute,
    register_party,
    register_pool,
    state_measure,
)
from underwriting.schemes import load_schemes
from underwriting.tables import PolicyRow, PoolRow, PoolYearRow
from underwriting.watch.loan_form import LoanEventForm

START = date(2025, 3, 3)
CLOSED = date(2026, 3, 31)
TODAY = date(2026, 12, 1)
SNAPSHOTS = (
    *(date(2025, month, 28) for month in (3, 6, 8, 10, 12)),
    *(date(2026, month, 28) for month in (1, 3, 6, 9)),
    TODAY,
)
POLICIES, CLAIMS = 60, 25

CITY = """
code = "city-b"
title = "city pool for tests"
source = "written for tests"
valid_from = 2020-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "bank"
recovery = "reverse"
[[layers]]
upto = "1/2"
shares = { fund = "50/100", bank = "20/100", insurer = "30/100" }
[[layers]]
shares = { fund = "30/100", bank = "50/100", insurer = "20/100" }
[[caps]]
party = "fund"
per = "year"
amount = "4000000.00"
then = "bank"
[[caps]]
party = "fund"
per = "pool_balance"
[[pools]]
party = "fund"
contributions = "9000000.00"
leverage = 8
[[fuses]]
party = "fund"
measure = "bank_npl_ratio"
above = "0.05"
effect = "suspend_claims"
"""
SCHEMES = ("zhongshan-2021", "city-b", "qingdao-2015")
RATIOS = (("2025-02-28", "0.02"), ("2025-06-30", "0.041"), ("2025-09-30", "0.045"),
          ("2026-06-30", "0.051"), ("2026-09-30", "0.06"))  # fmt: skip


@dataclass
class World:
    """What was made: schemes by code, pools by scheme, policies, claims."""

    house: House
    folder: Path
    rng: random.Random
    schemes: dict[str, Scheme] = field(default_factory=dict)
    pools: dict[str, str] = field(default_factory=dict)
    banks: list[str] = field(default_factory=list)
    policies: list[PolicyRow] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    seen: dict[tuple[date, str], dict[str, Any]] = field(default_factory=dict)
    planned: list[tuple[date, int, Callable[[date], None]]] = field(default_factory=list)

    def do(
        self, on: date, act: Callable[..., Any], *args: Any, actor: str = "clerk", **named: Any
    ) -> Any:
        """One act in a transaction of its own, without the audit of the whole house after it."""
        desk = a_desk(on, actor)
        return transact(self.house.engine, lambda s: act(s, *args, desk=desk, **named))

    def snapshot(self, on: date) -> None:
        """Keep what the counters of every pool say at the end of a day."""

        def seen(session: Session, pool_id: str) -> dict[str, Any]:
            pool = session.get(PoolRow, pool_id)
            years = [
                row.paid_minor
                for row in session.exec(select(PoolYearRow))
                if (row.scheme_code, row.year) == (pool.scheme_code, on.year)
            ]
            claims = {
                claim.id: claim
                for claim in session.exec(select(ClaimRow))
                if session.get(PolicyRow, claim.policy_id).scheme_code == pool.scheme_code
            }
            calls = [c for c in session.exec(select(CallRow)) if c.claim_id in claims]
            return {
                "contributed": pool.contributed_minor,
                "drawn": pool.drawn_minor,
                "year": sum(years),
                "called": awaited(c for c in calls if c.party == "fund"),
                "reserves": {c.number: c.reserve_minor for c in claims.values() if c.reserve_minor},
            }

        for code, pool_id in self.pools.items():
            self.seen[on, code] = self.read(lambda s, p=pool_id: seen(s, p))

    def plan(self, on: date, act: Callable[[date], None]) -> None:
        if on <= TODAY:
            self.planned.append((on, len(self.planned), act))

    def read(self, query: Callable[[Session], Any]) -> Any:
        return self.house.read(query)

    def run(self) -> None:
        """Do what is planned, what it plans in turn among it, day by day."""
        while self.planned:
            self.planned.sort(key=lambda one: one[:2], reverse=True)
            on, _, act = self.planned.pop()
            act(on)


def a_world(house: House, tmp_path: Path, seed: int = 20261122) -> World:
    """Make the world and audit it once."""
    world = World(house, _folder(tmp_path), random.Random(seed))
    stated = load_schemes(world.folder)
    world.schemes = {code: stated[code].scheme for code in SCHEMES}
    other = world.do(START, register_party, "bank", "第二示范银行", "91440000BANK000002")
    world.banks = [house.client_id, other.id]
    _pools(world)
    for number in range(POLICIES):
        _policy(world, number)
    for policy in world.rng.sample(world.policies, 40):
        _loan(world, policy)
    for policy in world.rng.sample(world.policies, CLAIMS):
        _claim(world, policy)
    for day in SNAPSHOTS:
        world.planned.append((day, 10**9, world.snapshot))
    world.run()
    house.audit()
    return world


def _folder(tmp_path: Path) -> Path:
    """A folder with the one scheme that is not shipped."""
    folder = tmp_path / "schemes"
    folder.mkdir(exist_ok=True)
    (folder / "city-b.toml").write_text(CITY, encoding="utf-8")
    return folder


def _pools(world: World) -> None:
    for code, money in (("zhongshan-2021", "3000000.00"), ("city-b", "9000000.00")):
        opening = Opening(drawn=25_000_000, paid_this_year=10_000_000)
        opened = {"opening": opening} if code == "city-b" else {}
        row = world.do(
            START, register_pool, world.schemes[code], "fund", yuan(money), portfolio=None, **opened
        )
        world.pools[code] = row.id
    for on, minor in ((date(2025, 11, 3), 1_500_000_00), (date(2026, 8, 3), 700_000_00)):
        money = Money(minor, "CNY")
        world.plan(on, lambda day, m=money: world.do(
            day, contribute, world.pools["zhongshan-2021"], m, key=f"c{day}"))  # fmt: skip
    for bank in world.banks:
        for as_of, ratio in RATIOS:
            _ratio(world, bank, date.fromisoformat(as_of), ratio)


def _ratio(world: World, bank: str, as_of: date, ratio: str) -> None:
    measure = Measure("bank_npl_ratio", Fraction(ratio), as_of, "the bank's report")
    on = as_of + timedelta(days=10)
    if as_of < START:
        world.do(START, state_measure, world.schemes["city-b"], bank, measure)
    else:
        world.plan(
            on, lambda day: world.do(day, state_measure, world.schemes["city-b"], bank, measure)
        )


def _policy(world: World, number: int) -> None:
    rng, code = world.rng, SCHEMES[number % 3]
    drawdown = START + timedelta(days=rng.randrange(7, 28))
    amount = rng.randrange(50, 400) * 10_000
    city = rng.choice(("442000", "440100"))
    risk = a_risk(
        borrower={"name": f"示范{number:02}有限公司", "register_id": f"91{city}MA4EX{number:05}"},
        loan={
            "contract": f"L-{number:03}", "amount": cny(f"{amount}.00"),
            "term_months": rng.choice((12, 24)), "drawdown": drawdown.isoformat(),
            "ip_share": rng.choice(("1", "1/2", "3/4")),
            "plan": rng.choice(("bullet", "equal_principal")),
        },
        right={"number": f"ZL2020{number:08}.X", "owner": f"示范{number:02}有限公司",
               "appraised": cny("30000000.00")},
        cover={"scheme": code, "issuer": "insurer"},
    )  # fmt: skip
    bank = world.banks[number % 5 == 0]
    quoted = world.do(START, quote, bank, risk, schemes_folder=world.folder)
    assert quoted.state in ("accepted", "referred"), quoted.state
    if quoted.state == "referred":
        world.do(START, approve, quoted.id, "looked into", actor="second")
    world.policies.append(world.do(START, bind, quoted.id))


def _event(**stated: Any) -> LoanEventForm:
    return LoanEventForm.model_validate(stated, strict=False)


def _loan(world: World, policy: PolicyRow) -> None:
    loan, rng = policy.contract["loan"], world.rng
    paid_out = date.fromisoformat(loan["drawdown"])
    sent = [
        _event(key="out", kind="disbursed", happened_on=paid_out, principal=cny(loan["amount"])),
    ]
    world.plan(paid_out, lambda day: world.do(day, record_events, policy.id, sent))
    if rng.random() < 0.6:
        back = paid_out + timedelta(days=rng.randrange(60, 300))
        part = cny(f"{rng.randrange(1, 40)}0000.00")
        event = [_event(key="back", kind="prepaid", happened_on=back, principal=part)]
        world.plan(
            back + timedelta(days=rng.randrange(0, 60)),
            lambda day, sent=event: world.do(day, record_events, policy.id, sent),
        )
    if rng.random() < 0.4:
        graded = paid_out + timedelta(days=rng.randrange(90, 500))
        grade = rng.choice(("special_mention", "substandard", "doubtful"))
        event = [_event(key="grade", kind="reclassified", happened_on=graded, loan_class=grade)]
        world.plan(
            graded + timedelta(days=5),
            lambda day, sent=event: world.do(day, record_events, policy.id, sent),
        )


def _claim(world: World, policy: PolicyRow) -> None:
    rng, starts = world.rng, policy.starts_on
    due = starts + timedelta(days=rng.randrange(40, 330))
    loan = policy.contract["loan"]
    owed = _owed(loan, due)

    def notified(on: date) -> None:
        notice = a_notice(policy, default_date=due, known_on=due, asked={"principal": owed})
        row = world.do(on, notify, notice)
        world.claims.append(row.id)
        conduct = {**GOOD_CONDUCT, "fraud_by_insured": rng.random() < 0.1}
        assessed = on + timedelta(days=4)
        world.plan(assessed, lambda day: _assessed(world, row.id, conduct, day))

    world.plan(due + timedelta(days=1), notified)


def _owed(loan: dict[str, Any], on: date) -> int:
    months = (on - date.fromisoformat(loan["drawdown"])).days // 31
    return int(loan["balances"][min(max(0, months), len(loan["balances"]) - 1)])


def _assessed(world: World, claim_id: str, conduct: dict[str, bool], on: date) -> None:
    row = world.do(on, assess, claim_id, Assessment(conduct=conduct))
    if row.state == "accepted" and world.rng.random() < 0.85:
        world.plan(
            row.default_date + timedelta(days=95), lambda day: _settled(world, claim_id, day)
        )


def _settled(world: World, claim_id: str, on: date) -> None:
    world.do(on, settle, claim_id)
    rng = world.rng
    for call in world.read(
        lambda s: s.exec(
            select(CallRow).where(CallRow.claim_id == claim_id).order_by(CallRow.party)
        ).all()
    ):
        if rng.random() < 0.7:
            world.plan(
                on + timedelta(days=rng.randrange(1, 40)),
                lambda day, c=call: _paid(world, c.id, day),
            )
    for number in range(rng.randrange(0, 3)):
        world.plan(
            on + timedelta(days=rng.randrange(5, 300)),
            lambda day, n=number: _recovered(world, claim_id, n, day),
        )
    if rng.random() < 0.15:
        world.plan(on + timedelta(days=100), lambda day: _revised(world, claim_id, day))


def _paid(world: World, call_id: str, on: date) -> None:
    call = world.read(lambda s: s.get(CallRow, call_id))
    if call.state in ("raised", "accepted") and call.open_minor:
        part = call.open_minor if world.rng.random() < 0.7 else call.open_minor // 3
        payment = CallPayment(Money(part, call.currency), on, f"P-{call_id[-6:]}")
        world.do(on, pay_call, call_id, payment)


def _recovered(world: World, claim_id: str, number: int, on: date) -> None:
    gross = world.rng.randrange(1, 60) * 10_000_00
    value_date = on - timedelta(days=world.rng.choice((0, 0, 3, 45)))
    claim = world.read(lambda s: s.get(ClaimRow, claim_id))
    if value_date < claim.default_date or claim.state != "settled":
        value_date = on
    receipts = Receipts(
        f"R{number}",
        "sale of the right",
        value_date,
        Money(gross, "CNY"),
        Money(gross // 10, "CNY"),
    )
    if claim.state == "settled":
        world.do(on, recover, claim_id, receipts)


def _revised(world: World, claim_id: str, on: date) -> None:
    claim = world.read(lambda s: s.get(ClaimRow, claim_id))
    lower = {"principal": (claim.asked["principal"] * 9 // 10, "adjuster's figure")}
    world.do(on, revise, claim_id, "new papers")
    world.do(on, assess, claim_id, Assessment(conduct=GOOD_CONDUCT, adjusted=lower))
    world.do(on, settle, claim_id)

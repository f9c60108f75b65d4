"""Random schemes, random dialogues: to the cent at every step, and the journal says the same.

A second bookkeeping, plain dictionaries with no database, follows what each party was paid and
owes; the shares of each settlement come from the split of the kernel under the facts of the day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from builders import SETTLED, House, a_desk, a_house, a_risk, folder_of, read_scheme, scheme_text
from calls_floor import audited
from sqlalchemy import Engine

from claims import store as claim_store
from claims.calls import store
from claims.calls.moves import OPEN
from claims.calls.tables import CallRow
from claims.default_call import default_call
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.recompute import recompute
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.tables import ClaimRow
from claims.warn_party import warn_party
from kernel.db.engine import make_engine, transact
from kernel.errors import Refusal
from kernel.money import Money
from underwriting import store as contracts
from underwriting.register import Measure, contribute, register_pool, state_measure

PARTIES = ("fund", "bank", "insurer", "guarantor", "appraiser")
STEPS = 22
LAST = date(2026, 11, 20)


def made_scheme(choose: Random) -> str:
    """Five parties; a pool with a balance, caps by loan, a fuse, any residual."""
    cuts = sorted(choose.sample(range(1, 100), 4))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    shares = ", ".join(f'{p} = "{w}/100"' for p, w in zip(PARTIES, weights, strict=True))
    more = ['[[caps]]\nparty = "fund"\nper = "pool_balance"']
    if choose.random() < 0.5:
        cap = f"{choose.randrange(1, 60) * 10_000}.{choose.randrange(100):02d}"
        then = choose.choice(["", 'then = "appraiser"'])
        more.append(f'[[caps]]\nparty = "guarantor"\nper = "loan"\namount = "{cap}"\n{then}')
    fuse = 'measure = "bank_npl_ratio"\nabove = "0.03"\neffect = "suspend_claims"'
    more.append(f"[[fuses]]\n{fuse}")
    layers = f"[[layers]]\nshares = {{ {shares} }}"
    residual = choose.choice(["uncovered", "bank", "guarantor", "appraiser", "insurer"])
    return scheme_text("local", layers=layers, more="\n".join(more), residual=residual)


@dataclass
class Walk:
    """One claim through a random dialogue, with books of its own."""

    house: House
    claim: ClaimRow
    scheme: Any
    choose: Random
    on: date = SETTLED
    number: int = 0
    paid: dict[str, int] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def act(self, does: Callable[..., Any], *args: Any, **named: Any) -> bool:
        """Try an act; a refusal is an answer too, and then nothing changed."""
        desk = a_desk(self.on, named.pop("actor", "clerk"))
        try:
            transact(self.house.engine, lambda s: does(s, *args, desk=desk, **named))
        except Refusal:
            return False
        self.done.append(does.__name__)
        return True

    def calls(self) -> list[CallRow]:
        return list(self.house.read(lambda s: store.of_claim(s, self.claim.id)))

    def step(self) -> None:
        """Do something at random, some days later, then look at everything."""
        days = self.choose.choice([0, 0, 1, 3, 16])
        self.on = min(LAST, self.on + timedelta(days=days))
        payable = [row for row in self.calls() if row.state in (*OPEN, "defaulted")]
        act = self.choose.choice(
            [self.pay, self.pay, self.pay, self.whole, self.dispute, self.resolve,
             self.warn, self.default, self.default, self.refill, self.restate]
        )  # fmt: skip
        act(self.choose.choice(payable) if payable else None)
        self.look()

    def pay(self, row: CallRow | None) -> None:
        """Pay a part, now and then too much."""
        if row is not None:
            self._pay(row, self.choose.randrange(1, row.open_minor * 5 // 4 + 2))

    def whole(self, row: CallRow | None) -> None:
        if row is not None:
            self._pay(row, row.open_minor)

    def _pay(self, row: CallRow, minor: int) -> None:
        self.number += 1
        payment = CallPayment(Money(minor, row.currency), self.on, f"W{self.number}")
        took = self.act(pay_call, row.id, payment)
        assert took == (minor <= row.open_minor), "exactly what is open is taken, and no more"
        if took:
            signed = minor if row.direction == "call" else -minor
            self.paid[row.party] = self.paid.get(row.party, 0) + signed

    def dispute(self, row: CallRow | None) -> None:
        if row is not None:
            part = Money(self.choose.randrange(1, row.open_minor + 1), row.currency)
            self.act(dispute_call, row.id, Dispute(part, "too much", "caps"))

    def resolve(self, row: CallRow | None) -> None:
        """Resolve whatever is in dispute; where nothing is, dispute something first."""
        if not any(one.state == "disputed" for one in self.calls()):
            self.dispute(row)
        for one in self.calls():
            if one.state == "disputed":
                resolution = Resolution(self.choose.choice(list(Outcome)), "looked into")
                self.act(resolve_call, one.id, resolution, actor="second")

    def warn(self, row: CallRow | None) -> None:
        if row is not None:
            self.act(warn_party, row.id)

    def default(self, row: CallRow | None) -> None:
        """Let the days to pay and to cure run out."""
        if row is not None:
            self.on = min(LAST, max(self.on, row.due_on + timedelta(days=1)))
            self.act(warn_party, row.id)
            cure = next(one for one in self.calls() if one.id == row.id).cure_until
            self.on = min(LAST, max(self.on, (cure or self.on) + timedelta(days=1)))
            self.act(default_call, row.id)

    def refill(self, _: CallRow | None) -> None:
        self.number += 1
        pool = self.house.read(lambda s: contracts.pool(s, "local", "fund", "CNY"))
        more = Money(self.choose.randrange(1, 30_000_000), "CNY")
        self.act(contribute, pool.id, more, key=f"K{self.number}")
        self.act(recompute, self.claim.id, "the pool was filled")

    def restate(self, _: CallRow | None) -> None:
        """Restate the ratio of the day of the settlement, above or below the fuse."""
        self.number += 1
        as_of = SETTLED - timedelta(days=200 - self.number)
        ratio = Measure(
            "bank_npl_ratio", Fraction(self.choose.choice(["0.01", "0.05"])), as_of, "the bank"
        )
        self.act(state_measure, self.scheme, self.house.client_id, ratio)
        self.act(recompute, self.claim.id, "the ratio was restated")

    def look(self) -> None:
        """Own books against the house's: shares, calls, money, journal."""
        audited(self.house)
        file = self.house.read(lambda s: claim_store.claim(s, self.claim.id)).file
        row, calls = self.house.settlement(self.claim), self.calls()
        shares = self.house.shares(self.claim)
        assert sum(shares.values()) == row.eligible_minor, self.done
        for party in ("fund", "guarantor", "appraiser"):
            mine = [one for one in calls if one.party == party]
            left = sum(
                one.open_minor * (1 if one.direction == "call" else -1)
                for one in mine
                if one.state in OPEN
            )
            paid, due = self.paid.get(party, 0), shares.get(party, 0)
            if party in file.get("defaulted", ()):
                owes = [one for one in mine if one.state == "defaulted"]
                assert (due, left, len(owes)) == (0, 0, 1), self.done
                assert self.balance(f"share_in_default:{party}") == owes[0].open_minor
            else:
                assert due == paid + left, self.done
                assert self.balance(f"share_in_default:{party}") == 0
        held = sum(self.paid.values()) - row.paid_out_minor + row.taken_back_minor
        if self.claim_lead:
            assert self.balance("cash") == held, "the till: what parties paid less what went out"

    def balance(self, account: str) -> int:
        return self.house.balances(account).get(account, 0)

    @property
    def claim_lead(self) -> bool:
        policy = self.house.read(lambda s: contracts.policy(s, self.claim.policy_id))
        return bool(policy.contract["settles"] == "lead")


def walk(engine: Engine, folder: Path, seed: int) -> list[str]:
    choose = Random(seed)
    house = a_house(engine)
    text = made_scheme(choose)
    scheme = read_scheme(text, "local").scheme
    money = Money(choose.choice([0, 1, 30_000_000, 100_000_001, 900_000_000]) or 1, "CNY")
    house.do(register_pool, scheme, "fund", money, portfolio=None)
    low = Measure("bank_npl_ratio", Fraction("0.02"), date(2025, 1, 2), "the bank")
    house.do(state_measure, scheme, house.client_id, low)
    cover = {"scheme": "local", "settles": choose.choice(["lead", "several"])}
    policy = house.policy(a_risk(cover=cover), schemes_folder=folder_of(folder, local=text))
    principal = choose.randrange(1_000, 300_000_000)
    claim = house.settled(policy, asked={"principal": principal})
    walking = Walk(house, claim, scheme, choose)
    walking.look()
    for _ in range(STEPS):
        walking.step()
    return walking.done


@pytest.mark.parametrize("seed", range(3))
def test_a_random_dialogue_keeps_every_cent(engine: Engine, tmp_path: Path, seed: int) -> None:
    assert walk(engine, tmp_path, seed)


@pytest.mark.slow
def test_many_random_dialogues_reach_every_act(
    sqlite_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each on a fresh copy of the file; between them they do everything."""
    done: set[str] = set()
    source = Path(sqlite_url.removeprefix("sqlite:///"))
    empty = source.read_bytes()
    for seed in range(100, 112):
        path = tmp_path / f"walk{seed}.db"
        path.write_bytes(empty)
        engine = make_engine(f"sqlite:///{path}")
        request.addfinalizer(engine.dispose)
        done.update(walk(engine, tmp_path, seed))
    assert done >= {
        "pay_call", "dispute_call", "resolve_call", "warn_party", "default_call", "recompute",
    }  # fmt: skip

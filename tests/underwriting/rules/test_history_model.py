"""Random lives of policies against a model that paints days, one by one, and adds them up."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.money import Money, round_half_up
from kernel.period import Period, add_months
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction, in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.history_state import Status, state_as_of
from underwriting.rules.history_step import projection, step
from underwriting.rules.returns_amounts import Amounts, charged, earned_by
from underwriting.rules.returns_moves import moved, premium_change_moves

START = date(2025, 3, 10)
DAYS = [START + timedelta(days=n) for n in range(-2, 900, 41)]
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)


def a_contract(start: date, weights: tuple[int, ...], days: int, cap: int | None) -> Contract:
    return Contract(
        policyholder="示范机械有限公司", policyholder_id="X", insured="client",
        beneficiary="client", issuer="insurer", settles="several",
        sum_insured=Money(10**9 + sum(weights), "CNY"),
        period=Period(start, start + timedelta(days=days - 1)),
        waiting_days=80, notice_days=10, call_working_days=10, papers={}, earning=weights,
        subsidy=("示范市财政局", Fraction(1, 2), Money(cap, "CNY")) if cap else None,
    )  # fmt: skip


# ------------------------------------------------------------------ the model


def alive(one: Transaction, known: list[Transaction]) -> bool:
    return not any(alive(other, known) for other in known if other.undoes == one.id)


def day_shares(contract: Contract) -> dict[date, Fraction]:
    return shares_of(contract.period, contract.earning)


@cache
def shares_of(period: Period, weights: tuple[int, ...]) -> dict[date, Fraction]:
    """What each single day of cover earns, day by day."""
    found: dict[date, Fraction] = {}
    for place, weight in enumerate(weights):
        day, after = add_months(period.start, place), add_months(period.start, place + 1)
        month = [day + timedelta(days=n) for n in range((after - day).days)]
        inside = [one for one in month if one <= period.end]
        found |= {one: Fraction(weight, len(inside)) for one in inside}
    days = [period.start + timedelta(days=n) for n in range(period.days)]
    whole = sum(found.values())
    if whole == 0:
        return dict.fromkeys(days, Fraction(1, len(days)))
    return {day: found.get(day, Fraction(0)) / whole for day in days}


def model(known: list[Transaction]) -> list[Fraction]:
    """What a life costs in all, in tax, and a public payer: every day under its version."""
    versions = [one for one in known if alive(one, known) and one.undoes is None]
    painted: dict[date, Transaction] = {}
    terms: list[list[Transaction]] = []
    left: list[Fraction] = [Fraction(0)] * 3
    for one in sorted(versions, key=lambda each: (each.effective_on, each.seq)):
        painted = {day: who for day, who in painted.items() if day < one.effective_on}
        if one.kind is Kind.CANCELLATION:
            last = terms[-1][-1]
            if one.effective_on <= last.contract.period.end:
                left = kept_at_the_end(one, last, money(painted, terms[-1])[0])
            break
        terms = [*terms[:-1], [*terms[-1], one]] if one.kind is Kind.CHANGE else [*terms, [one]]
        days = (day for day in day_shares(one.contract) if day >= one.effective_on)
        painted |= dict.fromkeys(days, one)
    whole = [Fraction(0)] * 3
    for place, term in enumerate(terms, start=1):
        parts = money(painted, term)
        if place == len(terms):
            parts = [part + more for part, more in zip(parts, left, strict=True)]
        agreed = term[-1].contract.subsidy
        capped = min(parts[2], agreed[2].minor) if agreed else parts[2]
        whole = [whole[0] + parts[0], whole[1] + parts[1], whole[2] + capped]
    return whole


def money(painted: dict[date, Transaction], term: list[Transaction]) -> list[Fraction]:
    """Premium, tax and public part of the days that the versions of a period hold."""
    of_term = {one.id: one for one in term}
    shares = dict.fromkeys(of_term, Fraction(0))
    for day, who in painted.items():
        if who.id in shares:
            shares[who.id] += day_shares(who.contract)[day]
    names = ("total", "tax", "subsidy")
    return [
        sum(
            (getattr(of_term[id_].price, name) * share for id_, share in shares.items()),
            Fraction(0),
        )
        for name in names
    ]


def kept_at_the_end(end: Transaction, last: Transaction, gone: Fraction) -> list[Fraction]:
    """What a cancellation keeps of the days that no longer come."""
    rest = sum(share for day, share in day_shares(last.contract).items() if day >= end.effective_on)
    unearned, rule = last.price.total * rest, end.kept
    whole = gone + unearned
    back = min(
        whole - min(whole, max(gone, rule.share * whole, rule.floor)),
        unearned * (1 - rule.exhausted),
    )
    part = 1 - back / unearned if unearned else Fraction(0)
    return [rest * part * minor for minor in (last.price.total, last.price.tax, last.price.subsidy)]


# ------------------------------------------------------------------ random lives


@dataclass
class Life:
    """Transactions as acts would write them: only what is possible on its day."""

    done: list[Transaction] = field(default_factory=list)

    def add(self, kind: Kind, on: date, **more: Any) -> None:
        seq = len(self.done) + 1
        known_at = NOON + timedelta(hours=seq)
        self.done.append(
            Transaction(
                id=f"t{seq}", seq=seq, kind=kind, effective_on=on, known_at=known_at, **more
            )
        )

    def possible(self, kind: Kind, pick: int, version: Any) -> None:
        """Do it if it can be done; else nothing happens."""
        counting = in_force(self.done)
        found = segments(counting)
        cancelled = [one for one in counting if one.kind is Kind.CANCELLATION]
        covered = [one for one in found if one.until > one.start]
        if kind is Kind.REVERSAL:
            self._reverse(counting, pick)
        elif kind is Kind.REINSTATEMENT and cancelled:
            self.add(kind, cancelled[0].effective_on, undoes=cancelled[0].id)
        elif kind is Kind.CHANGE and covered:
            one = covered[pick % len(covered)]
            day = one.start + timedelta(days=pick % (one.until - one.start).days)
            contract, price, _ = version(one.contract.period.start, one.contract.period.days)
            self.add(kind, day, contract=contract, price=price)
        elif kind is Kind.CANCELLATION and covered and not cancelled:
            one = covered[pick % len(covered)]
            day = one.start + timedelta(days=pick % (one.until - one.start).days)
            self.add(kind, day, kept=version(START)[2])
        elif kind is Kind.RENEWAL and covered and not cancelled and found[-1] is covered[-1]:
            contract, price, _ = version(found[-1].until)
            self.add(kind, found[-1].until, contract=contract, price=price)

    def _reverse(self, counting: tuple[Transaction, ...], pick: int) -> None:
        undone = {each.undoes for each in self.done}
        restored = [
            each for each in self.done if each.kind is Kind.REINSTATEMENT and each.id not in undone
        ]
        choice = [*counting, *restored] if segments(counting) else []
        one = choice[pick % len(choice)] if choice else None
        opens = (Kind.ISSUE, Kind.RENEWAL)
        if one and not (
            one.kind in opens
            and any(o.effective_on >= one.effective_on and o.seq > one.seq for o in counting)
        ):
            self.add(Kind.REVERSAL, one.effective_on, undoes=one.id)


@st.composite
def versions(draw: st.DrawFn) -> Any:
    weights = tuple(draw(st.lists(st.integers(0, 9), min_size=1, max_size=13).filter(any)))
    days = draw(st.integers(20, 420))
    total = draw(st.integers(0, 5_000_00))
    tax = draw(st.integers(0, total))
    cap = draw(st.none() | st.integers(1, total // 2 + 1))
    subsidy = min(round_half_up(Fraction(total, 2)), cap) if cap else 0
    share = draw(st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(4, 5), Fraction(1)]))
    kept = Kept(
        share=share,
        floor=draw(st.sampled_from([0, 5_000, 50_000])),
        exhausted=draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])),
    )
    price = Price(total=total, tax=tax, subsidy=subsidy)
    return lambda start, least=0: (a_contract(start, weights, max(days, least), cap), price, kept)


OPERATIONS = [kind for kind in Kind if kind is not Kind.ISSUE]


@st.composite
def lives(draw: st.DrawFn) -> list[Transaction]:
    life = Life()
    contract, price, _ = draw(versions())(START)
    life.add(Kind.ISSUE, START, contract=contract, price=price)
    for _ in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from([*OPERATIONS, Kind.CHANGE]))
        life.possible(kind, draw(st.integers(0, 10**6)), draw(versions()))
    return life.done


many = settings(
    max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@many
@given(lives())
def test_a_life_costs_what_its_days_cost(done: list[Transaction]) -> None:
    for place in range(1, len(done) + 1):
        known = done[:place]
        cost, exact = charged(segments(in_force(known))), model(known)
        assert cost.total == round_half_up(exact[0])
        assert abs(cost.tax - exact[1]) <= 1
        assert abs(cost.subsidy - exact[2]) <= 1


@many
@given(lives())
def test_money_is_conserved_to_the_fen(done: list[Transaction]) -> None:
    """Earned + unearned + returned = charged, on every day, whatever was done."""
    changes = [step(done[:place], one).change for place, one in enumerate(done)]
    up = sum(max(0, one.total) for one in changes)
    down = sum(max(0, -one.total) for one in changes)
    whole = Amounts()
    for one in changes:
        whole += one
    assert whole == charged(segments(in_force(done)))
    assert 0 <= whole.tax <= whole.total
    assert 0 <= whole.subsidy <= whole.total
    earned = [state_as_of(done, day) for day in DAYS]
    assert all(state.earned + state.unearned + down == up for state in earned)
    series = [state.earned for state in earned]
    assert series == sorted(series)
    assert earned_by(segments(in_force(done)), date(2099, 1, 1)) == whole.total


@many
@given(lives())
def test_what_was_known_then_never_changes(done: list[Transaction]) -> None:
    for place in range(1, len(done) + 1):
        instant = done[place - 1].known_at
        for day in DAYS[::7]:
            then = state_as_of(done[:place], day, instant)
            assert state_as_of(done, day, instant) == then
    assert state_as_of(done, START, NOON).status is Status.NOT_KNOWN


@many
@given(lives(), st.integers(0, 10**6))
def test_a_reversal_restores_exactly(done: list[Transaction], pick: int) -> None:
    life = Life(list(done))
    life.possible(Kind.REVERSAL, pick, None)
    if len(life.done) == len(done):
        return
    target = life.done[-1].undoes
    without = [one for one in done if target not in (one.id, one.undoes)]
    assert projection(life.done) == projection(without)
    for day in DAYS[::5]:
        assert state_as_of(life.done, day).charged == state_as_of(without, day).charged
        assert state_as_of(life.done, day).contract == state_as_of(without, day).contract
    if target == done[-1].id:  # the newest: what it moved comes back, part by part
        (back, there) = (step(done, life.done[-1]).change, step(done[:-1], done[-1]).change)
        assert back == -there


@many
@given(lives())
def test_order_of_knowing_does_not_matter_to_what_stands(done: list[Transaction]) -> None:
    """Changes of different days come to the same, in whatever order they were agreed."""
    plain = [one for one in done if one.kind in (Kind.ISSUE, Kind.CHANGE, Kind.CANCELLATION)]
    days = [one.effective_on for one in plain]
    if len(set(days)) < len(days) or not in_force(plain):
        return
    turned = [replace(one, seq=len(plain) - place) for place, one in enumerate(plain)]
    assert charged(segments(in_force(turned))) == charged(segments(in_force(plain)))


@given(st.builds(Amounts, *[st.integers(-(10**12), 10**12)] * 3))
def test_what_is_booked_reads_back_and_balances(change: Amounts) -> None:
    moves = premium_change_moves(change)
    assert sum(minor for _, minor in moves) == 0
    assert moved(moves) == change
    for account, minor in moves[:2]:
        assert account.startswith("premium_receivable" if minor > 0 else "return_premium_payable")

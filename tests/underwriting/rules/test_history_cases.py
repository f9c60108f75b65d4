"""Single lives by hand: caps of a public payer, undoing what undid, days on the edge."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from kernel.money import Money
from kernel.period import Period
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction, in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.history_state import Status, state_as_of
from underwriting.rules.history_step import projection, step
from underwriting.rules.returns_amounts import Amounts, charged

START, HALF = date(2025, 1, 1), date(2025, 7, 1)
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)


def a_contract(weights: tuple[int, ...] = (1,) * 12, cap: int | None = None) -> Contract:
    return Contract(
        policyholder="示范机械有限公司", policyholder_id="X", insured="client",
        beneficiary="client", issuer="insurer", settles="several",
        sum_insured=Money(300_000_000, "CNY"), period=Period(START, date(2025, 12, 31)),
        waiting_days=80, notice_days=10, call_working_days=10, papers={}, earning=weights,
        subsidy=("示范市财政局", Fraction(1, 2), Money(cap, "CNY")) if cap else None,
    )  # fmt: skip


def done(seq: int, kind: Kind, **more: Any) -> Transaction:
    stated = {"effective_on": HALF, "known_at": NOON + timedelta(days=seq), **more}
    return Transaction(id=f"t{seq}", seq=seq, kind=kind, **stated)


def issue(**more: Any) -> Transaction:
    stated: dict[str, Any] = {
        "contract": a_contract(), "price": Price(total=120_000, tax=12_000, subsidy=0)
    }  # fmt: skip
    return done(1, Kind.ISSUE, effective_on=START, **(stated | more))


def test_a_public_payer_never_pays_more_than_its_cap() -> None:
    """Two versions that earn at other times would together take 2/3 of two caps."""
    early, late = (2,) * 6 + (1,) * 6, (1,) * 6 + (2,) * 6
    price = Price(total=120_000, tax=12_000, subsidy=30_000)
    past = (issue(contract=a_contract(early, 30_000), price=price),)
    change = done(2, Kind.CHANGE, contract=a_contract(late, 30_000), price=price)
    cost = charged(segments(in_force((*past, change))))
    assert cost == Amounts(160_000, 16_000, 30_000)
    assert step(past, change).change == Amounts(40_000, 4_000, 0)
    smaller = done(2, Kind.CHANGE, contract=a_contract(late, 20_000), price=price)
    assert step(past, smaller).change == Amounts(40_000, 4_000, -10_000), "some of it goes back"


def test_a_reinstatement_that_is_undone_leaves_it_cancelled() -> None:
    end = done(2, Kind.CANCELLATION, kept=Kept())
    back = done(3, Kind.REINSTATEMENT, undoes="t2")
    undo = done(4, Kind.REVERSAL, undoes="t3")
    life = (issue(), end, back, undo)
    statuses = [state_as_of(life[:n], HALF).status for n in (1, 2, 3, 4)]
    assert statuses == [
        Status.IN_FORCE, Status.CANCELLED, Status.IN_FORCE, Status.CANCELLED,
    ]  # fmt: skip
    assert [charged(segments(in_force(life[:n]))).total for n in (1, 2, 3, 4)] == [
        120_000, 60_000, 120_000, 60_000,
    ]  # fmt: skip
    assert projection(life) == projection(life[:2])


def test_an_issue_that_is_undone_leaves_nothing() -> None:
    life = (issue(), done(2, Kind.REVERSAL, effective_on=START, undoes="t1"))
    state = state_as_of(life, HALF)
    assert (state.status, state.contract, state.charged) == (Status.VOID, None, Amounts())
    assert projection(life).state == "void"


def test_the_edges_of_cover() -> None:
    life = (issue(),)
    day = timedelta(days=1)
    assert state_as_of(life, START - day).status is Status.NOT_STARTED
    assert state_as_of(life, START).status is Status.IN_FORCE
    assert state_as_of(life, date(2025, 12, 31)).status is Status.IN_FORCE
    ended = state_as_of(life, date(2026, 1, 1))
    assert (ended.status, ended.earned, ended.unearned) == (Status.ENDED, 120_000, 0)


def test_a_change_on_the_first_day_leaves_nothing_of_what_it_replaces() -> None:
    price = Price(total=60_000, tax=6_000, subsidy=0)
    change = done(2, Kind.CHANGE, effective_on=START, contract=a_contract(), price=price)
    assert charged(segments(in_force((issue(), change)))) == Amounts(60_000, 6_000, 0)


def test_of_two_changes_of_one_day_the_later_done_holds() -> None:
    first, second = (
        done(seq, Kind.CHANGE, contract=a_contract(),
             price=Price(total=total, tax=0, subsidy=0))
        for seq, total in ((2, 240_000), (3, 60_000))
    )  # fmt: skip
    assert charged(segments(in_force((issue(), first, second)))).total == 60_000 + 30_000


def test_terms_agreed_for_later_no_longer_begin_after_a_cancellation() -> None:
    later = done(
        2, Kind.CHANGE, effective_on=date(2025, 10, 1), contract=a_contract(),
        price=Price(total=480_000, tax=0, subsidy=0),
    )  # fmt: skip
    end = done(3, Kind.CANCELLATION, kept=Kept())
    assert charged(segments(in_force((issue(), later, end)))).total == 60_000

"""Rules of disposal at their edges: every move, every bound of a court auction, every cap."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import partial
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.disposal.bids import Bid, Bidding, ranked
from claims.rules.disposal.costs import allowed, spendings
from claims.rules.disposal.court import Offered, check_offer, court, days, least_reserve
from claims.rules.disposal.moves import STEPS, Lot, move_lot
from claims.rules.disposal.order import Security, debtors_first
from claims.rules.disposal.recourse import Waiver, contributions, passed, waiver_findings
from kernel.errors import Conflict, Invalid
from kernel.finding import Effect

MAY = {
    "opened": "valued closed",
    "valued": "valued listed awarded licensed closed",
    "listed": "awarded unsold",
    "unsold": "valued listed awarded licensed closed",
    "awarded": "paid awarded unsold",
    "licensed": "licensed unsold paid",
    "paid": "closed awarded",
    "closed": "",
}
"""The moves as the trade has them, written down a second time."""


@pytest.mark.parametrize(("current", "to"), list(product(Lot, Lot)))
def test_every_pair_of_states_is_allowed_or_refused(current: Lot, to: Lot) -> None:
    may = MAY[current.value].split()
    if to.value in may:
        assert move_lot(current.value, to) == to.value
        return
    with pytest.raises(Conflict) as refused:
        move_lot(current.value, to)
    (fault,) = refused.value.faults
    assert refused.value.code == "lot-move-not-allowed"
    assert fault.problem == f"a lot that is {current.value} cannot become {to.value}"
    assert fault.cure == f"allowed from here: {', '.join(may) or 'nothing'}"


def test_a_state_that_is_none_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="burnt"):
        move_lot("burnt", Lot.CLOSED)


def test_only_what_is_closed_waits_for_nobody() -> None:
    for state, (zh, en, next_zh, next_en) in STEPS.items():
        assert zh
        assert en
        assert bool(next_zh) == bool(next_en) == (state is not Lot.CLOSED)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("first_reserve", "7/10"), ("reduction", "1/5"), ("least_deposit", "1/20"),
        ("most_deposit", "1/5"), ("notice_days", "30"), ("notice_days_again", "15"),
        ("relist_days", "30"), ("bidding_hours", "24"), ("auctions", "2"),
    ],
)  # fmt: skip
def test_the_figures_are_those_of_the_courts(name: str, figure: str) -> None:
    """Fa Shi (2016) 18, art. 10, 12, 17, 20 and 26."""
    assert court()[name].value == Fraction(figure)
    assert court()[name].grade == "A"


@pytest.mark.parametrize(
    ("valued", "before", "least"),
    [
        (5, None, 4),  # 3.5 up
        (15, None, 11),  # 10.5 up
        (1, None, 1),  # 0.7
        (300_000_005, None, 210_000_004),
        (10**9, 1, 1),  # 0.8: the valuation counts no more
        (10**9, 3, 2),  # 2.4
        (10**9, 210_000_004, 168_000_003),  # ... 3.2
        (999_999_999_999_999, None, 699_999_999_999_999),  # ... 9.3
    ],
)
def test_the_lowest_reserve_is_rounded_half_up(valued: int, before: int | None, least: int) -> None:
    assert least_reserve(valued, before) == least


OFFER = Offered(
    turn=1, valued=1000, valued_on=date(2025, 9, 1), before=None, reserve=700, deposit=35,
    currency="CNY",
    listed_on=date(2026, 9, 1), opens_on=date(2026, 10, 1), hours=timedelta(hours=24),
)  # fmt: skip
AGAIN = replace(OFFER, turn=2, before=700, reserve=560, deposit=28, opens_on=date(2026, 9, 16))


@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        replace(OFFER, deposit=140),
        replace(OFFER, reserve=5000, deposit=250),
        AGAIN,
        replace(AGAIN, reserve=700, deposit=35),
        replace(AGAIN, before=None, reserve=700, deposit=35),  # valued anew in between
        replace(OFFER, reserve=710, deposit=36),  # 35.5 up
    ],
)
def test_what_is_just_within_the_bounds_is_allowed(offer: Offered) -> None:
    assert check_offer(offer) == ()


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (replace(OFFER, deposit=34), "CNY 0.35 to CNY 1.40"),
        (replace(OFFER, deposit=141), "CNY 0.35 to CNY 1.40"),
        (replace(OFFER, reserve=710, deposit=35), "CNY 0.36 to CNY 1.42"),
        (replace(OFFER, reserve=699), "at least CNY 7.00 ("),
        (replace(AGAIN, reserve=559), "at least CNY 5.60 ("),
        (replace(AGAIN, reserve=701, deposit=36), "ask less"),
        (replace(AGAIN, opens_on=date(2026, 9, 15)), "2026-09-16"),
        (replace(OFFER, valued_on=date(2025, 8, 31)), "valued again"),
        (replace(OFFER, hours=timedelta(hours=24) - timedelta(seconds=1)), "longer"),
        (replace(AGAIN, turn=3), "market price"),
    ],
)
def test_what_is_just_beyond_is_refused_with_its_cure(offer: Offered, said: str) -> None:
    (fault,) = check_offer(offer)
    assert said in fault.cure


OPENS = datetime(2026, 10, 1, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)


def test_a_winner_does_not_hang_on_the_order_of_the_list() -> None:
    """Two bids of one amount in one instant: the one recorded first by its id."""
    terms = Bidding(100, 0, OPENS, CLOSES)
    bids = [
        Bid("1", "a", 150, OPENS, deposit_paid=False),
        Bid("2", "b", 150, OPENS, deposit_paid=False),
        Bid("3", "a", 149, CLOSES, deposit_paid=False),
        Bid("4", "c", 150, OPENS - timedelta(microseconds=1), deposit_paid=False),
        Bid("5", "c", 999, CLOSES + timedelta(microseconds=1), deposit_paid=False),
    ]
    for order in permutations(bids):
        assert [bid.id for bid in ranked(order, terms)] == ["1", "2"]
    assert ranked(bids, terms, out={"a", "b"}) == ()
    assert ranked([], terms) == ()


@pytest.mark.parametrize(
    ("mine", "waits"),
    [
        ([("opened", 0)], True),
        ([("unsold", 0)], True),
        ([("awarded", 1)], True),
        ([("paid", 1), ("closed", 0), ("licensed", 0), ("unsold", 2)], False),
        ([("paid", 1), ("valued", 1)], True),
    ],
)
def test_every_own_security_is_tried_first(mine: list[tuple[str, int]], *, waits: bool) -> None:
    own = [Security(f"own-{n}", True, state, turn) for n, (state, turn) in enumerate(mine)]
    third, other = Security("third", False, "valued"), Security("other", False, "opened")
    found = debtors_first([*own, other, third], third, agreed=False)
    assert (found is not None) == waits
    if found is not None:
        assert found.effect is Effect.WAIT
        assert f"own-{len(own) - 1}" in found.en
        assert "other" not in found.en


@pytest.mark.parametrize(
    ("code", "base", "cap"),
    [
        ("appraisal", 1050, 32),  # 31.5 up
        ("counsel", 1005, 101),  # 100.5 up
        ("travel", 1049, 10),  # 10.49 down
        ("auction_commission", 1010, 51),  # 50.5 up
    ],
)
def test_a_cap_is_rounded_half_up_and_met_to_the_cent(code: str, base: int, cap: int) -> None:
    sold = code == "auction_commission"
    of = partial(allowed, code, value=None if sold else base, price=base if sold else None)
    assert (of(cap).minor, of(cap).why) == (cap, "")
    over = of(cap + 1)
    assert over.minor == cap
    assert over.why.startswith(f"{code}: at most ")
    assert of(5, spent=cap - 2).minor == 2
    with pytest.raises(Invalid) as refused:
        allowed(code, 1, value=None, price=None)
    assert "first" in refused.value.faults[0].cure


def test_what_has_no_cap_counts_as_spent() -> None:
    free = {code for code, one in spendings().items() if one.of_value is one.of_price is None}
    assert free == {"court_fee", "upkeep", "registry"}
    assert {allowed(code, 7, value=None, price=None, spent=10**9).minor for code in free} == {7}


PAID = date(2026, 6, 1)
WAIVERS = st.builds(
    Waiver, st.dates(date(2026, 5, 1), date(2026, 7, 1)), st.integers(0, 500), st.booleans(),
    st.booleans(),
)  # fmt: skip


@given(st.integers(0, 1000), st.integers(0, 1200), st.lists(WAIVERS, max_size=5))
def test_what_passes_is_what_is_left_unit_by_unit(
    paid: int, received: int, waivers: list[Waiver]
) -> None:
    """A second way: what was paid is a heap of cents, from which each fact takes its own."""
    heap = list(range(paid))
    del heap[:received]
    for one in waivers:
        if one.on <= PAID or one.by_fault:
            del heap[: one.minor]
    over = passed(paid, received, waivers, PAID)
    assert over.taken == len(heap)
    assert 0 <= over.taken <= over.paid == paid
    assert 0 <= over.waived <= paid


def test_a_waiver_on_the_day_of_payment_is_before_it() -> None:
    on, after = Waiver(PAID, 40), Waiver(PAID + timedelta(days=1), 40)
    assert passed(100, 0, [on, after], PAID).taken == 60
    first, second = waiver_findings([on, after], PAID)
    assert (first.code, first.effect) == ("waiver-before-payment", Effect.CUT)
    assert (second.code, second.effect) == ("waiver-void", Effect.INFORM)
    assert waiver_findings([], PAID) == ()


@pytest.mark.parametrize(
    "shares",
    [{"us": Fraction(3, 2), "a": Fraction(-1, 2)}, {"us": Fraction(2, 3), "a": Fraction(2, 3)}],
)
def test_shares_that_are_no_parts_of_one_are_refused(shares: dict[str, Fraction]) -> None:
    with pytest.raises(Invalid):
        contributions(100, shares)


def test_one_who_bears_nothing_is_asked_for_nothing() -> None:
    shares = {"us": Fraction(1, 7), "a": Fraction(6, 7), "b": Fraction(0)}
    assert contributions(100, shares) == {"us": 14, "a": 86, "b": 0}
    assert contributions(1, {"us": Fraction(1)}) == {"us": 1}
    assert days("price_days") == 30

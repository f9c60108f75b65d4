"""Rules of disposal: states, court auctions, bids, order of securities, costs, recourse."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.disposal.bids import Bid, Bidding, ranked, why_invalid
from claims.rules.disposal.costs import allowed, spendings
from claims.rules.disposal.court import Offered, check_offer, court, least_reserve
from claims.rules.disposal.moves import MOVES, STEPS, Lot, move_lot
from claims.rules.disposal.order import Security, debtors_first
from claims.rules.disposal.recourse import (
    Waiver,
    contributions,
    passed,
    waiver_findings,
)
from kernel.errors import Conflict, Invalid

OPENS = datetime(2026, 10, 15, 2, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=1)
TERMS = Bidding(100, 10, OPENS, CLOSES)
GOOD = Offered(
    turn=1, valued=300_000_000, valued_on=date(2026, 8, 1), before=None, reserve=210_000_000,
    deposit=21_000_000, currency="CNY", listed_on=date(2026, 9, 1), opens_on=date(2026, 10, 1),
    hours=timedelta(hours=24),
)  # fmt: skip


def test_every_state_has_its_row_and_its_words() -> None:
    assert set(MOVES) == set(STEPS) == set(Lot)
    reached = {to for targets in MOVES.values() for to in targets}
    assert reached == set(Lot) - {Lot.OPENED}


def test_every_state_ends() -> None:
    """From everywhere a lot can be brought to its close."""
    ends, grew = {Lot.CLOSED}, True
    while grew:
        more = {one for one, to in MOVES.items() if ends & set(to)} - ends
        ends, grew = ends | more, bool(more)
    assert ends == set(Lot)


def test_a_lot_is_not_sold_before_it_is_valued() -> None:
    with pytest.raises(Conflict) as refused:
        move_lot("opened", Lot.LISTED)
    assert "valued" in refused.value.faults[0].cure


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reserve": 209_999_999}, "reserve"),
        ({"deposit": 10_499_999}, "deposit"),
        ({"deposit": 42_000_001}, "deposit"),
        ({"opens_on": date(2026, 9, 30)}, "opens_at"),
        ({"hours": timedelta(hours=23)}, "closes_at"),
        ({"valued_on": date(2025, 8, 31)}, "valuation"),
        ({"turn": 3, "before": 210_000_000}, "lot"),
        ({"turn": 2, "before": 200_000_000}, "reserve"),
    ],
)
def test_a_listing_beyond_the_courts_rules_is_refused(changes: dict[str, Any], field: str) -> None:
    assert check_offer(GOOD) == ()
    assert [fault.field for fault in check_offer(replace(GOOD, **changes))] == [field]


def test_every_fault_of_a_listing_at_once() -> None:
    wrong = replace(GOOD, reserve=1, deposit=5, opens_on=date(2026, 9, 1), hours=timedelta(0))
    assert {fault.field for fault in check_offer(wrong)} == {
        "reserve", "deposit", "opens_at", "closes_at",
    }  # fmt: skip


def test_a_price_too_low_is_told_as_money() -> None:
    (reserve, deposit) = check_offer(replace(GOOD, reserve=200_000_000, deposit=1))
    assert reserve.problem == "is below CNY 2,100,000.00"
    assert reserve.cure.startswith("ask at least CNY 2,100,000.00 (")
    assert deposit.cure.startswith("ask CNY 100,000.00 to CNY 400,000.00 (")


def test_two_auctions_go_down_to_56_per_cent() -> None:
    """70 % of the valuation, then a fifth less (Fa Shi 2016-18, art. 10 and 26)."""
    first = least_reserve(300_000_000, None)
    assert Fraction(least_reserve(300_000_000, first), 300_000_000) == Fraction(56, 100)
    again = replace(GOOD, turn=2, before=first, reserve=168_000_000, deposit=8_400_000,
                    opens_on=date(2026, 9, 16))  # fmt: skip
    assert check_offer(again) == ()


def test_figures_name_their_source_and_grade() -> None:
    for figure in (*court().values(), *spendings().values()):
        assert figure.source
        assert figure.grade in "ABCK"
    assert all(one.grade == "A" for one in court().values() if "SPC" in one.source)


def bid(id_: str, amount: int, minutes: int = 0, *, deposit: bool = True, by: str = "") -> Bid:
    return Bid(id_, by or id_, amount, OPENS + timedelta(minutes=minutes), deposit)


def test_the_highest_wins_and_the_earlier_of_two_alike() -> None:
    bids = [bid("a", 150, 5), bid("b", 160, 9), bid("c", 160, 7), bid("d", 170, deposit=False)]
    assert [one.id for one in ranked(bids, TERMS)] == ["c", "b", "a"]
    assert [one.id for one in ranked(bids, TERMS, out={"c"})] == ["b", "a"]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (bid("a", 99), "below the reserve price"),
        (bid("a", 100, -1), "outside the hours of bidding"),
        (bid("a", 100, 24 * 60 + 1), "outside the hours of bidding"),
        (bid("a", 100, deposit=False), "no deposit was paid"),
        (bid("a", 100, 24 * 60), ""),
    ],
)
def test_why_a_bid_does_not_count(one: Bid, why: str) -> None:
    assert why_invalid(one, TERMS) == why


@given(st.lists(st.tuples(st.integers(90, 120), st.integers(-5, 1500), st.booleans(),
                          st.sampled_from("xyz")), max_size=12))  # fmt: skip
def test_the_winner_is_what_a_plain_search_finds(drawn: list[tuple[int, int, bool, str]]) -> None:
    bids = [bid(f"{n:02}", a, m, deposit=d, by=w) for n, (a, m, d, w) in enumerate(drawn)]
    valid = [b for b in bids if b.amount >= 100 and OPENS <= b.at <= CLOSES and b.deposit_paid]
    best = max(valid, key=lambda b: (b.amount, -(b.at - OPENS).total_seconds()), default=None)
    first = next(iter(ranked(bids, TERMS)), None)
    assert (first is None) == (best is None)
    if first and best:
        assert (first.amount, first.at) == (best.amount, best.at)
    assert len({b.bidder for b in ranked(bids, TERMS)}) == len(ranked(bids, TERMS))


OWN, THIRD = Security("A", True, "valued"), Security("B", False, "valued")


@pytest.mark.parametrize(
    ("own", "agreed", "waits"),
    [
        (OWN, False, True),
        (OWN, True, False),
        (replace(OWN, state="paid"), False, False),
        (replace(OWN, state="closed"), False, False),
        (replace(OWN, state="licensed"), False, False),
        (replace(OWN, state="unsold", turn=1), False, False),
        (replace(OWN, state="listed", turn=1), False, True),
    ],
)
def test_the_debtors_own_security_comes_first(own: Security, *, agreed: bool, waits: bool) -> None:
    found = debtors_first((own, THIRD), THIRD, agreed=agreed)
    assert (found is not None) == waits
    assert debtors_first((own, THIRD), own, agreed=False) is None
    if found:
        assert "392" in found.clause


def test_costs_of_a_kind_share_one_cap() -> None:
    """10 % of a valuation of 1,000.00 is 100.00 for counsel, however many bills there are."""
    assert allowed("counsel", 8_000, value=100_000, price=None).minor == 8_000
    second = allowed("counsel", 8_000, value=100_000, price=None, spent=8_000)
    assert (second.minor, second.why) == (2_000, "counsel: at most 1/10 of the valuation")
    assert allowed("counsel", 1, value=100_000, price=None, spent=12_000).minor == 0
    assert allowed("court_fee", 10**9, value=None, price=None).minor == 10**9
    assert allowed("auction_commission", 600, value=None, price=10_000).minor == 500


@pytest.mark.parametrize(("code", "value"), [("bribe", 1), ("counsel", None)])
def test_an_expense_that_cannot_be_measured_is_refused(code: str, value: int | None) -> None:
    with pytest.raises(Invalid):
        allowed(code, 1, value=value, price=None)


PAID = date(2026, 6, 1)


def test_no_more_passes_than_was_paid_less_what_the_insured_had() -> None:
    over = passed(48_000_000, 8_000_000, [Waiver(date(2026, 5, 1), 10_000_000)], PAID)
    assert (over.taken, over.waived) == (30_000_000, 10_000_000)
    assert passed(100, 30, [], PAID).taken == 70
    assert passed(100, 300, [], PAID).taken == 0
    assert passed(100, 0, [Waiver(date(2026, 6, 2), 100)], PAID).taken == 100


@pytest.mark.parametrize(
    ("waiver", "code"),
    [
        (Waiver(date(2026, 5, 1), 1), "waiver-before-payment"),
        (Waiver(date(2026, 7, 1), 1), "waiver-void"),
        (Waiver(date(2024, 5, 1), 1, known=True), "waiver-before-contract"),
        (Waiver(date(2026, 7, 1), 1, by_fault=True), "recourse-blocked"),
    ],
)
def test_what_a_waiver_does(waiver: Waiver, code: str) -> None:
    (found,) = waiver_findings([waiver], PAID)
    assert found.code == code
    assert found.clause


def test_co_guarantors_contribute_by_agreed_shares() -> None:
    shares = {"us": Fraction(1, 2), "a": Fraction(1, 3), "b": Fraction(1, 6)}
    parts = contributions(100_00, shares)
    assert parts == {"us": 50_00, "a": 33_33, "b": 16_67}
    with pytest.raises(Invalid):
        contributions(1, {"us": Fraction(1, 2)})


@given(st.integers(0, 10**12), st.lists(st.integers(1, 50), min_size=2, max_size=6))
def test_contributions_are_the_whole_and_within_a_unit(minor: int, weights: list[int]) -> None:
    shares = {str(n): Fraction(w, sum(weights)) for n, w in enumerate(weights)}
    parts = contributions(minor, shares)
    assert sum(parts.values()) == minor
    assert all(abs(parts[name] - minor * share) < 1 for name, share in shares.items())

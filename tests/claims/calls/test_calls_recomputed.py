"""Facts change, parties default: the loss is shared again, and only the difference is asked."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from builders import SETTLED, House, a_risk, folder_of, read_scheme, scheme_text, shipped, yuan
from calls_floor import ZHONGSHAN, act, call_on, calls_on, file_of, settled

from claims.answer_call import answer_call
from claims.calls import store
from claims.default_call import default_call
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.recompute import recompute
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.tables import ClaimRow
from claims.warn_party import warn_party
from kernel.errors import Conflict
from underwriting import store as contracts
from underwriting.register import Measure, contribute, state_measure

LATER = date(2026, 6, 10)
OVERDUE = date(2026, 6, 16)
AFTER = date(2026, 7, 2)
SHARES = 'fund = "40/100", bank = "20/100", insurer = "20/100"'
FIVE = f'[[layers]]\nshares = {{ {SHARES}, guarantor = "15/100", appraiser = "5/100" }}'
FUSE = '[[fuses]]\nmeasure = "bank_npl_ratio"\nabove = "0.03"\neffect = "suspend_claims"'


def under(house: House, folder: Path, text: str, **cover: Any) -> ClaimRow:
    risk = a_risk(cover={"scheme": "local", **cover})
    return house.settled(house.policy(risk, schemes_folder=folder_of(folder, local=text)))


def in_default(house: House, claim: ClaimRow, party: str) -> None:
    row = call_on(house, claim, party)
    act(house, warn_party, row.id, on=OVERDUE)
    act(house, default_call, row.id, on=AFTER)


def refill(house: House, amount: str) -> None:
    pool = house.read(lambda s: contracts.pool(s, ZHONGSHAN, "fund", "CNY"))
    house.do(contribute, pool.id, yuan(amount), key="filled", on=LATER)


@pytest.mark.parametrize("settles", ["several", "lead"])
def test_a_pool_that_is_filled_is_called_for_the_rest(house: House, settles: str) -> None:
    """1,000,000.00 in the pool and paid; 400,000.00 more come in: 400,000.00 more are due."""
    claim = settled(house, "1000000.00", settles=settles)
    first = call_on(house, claim, "fund")
    act(house, answer_call, first.id, SETTLED)
    other = call_on(house, claim, "appraiser")
    refill(house, "400000.00")
    row = act(house, recompute, claim.id, "the pool was filled", on=LATER)
    assert (row.sequence, row.purpose) == (2, "recomputed")
    second = call_on(house, claim, "fund")
    assert (second.amount_minor, second.state, second.settlement_id) == (
        40_000_000, "raised", row.id,
    )  # fmt: skip
    assert house.shares(claim)["fund"] == 140_000_000
    moved = call_on(house, claim, "appraiser")
    assert (moved.id, moved.settlement_id, moved.due_on) == (other.id, row.id, other.due_on)
    words = house.read(lambda s: store.answers(s, other.id))
    assert [word.kind for word in words] == ["raised", "moved"]


def test_an_unpaid_call_is_superseded_by_one_for_the_whole(house: House) -> None:
    claim = settled(house, "1000000.00")
    old = call_on(house, claim, "fund")
    act(house, pay_call, old.id, CallPayment(yuan("300000.00"), SETTLED, "W1"))
    refill(house, "400000.00")
    act(house, recompute, claim.id, "the pool was filled", on=LATER)
    old, new = calls_on(house, claim, "fund")
    assert (old.state, old.open_minor) == ("superseded", 70_000_000)
    assert new.amount_minor == 140_000_000 - 30_000_000
    with pytest.raises(Conflict, match="call-ended"):
        act(house, answer_call, old.id, LATER, on=LATER)


@pytest.mark.parametrize("settles", ["several", "lead"])
def test_a_fuse_that_blows_gives_back_what_was_paid_and_one_that_mends_calls_again(
    house: House, tmp_path: Path, settles: str
) -> None:
    """40 % of 3,000,000.00 paid by the fund; its ratio of May is restated above 3 %, then below."""
    text = scheme_text("local", layers=FIVE, more=FUSE, residual="bank")
    scheme = read_scheme(text, "local").scheme

    def ratio(value: str, as_of: date, on: date) -> None:
        stated = Measure("bank_npl_ratio", Fraction(value), as_of, "the bank")
        house.do(state_measure, scheme, house.client_id, stated, on=on)

    ratio("0.02", date(2025, 1, 2), date(2025, 1, 2))
    claim = under(house, tmp_path, text, settles=settles)
    act(house, answer_call, call_on(house, claim, "fund").id, SETTLED)
    ratio("0.04", date(2026, 5, 30), LATER)
    act(house, recompute, claim.id, "the ratio was restated", on=LATER)
    assert house.shares(claim)["fund"] == 0
    refund = call_on(house, claim, "fund")
    assert (refund.direction, refund.payee, refund.amount_minor) == ("refund", "fund", 120_000_000)
    with pytest.raises(Conflict, match="call-is-refund"):
        act(house, warn_party, refund.id, on=AFTER)
    act(house, pay_call, refund.id, CallPayment(yuan("200000.00"), LATER, "B1"), on=LATER)
    ratio("0.01", date(2026, 5, 31), OVERDUE)
    act(house, recompute, claim.id, "the ratio was restated", on=OVERDUE)
    first, refund, again = calls_on(house, claim, "fund")
    assert first.paid_minor == 120_000_000
    assert (refund.state, refund.paid_minor) == ("superseded", 20_000_000)
    assert (again.direction, again.amount_minor) == ("call", 20_000_000)


def test_a_dispute_is_lowered_once_the_fact_was_mended(house: House, tmp_path: Path) -> None:
    text = scheme_text("local", layers=FIVE, more=FUSE, residual="bank")
    scheme = read_scheme(text, "local").scheme
    low = Measure("bank_npl_ratio", Fraction("0.02"), date(2025, 1, 2), "the bank")
    house.do(state_measure, scheme, house.client_id, low, on=date(2025, 1, 2))
    claim = under(house, tmp_path, text)
    row = call_on(house, claim, "fund")
    dispute = Dispute(yuan("1200000.00"), "the ratio is above 3 %", "fuse")
    act(house, dispute_call, row.id, dispute)
    high = Measure("bank_npl_ratio", Fraction("0.04"), SETTLED, "the bank, corrected")
    house.do(state_measure, scheme, house.client_id, high, on=SETTLED)
    mended = Resolution(Outcome.WITHDRAWN, "the ratio was wrong")
    act(house, resolve_call, row.id, mended, on=LATER, actor="second")
    (only,) = calls_on(house, claim, "fund")
    assert only.state == "withdrawn"
    assert house.shares(claim)["fund"] == 0
    assert house.shares(claim)["bank"] == 60_000_000 + 120_000_000


@pytest.mark.parametrize("settles", ["several", "lead"])
@pytest.mark.parametrize("residual", ["guarantor", "bank"])
def test_what_a_party_in_default_owes_goes_to_the_residual_and_stays_owed(
    house: House, tmp_path: Path, settles: str, residual: str
) -> None:
    """The guarantor or the bank takes over; the party pays late, and all is as it was."""
    text = scheme_text("local", layers=FIVE, residual=residual)
    claim = under(house, tmp_path, text, settles=settles)
    party = "fund" if residual == "guarantor" else "guarantor"
    share = {"fund": 120_000_000, "guarantor": 45_000_000}[party]
    call = call_on(house, claim, party)
    act(house, pay_call, call.id, CallPayment(yuan("100000.00"), SETTLED, "W1"))
    in_default(house, claim, party)
    assert file_of(house, claim)["defaulted"] == [party]
    row = house.settlement(claim)
    assert row.purpose == "recomputed"
    assert any(f"{party} is in default" in line for line in row.split["lines"])
    shares = house.shares(claim)
    own = {"bank": 60_000_000, "guarantor": 45_000_000}[residual]
    assert shares[party] == 0
    assert shares[residual] == own + share
    assert house.balances("share_in_default") == {f"share_in_default:{party}": share - 10_000_000}
    half = (share - 10_000_000) // 2
    pay = CallPayment(yuan(f"{half / 100:.2f}"), AFTER, "L1")
    act(house, pay_call, call.id, pay, on=AFTER)
    assert call_on(house, claim, party).state == "defaulted"
    assert house.shares(claim)[party] == 0
    act(house, answer_call, call.id, AFTER, on=AFTER)
    assert file_of(house, claim)["defaulted"] == []
    assert house.shares(claim)[party] == share
    assert house.shares(claim)[residual] == own
    assert set(house.balances("share_in_default").values()) == {0}
    if residual == "guarantor":
        assert call_on(house, claim, "guarantor").amount_minor == 45_000_000


def test_a_residual_that_has_paid_is_refunded_when_the_defaulter_pays(
    house: House, tmp_path: Path
) -> None:
    text = scheme_text("local", layers=FIVE, residual="guarantor")
    claim = under(house, tmp_path, text, settles="lead")
    in_default(house, claim, "fund")
    stood_in = call_on(house, claim, "guarantor")
    assert stood_in.amount_minor == 45_000_000 + 120_000_000
    act(house, answer_call, stood_in.id, AFTER, on=AFTER)
    late = call_on(house, claim, "fund")
    act(house, answer_call, late.id, AFTER, on=AFTER)
    refund = call_on(house, claim, "guarantor")
    assert (refund.direction, refund.amount_minor) == ("refund", 120_000_000)
    act(house, answer_call, refund.id, AFTER, on=AFTER)
    booked = house.balances("share_receivable")
    assert booked == {
        "share_receivable:appraiser": 15_000_000, "share_receivable:fund": 0,
        "share_receivable:guarantor": 0,
    }  # fmt: skip


def test_the_residual_itself_in_default_leaves_it_uncovered(house: House, tmp_path: Path) -> None:
    text = scheme_text("local", layers=FIVE, residual="guarantor")
    claim = under(house, tmp_path, text)
    in_default(house, claim, "fund")
    row = call_on(house, claim, "guarantor")
    day = date(2026, 7, 17)
    act(house, warn_party, row.id, on=day)
    act(house, default_call, row.id, on=date(2026, 8, 3))
    assert file_of(house, claim)["defaulted"] == ["fund", "guarantor"]
    shares = house.shares(claim)
    assert (shares["fund"], shares["guarantor"], shares["uncovered"]) == (0, 0, 165_000_000)


def test_only_a_settled_claim_is_shared_again(house: House) -> None:
    house.pool(shipped(ZHONGSHAN), "fund", yuan("1000000.00"))
    claim = house.accepted(house.policy(a_risk(cover={"scheme": ZHONGSHAN})))
    with pytest.raises(Conflict, match="claim-not-settled"):
        act(house, recompute, claim.id, "early")

"""ACT settle: who bears what, who is called, what is booked, and each refusal."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from builders import (
    DEFAULT,
    GOOD_CONDUCT,
    SETTLED,
    House,
    a_risk,
    cny,
    folder_of,
    read_scheme,
    scheme_text,
    shipped,
    yuan,
)

from claims.assess import Assessment, assess
from claims.calls import store as called
from claims.close import close
from claims.settle import settle
from kernel.db import books
from kernel.db.engine import transact
from kernel.errors import Refusal
from kernel.money import Money
from underwriting import store as contracts
from underwriting.register import Measure, Opening, register_pool, state_measure
from underwriting.tables import PolicyRow

ZHONGSHAN = {"scheme": "zhongshan-2021"}
FUND_AND_BANK = '[[layers]]\nshares = { fund = "50/100", bank = "50/100" }'
TENTH_OF_PORTFOLIO = '[[caps]]\nparty = "fund"\nper = "portfolio"\nrate = "10/100"\nthen = "bank"'


def in_pool(house: House, money: str, **parts: Any) -> PolicyRow:
    """A policy under the Zhongshan scheme with `money` in its fund."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan(money))
    return house.policy(a_risk(cover={**ZHONGSHAN, **parts.pop("cover", {})}, **parts))


def under(house: House, folder: Path, text: str, **risk: Any) -> PolicyRow:
    """A policy under a scheme of a folder of its own, the fund being the issuer."""
    cover = {"scheme": "local", "issuer": "fund"}
    return house.policy(a_risk(cover=cover, **risk), schemes_folder=folder_of(folder, local=text))


def test_each_party_pays_its_own_share(house: House) -> None:
    """54 / 26 / 16 / 4 % of 3,000,000.00."""
    claim = house.settled(in_pool(house, "70000000.00"))
    row = house.settlement(claim)
    assert claim.state == "settled"
    assert claim.reserve_minor == 0
    assert house.shares(claim) == {
        "fund": 162_000_000, "bank": 78_000_000, "insurer": 48_000_000, "appraiser": 12_000_000,
    }  # fmt: skip
    assert row.paid_to_bank_minor == 48_000_000
    assert row.facts["balances"] == {"fund": 7_000_000_000}
    calls = house.read(lambda s: called.of_settlement(s, row.id))
    assert [(call.party, call.payee, call.amount_minor) for call in calls] == [
        ("appraiser", "bank", 12_000_000), ("fund", "bank", 162_000_000),
    ]  # fmt: skip
    booked = house.balances()
    assert booked["claims_paid:insurer"] == -booked["cash"] == 48_000_000
    assert booked["case_reserve"] == booked["reserve_expense"] == 0
    assert booked["memo_call:fund"] == 162_000_000
    assert booked["pool_money:zhongshan-2021:fund"] == 7_000_000_000 - 162_000_000


def test_calls_fall_due_after_ten_working_days(house: House) -> None:
    """1 June 2026 is a Monday; the Dragon Boat festival is 19 June."""
    claim = house.settled(in_pool(house, "70000000.00"))
    row = house.settlement(claim)
    calls = house.read(lambda s: called.of_settlement(s, row.id))
    assert {call.due_on for call in calls} == {date(2026, 6, 15)}
    assert all(call.clause.startswith("zhongshan-2021") for call in calls)


def test_the_lead_pays_for_all_and_calls_on_the_others(house: House) -> None:
    claim = house.settled(in_pool(house, "70000000.00", cover={"settles": "lead"}))
    row = house.settlement(claim)
    assert row.paid_to_bank_minor == 222_000_000  # all but the bank's own 26 %
    calls = house.read(lambda s: called.of_settlement(s, row.id))
    assert {call.payee for call in calls} == {"insurer"}
    booked = house.balances()
    assert booked["cash"] == -222_000_000
    assert booked["share_receivable:fund"] == 162_000_000


def test_the_outbox_orders_payment_and_calls(house: House) -> None:
    claim = house.settled(in_pool(house, "70000000.00"))
    rows = transact(house.engine, books.unsent)
    topics = [(row.topic, row.payload["amount_minor"]) for row in rows]
    assert topics == [
        ("payment_order", 48_000_000), ("call", 162_000_000), ("call", 12_000_000),
    ]  # fmt: skip
    assert {row.subject_id for row in rows} == {claim.id}


def test_a_pool_pays_what_it_has_and_the_rest_is_uncovered(house: House) -> None:
    claim = house.settled(in_pool(house, "1000000.00"))
    assert house.shares(claim) == {
        "fund": 100_000_000, "bank": 78_000_000, "insurer": 48_000_000, "appraiser": 12_000_000,
        "uncovered": 62_000_000,
    }  # fmt: skip
    assert house.settlement(claim).uncovered_minor == 62_000_000
    assert house.balances("pool_money") == {"pool_money:zhongshan-2021:fund": 0}


def test_a_pool_is_drawn_by_one_claim_after_another(house: House) -> None:
    first = in_pool(house, "2000000.00")
    second = house.policy(a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER02"}))
    assert house.shares(house.settled(first))["fund"] == 162_000_000
    assert house.shares(house.settled(second))["fund"] == 38_000_000
    third = house.policy(a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER03"}))
    shares = house.shares(house.settled(third))
    assert (shares["fund"], shares["uncovered"]) == (0, 162_000_000)
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    assert pool.drawn_minor == pool.contributed_minor == 200_000_000


def test_waiting_is_waited_out(house: House) -> None:
    """80 days from 11 March end on 30 May."""
    claim = house.accepted(house.policy())
    refused = house.refuse("waiting-period", settle, claim.id, on=date(2026, 5, 30))
    assert "2026-05-31" in refused.faults[0].cure
    house.do(settle, claim.id, on=date(2026, 5, 31))


def test_only_an_accepted_claim_is_settled(house: House) -> None:
    claim = house.claim(house.policy())
    house.refuse("claim-move-not-allowed", settle, claim.id, on=SETTLED)
    house.refuse("no-such-claim", settle, "cl_none", on=SETTLED)


def test_a_claim_is_settled_once(house: House) -> None:
    claim = house.settled(house.policy())
    house.refuse("claim-move-not-allowed", settle, claim.id, on=SETTLED + timedelta(days=1))


def test_a_settled_claim_that_was_closed_is_not_settled_again(house: House, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, alone=scheme_text("alone"))  # it calls nobody, so it can close
    risk = a_risk(cover={"scheme": "alone"})
    claim = house.settled(house.policy(risk, schemes_folder=folder))
    house.do(close, claim.id, "done", on=SETTLED)
    house.refuse("claim-move-not-allowed", settle, claim.id, on=SETTLED)


def test_a_denied_claim_that_was_closed_is_not_settled(house: House) -> None:
    claim = house.claim(house.policy())
    fraud = Assessment(conduct={"fraud_by_insured": True})
    house.do(assess, claim.id, fraud, on=date(2026, 3, 16))
    house.do(close, claim.id, "refused", on=SETTLED)
    house.refuse("claim-move-not-allowed", settle, claim.id, on=SETTLED)


def test_the_calendar_must_reach_the_calls(house: House) -> None:
    """The table ends with 2026: nothing is guessed beyond it."""
    claim = house.accepted(house.policy())
    refused = house.refuse("calendar-ended", settle, claim.id, on=date(2026, 12, 30))
    assert "ZHIBAO_HOLIDAYS" in refused.faults[0].cure


def test_two_defaults_share_one_sum_insured(house: House) -> None:
    """3,000,000.00 insured: the first takes 2,500,000.00, the second what is left."""
    policy = house.policy(a_risk(cover={"sum_insured": cny("3000000.00")}))
    later = DEFAULT + timedelta(days=1)
    first = house.accepted(policy, asked={"principal": 250_000_000})
    second = house.accepted(policy, default_date=later, known_on=later)
    assert second.approved["principal"] == 300_000_000
    house.do(settle, first.id, on=SETTLED)
    house.do(settle, second.id, on=SETTLED)
    assert house.settlement(second).eligible_minor == 50_000_000
    after = house.read(lambda s: contracts.policy(s, policy.id))
    assert after.paid_minor == after.sum_insured_minor == 300_000_000


def test_a_cap_per_year_counts_what_was_paid_in_the_year(house: House) -> None:
    """1,500,000,000.00 a year, of which 600,000.00 are left; the bank takes the rest."""
    scheme, day = shipped("guangzhou-2025"), date(2025, 10, 9)
    spent = 149_940_000_000
    house.do(
        register_pool, scheme.scheme, "fund", yuan("3000000000.00"), portfolio=None,
        opening=Opening(drawn=spent, paid_this_year=spent), on=day,
    )  # fmt: skip
    ratio = Measure("bank_npl_loss_ratio", Fraction(3, 100), day, "the bank")
    house.do(state_measure, scheme.scheme, house.client_id, ratio, on=day)
    policy = house.policy(
        a_risk(
            cover={"scheme": "guangzhou-2025", "issuer": "fund", "waiting_days": 0},
            loan={"drawdown": "2025-10-10"},
        ),
        on=day,
    )
    first = _default_on(house, policy, date(2025, 12, 1), asked=200_000_000)
    assert house.shares(first) == {"fund": 60_000_000, "bank": 140_000_000}
    next_year = _default_on(house, policy, date(2026, 1, 5), asked=50_000_000)
    assert house.shares(next_year) == {"fund": 20_000_000, "bank": 30_000_000}


def _default_on(house: House, policy: PolicyRow, day: date, *, asked: int) -> Any:
    claim = house.claim(
        policy, default_date=day, known_on=day, asked={"principal": asked},
        on=day + timedelta(days=1),
    )  # fmt: skip
    when = day + timedelta(days=2)
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=when)
    house.do(settle, claim.id, on=when)
    return claim


def test_a_blown_fuse_leaves_the_bank_alone(house: House) -> None:
    """A bank that loses over 3 % is not compensated; the scheme lets the bank bear it."""
    scheme, day = shipped("guangzhou-2025").scheme, date(2025, 10, 9)
    low = Measure("bank_npl_loss_ratio", Fraction(3, 100), day, "the bank")
    house.do(state_measure, scheme, house.client_id, low, on=day)
    risk = a_risk(
        cover={"scheme": "guangzhou-2025", "issuer": "fund", "waiting_days": 0},
        loan={"drawdown": "2025-10-10"},
    )
    policy = house.policy(risk, on=day)
    high = Measure("bank_npl_loss_ratio", Fraction(31, 1000), date(2025, 11, 1), "the bank")
    house.do(state_measure, scheme, house.client_id, high, on=date(2025, 11, 1))
    claim = _default_on(house, policy, date(2025, 12, 1), asked=200_000_000)
    assert house.shares(claim) == {"fund": 0, "bank": 200_000_000}
    row = house.settlement(claim)
    assert row.paid_to_bank_minor == 0
    assert any("fuse" in line for line in row.split["lines"])


def test_a_cap_on_the_portfolio_counts_what_was_drawn(house: House, tmp_path: Path) -> None:
    """10 % of 20,000,000.00 agreed, 1,000,000.00 drawn before: 1,000,000.00 is left."""
    text = scheme_text("local", layers=FUND_AND_BANK, more=TENTH_OF_PORTFOLIO)
    scheme = read_scheme(text, "local").scheme
    house.do(
        register_pool, scheme, "fund", yuan("9000000.00"), portfolio=yuan("20000000.00"),
        opening=Opening(drawn=100_000_000),
    )  # fmt: skip
    claim = house.settled(under(house, tmp_path, text))
    assert house.shares(claim) == {"fund": 100_000_000, "bank": 200_000_000}


@pytest.mark.parametrize("cap", ["", TENTH_OF_PORTFOLIO], ids=["no cap", "portfolio"])
def test_a_pool_that_no_cap_guards_never_breaks_the_house(
    house: House, tmp_path: Path, cap: str
) -> None:
    """Less money than its share, and no cap by balance: it pays, or the act is refused."""
    text = scheme_text("local", layers=FUND_AND_BANK, more=cap)
    scheme = read_scheme(text, "local").scheme
    portfolio = Money.of("900000000.00", "CNY")
    house.do(register_pool, scheme, "fund", yuan("1.00"), portfolio=portfolio)
    claim = house.accepted(under(house, tmp_path, text))
    try:
        house.do(settle, claim.id, on=SETTLED)
    except Refusal:
        return
    assert house.shares(claim) == {"fund": 150_000_000, "bank": 150_000_000}


def test_the_frozen_scheme_shares_the_loss(house: House, tmp_path: Path) -> None:
    sold = scheme_text("local", layers=FUND_AND_BANK)
    policy = under(house, tmp_path, sold)
    folder_of(tmp_path, local=sold.replace("50/100", "0/100", 1).replace("50/100", "100/100"))
    assert house.shares(house.settled(policy))["fund"] == 150_000_000

"""One loan, one claim, one recovery that was put right: every cell worked out by hand.

Zhongshan shares 54 / 26 / 16 / 4 of 3,000,000.00: the fund 1,620,000.00, the insurer 480,000.00.
Its call is paid by 620,000.00. Of 90,000.00 net the fund's part is 48,600.00; put right to
190,000.00 net it is 102,600.00. The pool opens with 70,000,000.00 and gets 5,000.00 more.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from builders import GOOD_CONDUCT, House, a_desk, a_house, a_notice, a_risk, shipped, yuan
from sqlmodel import select

from claims.assess import Assessment, assess
from claims.calls import store as calls
from claims.correct_recovery import Correction, correct_recovery
from claims.issue_report import preview_report
from claims.notify import notify
from claims.pay_call import CallPayment, pay_call
from claims.recover import Receipts, recover
from claims.reports.period import Asked
from claims.reports.pool_state import PoolState, pool_state
from claims.reports.store import IssuedReportRow
from claims.rules.reporting.figure import Figure, csv_of
from claims.settle import settle
from kernel.db.engine import make_engine, transact
from kernel.errors import Invalid, NotFound
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.quote import quote
from underwriting.register import contribute, register_pool

SCHEME = "zhongshan-2021"
OPENED, MORE = date(2025, 3, 3), date(2025, 7, 1)
NOTIFIED, SETTLED, PAID = date(2026, 3, 12), date(2026, 6, 15), date(2026, 6, 20)
BACK, RIGHT, TODAY = date(2026, 9, 1), date(2026, 9, 20), date(2026, 12, 1)
VALUE = date(2026, 8, 25)
YEAR = (date(2026, 1, 1), date(2026, 11, 30))
NONE = "0.00"


@dataclass
class Told:
    """The house, its pool, and the numbers of policy and claim."""

    house: House
    pool: str
    policy: str
    claim: str

    def figures(
        self, party: str, template: str = "party-statement", period: Any = YEAR, unit: str = "CNY"
    ) -> tuple[Figure, ...]:
        asked = Asked(template=template, opens_on=period[0], closes_on=period[1],
                      whom={"scheme": SCHEME, "party": party, "currency": unit})  # fmt: skip
        found = self.house.read(lambda s: preview_report(s, asked, desk=a_desk(TODAY)))
        return tuple(found.figures)

    def cells(self, *args: Any, **named: Any) -> dict[tuple[str, str], str]:
        return {(one.row, one.code): one.value for one in self.figures(*args, **named)}

    def state(self, on: date) -> PoolState:
        scheme = shipped(SCHEME).scheme
        found: PoolState = self.house.read(
            lambda s: pool_state(s, self.pool, scheme, on, today=TODAY)
        )
        return found


@pytest.fixture(scope="module")
def told(_sqlite_template: Path, tmp_path_factory: Any) -> Iterator[Told]:
    """The world; it is only read. The random world of this folder runs on both databases."""
    path = tmp_path_factory.mktemp("told") / "told.db"
    shutil.copy(_sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield _lived(a_house(engine))
    engine.dispose()


def _lived(house: House) -> Told:
    def do(on: date, act: Any, *args: Any, actor: str = "clerk", **named: Any) -> Any:
        desk = a_desk(on, actor)
        return transact(house.engine, lambda s: act(s, *args, desk=desk, **named))

    pool = do(OPENED, register_pool, shipped(SCHEME).scheme, "fund", yuan("70000000.00"),
              portfolio=None)  # fmt: skip
    quoted = do(OPENED, quote, house.client_id, a_risk(cover={"scheme": SCHEME}))
    if quoted.state == "referred":
        do(OPENED, approve, quoted.id, "looked into", actor="second")
    policy = do(OPENED, bind, quoted.id)
    do(MORE, contribute, pool.id, yuan("5000.00"), key="july")
    claim = do(NOTIFIED, notify, a_notice(policy))
    do(date(2026, 3, 16), assess, claim.id, Assessment(conduct=GOOD_CONDUCT))
    do(SETTLED, settle, claim.id)
    (call,) = [one for one in house.read(lambda s: calls.of_claim(s, claim.id))
               if one.party == "fund"]  # fmt: skip
    do(PAID, pay_call, call.id, CallPayment(yuan("620000.00"), PAID, "P-1"))
    sale = Receipts("S-1", "sale of the right", VALUE, yuan("100000.00"), yuan("10000.00"))
    recovery = do(BACK, recover, claim.id, sale)
    right = Correction("the court's figure", gross=yuan("200000.00"))
    do(RIGHT, correct_recovery, recovery.id, right)
    house.audit()
    return Told(house, pool.id, policy.number, claim.number)


def test_every_cell_of_the_funds_statement(told: Told) -> None:
    closing = "期末 closing"
    assert told.cells("fund") == {
        ("期初 opening", "balance"): "70005000.00",
        (f"2026-06-15 {told.claim}", "charged"): "-1620000.00",
        (f"2026-08-25 {told.claim}-R1", "given_back"): "102600.00",
        (closing, "contributed"): NONE,
        (closing, "opened"): NONE,
        (closing, "charged"): "-1620000.00",
        (closing, "given_back"): "102600.00",
        (closing, "balance"): "68487600.00",
        (closing, "called"): "1000000.00",
        (closing, "reserved"): NONE,
    }


@pytest.mark.parametrize(
    ("party", "charged", "back"),
    [("bank", "780000.00", "49400.00"), ("insurer", "480000.00", "30400.00"),
     ("appraiser", "120000.00", "7600.00")],
)  # fmt: skip
def test_who_keeps_no_pool_has_its_shares_alone(
    told: Told, party: str, charged: str, back: str
) -> None:
    """Of 190,000.00: 26, 16 and 4 in a hundred; nothing stands before them."""
    found = told.cells(party)
    assert found["期初 opening", "balance"] == NONE
    assert found[f"2026-06-15 {told.claim}", "charged"] == f"-{charged}"
    assert found[f"2026-08-25 {told.claim}-R1", "given_back"] == back
    left = Fraction(back) - Fraction(charged)
    assert Fraction(found["期末 closing", "balance"]) == left


def test_the_first_year_holds_what_was_paid_in(told: Told) -> None:
    found = told.figures("fund", period=(OPENED, date(2025, 12, 31)))
    assert [(one.code, one.value) for one in found] == [
        ("balance", NONE),
        ("contributed", "70000000.00"),
        ("contributed", "5000.00"),
        ("contributed", "70005000.00"),
        ("opened", NONE),
        ("charged", NONE),
        ("given_back", NONE),
        ("balance", "70005000.00"),
        ("called", NONE),
        ("reserved", NONE),
    ]
    assert found[1].row.startswith("2025-03-03 ")
    assert found[2].row == "2025-07-01 july"


@pytest.mark.parametrize(
    ("first", "last", "opening", "closing"),
    [
        (SETTLED, SETTLED, "70005000.00", "68385000.00"),
        (date(2026, 6, 16), date(2026, 8, 24), "68385000.00", "68385000.00"),
        (VALUE, VALUE, "68385000.00", "68487600.00"),
        (date(2026, 8, 26), TODAY, "68487600.00", "68487600.00"),
    ],
)
def test_a_day_belongs_to_the_period_that_it_stands_in(
    told: Told, first: date, last: date, opening: str, closing: str
) -> None:
    """Both ends count; a recovery by its value day, not by that of the books."""
    found = told.cells("fund", period=(first, last))
    assert found["期初 opening", "balance"] == opening
    assert found["期末 closing", "balance"] == closing


def test_periods_that_follow_on_add_up(told: Told) -> None:
    days = (OPENED, date(2025, 12, 31), SETTLED, VALUE, TODAY)
    before = NONE
    for first, last in pairwise(days):
        opens = date.fromordinal(first.toordinal() + (first != OPENED))
        found = told.cells("fund", period=(opens, last))
        assert found["期初 opening", "balance"] == before
        before = found["期末 closing", "balance"]
    assert before == "68487600.00"


def test_an_open_claim_stands_beside_the_statement(told: Told) -> None:
    """The issuer reserves 480,000.00 of it, so 1,620,000.00 may fall to the fund."""
    found = told.cells("fund", period=(date(2026, 1, 1), date(2026, 3, 31)))
    assert found["期末 closing", "reserved"] == "1620000.00"
    assert found["期末 closing", "balance"] == "70005000.00"
    assert found["期末 closing", "called"] == NONE


@pytest.mark.parametrize("template", ["party-statement", "party-bordereau"])
def test_another_currency_and_an_empty_period_hold_nothing(told: Told, template: str) -> None:
    dollars = told.figures("fund", template, unit="USD")
    before = told.figures("fund", template, period=(date(2020, 1, 1), date(2020, 12, 31)))
    for found, unit in ((dollars, "USD"), (before, "CNY")):
        assert len(found) == (8 if template == "party-statement" else 0)
        assert {(one.value, one.currency) for one in found} <= {(NONE, unit)}
    assert len(csv_of(()).splitlines()) == 1, "the headings alone"


def test_every_cell_of_the_insurers_bordereau(told: Told) -> None:
    found = told.cells("insurer", "party-bordereau", period=(OPENED, TODAY))
    lost, total = f"赔案 claim {told.claim} 1", "合计 total"
    back, again = (f"追偿 recovery {told.claim} S-1 {edition}" for edition in (1, 2))
    written = f"保险单 policy {told.policy}"
    premium = found[written, "premium"]
    income = told.house.balances("premium_income")["premium_income"]
    assert Fraction(premium) * 100 == -income
    assert found == {
        (written, "premium"): premium, (written, "own_premium"): premium,
        (lost, "booked_on"): "2026-06-15", (lost, "corrects"): "",
        (lost, "whole"): "3000000.00", (lost, "own_loss"): "480000.00",
        (back, "booked_on"): "2026-09-01", (back, "corrects"): "",
        (back, "net"): "90000.00", (back, "own_recovery"): "14400.00",
        (again, "booked_on"): "2026-09-20", (again, "corrects"): "2026-09-01",
        (again, "net"): "100000.00", (again, "own_recovery"): "16000.00",
        (total, "premium"): premium, (total, "own_premium"): premium,
        (total, "whole"): "3000000.00", (total, "own_loss"): "480000.00",
        (total, "net"): "190000.00", (total, "own_recovery"): "30400.00",
    }  # fmt: skip
    fund = told.cells("fund", "party-bordereau", period=(OPENED, TODAY))
    assert (fund[total, "own_premium"], fund[total, "premium"]) == (NONE, premium)
    assert (fund[total, "own_loss"], fund[total, "own_recovery"]) == ("1620000.00", "102600.00")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 3, 2), (0, 0, 0, 0)),
        (OPENED, (7_000_000_000, 0, 0, 0)),
        (date(2025, 6, 30), (7_000_000_000, 0, 0, 0)),
        (MORE, (7_000_500_000, 0, 0, 0)),
        (date(2026, 3, 11), (7_000_500_000, 0, 0, 0)),
        (NOTIFIED, (7_000_500_000, 0, 162_000_000, 0)),
        (date(2026, 6, 14), (7_000_500_000, 0, 162_000_000, 0)),
        (SETTLED, (6_838_500_000, 162_000_000, 0, 0)),
        (date(2026, 6, 19), (6_838_500_000, 162_000_000, 0, 0)),
        (PAID, (6_838_500_000, 100_000_000, 0, 0)),
        (date(2026, 8, 31), (6_838_500_000, 100_000_000, 0, 0)),
        (BACK, (6_843_360_000, 100_000_000, 0, 4_860_000)),
        (date(2026, 9, 19), (6_843_360_000, 100_000_000, 0, 4_860_000)),
        (RIGHT, (6_848_760_000, 100_000_000, 0, 10_260_000)),
        (TODAY, (6_848_760_000, 100_000_000, 0, 10_260_000)),
    ],
)  # fmt: skip
def test_the_pool_on_the_eve_and_on_the_day_of_each_act(
    told: Told, on: date, expected: tuple[int, int, int, int]
) -> None:
    """Balance, awaited calls, expected part, given back: what the books knew on that day.

    The correction counts from its own day.
    """
    found = told.state(on)
    assert (found.balance, found.called, found.expected_part, found.given_back) == expected


def test_leverage_room_and_ratios_before_and_after(told: Told) -> None:
    first = told.state(date(2025, 3, 2))
    assert (first.leverage, first.paid_ratio, first.volume.policies) == (None, None, 0)
    assert first.room == 0, "ten times nothing"
    lent = told.state(date(2026, 3, 1))
    assert lent.volume.eligible == lent.volume.taken == 300_000_000
    assert lent.leverage == Fraction(300_000_000, 7_000_500_000)
    assert lent.room == 70_005_000_000 - 300_000_000
    assert (lent.volume.unreported, lent.volume.bad_ratio) == (1, None)
    over = told.state(TODAY)
    assert over.paid_ratio == Fraction(162_000_000 - 10_260_000, 300_000_000)
    assert (over.volume.policies, over.volume.eligible) == (0, 0)
    assert over.leverage == 0


def test_the_cap_of_the_pool_is_used_by_what_is_drawn(told: Told) -> None:
    for on, drawn in ((NOTIFIED, 0), (SETTLED, 162_000_000), (RIGHT, 151_740_000)):
        (cap,) = told.state(on).caps
        assert (cap.per, cap.most, cap.used) == ("pool_balance", 7_000_500_000, drawn)


def test_a_day_ahead_and_a_pool_that_is_none_are_refused(told: Told) -> None:
    assert told.state(TODAY).on == TODAY
    with pytest.raises(Invalid, match="lies ahead"):
        told.state(date(2026, 12, 2))
    told_of_none = Told(told.house, "pl_" + "a" * 26, told.policy, told.claim)
    with pytest.raises(NotFound):
        told_of_none.state(TODAY)


def test_a_look_at_a_report_writes_nothing(told: Told) -> None:
    told.figures("fund")
    assert told.house.read(lambda s: list(s.exec(select(IssuedReportRow)))) == []

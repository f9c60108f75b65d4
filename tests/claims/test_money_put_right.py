"""Recoveries put right, handed back, accounted for, audited; what passes and what does not."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import builders
import pytest
from builders import RECOVERED, House, a_risk, shipped, yuan
from money_moves import collect

from claims import store
from claims.close import close
from claims.correct_recovery import Correction, correct_recovery
from claims.disposal.recourse import notices, subrogation_of
from claims.issue_recovery_account import issue_recovery_account
from claims.pay_recovery import Payment, pay_recovery
from claims.recover import Receipts, recover
from claims.rules.disposal.recourse import Waiver
from claims.subrogate import Liable, Taking, note_pledgee, subrogate
from claims.tables import ClaimRow
from documents.forms.recovery_account import RecoveryAccount
from documents.stated import read_stated
from kernel.db import books
from kernel.money import Money

PAID, TAKEN = date(2026, 10, 1), date(2026, 6, 10)
PAYEES = ("fund", "bank", "appraiser", "policyholder")


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices and accounts are counted here, not by the house."""
    beside = (*builders._BESIDE, "recourse_notice", "recovery_account")
    monkeypatch.setattr(builders, "_BESIDE", beside)


def settled(house: House) -> ClaimRow:
    """3,000,000.00 lost, borne 54 / 26 / 16 / 4."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))


def pay(
    house: House, claim: ClaimRow, payee: str, amount: str, *, reference: str, way: Any
) -> None:
    payment = Payment(payee, way, yuan(amount), PAID, reference)
    house.do(pay_recovery, claim.id, payment, on=PAID)


def open_accounts(house: House) -> dict[str, int]:
    """What is still to be given (below nought) or handed back (above)."""
    every = house.balances("recovery_pay") | house.balances("surplus_payable")
    return {account.split("_", 1)[1]: minor for account, minor in every.items() if minor}


def test_a_sale_undone_in_part_has_everyone_hand_back(house: House) -> None:
    """3,000,100.00 were given out; 2,000,000.00 were due: 540 / 260 / 40 thousand, and 100.00."""
    claim = settled(house)
    collect(house, claim)
    row = house.recover(claim, "3000100.00")
    given = ("1620000.00", "780000.00", "120000.00", "100.00")
    for payee, amount in zip(PAYEES, given, strict=True):
        pay(house, claim, payee, amount, reference=f"OUT-{payee}", way="out")
    assert open_accounts(house) == {}
    wrong = Correction("the price was lowered", gross=yuan("2000000.00"))
    now = house.do(correct_recovery, row.id, wrong, on=PAID)
    assert (now.surplus_minor, now.parts) == (0, {
        "fund": 108_000_000, "bank": 52_000_000, "insurer": 32_000_000, "appraiser": 8_000_000,
    })  # fmt: skip
    assert open_accounts(house) == {
        "payback:fund": 54_000_000, "payback:bank": 26_000_000, "payback:appraiser": 4_000_000,
        "payback:policyholder": 10_000,
    }  # fmt: skip
    more = Payment("fund", "out", yuan("0.01"), PAID, "X")
    house.refuse("recovery-payment-over", pay_recovery, claim.id, more, on=PAID)
    back = ("540000.00", "260000.00", "40000.00", "100.00")
    for payee, amount in zip(PAYEES, back, strict=True):
        pay(house, claim, payee, amount, reference=f"BACK-{payee}", way="back")
    assert open_accounts(house) == {}
    # 2,000,000.00 less the issuer's own 320,000.00 went out again of what came in
    assert house.balances("cash")["cash"] == 200_000_000 - 168_000_000 - 48_000_000
    right = Correction("it was not lowered", gross=yuan("3000100.00"))
    house.do(correct_recovery, row.id, right, on=PAID)
    assert open_accounts(house) == {
        "payable:fund": -54_000_000, "payable:bank": -26_000_000, "payable:appraiser": -4_000_000,
        "payable:policyholder": -10_000,
    }  # fmt: skip


def test_a_day_put_right_moves_a_cost_behind_the_sale(house: House) -> None:
    """Counsel's 10,000.00 come off the sale while they are earlier; later they are carried on."""
    claim = settled(house)
    nil, early = yuan("0"), date(2026, 8, 1)
    house.recover(claim, "100000.00")
    bill = Receipts("BILL", "counsel", early, nil, yuan("10000.00"))
    cost = house.do(recover, claim.id, bill, on=RECOVERED)

    def nets() -> list[int]:
        return [row.net_minor for row in house.read(lambda s: store.recoveries(s, claim.id))]

    assert nets() == [9_000_000, 0]
    later = Correction("paid in September", value_date=RECOVERED + timedelta(days=14))
    house.do(correct_recovery, cost.id, later, on=PAID)
    assert nets() == [10_000_000, 0]
    assert house.settlement(claim).costs_carried_minor == 1_000_000
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 1_000_000}
    house.do(correct_recovery, cost.id, Correction("same day", value_date=RECOVERED), on=PAID)
    assert nets() == [9_000_000, 0], "within a day costs come first"
    house.do(correct_recovery, cost.id, Correction("as it was", value_date=early), on=PAID)
    assert nets() == [9_000_000, 0]
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 0}


def test_what_cannot_be_put_right_is_refused(house: House) -> None:
    claim = settled(house)
    row = house.recover(claim, "100.00")
    for wrong in (
        Correction("x", gross=Money(-1, "CNY")),
        Correction("x", costs=Money(1, "EUR")),
        Correction("x", value_date=date(2026, 3, 10)),
    ):
        house.refuse("invalid", correct_recovery, row.id, wrong, on=PAID)
    house.refuse("nothing-corrected", correct_recovery, row.id, Correction("x"), on=PAID)
    house.refuse("no-such-recovery", correct_recovery, "rc_none", Correction("x"), on=PAID)
    early = Payment("fund", "out", yuan("1.00"), date(2026, 3, 10), "P")
    house.refuse("invalid", pay_recovery, claim.id, early, on=PAID)
    house.refuse("invalid", pay_recovery, claim.id, replace(early, amount=-yuan("1.00")), on=PAID)
    house.do(correct_recovery, row.id, Correction("another's money", gross=yuan("0")), on=PAID)
    assert open_accounts(house) == {}
    refused = house.refuse("calls-unpaid", close, claim.id, "done", on=PAID)
    assert refused.faults


def test_the_account_of_one_party_over_two_periods(house: House) -> None:
    """September: 54,000.00 due, 50,000.00 given. October: 5,400.00 less, 1,400.00 come back."""
    claim = settled(house)
    row = house.recover(claim, "100000.00")
    pay_on = {"on": RECOVERED}
    first = Payment("fund", "out", yuan("50000.00"), RECOVERED, "P1")
    collect(house, claim)
    house.do(pay_recovery, claim.id, first, **pay_on)
    costs = Correction("counsel", costs=yuan("10000.00"))
    house.do(correct_recovery, row.id, costs, on=PAID)
    pay(house, claim, "fund", "1400.00", reference="P2", way="back")

    def account(opens: date, closes: date, payee: str | None = "fund") -> RecoveryAccount:
        paper = house.do(
            issue_recovery_account, claim.id, opens=opens, closes=closes, payee=payee, on=PAID
        )
        form = read_stated(paper.stated)
        assert isinstance(form, RecoveryAccount)
        return form

    september = account(date(2026, 9, 1), date(2026, 9, 30))
    october = account(date(2026, 10, 1), PAID)
    (one,), (two,) = september.accounts, october.accounts
    assert [m.minor for m in (one.opening, one.due, one.given, one.closing)] == [
        0, 5_400_000, 5_000_000, 400_000,
    ]  # fmt: skip
    assert [m.minor for m in (two.opening, two.due, two.given, two.closing)] == [
        400_000, -540_000, -140_000, 0,
    ]  # fmt: skip
    assert [(m.reference, m.due.minor, m.given.minor) for m in october.moved] == [
        ("R1", -540_000, 0), ("P2", 0, -140_000),
    ]  # fmt: skip
    assert {m.payee for m in (*september.moved, *october.moved)} == {"fund"}
    every = account(date(2026, 3, 11), PAID, None)
    assert sum(each.due.minor for each in every.accounts) == 9_000_000
    quiet = account(date(2026, 9, 2), date(2026, 9, 30))
    assert quiet.moved == ()
    assert quiet.accounts[0].opening == quiet.accounts[0].closing == yuan("4000.00")
    turned = {"opens": PAID, "closes": RECOVERED}
    house.refuse("invalid", issue_recovery_account, claim.id, **turned, on=PAID)


def test_nothing_due_makes_an_empty_account_and_pays_nobody(house: House) -> None:
    claim = settled(house)
    paper = house.do(issue_recovery_account, claim.id, opens=date(2026, 1, 1), closes=PAID, on=PAID)
    form = read_stated(paper.stated)
    assert isinstance(form, RecoveryAccount)
    assert (form.accounts, form.moved) == ((), ())
    payment = Payment("fund", "out", yuan("1.00"), PAID, "P")
    refused = house.refuse("invalid", pay_recovery, claim.id, payment, on=PAID)
    assert refused.faults[0].cure == "due is: nobody"


@pytest.mark.parametrize(
    ("received", "waivers", "taken"),
    [
        ("0", [("2026-05-01", "479999.99")], 1),
        ("479999.99", [], 1),
        ("100000.00", [("2026-06-01", "100000.00"), ("2026-06-02", "300000.00")], 28_000_000),
        ("100000.00", [("2026-05-01", "90000.00"), ("2026-05-02", "90000.00")], 20_000_000),
    ],
)
def test_no_more_passes_than_is_left(
    house: House, received: str, waivers: list[tuple[str, str]], taken: int
) -> None:
    """Insurance Law 60 and 61: 480,000.00 were paid on 1 June; what is waived later is void."""
    claim = settled(house)
    gave_up = tuple(Waiver(date.fromisoformat(on), yuan(of).minor) for on, of in waivers)
    row = house.do(subrogate, claim.id, Taking(yuan(received), gave_up), on=TAKEN)
    assert (row.paid_minor, row.taken_minor) == (48_000_000, taken)
    assert len(row.findings) == len(waivers)
    (told,) = house.read(lambda s: notices(s, row.id))
    assert told.amount_minor == taken


def test_a_later_settlement_is_taken_over_anew(house: House) -> None:
    claim = settled(house)
    first = house.do(subrogate, claim.id, Taking(yuan("1.00")), on=TAKEN)
    house.refuse("taken-over", subrogate, claim.id, Taking(yuan("0")), on=TAKEN)
    ahead = TAKEN + timedelta(days=1)
    for wrong in (TAKEN - timedelta(days=1), ahead):
        house.refuse("invalid", note_pledgee, claim.id, "GJ", wrong, on=TAKEN)
    house.do(note_pledgee, claim.id, "GJ", TAKEN, on=TAKEN)
    house.again(claim, on=TAKEN)
    again = house.do(subrogate, claim.id, Taking(yuan("3.00")), on=TAKEN)
    assert (again.id, again.settlement_id) == (first.id, house.settlement(claim).id)
    assert again.settlement_id != first.settlement_id
    assert (again.taken_minor, again.registered_as) == (48_000_000 - 300, "GJ")
    told = house.read(lambda s: notices(s, first.id))
    assert [(one.position, one.amount_minor) for one in told] == [
        (1, 48_000_000 - 100), (2, 48_000_000 - 300),
    ]  # fmt: skip


def test_what_the_insured_blocked_by_fault_is_undone(house: House) -> None:
    """480,000.00 passed; in July recourse for 100,000.00 is lost by its fault (art. 61(3))."""
    claim = settled(house)
    row = house.do(subrogate, claim.id, Taking(yuan("0")), on=TAKEN)
    assert row.taken_minor == 48_000_000
    after, minor = date(2026, 7, 1), yuan("100000.00").minor
    void = Taking(yuan("0"), (Waiver(after, minor),))
    house.refuse("taken-over", subrogate, claim.id, void, on=PAID)
    blocked = Taking(yuan("0"), (Waiver(after, minor, by_fault=True),))
    again = house.do(subrogate, claim.id, blocked, on=PAID)
    assert (again.id, again.taken_minor, again.paid_minor) == (row.id, 38_000_000, 48_000_000)
    (found,) = again.findings
    assert (found["code"], found["effect"]) == ("recourse-blocked", "cut")
    told = house.read(lambda s: notices(s, row.id))
    assert [one.amount_minor for one in told] == [48_000_000, 38_000_000]
    event = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))[-1]
    assert (event.kind, event.payload["before_minor"]) == ("taken_over", 48_000_000)
    house.refuse("taken-over", subrogate, claim.id, blocked, on=PAID)
    more = Taking(yuan("380000.01"), blocked.waivers)
    assert house.do(subrogate, claim.id, more, on=PAID).taken_minor == 0


@pytest.mark.parametrize(
    "liable",
    [
        (Liable("co_guarantor", "甲", Fraction(1)), Liable("supplier", "乙", Fraction(1, 9))),
        (Liable("co_guarantor", "甲", Fraction(2, 3)),) * 2,  # named twice
        (Liable("co_guarantor", "甲", Fraction(1, 3)),) * 2,
        (Liable("debtor", "甲"),),
    ],
)
def test_whom_nobody_may_tell_is_refused(house: House, liable: tuple[Liable, ...]) -> None:
    claim = settled(house)
    house.refuse("invalid", subrogate, claim.id, Taking(yuan("0"), (), liable), on=TAKEN)
    assert house.read(lambda s: subrogation_of(s, claim.id)) is None

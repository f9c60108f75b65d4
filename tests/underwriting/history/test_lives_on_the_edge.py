"""Days on the edge of a life, windows to the day, two clocks in the books, and seals forged."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from builders import QUOTED, a_risk, cny
from living import DUE, HALFWAY, SAID, STARTS, Living
from sqlalchemy import text
from sqlmodel import Session

from kernel.db.engine import read
from kernel.money import round_half_up
from underwriting.endorse import Change, change
from underwriting.history.audit import verify_history
from underwriting.history.proposal import Terms
from underwriting.history.seal import transaction_hash
from underwriting.history.store import history
from underwriting.reinstate import Reinstatement, reinstate
from underwriting.renew import Renewal, renew
from underwriting.reverse import Reversal, reverse, reversible_until
from underwriting.rules.history_loan import Principal
from underwriting.rules.history_step import Statement

DAY = timedelta(days=1)
LAST = date(2026, 4, 9)
LESS = {"loan": {"amount": cny("2400000.00")}}


def test_a_change_on_the_first_day_replaces_the_whole_premium(quick: Living) -> None:
    policy = quick.policy()
    done = quick.change(policy, on=QUOTED, effective_on=STARTS, **LESS)
    offered = quick.past(policy).rows[-1].premium_minor
    assert quick.row(policy).premium_minor == offered < policy.premium_minor
    assert done.step.change.total == offered - policy.premium_minor
    assert quick.state(policy, STARTS).earned == 0
    assert quick.state(policy, LAST + DAY).earned == offered


def test_a_change_on_the_last_day_moves_no_money_and_a_day_later_is_refused(
    quick: Living,
) -> None:
    """The loan was due a month before: its premium is earned, whatever the terms become."""
    policy = quick.policy()
    asked = Change(Terms(risk=a_risk(**LESS)), LAST + DAY, "as the bank asks")
    refused = quick.refuse("not-in-force", change, policy.id, asked, on=LAST)
    assert refused.faults[0].field == "effective_on"
    assert str(LAST + DAY) in refused.faults[0].problem
    done = quick.change(policy, on=LAST, **LESS)
    assert done.step.change.total == 0
    assert not {"risk-increased", "risk-decreased"} & {one.code for one in done.findings}
    assert quick.state(policy, LAST).sum_insured.minor == 2_400_000_00 * 10435 // 10000
    assert quick.state(policy, LAST - DAY).sum_insured.minor == policy.sum_insured_minor


def test_a_change_of_a_change_and_its_reversal_cost_what_the_days_say(quick: Living) -> None:
    policy = quick.policy()
    first = quick.change(policy, on=date(2025, 6, 10), **LESS)
    quick.change(policy, on=date(2025, 12, 10), loan={"amount": cny("1800000.00")})
    one, two, three = (row.premium_minor for row in quick.past(policy).rows)
    assert quick.row(policy).premium_minor == round_half_up(Fraction(one + 2 * two + three, 4))
    later = first.row.booked_on + timedelta(days=30)
    undo = Reversal(first.row.id, "in error")
    refused = quick.refuse("window-over", reverse, policy.id, undo, on=later + DAY)
    assert str(later) in refused.faults[0].problem
    assert refused.faults[0].cure == "change or cancel instead"
    quick.reverse(policy, first.row.id, on=later)
    assert quick.row(policy).premium_minor == round_half_up(Fraction(3 * one + three, 4))


def test_a_day_after_inception_the_tariffs_least_premium_is_kept(quick: Living) -> None:
    """500.00 net is the least; with tax that is more than one of 31 days of a twelfth."""
    policy = quick.policy()
    (issue,) = quick.past(policy).rows
    gross = Fraction(issue.premium_minor, issue.premium_minor - issue.tax_minor)
    least = round_half_up(50_000 * gross)
    assert Fraction(issue.premium_minor, 12 * 31) < least < issue.premium_minor
    done = quick.cancel(policy, on=STARTS + DAY)
    assert quick.row(policy).premium_minor == least
    assert done.step.change.total == least - issue.premium_minor
    assert done.row.agreed["kept"] == {"share": "0", "floor_minor": least, "exhausted": "0"}


def test_reinstated_inside_the_window_and_cancelled_for_good_outside(quick: Living) -> None:
    policy = quick.policy()
    quick.cancel(policy, on=HALFWAY)
    latest = HALFWAY + timedelta(days=30)
    said = Statement("示范银行", latest, "D-1")
    late = quick.refuse(
        "window-over", reinstate, policy.id, Reinstatement("late", said), on=latest + DAY
    )
    assert str(latest) in late.faults[0].problem
    for on in (HALFWAY - DAY, latest + DAY):  # before the end of cover; after today
        stale = Reinstatement("a mistake", replace(said, on=on))
        (fault,) = quick.refuse("invalid", reinstate, policy.id, stale, on=latest).faults
        assert (fault.field, fault.cure) == ("no_loss.on", "have it declared anew")
    quick.reinstate(policy, on=latest)
    assert quick.row(policy).premium_minor == policy.premium_minor
    again = quick.cancel(policy, on=latest)
    assert quick.row(policy).ends_on == latest - DAY
    undo = Reversal(again.row.id, "in error")
    back = quick.do(reverse, policy.id, undo, on=latest)
    once_more = Reversal(back.row.id, "no, rightly")
    (fault,) = quick.refuse("not-reversible", reverse, policy.id, once_more, on=latest).faults
    assert (fault.field, fault.cure) == ("transaction", "do again what it has undone")
    assert reversible_until(quick.past(policy), back.row) is None


@pytest.mark.parametrize("day", [DUE, LAST + DAY])
def test_a_renewal_follows_until_the_day_after_the_last(quick: Living, day: date) -> None:
    policy = quick.policy()
    parts = {
        "loan": {"drawdown": day.isoformat(), "refinancing": False, "contract": "2026-002"},
        "right": {"appraised_on": "2026-01-20"},
    }
    asked = Renewal(Terms(risk=a_risk(**parts)), "goes on", Principal.REPAID, SAID)
    over = quick.refuse("cover-ended", renew, policy.id, asked, on=LAST + 2 * DAY)
    assert (over.faults[0].field, over.faults[0].cure) == ("policy", "quote a new policy")
    quick.renew(policy, on=day, **parts)
    old, new = quick.past(policy).rows
    assert quick.row(policy).premium_minor == old.premium_minor + new.premium_minor
    assert quick.state(policy, day).contract.lent.contract == "2026-002"
    assert quick.state(policy, day - DAY).contract.lent.contract == "2026-001"


def forged(quick: Living, statement: str, policy_id: str, *, reseal: bool) -> list[str]:
    """Write past the guards, as somebody with the file could; what the audit then says."""
    with quick.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER policy_transaction_no_update"))
        connection.execute(text(statement), {"policy": policy_id})
        if reseal:
            with Session(connection) as session:
                for row in history(session, policy_id).rows:
                    connection.execute(
                        text("UPDATE policy_transaction SET hash = :hash WHERE id = :id"),
                        {"hash": transaction_hash(row), "id": row.id},
                    )
    return [f"{one.field} {one.problem} {one.cure}" for one in read(quick.engine, verify_history)]


@pytest.mark.parametrize(
    ("column", "seq"),
    [
        ("agreed = '{}'", 1),
        ("effective_on = '2025-09-11'", 2),
    ],
)
def test_a_broken_seal_is_found_in_its_policy_alone(quick: Living, column: str, seq: int) -> None:
    policy = quick.policy()
    other = quick.policy(a_risk(borrower={"register_id": "91442000MA4OTHER01"}))
    done = quick.cancel(policy, on=HALFWAY)
    rows = quick.past(policy).rows
    named = rows[seq - 1].number
    where = f"WHERE policy_id = :policy AND seq = {seq}"
    changed = f"UPDATE policy_transaction SET {column} {where}"
    found = forged(quick, changed, policy.id, reseal=False)
    assert any(f"{named} that is not what was sealed" in words for words in found)
    assert not any(other.number in words for words in found)
    assert all("backup that verifies" in words for words in found)
    assert done.row.prev_hash == rows[0].hash


def test_a_forger_who_seals_his_row_again_breaks_the_chain(quick: Living) -> None:
    policy = quick.policy()
    quick.cancel(policy, on=HALFWAY)
    number = quick.past(policy).rows[1].number
    where = "WHERE policy_id = :policy AND seq = 1"
    changed = f"UPDATE policy_transaction SET reason = 'other' {where}"
    (found,) = forged(quick, changed, policy.id, reseal=True)
    assert f"{number} that does not follow the one before" in found

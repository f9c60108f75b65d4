"""Repair: the loss that a breach caused is taken off, never more than the line, never for fraud."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from builders import DEFAULT, a_basis, a_risk, some_inputs
from hypothesis import given
from hypothesis import strategies as st

import claims.rules as folder
from claims.rules.coverage.covered import Matter
from claims.rules.coverage.known import Known, RightKnown, gone
from claims.rules.coverage.proposed import proposed
from claims.rules.indemnity import LINES as WORDS
from claims.rules.line import Line
from claims.rules.repair import Repair, repairable
from claims.rules.repair import repaired as mended
from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from kernel.money import round_half_up
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.watch.alert import Alert, Noted
from underwriting.watch.change_consented import LoanFile
from underwriting.watch.kinds import On
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

TABLE = tomllib.loads((Path(folder.__file__).parent / "repairs.toml").read_text(encoding="utf-8"))
LINES = (
    Line("principal", 300_000_000, 300_000_000, 300_000_000, ""),
    Line("interest", 15_000_000, 15_000_000, 14_000_000, "by the plan"),
    Line("costs", 0, 0, 0, ""),
)
START = date(2025, 3, 10)
repaired = partial(mended, currency="CNY", words=WORDS)


def a_finding(code: str, effect: Effect = Effect.DECLINE) -> Finding:
    return Finding(code, effect, "seen", "所见", "wording: exclusions", "cure it")


def test_a_repaired_breach_is_a_cut_and_the_line_says_why() -> None:
    grounds = (a_finding("pledge-not-kept"), a_finding("fraud"))
    cut = Repair(100_000_000, "principal", "one right in three")
    findings, lines = repaired(grounds, LINES, {"pledge-not-kept": cut})
    assert findings[0].effect is Effect.CUT
    assert "Civil Code arts 433, 444" in findings[0].clause
    assert findings[1] is grounds[1]
    assert lines[0] == replace(
        LINES[0],
        approved=200_000_000,
        reason="补救 repaired: one right in three: -CNY 1,000,000.00"
        f" ({TABLE['breach']['pledge-not-kept']['clause']})",
    )
    assert lines[1:] == LINES[1:]


def test_reasons_are_added_to_those_that_are_there() -> None:
    late = {"late-notice": Repair(1, "interest", "a day")}
    _, lines = repaired((a_finding("late-notice"),), LINES, late)
    assert lines[1].reason.startswith("by the plan; 补救 repaired: a day: -CNY 0.01 (")
    nought = {"late-notice": Repair(0, "interest", "all could be established")}
    findings, same = repaired((a_finding("late-notice"),), LINES, nought)
    assert same == LINES
    assert findings[0].effect is Effect.CUT


def test_what_was_taken_off_is_told_as_money_and_by_the_name_of_its_line() -> None:
    cut = {"late-notice": Repair(30_000_000, "principal", "ten days late")}
    ((found,), _) = repaired((a_finding("late-notice"),), LINES, cut)
    assert found.en == ("seen; repaired: CNY 300,000.00 off 本金 principal: ten days late")
    assert found.zh == "所见；已补救，自 本金 principal 扣减 CNY 300,000.00：ten days late"
    over = {"late-notice": Repair(14_000_001, "interest", "too much")}
    with pytest.raises(Invalid) as refused:
        repaired((a_finding("late-notice"),), LINES, over)
    (fault,) = refused.value.faults
    assert fault.problem == "take more off interest than the CNY 140,000.00 approved of it"


@pytest.mark.parametrize(
    "code", ["fraud", "sanctions-listed", "not-in-force", "waiting-period", *TABLE["never"]]
)
def test_what_may_never_be_repaired_is_refused(code: str) -> None:
    assert not repairable(code)
    with pytest.raises(Invalid, match="may not be repaired"):
        repaired((a_finding(code),), LINES, {code: Repair(0, "principal", "asked nicely")})


def test_all_faults_are_named_at_once() -> None:
    wrong = {
        "fraud": Repair(-1, "principal", " "),
        "misused-loan": Repair(5, "lost_profit", "half"),
        "late-notice": Repair(14_000_001, "interest", "too much"),
    }
    with pytest.raises(Invalid) as refused:
        repaired((a_finding("fraud"), a_finding("late-notice")), LINES, wrong)
    assert [fault.field for fault in refused.value.faults] == [
        "repairs.fraud", "repairs.fraud.amount", "repairs.fraud.reason", "repairs.misused-loan",
        "repairs.misused-loan.line", "repairs.late-notice",
    ]  # fmt: skip
    assert all(fault.cure for fault in refused.value.faults)


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=5))
def test_no_line_ever_falls_below_nought(cuts: list[int]) -> None:
    """Several breaches on one line: all or nothing, and what is off is what was stated."""
    codes = [code for code, rule in TABLE["breach"].items() if rule["line"] == "principal"]
    repairs = {
        code: Repair(minor, "principal", "measured")
        for code, minor in zip(codes, cuts, strict=False)
    }
    total = sum(one.minor for one in repairs.values())
    line = (Line("principal", 10**8, 10**8, 10**8, ""),)
    grounds = tuple(map(a_finding, repairs))
    if total > 10**8:
        with pytest.raises(Invalid):
            repaired(grounds, line, repairs)
    else:
        _, (after,) = repaired(grounds, line, repairs)
        assert after.approved == 10**8 - total


@pytest.mark.parametrize("code", TABLE["breach"])
def test_each_breach_of_the_table_says_its_clause_and_how_it_is_measured(code: str) -> None:
    rule = TABLE["breach"][code]
    assert repairable(code)
    assert rule["clause"]
    assert rule["measure"] in ("value_share", "delay_interest", "moved", "stated")
    assert (rule["line"] == "") is (rule["measure"] == "stated")


# What the books propose -----------------------------------------------------------------------


def a_matter(**changes: Any) -> Matter:
    risk = a_risk()
    return Matter(
        contract=contract(risk, a_basis(some_inputs(risk))),
        event_on=DEFAULT,
        notified_on=changes.get("notified_on", DEFAULT),
        file={"known_on": DEFAULT.isoformat()},
    )


def right(name: str, value: int, *kinds: str) -> RightKnown:
    noted = [
        Noted(seq=seq, kind=kind, subject=On.RIGHT, name=name, happened_on=START,
              noted_on=START, deadline=None)
        for seq, kind in enumerate(kinds, 1)
    ]  # fmt: skip
    return RightKnown(f"CN {name}", name, value, tuple(map(Alert, noted)))


def known(*rights: RightKnown, events: tuple[LoanEvent, ...] = ()) -> Known:
    day = date(2026, 6, 1)
    return Known(event_on=DEFAULT, on=day, rights=rights, loan=LoanFile(events))


def test_a_lapsed_right_costs_its_share_of_the_value() -> None:
    """One right of 4 in 10 million: 4/10 of the principal."""
    of = known(right("A", 400, "lapsed"), right("B", 600))
    (one,) = proposed(a_matter(), of, [a_finding("right-lapsed", Effect.CUT)], LINES).values()
    assert one == Repair(
        120_000_000, "principal", "2/5 of the appraised value of the pledge is gone"
    )


def test_each_collateral_breach_is_measured_on_its_own_rights_and_all_fit_one_line() -> None:
    of = known(right("A", 400, "lapsed"), right("B", 350, "pledge_struck_out"), right("C", 250))
    grounds = [a_finding("right-lapsed"), a_finding("pledge-struck-out")]
    made = proposed(a_matter(), of, grounds, LINES)
    assert {code: one.minor for code, one in made.items()} == {
        "right-lapsed": 120_000_000, "pledge-struck-out": 105_000_000,
    }  # fmt: skip
    repaired(grounds, LINES, made)


def test_a_right_that_lapsed_and_was_struck_out_is_not_taken_off_beyond_the_line() -> None:
    of = known(right("A", 100, "lapsed", "pledge_struck_out"))
    grounds = [a_finding(code) for code in ("pledge-not-kept", "right-lapsed", "pledge-struck-out")]
    made = proposed(a_matter(), of, grounds, LINES)
    assert sum(one.minor for one in made.values()) == 300_000_000
    repaired(grounds, LINES, made)


def test_a_right_that_several_breaches_are_about_is_lost_once() -> None:
    """A of 4 in 10 lapsed and was struck out; B of 6 is kept."""
    both = right("A", 400, "lapsed", "pledge_struck_out")
    grounds = [a_finding(code) for code in ("pledge-not-kept", "right-lapsed", "pledge-struck-out")]
    made = proposed(a_matter(), known(both, right("B", 600)), grounds, LINES)
    assert {code: one.minor for code, one in made.items()} == {"pledge-not-kept": 120_000_000}
    made = proposed(a_matter(), known(both, right("B", 600)), grounds[1:], LINES)
    assert {code: one.minor for code, one in made.items()} == {"right-lapsed": 120_000_000}


def test_a_breach_takes_of_a_right_what_those_before_it_left() -> None:
    """Part of A's value went by what was noted first; that it passed to another takes the rest."""
    of = known(right("A", 400, "invalidated_partly", "transfer_recorded"), right("B", 600))
    part = gone(of, of.rights[0])
    assert 0 < part < 1
    grounds = [a_finding("pledge-not-kept"), a_finding("right-transferred")]
    made = proposed(a_matter(), of, grounds, LINES)
    assert made["pledge-not-kept"].minor == round_half_up(120_000_000 * part)
    assert made["right-transferred"].minor == round_half_up(120_000_000 * (1 - part))


@pytest.mark.parametrize("days", [1, 30])
def test_late_notice_costs_the_interest_of_the_delay(days: int) -> None:
    """Ten days are allowed; 3,000,000.00 at 4.35 % a year of 365 days."""
    matter = a_matter(notified_on=DEFAULT + timedelta(days=10 + days))
    (one,) = proposed(matter, known(), [a_finding("late-notice", Effect.CUT)], LINES).values()
    exact = Fraction(300_000_000) * Fraction("0.0435") * days / 365
    assert (one.line, one.minor) == ("interest", round_half_up(exact))
    assert proposed(a_matter(), known(), [a_finding("late-notice", Effect.CUT)], LINES) == {}


def test_a_change_without_leave_costs_what_it_moved() -> None:
    again = LoanEvent(seq=2, key="R", kind=Kind.REDRAWN, happened_on=START, principal=50_000_000)
    used = LoanEvent(seq=3, key="U", kind=Kind.USE_CHANGED, happened_on=START, principal=20_000_000)
    of = known(events=(again, used))
    grounds = [a_finding("unconsented-change"), a_finding("misused-loan")]
    made = proposed(a_matter(), of, grounds, LINES)
    assert {code: (one.minor, one.reason) for code, one in made.items()} == {
        "misused-loan": (20_000_000, "principal of U"),
        "unconsented-change": (50_000_000, "principal of R"),
    }  # fmt: skip


def test_what_changed_after_the_default_cost_nothing() -> None:
    """An extension agreed a month after the default, and a drawing after all was paid back."""
    later = DEFAULT + timedelta(days=30)
    first = LoanEvent(seq=1, key="D", kind=Kind.DISBURSED, happened_on=START, principal=80_000_000)
    paid = LoanEvent(seq=2, key="P", kind=Kind.REPAID, happened_on=DEFAULT, principal=80_000_000)
    until = LoanEvent(seq=3, key="E", kind=Kind.EXTENDED, happened_on=later, principal=90_000_000,
                      until=later)  # fmt: skip
    again = LoanEvent(seq=4, key="A", kind=Kind.REDRAWN, happened_on=later, principal=70_000_000)
    of = known(events=(first, paid, until, again))
    grounds = [a_finding("unconsented-change"), a_finding("old-for-new-suspected")]
    assert [one.key for one in of.events] == ["D", "P", "E", "A"]
    assert [one.key for one in of.events_until] == ["D", "P"]
    assert proposed(a_matter(), of, grounds, LINES) == {}
    early = replace(until, happened_on=DEFAULT)
    made = proposed(a_matter(), known(events=(first, early)), grounds[:1], LINES)
    assert made["unconsented-change"].minor == 90_000_000


def test_nothing_is_proposed_that_the_books_cannot_tell() -> None:
    grounds = [a_finding(code) for code in TABLE["breach"]]
    assert proposed(a_matter(), known(), grounds, LINES) == {}
    assert proposed(a_matter(), known(right("A", 400, "lapsed")), [], LINES) == {}

"""ACTS on a policy that runs: what they write, book, print; on both kinds of database."""

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import QUOTED, a_desk, a_risk, cny
from living import DUE, HALFWAY, SAID, STARTS, SUBSIDY, Living

from kernel.db import books
from kernel.db.engine import transact
from kernel.money import round_half_up
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.history.proposal import Terms
from underwriting.rules.contract import Contract
from underwriting.rules.earning import earned
from underwriting.rules.history_state import Status

LESS = {"loan": {"amount": cny("2400000.00")}}
MORE = {"loan": {"amount": cny("3600000.00")}}


def test_an_issued_policy_has_one_transaction(living: Living) -> None:
    policy = living.policy()
    found = living.past(policy)
    (row,) = found.rows
    assert (row.kind, row.seq, row.effective_on) == ("issue", 1, STARTS)
    assert (row.delta_minor, row.premium_minor) == (policy.premium_minor,) * 2
    assert row.agreed["returns"]["version"]


def test_a_change_is_charged_for_the_part_that_is_left(living: Living) -> None:
    policy = living.policy()
    done = living.change(policy, on=HALFWAY, **MORE)
    contract = Contract.of(policy.contract)
    old, new = living.past(policy).rows
    left = 1 - earned(contract, HALFWAY)
    assert left == Fraction(1, 2), "a bullet loan, six of twelve months"
    whole = round_half_up(old.premium_minor * (1 - left) + new.premium_minor * left)
    assert done.step.change.total == new.delta_minor == whole - old.premium_minor > 0
    row = living.row(policy)
    assert row.premium_minor == whole
    assert row.sum_insured_minor == 3_600_000_00 * 10435 // 10000
    assert row.state == "bound"
    assert living.kinds("policy", policy.id) == ["bound", "changed"]
    assert [found.code for found in done.findings].count("risk-increased") == 1


def test_before_and_after_the_change_each_day_has_its_terms(living: Living) -> None:
    policy = living.policy()
    living.change(policy, on=HALFWAY, **LESS)
    before, after = HALFWAY - timedelta(days=1), HALFWAY
    assert living.state(policy, before).sum_insured.minor == policy.sum_insured_minor
    assert living.state(policy, after).sum_insured.minor == 2_400_000_00 * 10435 // 10000
    then = a_desk(HALFWAY - timedelta(days=1)).at
    assert living.state(policy, after, known=then).sum_insured.minor == policy.sum_insured_minor


def test_a_return_is_owed_to_each_payer_in_proportion(living: Living) -> None:
    policy = living.policy(a_risk(subsidy=SUBSIDY))
    before = living.balances()
    done = living.cancel(policy, on=HALFWAY)
    returned = -done.step.change.total
    assert returned == policy.premium_minor - round_half_up(Fraction(policy.premium_minor, 2))
    after = living.balances()
    public, own = (after[f"return_premium_payable:{who}"] for who in ("subsidy", "policyholder"))
    assert public + own == -returned
    assert abs(public + round_half_up(Fraction(500_000, 2))) <= 1
    for account in ("premium_income", "tax_payable"):
        assert abs(after[account] - before[account] / 2) <= 1


def test_a_referred_change_needs_a_second_person(living: Living) -> None:
    policy = living.policy()
    asked = Change(Terms(risk=a_risk(**LESS)), HALFWAY, "partly repaid")
    first = living.ask(policy, change, asked, on=HALFWAY)
    assert not first.committed
    assert first.outcome.value == "referred"
    assert "drawn-already" in [found.code for found in first.findings]
    assert len(living.past(policy).rows) == 1
    again = Change(Terms(quote_id=first.quote_id), HALFWAY, "partly repaid")
    living.refuse("quote-not-open", change, policy.id, again, on=HALFWAY)


def test_a_declined_change_is_kept_and_does_nothing(living: Living) -> None:
    policy = living.policy()
    asked = Change(Terms(risk=a_risk(borrower={"grade": "CCC"})), HALFWAY, "as asked")
    seen = living.ask(policy, change, asked, on=HALFWAY)
    assert (seen.committed, seen.outcome.value) == (False, "declined")
    assert living.row(policy).version == policy.version


def test_a_preview_writes_nothing_and_says_the_same(living: Living) -> None:
    policy = living.policy()
    done_before = living._everything()
    asked = Change(Terms(risk=a_risk(**LESS)), HALFWAY, "partly repaid")
    seen = transact(
        living.engine,
        lambda s: change(s, policy.id, asked, desk=a_desk(HALFWAY), keep=False),
    )
    assert living._everything() == done_before
    done = living.change(policy, on=HALFWAY, **LESS)
    assert (seen.committed, done.committed) == (False, True)
    assert seen.step.change == done.step.change
    assert seen.step.differences == done.step.differences


def test_a_change_of_an_earlier_day_is_put_in_its_place(living: Living) -> None:
    policy = living.policy()
    later, earlier = date(2025, 10, 10), date(2025, 6, 10)
    living.change(policy, on=later, **MORE)
    done = living.change(policy, on=later, effective_on=earlier, **LESS)
    assert "overtaken" not in [f.code for f in done.findings], "the later one states it anew"
    sums = [living.state(policy, day).sum_insured.text for day in (STARTS, earlier, later)]
    assert sums == ["3130500.00", "2504400.00", "3756600.00"]


def test_what_a_later_change_overtakes_is_said(living: Living) -> None:
    policy = living.policy()
    later, earlier = date(2025, 10, 10), date(2025, 6, 10)
    living.change(policy, on=later, **MORE)
    waits = {"cover": {"scheme": "qingdao-2015", "waiting_days": 60}}
    done = living.change(policy, on=later, effective_on=earlier, **waits)
    lost = [found for found in done.findings if found.code == "overtaken"]
    assert any("waiting_days" in found.en for found in lost)


def test_a_cancelled_policy_covers_to_the_day_before(living: Living) -> None:
    policy = living.policy()
    living.cancel(policy, on=HALFWAY)
    row = living.row(policy)
    assert (row.state, row.ends_on) == ("cancelled", date(2025, 9, 9))
    assert row.contract["period"]["end"] == "2025-09-09"
    assert living.state(policy, date(2025, 9, 9)).status is Status.IN_FORCE
    assert living.state(policy, HALFWAY).status is Status.CANCELLED


def test_a_guarantee_is_not_cancelled_without_the_bank(living: Living) -> None:
    policy = living.policy()
    asked = Cancellation(HALFWAY, "policyholder_request", "no longer wanted")
    living.refuse("consent-missing", cancel, policy.id, asked, on=HALFWAY)


def test_a_reinstated_policy_is_as_if_it_had_never_ended(living: Living) -> None:
    policy = living.policy()
    living.cancel(policy, on=HALFWAY)
    done = living.reinstate(policy, on=date(2025, 9, 20))
    assert done.step.change.total > 0
    row = living.row(policy)
    assert (row.state, row.premium_minor) == ("bound", policy.premium_minor)
    assert (row.ends_on, row.contract) == (policy.ends_on, policy.contract)
    assert living.state(policy, date(2025, 9, 15)).status is Status.IN_FORCE
    known = a_desk(date(2025, 9, 15)).at
    assert living.state(policy, date(2025, 9, 15), known=known).status is Status.CANCELLED


def test_a_reversal_books_the_entry_turned_and_restores(living: Living) -> None:
    policy = living.policy(a_risk(subsidy=SUBSIDY))
    before = living.balances()
    done = living.change(policy, on=HALFWAY, **MORE, subsidy=SUBSIDY)
    living.reverse(policy, done.row.id, on=HALFWAY)
    assert {name: minor for name, minor in living.balances().items() if minor} == before
    row = living.row(policy)
    assert (row.premium_minor, row.contract) == (policy.premium_minor, policy.contract)
    assert [one.kind for one in living.past(policy).rows] == ["issue", "change", "reversal"]
    assert living.kinds("policy", policy.id)[-1] == "reversed"


def test_a_change_under_a_later_one_is_reversed_and_the_later_applied_again(
    living: Living,
) -> None:
    policy = living.policy()
    first = living.change(policy, on=date(2025, 6, 10), **LESS)
    second = living.change(policy, on=date(2025, 7, 10), **MORE)
    living.reverse(policy, first.row.id, on=date(2025, 7, 9))
    assert living.state(policy, date(2025, 6, 20)).sum_insured.minor == policy.sum_insured_minor
    assert living.state(policy, date(2025, 7, 20)).sum_insured == second.step.after.sum_insured


def test_a_bound_policy_is_undone_within_its_window(living: Living) -> None:
    policy = living.policy()
    (issue,) = living.past(policy).rows
    living.reverse(policy, issue.id, on=QUOTED + timedelta(days=15))
    row = living.row(policy)
    assert (row.state, row.premium_minor) == ("void", 0)
    assert not any(living.balances().values())


def test_a_loan_is_renewed_without_repayment_of_principal(living: Living) -> None:
    policy = living.policy()
    next_loan = {"drawdown": DUE.isoformat(), "refinancing": True, "contract": "2026-002"}
    done = living.renew(policy, on=date(2026, 3, 2), loan=next_loan, right=APPRAISED)
    assert done.findings[0].code == "renewed-without-repayment"
    row = living.row(policy)
    assert (row.starts_on, row.ends_on) == (STARTS, date(2027, 4, 9))
    assert row.premium_minor == policy.premium_minor + done.row.premium_minor
    assert living.state(policy, DUE - timedelta(days=1)).contract.lent.contract == "2026-001"
    assert living.state(policy, DUE).contract.lent.contract == "2026-002"
    assert living.past(policy).rows[-1].agreed["principal"] == "still_owed"


APPRAISED: dict[str, Any] = {"appraised_on": "2026-01-20"}


@pytest.mark.parametrize(("ground", "day"), [("loan_repaid", STARTS), ("agreement", QUOTED)])
def test_before_cover_begins_a_handling_fee_is_kept(living: Living, ground: str, day: date) -> None:
    policy = living.policy()
    done = living.cancel(policy, on=QUOTED, day=day, ground=ground)
    assert living.row(policy).premium_minor == 5_000
    assert done.step.change.total == 5_000 - policy.premium_minor
    assert living.row(policy).ends_on == STARTS - timedelta(days=1)


def test_papers_and_numbers_are_filed_with_the_policy(living: Living) -> None:
    policy = living.policy()
    done = living.cancel(policy, on=HALFWAY)
    papers = living.read(lambda s: books.documents(s, books.Subject("policy", policy.id)))
    assert [paper.kind for paper in papers] == ["policy_schedule", "endorsement"]
    assert papers[-1].number == done.row.number
    assert done.row.number.startswith("CX-20250910-")
    assert done.row.agreed["consent"]["reference"] == SAID.reference


@pytest.mark.parametrize("seed", [20250310])
def test_whatever_is_done_the_books_agree(living: Living, seed: int) -> None:
    """Acts in random order: after each one chain, journal, row and totals are audited."""
    rng, day = random.Random(seed), date(2025, 4, 1)
    policy = living.policy(a_risk(subsidy=SUBSIDY))
    for _ in range(7):
        day += timedelta(days=rng.randint(1, 20))
        rows = living.past(policy).rows
        if living.row(policy).state == "cancelled":
            if rng.random() < 0.5:
                living.reinstate(policy, on=day)
            else:
                living.reverse(policy, rows[-1].id, on=day)
        elif rng.random() < 0.5:
            living.cancel(policy, on=day, day=day + timedelta(days=rng.randint(-9, 5)))
        else:
            loan = {"amount": cny(f"{rng.randint(20, 36)}00000.00")}
            back = day - timedelta(days=rng.randint(0, 20))
            living.change(policy, on=day, effective_on=back, loan=loan, subsidy=SUBSIDY)
    moved = living.balances("premium_receivable:"), living.balances("return_premium_payable:")
    assert sum(sum(side.values()) for side in moved) == living.row(policy).premium_minor
    assert {row.kind for row in living.past(policy).rows} >= {"issue", "change", "cancellation"}

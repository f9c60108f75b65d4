"""What is paid now, line by line and payee by payee; a claim's own draws taken out of the facts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from builders import a_scheme, scheme_text
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.by_line import counted, paid_by_line, payees_of
from claims.rules.kinds import KINDS, kind_of
from claims.rules.line import Line
from claims.rules.own_share import without
from claims.rules.payout import INSURED, THIRD_PARTY, Payout, pay_on
from claims.rules.purpose import CLAUSES, ON_ACCOUNT, WORDS, Purpose
from claims.rules.stated_facts import facts_in
from kernel.errors import Invalid
from kernel.money import Money
from kernel.sharing import Facts, Loss, LossBase, Portfolio, split
from underwriting.schemes.library import read_scheme

OWED = st.dictionaries(st.sampled_from([INSURED, THIRD_PARTY]), st.integers(0, 10**9), max_size=2)
WHOLE = LossBase.PRINCIPAL_INTEREST_COSTS


@given(st.lists(st.tuples(OWED, st.integers(0, 100)), max_size=6))
def test_cash_follows_what_is_owed(steps: list[tuple[dict[str, int], int]]) -> None:
    """A till kept beside it: what went out and came back is what is owed and overpaid."""
    standing, till = Payout(), 0
    for owed, percent in steps:
        standing, now = pay_on(standing, owed)
        till += sum(now.values())
        assert standing.owed == sum(owed.values())
        assert till == standing.out - standing.back == standing.owed + standing.overpaid
        assert not (standing.overpaid and now.get(INSURED)), "who owes back is paid nothing"
        assert standing.payees.get(THIRD_PARTY, 0) >= owed.get(THIRD_PARTY, 0), "never unpaid"
        back = standing.overpaid * percent // 100
        till -= back
        standing = Payout(standing.owed, standing.out, standing.back + back, standing.payees)


def test_a_third_party_that_was_paid_keeps_it() -> None:
    first, now = pay_on(Payout(), {THIRD_PARTY: 40, INSURED: 10})
    assert now == {THIRD_PARTY: 40, INSURED: 10}
    later, now = pay_on(first, {INSURED: 50})  # the insured has paid it by now
    assert (now, later.overpaid) == ({}, 0)
    more, now = pay_on(later, {THIRD_PARTY: 45, INSURED: 20})
    assert now == {THIRD_PARTY: 5, INSURED: 10}
    assert more.payees == {THIRD_PARTY: 45, INSURED: 20}


def test_a_third_party_is_paid_what_the_insured_had_too_much_of() -> None:
    """All of it went to the insured on account; half is owed to the third party in the end."""
    first, _ = pay_on(Payout(), {INSURED: 100})
    second, now = pay_on(first, {INSURED: 50, THIRD_PARTY: 50})
    assert now == {THIRD_PARTY: 50}
    assert second.payees == {INSURED: 100, THIRD_PARTY: 50}
    assert (second.out, second.overpaid) == (150, 50)
    third, now = pay_on(second, {INSURED: 90, THIRD_PARTY: 60})
    assert (now, third.overpaid) == ({THIRD_PARTY: 10}, 10)
    back = Payout(third.owed, third.out, 10, third.payees)
    assert pay_on(back, {INSURED: 100, THIRD_PARTY: 60})[1] == {INSURED: 10}


def test_impossible_payouts_are_asserted() -> None:
    with pytest.raises(AssertionError, match="paid at once"):
        Payout(10, 5, 0, {INSURED: 5})
    with pytest.raises(AssertionError, match="payee"):
        Payout(5, 5, 0, {})


def _lines(product: str, approved: Mapping[str, int]) -> list[Line]:
    return [
        Line(code, approved.get(code, 0), approved.get(code, 0), approved.get(code, 0), "")
        for code in kind_of(product).lines
    ]


@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.integers(0, 10**7), min_size=6, max_size=6),
    st.fractions(0, 1),
)
def test_a_payment_is_for_its_lines_to_the_cent(
    product: str, amounts: list[int], part: Fraction
) -> None:
    """Parts are the whole, and none is a cent or more off its exact share."""
    kind = kind_of(product)
    lines = _lines(product, dict(zip(kind.lines, amounts, strict=False)))
    base = kind.loss(lines, "CNY").base(WHOLE)
    minor = int(base * part)
    paid = paid_by_line(kind, lines, "CNY", loss_base=WHOLE, minor=minor)
    assert sum(paid.values()) == minor
    for line in lines if base else ():
        alone = [one if one is line else Line(one.code, 0, 0, 0, "") for one in lines]
        exact = Fraction(minor * kind.loss(alone, "CNY").base(WHOLE), base)
        assert abs(paid[line.code] - exact) < 1


def test_lines_that_are_not_shared_are_not_paid() -> None:
    kind = kind_of("pledge_guarantee")
    lines = _lines("pledge_guarantee", {"principal": 100, "interest": 50})
    paid = paid_by_line(kind, lines, "CNY", loss_base=LossBase.PRINCIPAL, minor=60)
    assert (paid["principal"], paid["interest"]) == (60, 0)
    nothing = _lines("pledge_guarantee", {"interest": 50})
    assert not any(
        paid_by_line(kind, nothing, "CNY", loss_base=LossBase.PRINCIPAL, minor=0).values()
    )
    assert counted(kind, lines, "CNY", loss_base=WHOLE, minor=150) == 150


@pytest.mark.parametrize(
    ("file", "payees"),
    [
        ({}, {INSURED: 30, THIRD_PARTY: 70}),
        ({"third_party_paid": False}, {INSURED: 30, THIRD_PARTY: 70}),
        ({"third_party_paid": True}, {INSURED: 100}),
    ],
)
def test_damages_go_to_the_third_party_until_the_insured_has_paid(
    file: dict[str, Any], payees: dict[str, int]
) -> None:
    kind = kind_of("infringement_liability")
    assert payees_of(kind, {"first_instance": 30, "damages": 70, "appeal": 0}, file) == payees


def test_own_draws_are_taken_out() -> None:
    """120 paid, 20 came back: the pool has 100 more, the year 120 less, the portfolio 100 less."""
    text = scheme_text(
        layers='[[layers]]\nshares = { fund = "50/100", bank = "50/100" }',
        more='[[caps]]\nparty = "fund"\nper = "portfolio"\nrate = "10/100"',
    )
    scheme = read_scheme(text, "x").scheme
    facts = Facts(
        balances={"fund": 50}, paid_this_year={"fund": 300}, portfolio=Portfolio(10_000, 150)
    )
    told = without(facts, scheme, [("fund", 120, 20), ("bank", 120, 0)])
    assert told.balances == {"fund": 150}
    assert told.paid_this_year == {"fund": 180}
    assert told.portfolio == Portfolio(10_000, 50)
    assert without(facts, scheme, []) == facts


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_shared_again_with_nothing_changed_it_is_the_same(loss: int, balance: int) -> None:
    """Draw a share, take it out of the facts again: the split is the one that it was."""
    text = scheme_text(
        layers='[[layers]]\nshares = { fund = "50/100", bank = "50/100" }',
        more='[[caps]]\nparty = "fund"\nper = "pool_balance"',
    )
    scheme = read_scheme(text, "x").scheme
    first = split(scheme, Loss(loss, 0, 0, "CNY"), Facts(balances={"fund": balance}))
    own = [(part.party, part.paid, 0) for part in first.parts]
    drawn = Facts(balances={"fund": balance - first.paid_by("fund")})
    assert split(scheme, Loss(loss, 0, 0, "CNY"), without(drawn, scheme, own)) == first
    assert a_scheme().scheme.code


def test_every_purpose_has_its_words_and_clause() -> None:
    assert set(CLAUSES) == set(WORDS) == set(Purpose)
    assert {one.value for one in ON_ACCOUNT} == {"advance", "interim", "early"}


def test_facts_are_kept_as_the_file_holds_them() -> None:
    kind = kind_of("infringement_liability")
    kept = facts_in(
        kind,
        {"product": "P", "court": "DE", "counterparty": "甲", "first_act_on": "2026-03-02",
         "third_party_paid": True, "punitive": Money.of("12.50", "CNY")},
        currency="CNY", at_notice=True,
    )  # fmt: skip
    assert kept["first_act_on"] == "2026-03-02"
    assert (kept["punitive"], kept["third_party_paid"]) == (1250, True)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("20260302", "of the form"), ("2026-W10-1", "of the form"), ("2026-02-30", "calendar"),
        ("1989-12-31", "between 1990 and 2100"), ("2101-01-01", "between 1990 and 2100"),
        (datetime(2026, 3, 2, tzinfo=UTC), "of the form"), (None, "of the form"),
    ],
)  # fmt: skip
def test_a_day_is_a_fact_as_it_is_written_on_the_wire_and_not_otherwise(
    day: Any, problem: str
) -> None:
    """What is kept is compared and read again: one day has one text."""
    kind, name = kind_of("infringement_liability"), "cause_first_made_on"
    with pytest.raises(Invalid) as refused:
        facts_in(kind, {name: day}, currency="CNY", at_notice=False)
    (fault,) = refused.value.faults
    assert fault.field == f"facts.{name}"
    assert problem in fault.problem
    assert "2026-03-02" in fault.cure
    for good in ("2026-03-02", date(2026, 3, 2)):
        kept = facts_in(kind, {name: good}, currency="CNY", at_notice=False)
        assert kept == {name: "2026-03-02"}


def test_the_days_of_a_record_are_read_as_strictly() -> None:
    kind = kind_of("customs_guarantee")
    stated = {"due_on": "20260302", "paid_on": "soon", "arose_on": None, "reference": "20260302"}
    with pytest.raises(Invalid) as refused:
        facts_in(kind, {"demand": stated}, currency="CNY", at_notice=False)
    fields = [fault.field for fault in refused.value.faults]
    assert fields == ["facts.demand.due_on", "facts.demand.paid_on"]


def test_facts_that_are_wrong_are_refused_all_at_once() -> None:
    kind = kind_of("infringement_liability")
    stated = {
        "court": 5, "first_act_on": "soon", "punitive": Money.of("1.00", "EUR"), "weather": "fine",
        "third_party_paid": "yes",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        facts_in(kind, stated, currency="CNY", at_notice=True)
    fields = {fault.field for fault in refused.value.faults}
    missing = {f"facts.{one.name}" for one in kind.facts if one.at_notice} - {"facts.court"}
    assert missing
    assert fields == missing | {
        "facts.court", "facts.first_act_on", "facts.punitive", "facts.weather",
        "facts.third_party_paid",
    }  # fmt: skip
    assert all(fault.cure for fault in refused.value.faults)

"""The premium note as a pure function: what falls due when, for every kind of transaction."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from kernel.money import Money
from kernel.period import Period
from underwriting.papers.premium_note import Charged, premium_note
from underwriting.pricing.instalments import Instalment
from underwriting.products import product
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind

START, HALF = date(2025, 1, 1), date(2025, 7, 1)
LINE = product("infringement_loss")
PUBLIC = "财政补贴 public subsidy：示范市财政局"
HOLDER = "示范机械有限公司"


def a_contract(**changes: Any) -> Contract:
    made = Contract(
        policyholder=HOLDER, policyholder_id="X", insured="client", beneficiary="client",
        issuer="insurer", settles="several", sum_insured=Money(100_000_000, "CNY"),
        period=Period(START, date(2025, 12, 31)), waiting_days=0, notice_days=10,
        call_working_days=10, papers={}, earning=(1,) * 12,
        subsidy=("示范市财政局", Fraction(1, 2), None),
    )  # fmt: skip
    return replace(made, **changes)


def charged(kind: Kind, total: int, tax: int = 0, subsidy: int = 0, **more: Any) -> Charged:
    stated = {"effective_on": HALF, "contract": a_contract(), **more}
    return Charged(kind=kind, number="TX-1", total=total, tax=tax, subsidy=subsidy, **stated)


ISSUED = charged(Kind.ISSUE, 1_060_000, 60_000, 530_000, effective_on=START)


def note(*past: Charged, line: Any = LINE) -> Any:
    return premium_note(
        past, line, number="PG-1-B", policy_number="PG-1", insurer="示范保险", client="示范银行",
        on=HALF,
    )  # fmt: skip


def test_the_public_payer_and_the_policyholder_owe_their_parts() -> None:
    form = note(ISSUED)
    assert [(one.payer, one.due_on, one.amount.minor) for one in form.dues] == [
        (PUBLIC, START, 530_000), (HOLDER, START, 530_000),
    ]  # fmt: skip
    assert (form.net.minor, form.tax.minor, form.total.minor) == (1_000_000, 60_000, 1_060_000)
    assert form.insured == "示范银行", "`client` is who asked"


@pytest.mark.parametrize(
    "kind", [Kind.CHANGE, Kind.CANCELLATION, Kind.REINSTATEMENT, Kind.REVERSAL]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_changed_falls_due_when_it_takes_effect(kind: Kind, sign: int) -> None:
    form = note(ISSUED, charged(kind, sign * 106_000, sign * 6_000, sign * 53_000))
    late = [one for one in form.dues if one.due_on == HALF]
    assert [one.amount.minor for one in late] == [sign * 53_000] * 2
    assert all(one.basis.endswith("TX-1") for one in late)
    assert form.total.minor == 1_060_000 + sign * 106_000
    assert {one.payer: one.amount.minor for one in form.payers} == {
        PUBLIC: 530_000 + sign * 53_000, HOLDER: 530_000 + sign * 53_000,
    }  # fmt: skip


def test_a_change_of_no_premium_makes_nothing_due() -> None:
    assert note(ISSUED, charged(Kind.CHANGE, 0)).dues == note(ISSUED).dues


def by_halves(contract: Contract, own: Money) -> tuple[Instalment, ...]:
    half = Money(own.minor // 2, own.currency)
    then = date(contract.period.start.year, 9, 1)
    return (
        Instalment(contract.period.start, own - half, "first half"),
        Instalment(then, half, "second half"),
    )


def test_instalments_are_those_of_the_product() -> None:
    form = note(ISSUED, line=replace(LINE, instalments=by_halves))
    assert [(one.due_on, one.amount.minor) for one in form.dues] == [
        (START, 530_000), (START, 265_000), (date(2025, 9, 1), 265_000),
    ]  # fmt: skip
    assert form.dues[-1].basis == "签发 issue: second half"


def test_a_renewal_has_instalments_of_its_own_and_a_change_none() -> None:
    after = a_contract(period=Period(date(2026, 1, 1), date(2026, 12, 31)), subsidy=None)
    renewed = charged(Kind.RENEWAL, 200_000, 12_000, effective_on=date(2026, 1, 1), contract=after)
    form = note(ISSUED, charged(Kind.CHANGE, 1_001), renewed,
                line=replace(LINE, instalments=by_halves))  # fmt: skip
    assert [(one.due_on, one.amount.minor) for one in form.dues] == [
        (START, 530_000), (START, 265_000), (HALF, 1_001), (date(2025, 9, 1), 265_000),
        (date(2026, 1, 1), 100_000), (date(2026, 9, 1), 100_000),
    ]  # fmt: skip
    assert form.dues[-1].basis == "续保 Renewal TX-1: second half"


def test_a_subsidy_that_nobody_names_any_more_is_still_returned_to_the_public_payer() -> None:
    bare = a_contract(subsidy=None)
    form = note(ISSUED, charged(Kind.CHANGE, -53_000, -3_000, -53_000, contract=bare))
    assert form.dues[-1].payer == "财政补贴 public subsidy"
    assert form.dues[-1].amount.minor == -53_000


def test_days_are_in_order_and_all_is_one_currency() -> None:
    form = note(ISSUED, charged(Kind.CHANGE, 500), charged(Kind.CANCELLATION, -900))
    assert [one.due_on for one in form.dues] == sorted(one.due_on for one in form.dues)
    assert {one.amount.currency for one in form.dues} == {"CNY"}
